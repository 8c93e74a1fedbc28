"""PDF files with a text layer: lines as they are set; page numbers, running heads and broken lines are marked."""

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from zhuti.errors import ReadError
from zhuti.features.limits import Limits
from zhuti.features.marks import PAGE, is_closed, is_opening_line
from zhuti.features.pdf_columns import SetLine, order_columns
from zhuti.features.pdf_pictures import Shown, look_at, refuse_pictures, tell_pictures
from zhuti.features.pdf_places import STRAY, close_up, read_by_place
from zhuti.features.sources import Source

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_NUMBER = re.compile(r"\d+|[ivxlc]{1,6}$")
_ROMAN = re.compile(r"[-—–\s]*(?:[ivxlc]{1,6}|[IVXLC]{1,6}|\d{1,4})[-—–\s]*")
_EDGE = 2
_LEVEL = 1.5  # points
_DRESSED = re.compile(r"[^\w\s]{0,3}\s*\d{1,4}\s*[^\w\s。；，：、！？%]{0,3}")


class _Frame(NamedTuple):
    """Where most lines of a text begin and end on the page, and how wide a character is."""

    left: float
    right: float
    size: float

    def is_full(self, line: SetLine) -> bool:
        return line.right > (line.edge or self.right) - 2.2 * self.size

    def is_indented(self, line: SetLine) -> bool:
        return line.left > self.left + 0.8 * self.size


def read_pdf(name: str, data: bytes, encoding: str | None, limits: Limits) -> Source:
    """Read a .pdf file.

    Raises
    ------
    ReadError
        When it is damaged, locked, has too many pages, or no text layer.
    """
    pages, shown = [], []
    for page in _read_pages(name, data, limits):
        pages.append(page.lines)
        shown.append(page.shown)
    if all(shown):
        raise ReadError(f"{name}: {refuse_pictures(shown)}")
    text, marks = _join(pages)
    return Source(text, "pdf", True, marks, lost=tell_pictures(shown))


class _Page(NamedTuple):
    lines: list[SetLine]
    shown: Shown


def _read_pages(name: str, data: bytes, limits: Limits) -> Iterator[_Page]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        way = "locked with a password; save it without one" if locked else f"no PDF that can be read ({error})"
        raise ReadError(f"{name}: is {way}") from error
    total = 0
    try:
        if len(document) > limits.pages:
            raise ReadError(f"{name}: has {len(document):,} pages, more than the limit of {limits.pages:,}; split it")
        for page in document:
            lines = _read_lines(page)
            length = sum(len(line.text) for line in lines)
            shown = look_at(page, "\n".join(line.text for line in lines))
            page.close()
            total += length
            if total > limits.characters:
                raise ReadError(f"{name}: its text is longer than {limits.characters:,} characters; split it")
            yield _Page(lines, shown)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name}: is damaged ({error}); print it anew") from error
    finally:
        document.close()


def _read_lines(page: Any) -> list[SetLine]:
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        if STRAY.search(text):
            return order_columns(read_by_place(text, text_page.get_charbox), text, text_page.get_charbox)
        lines = []
        start = 0
        for match in _LINE_ENDS.finditer(text + "\n"):
            line = text[start : match.start()]
            if line.strip():
                first = start + len(line) - len(line.lstrip())
                last = start + len(line.rstrip())
                left, bottom, _, top = text_page.get_charbox(first)
                right = text_page.get_charbox(last - 1)[2]
                lines.append(SetLine(line.strip(), left, right, (bottom + top) / 2, first, last))
            start = match.end()
        lines = order_columns(lines, text, text_page.get_charbox)
        return [line._replace(text=close_up(line.text)) for line in lines]
    finally:
        text_page.close()


def _join(pages: Sequence[Sequence[SetLine]]) -> tuple[str, dict[int, str]]:
    """Join the lines of all pages, and mark furniture and the lines that continue the one before."""
    heads, frame = _find_running_heads(pages), _find_frame(pages)
    marks: dict[int, str] = {}
    texts: list[str] = []
    offset = 0
    before: SetLine | None = None
    for lines in pages:
        for number, line in enumerate(lines):
            edge = number < _EDGE or number >= len(lines) - _EDGE
            if edge and (_is_number(line.text) or _bare(line.text) in heads):
                marks[offset] = "page"
            else:
                if before and _continues(before, line, frame):
                    marks[offset] = "continued"
                before = line
            texts.append(line.text + ("\n" if number < len(lines) - 1 else "\f"))
            offset += len(texts[-1])
    return "".join(texts), marks


def _continues(before: SetLine, line: SetLine, frame: _Frame) -> bool:
    if not frame.is_full(before) or frame.is_indented(line):
        return False
    return not (is_closed(before.text) and is_opening_line(line.text))


def _bare(text: str) -> str:
    return _NUMBER.sub("", re.sub(r"[\s—–\-|·]", "", text))


def _is_number(text: str) -> bool:
    return bool(PAGE.match(text) or _ROMAN.fullmatch(text) or _DRESSED.fullmatch(text))


def _find_running_heads(pages: Sequence[Sequence[SetLine]]) -> set[str]:
    """Return the lines that stand at the edge of pages again and again, numbers left out.

    They stand on at least three pages and a third of them; where at the same height, on two: heads of left and right
    pages take turns.
    """
    places: dict[str, list[float]] = {}
    for lines in pages:
        edges = {_bare(line.text): line.middle for line in (*lines[:_EDGE], *lines[_EDGE:][-_EDGE:])}
        for bare, middle in edges.items():
            places.setdefault(bare, []).append(middle)
    heads = {bare for bare, seen in places.items() if len(seen) >= 3 and len(seen) * 3 >= len(pages)}
    level = {bare for bare, seen in places.items() if len(seen) >= 2 and max(seen) - min(seen) < _LEVEL}
    return (heads | {bare for bare in level if len(places[bare]) * 4 >= len(pages)}) - {""}


def _find_frame(pages: Sequence[Sequence[SetLine]]) -> _Frame:
    lines = [line for page in pages for line in page if len(line.text) > 10] or [
        line for page in pages for line in page
    ]
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    size = median(line.size for line in lines)
    return _Frame(lefts[len(lefts) // 5], rights[len(rights) * 9 // 10], size)
