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


def _units(passages: Sequence[Passage], unit: Unit) -> Iterator[Sentence]:
    outline = Outline()
    for passage in passages:
        text, spans = passage.paragraph.text, passage.paragraph.spans
        if passage.kind == "title":
            outline.clear()
            yield Sentence(text, "title", (), spans)
        elif passage.kind == "heading":
            outline.leave(passage.mark)
            yield Sentence(text, "heading", outline.path, spans)
            outline.enter(_MARKDOWN_SIGN.sub("", text), passage.mark)
        elif passage.kind in {"sentence", "glossary", "footnote"}:
            yield from _sentences(passage, unit, outline)
        else:
            yield Sentence(text, passage.kind, outline.path, spans)


def _sentences(passage: Passage, unit: Unit, outline: Outline) -> Iterator[Sentence]:
    """Split a paragraph of running text; a short first sentence behind a mark is the heading of those after it."""
    pieces = list(_pieces(passage.paragraph, unit))
    marks = [find_mark(piece.text) if passage.kind == "sentence" else None for piece in pieces]
    if passage.kind == "sentence" and not passage.mark:
        for kind in ("一是", "——"):
            outline.leave_below(kind)
    for number, (piece, mark) in enumerate(zip(pieces, marks, strict=True)):
        kind = passage.kind
        if kind == "sentence" and GREETING.fullmatch(piece.text):
            kind = "greeting"
        if mark:
            outline.leave(mark.kind)
        leads = mark and number + 1 < len(pieces) and not marks[number + 1] and _is_lead(piece.text)
        if mark and leads and number == 0 and mark.kind in NUMBERED:
            kind = "heading"
        yield Sentence(piece.text, kind, outline.path, piece.spans)
        if mark and leads:
            outline.enter(piece.text, mark.kind)


def _map(spans: Sequence[Span], begin: int, end: int) -> Iterator[Span]:
    """Yield the pieces of the source that hold `begin` to `end` of a paragraph's text."""
    offset = 0
    for first, last in spans:
        length = last - first
        low, high = max(begin - offset, 0), min(end - offset, length)
        if low < high:
            yield first + low, first + high
        offset += length
