"""Split a document into units: titles, headings, by-lines and sentences, each with its place in the source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from zhuti.errors import ZhutiError
from zhuti.features.lines import Paragraph, Span, join_lines, split_lines
from zhuti.features.marks import BYLINE, CLOSED, GLOSSARY, GREETING, NUMBERED, RANKS, VISIT, find_mark
from zhuti.features.punctuation import find_breaks

Unit = Literal["sentence", "clause", "paragraph"]
UNITS = ("sentence", "clause", "paragraph")
_TITLE_LONGEST = 120
_HEADING_LONGEST = 60


@dataclass(frozen=True)
class Sentence:
    """One unit of a document.

    Attributes
    ----------
    text : str
        What is read: the pieces of the source joined.
    kind : str
        `title`, `heading`, `sentence`, `byline`, `greeting` or `glossary`.
    heading : tuple of str
        The headings above it, the widest first.
    spans : tuple of (start, end)
        Its pieces as offsets into the source; more than one where a column or line break was mended.
    """

    text: str
    kind: str
    heading: tuple[str, ...]
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.spans[-1][1]


def split_sentences(
    text: str, *, unit: Unit = "sentence", start: int = 0, end: int | None = None, whole: bool = False
) -> list[Sentence]:
    """Split a text into its units.

    Parameters
    ----------
    text : str
        The decoded text of a file; spans index it.
    unit : {'sentence', 'clause', 'paragraph'}
        A sentence ends at 。！？ or ；, a clause also at ，and ：, after GB/T 15834-2011.
    start, end : int
        The part of `text` to split.
    whole : bool
        Lines are whole paragraphs, as in a Word file; otherwise broken lines are mended.

    Returns
    -------
    list of Sentence
        In reading order. Between their spans there are only blanks and what is invisible.

    Examples
    --------
    >>> [unit.text for unit in split_sentences("将老城区划分为\\n\\n14个更新单元，有序实施。建成小学2处；")]
    ['将老城区划分为', '14个更新单元，有序实施。', '建成小学2处；']
    """
    if unit not in UNITS:
        raise ZhutiError(f"no unit {unit!r}; there are {', '.join(UNITS)}")
    paragraphs = join_lines(text, split_lines(text, start, end), whole=whole)
    return list(_units(paragraphs, unit))


def is_title(paragraph: Paragraph, *, first: bool) -> bool:
    """Tell whether a paragraph is a title: the first one without a full stop, or a line with '——访…'."""
    text = paragraph.text
    if len(text) > _TITLE_LONGEST or CLOSED.search(text):
        return False
    if BYLINE.match(text):
        return False
    return bool(VISIT.search(text)) or (first and find_mark(text) is None)


def _units(paragraphs: Sequence[Paragraph], unit: Unit) -> Iterator[Sentence]:
    path: list[tuple[int, str]] = []
    glossary = False
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text
        heading = tuple(words for _, words in path)
        if is_title(paragraph, first=number == 0):
            path, glossary = [], False
            yield Sentence(text, "title", (), paragraph.spans)
        elif len(text) <= 80 and GLOSSARY.match(text):
            path, glossary = [(0, text)], True
            yield Sentence(text, "heading", (), paragraph.spans)
        elif len(text) <= 100 and BYLINE.match(text):
            yield Sentence(text, "byline", heading, paragraph.spans)
        elif rank := _heading_rank(text):
            path = [step for step in path if step[0] < rank]
            yield Sentence(text, "heading", tuple(words for _, words in path), paragraph.spans)
            path.append((rank, text))
        elif GREETING.fullmatch(text):
            yield Sentence(text, "greeting", heading, paragraph.spans)
        else:
            yield from _sentences(paragraph, unit, heading, "glossary" if glossary else "sentence")


def _heading_rank(text: str) -> int:
    if len(text) > _HEADING_LONGEST or CLOSED.search(text):
        return 0
    mark = find_mark(text)
    if mark and mark.kind in NUMBERED:
        return RANKS[mark.kind]
    return 0


def _sentences(paragraph: Paragraph, unit: Unit, heading: tuple[str, ...], kind: str) -> Iterator[Sentence]:
    breaks = [] if unit == "paragraph" else find_breaks(paragraph.text, clauses=unit == "clause")
    begin = 0
    for end in [*breaks, len(paragraph.text)]:
        piece = paragraph.text[begin:end]
        lead, trail = len(piece) - len(piece.lstrip()), len(piece.rstrip())
        if trail > lead:
            spans = tuple(_map(paragraph.spans, begin + lead, begin + trail))
            yield Sentence(piece[lead:trail], kind, heading, spans)
        begin = end


def _map(spans: Sequence[Span], begin: int, end: int) -> Iterator[Span]:
    """Yield the pieces of the source that hold `begin` to `end` of a paragraph's text."""
    offset = 0
    for first, last in spans:
        length = last - first
        low, high = max(begin - offset, 0), min(end - offset, length)
        if low < high:
            yield first + low, first + high
        offset += length
