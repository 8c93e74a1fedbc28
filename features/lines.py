"""Text into lines, and lines into paragraphs: hard-wrapped lines and column breaks are mended."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from zhuti.features.marks import PAGE, is_closed, is_opening_line

Span = tuple[int, int]

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
INVISIBLE = r"\s\x00\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
# The same as one text: what Unicode calls blank, and the invisible.
_BLANKS = "".join(filter(re.compile(f"[{INVISIBLE}]").match, map(chr, (*range(0x3001), 0xFEFF))))
_INSIDE = re.compile(rf"[^{INVISIBLE}](?:.*[^{INVISIBLE}])?", re.DOTALL)
_WIDEST = 80
_ASCII = re.compile(r"[\x20-\x7e]+")
_PROSE = re.compile(r"[。！？；!?;].")
_GOES_ON = re.compile(r"[，、,（(“《‘「—~～和与及的在对把将以为]$")
_COMES_ON = re.compile(r"[，。、；：！？,;:!?）)”》’」%％]")


class Line(NamedTuple):
    """What is to be seen of a line: where it stands, its indent, and whether an empty line stands before it."""

    start: int
    end: int
    text: str
    indent: int
    after_blank: bool


class Paragraph(NamedTuple):
    """The pieces of a paragraph in the source, and its text: the pieces joined."""

    spans: tuple[Span, ...]
    text: str

    @property
    def start(self) -> int:
        """Where the paragraph begins in the source."""
        return self.spans[0][0]


def split_lines(source: str, start: int = 0, end: int | None = None) -> list[Line]:
    """Return the lines of `source[start:end]` that show anything, without the blanks around them."""
    lines: list[Line] = []
    last = start
    for match in _LINE.finditer(source, start, len(source) if end is None else end):
        line, first = match[0], match.start()
        text = line.strip(_BLANKS)
        if not text:
            continue
        indent = line.index(text[0]) if len(text) < len(line) else 0
        blank = first - last > 1 and _holds_empty_line(source[last:first])
        last = first + indent + len(text)
        lines.append(Line(first + indent, last, text, indent, blank))
    return lines


def _holds_empty_line(gap: str) -> bool:
    return gap.replace("\r\n", "\n").count("\n") + gap.replace("\r\n", "").count("\r") > 1


def join_lines(
    source: str, lines: Sequence[Line], *, whole: bool = False, marks: Mapping[int, str] | None = None
) -> list[Paragraph]:
    """Join lines that belong to one paragraph.

    Parameters
    ----------
    source
        The text that the lines index.
    lines
        Lines in reading order.
    whole
        The lines are paragraphs already, as in a Word file: join only where a sentence visibly goes on.
    marks
        What the file says of the line at an offset: 'continued' joins it to the one before, no other marked line is
        joined to any, and across page numbers and running heads ('page') the text goes on.
    """
    marks = marks or {}
    # A page number is short; what else is one the file itself says.
    pages = {
        line.start
        for line in lines
        if (marks or len(line.text) <= 40) and is_page_line(source, line, marks.get(line.start))
    }
    running = [line for line in lines if line.start not in pages] if pages else lines
    layout = Layout.of(running, whole=whole)
    groups: list[list[Line]] = [[line] for line in lines if line.start in pages]
    last: list[Line] = []
    for line in running:
        mark = marks.get(line.start) if marks else None
        apart = mark is not None or (bool(last) and last[0].start in marks)
        if last and (mark == "continued" or (not apart and _belongs(last, line, layout))):
            last.append(line)
        else:
            last = [line]
            groups.append(last)
    if pages:
        groups.sort(key=lambda group: group[0].start)
    return [_paragraph(source, group) for group in groups]


def is_page_line(source: str, line: Line, mark: str | None = None) -> bool:
    """Tell whether a line is a page number or a running head; bare digits are one only beside a form feed."""
    text = line.text
    if mark == "page" or len(text) > 40 or not PAGE.match(text):
        return mark == "page"
    return (
        not text.isdigit()
        or "\f" in source[max(line.start - 2, 0) : line.start]
        or source[line.end : line.end + 1] == "\f"
    )


class Layout(NamedTuple):
    """How the lines of a text are set.

    Attributes
    ----------
    width : float
        Where lines are wrapped, 0 when they are not.
    halves : bool
        Characters of ASCII count half in `width`.
    indented : bool
        Paragraphs begin with an indent.
    whole : bool
        Lines are paragraphs.
    """

    width: float
    halves: bool
    indented: bool
    whole: bool

    @classmethod
    def of(cls, lines: Sequence[Line], *, whole: bool) -> "Layout":
        """Read the layout off the lines: wrapped ones are mostly as long as the longest, and break mid-sentence."""
        indents = sum(line.indent > 0 for line in lines)
        lengths = sorted(len(line.text) for line in lines)
        if whole or len(lines) < 5 or lengths[int(len(lines) * 0.85)] > 2 * _WIDEST:
            return cls(0.0, False, indents * 2 > len(lines), whole)
        found = max((_wrapping(lines, halves), halves) for halves in (True, False))
        (_, width), halves = found
        return cls(width, halves, indents >= max(2, len(lines) / 20) if width else indents * 2 > len(lines), whole)

    def is_full(self, line: Line) -> bool:
        """Tell whether a line is as long as the text is wide, give or take what may not begin or end a line."""
        return _width(line.text, self.halves) + line.indent >= self.width - 2


def _wrapping(lines: Sequence[Line], halves: bool) -> tuple[float, float]:
    """Return the share of lines that are as long as most long ones, and that length; zeros when nothing is wrapped."""
    widths = [_width(line.text, halves) + line.indent for line in lines]
    width = sorted(widths)[int(len(widths) * 0.85)]
    full = [line for line, length in zip(lines, widths, strict=True) if width - 2 <= length <= width + 2]
    cut = sum(not is_closed(line.text) for line in full)
    wrapped = 10 <= width <= _WIDEST and len(full) > len(lines) * 0.4 and cut > len(full) * 0.5
    return (len(full) / len(lines), width) if wrapped else (0.0, 0.0)


def _width(text: str, halves: bool) -> float:
    return len(text) - sum(map(len, _ASCII.findall(text))) / 2 if halves else len(text)


def _belongs(group: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Tell whether a line goes on with the paragraph of those before it."""
    before = group[-1]
    closed = is_closed(before.text)
    wrapped = layout.width and not line.after_blank
    if closed and not wrapped:
        return False
    opening = is_opening_line(line.text)
    if wrapped:
        if layout.indented and line.indent:
            return False
        return layout.is_full(before) and not (opening and (closed or not layout.indented))
    if opening or (layout.indented and line.indent and not before.text.endswith(("，", "、"))):
        return False
    if is_opening_line(before.text) and not _PROSE.search(before.text):
        return False
    if _COMES_ON.match(line.text):
        return True
    prose = len(group) > 1 or _PROSE.search(before.text) is not None
    if _GOES_ON.search(before.text) and (prose or len(before.text) > 20):
        return True
    return prose and not layout.whole and is_closed(line.text)


def _paragraph(source: str, group: Sequence[Line]) -> Paragraph:
    if len(group) == 1:
        return Paragraph(((group[0].start, group[0].end),), group[0].text)
    spans: list[Span] = []
    for line in group:
        start = line.start
        if spans:
            gap_start = spans[-1][1]
            before, after = source[gap_start - 1], source[start]
            latin = before.isascii() and after.isascii() and before.isalpha() and after.isalpha()
            if latin and source[start - 1].isspace():
                start -= 1
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((start, line.end))
    return Paragraph(tuple(spans), "".join(source[a:b] for a, b in spans))


def cut_paragraph(paragraph: Paragraph, places: Sequence[int]) -> list[Paragraph]:
    """Cut a paragraph before each of the offsets into its text; blanks around the cuts belong to no part."""
    parts = []
    for begin, end in pairwise((0, *places, len(paragraph.text))):
        seen = _INSIDE.search(paragraph.text, begin, end)
        if seen:
            parts.append(Paragraph(map_spans(paragraph.spans, seen.start(), seen.end()), seen[0]))
    return parts


def map_spans(spans: Sequence[Span], begin: int, end: int) -> tuple[Span, ...]:
    """Return the pieces of the source that hold `begin` to `end` of a text whose pieces are `spans`."""
    if len(spans) == 1:
        return ((spans[0][0] + begin, spans[0][0] + end),)
    pieces: list[Span] = []
    offset = 0
    for first, last in spans:
        low, high = max(begin - offset, 0), min(end - offset, last - first)
        if low < high:
            pieces.append((first + low, first + high))
        offset += last - first
    return tuple(pieces)
