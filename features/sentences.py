"""Split a document into units: titles, headings, by-lines and sentences, each with its place in the source."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from zhuti.errors import ZhutiError
from zhuti.features.lines import Paragraph, Span, map_spans
from zhuti.features.marks import GREETING, MARKDOWN, NUMBERED, RANKS, Mark, find_mark, may_open
from zhuti.features.outline import Outline
from zhuti.features.punctuation import find_breaks
from zhuti.features.structure import Passage, read_passages

Unit = Literal["sentence", "clause", "paragraph"]
UNITS = ("sentence", "clause", "paragraph")
_LEAD_LONGEST = 60


class Sentence(NamedTuple):
    """One unit of a document.

    Attributes
    ----------
    text : str
        What is read: the pieces of the source joined.
    kind : str
        `sentence`, `title`, `heading`, `byline`, `greeting`, `signature`, `table` (a row), `caption`,
        `glossary`, `footnote` or `page` (page numbers, rules).
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
    text: str,
    *,
    unit: Unit = "sentence",
    start: int = 0,
    end: int | None = None,
    whole: bool = False,
    marks: Mapping[int, str] | None = None,
) -> list[Sentence]:
    r"""Split a text into its units.

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
    marks : mapping of int to str, optional
        What the file says of the line that begins at an offset: title, heading, table, footnote or caption.

    Returns
    -------
    list of Sentence
        In reading order. Between their spans there are only blanks and what is invisible.

    Examples
    --------
    >>> [unit.text for unit in split_sentences("环境好转；将老城区划分为\n\n14个更新单元，有序实施。建成小学2处；")]
    ['环境好转；', '将老城区划分为14个更新单元，有序实施。', '建成小学2处；']
    """
    return split_passages(read_passages(text, start, end, whole=whole, marks=marks), unit)


def split_passages(passages: Sequence[Passage], unit: Unit = "sentence") -> list[Sentence]:
    """Split the passages of one document into its units; the rest of `split_sentences`."""
    if unit not in UNITS:
        raise ZhutiError(f"no unit {unit!r}; there are {', '.join(UNITS)}")
    outline = Outline()
    units = [piece for passage in passages for piece in _units(passage, unit, outline)]
    # A page number that a paragraph goes on behind stands between the sentences of that paragraph.
    units.sort(key=lambda piece: piece.spans[0])
    return units


def _units(passage: Passage, unit: Unit, outline: Outline) -> Iterator[Sentence]:
    text, spans = passage.paragraph.text, passage.paragraph.spans
    if passage.kind == "title":
        outline.clear()
        yield Sentence(text, "title", (), spans)
    elif passage.kind == "heading":
        if passage.mark == "附件":
            outline.clear()
        outline.leave(passage.mark)
        yield Sentence(text, "heading", outline.path, spans)
        outline.enter(MARKDOWN.sub("", text), passage.mark)
    elif passage.kind not in {"sentence", "glossary", "footnote"}:
        if passage.kind == "greeting":
            outline.widen()
        yield Sentence(text, passage.kind, outline.path, spans)
    elif unit == "paragraph":
        path = outline.path
        list(_sentences(passage, outline))
        yield Sentence(text, passage.kind, path, spans)
    elif unit == "clause":
        for sentence in _sentences(passage, outline):
            yield from _clauses(sentence)
    else:
        yield from _sentences(passage, outline)


def _sentences(passage: Passage, outline: Outline) -> Iterator[Sentence]:
    """Split running text; a short first sentence behind a mark is the heading of those that follow it."""
    paragraph, kind = passage.paragraph, passage.kind
    breaks = find_breaks(paragraph.text)
    greeting = GREETING.match(paragraph.text)
    if greeting and greeting.end() < len(paragraph.text) and greeting.end() not in breaks:
        breaks.insert(0, greeting.end())
    pieces = _cut(paragraph.text, breaks)
    if kind != "sentence" or not (greeting or any(map(may_open, {paragraph.text[begin] for begin, _ in pieces}))):
        yield from _plain_sentences(paragraph, kind, pieces, outline.path)
        return
    marks = [find_mark(paragraph.text[begin : begin + 12]) for begin, _ in pieces]
    opened = ""
    if greeting:
        outline.widen()
    for number, (begin, end) in enumerate(pieces):
        text, mark = paragraph.text[begin:end], marks[number]
        if mark:
            outline.leave(mark.kind)
        leads = (
            mark
            and number + 1 < len(marks)
            and end - begin <= _LEAD_LONGEST
            and text[-1] in "。！."
            and _opens(mark, marks[number + 1])
        )
        numbered = leads and mark and mark.kind in NUMBERED
        found = "heading" if numbered else _name_kind(text)
        yield Sentence(text, found, outline.path, map_spans(paragraph.spans, begin, end))
        if leads and mark:
            outline.enter(text, mark.kind)
            opened = opened if numbered else mark.kind
    if opened:
        outline.leave(opened)


def _plain_sentences(
    paragraph: Paragraph, kind: str, pieces: Sequence[Span], path: tuple[str, ...]
) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph in which no heading stands."""
    whole, first = paragraph.text, paragraph.start if len(paragraph.spans) == 1 else None
    for begin, end in pieces:
        text = whole[begin:end]
        spans = map_spans(paragraph.spans, begin, end) if first is None else ((first + begin, first + end),)
        yield Sentence(text, _name_kind(text) if kind == "sentence" else kind, path, spans)


def _name_kind(text: str) -> str:
    return "greeting" if text[-1] in "：:！!" and GREETING.fullmatch(text) else "sentence"


def _opens(mark: Mark, following: Mark | None) -> bool:
    """Tell whether what follows a short sentence with a mark can stand under it: no mark, or a narrower one."""
    if following is None:
        return True
    return mark.kind in NUMBERED and RANKS[following.kind] > RANKS[mark.kind]


def _cut(text: str, breaks: Sequence[int]) -> list[Span]:
    """Return where the pieces between the breaks stand, without the blanks around them."""
    pieces, begin = [], 0
    for end in (*breaks, len(text)):
        if end > begin and not text[begin].isspace() and not text[end - 1].isspace():
            pieces.append((begin, end))
        elif inside := text[begin:end].strip():
            lead = text.index(inside[0], begin)
            pieces.append((lead, lead + len(inside)))
        begin = end
    return pieces


def _clauses(sentence: Sentence) -> Iterator[Sentence]:
    if sentence.kind == "heading":
        yield sentence
        return
    for begin, end in _cut(sentence.text, find_breaks(sentence.text, clauses=True)):
        yield Sentence(sentence.text[begin:end], sentence.kind, sentence.heading, map_spans(sentence.spans, begin, end))
