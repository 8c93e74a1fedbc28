"""PDF files with a text layer: lines as they are set; page numbers, running heads and broken lines are marked."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from zhuti.errors import ReadError
from zhuti.features.limits import Limits
from zhuti.features.marks import CLOSED, PAGE, is_opening_line
from zhuti.features.sources import Source

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_LOOSE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[!-~])|(?<=[!-~]) (?=[\u3000-\u9fff\uff00-\uffef])")
_NUMBER = re.compile(r"\d+|[ivxlc]{1,6}$")
_ROMAN = re.compile(r"[-—–\s]*(?:[ivxlc]{1,6}|[IVXLC]{1,6}|\d{1,4})[-—–\s]*")
_OCR = "its pages are pictures (scanned); run OCR on it first, for instance ocrmypdf -l chi_sim"
_WITHIN = re.compile(r"(?<=[\u3001-\u9fff\uff00-\uffef”’]) (?=[\u3001-\u9fff\uff00-\uffef“‘])")
_RUNNING = re.compile(r"[，。；、]")
_NAME_LONGEST = 30
_EDGE = 2
# Signs that stand apart from the words around them: their order is not the one on the page.
_STRAY = re.compile(r"[“”‘’] |[ \n][“”‘’](?![\u4e00-\u9fff])")
_ONLY_SIGNS = re.compile(r"[\s“”‘’·…—]+")
_QUOTE_GAP = re.compile(r" *([“”‘’]) *")


class _SetLine(NamedTuple):
    text: str
    left: float
    right: float

    @property
    def size(self) -> float:
        """Width of one full-width character."""
        return (self.right - self.left) / max(len(self.text) - sum(map(str.isascii, self.text)) / 2, 1)


class _Frame(NamedTuple):
    """Where most lines of a text begin and end on the page, and how wide a character is."""

    left: float
    right: float
    size: float

    def is_full(self, line: _SetLine) -> bool:
        return line.right > self.right - 2.2 * self.size

    def is_indented(self, line: _SetLine) -> bool:
        return line.left > self.left + 0.8 * self.size


def read_pdf(name: str, data: bytes, encoding: str | None, limits: Limits) -> Source:
    """Read a .pdf file.

    Raises
    ------
    ReadError
        When it is damaged, locked, has too many pages, or no text layer.
    """
    pages = list(_read_pages(name, data, limits))
    blank = [number for number, lines in enumerate(pages, 1) if not lines]
    if len(blank) == len(pages):
        raise ReadError(f"{name}: {_OCR}")
    text, marks = _join(pages)
    notes = (f"pages without text: {', '.join(map(str, blank[:20]))}; if they are scans, run OCR",) if blank else ()
    return Source(text, "pdf", True, marks, notes=notes)


def _read_pages(name: str, data: bytes, limits: Limits) -> Iterator[list[_SetLine]]:
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
            total += sum(len(line.text) for line in lines)
            if total > limits.characters:
                raise ReadError(f"{name}: its text is longer than {limits.characters:,} characters; split it")
            yield lines
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name}: is damaged ({error}); print it anew") from error
    finally:
        document.close()


def _read_lines(page: Any) -> list[_SetLine]:
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        if _STRAY.search(text):
            return _read_by_place(text, text_page.get_charbox)
        lines = []
        start = 0
        for match in _LINE_ENDS.finditer(text + "\n"):
            line = text[start : match.start()]
            if line.strip():
                first = start + len(line) - len(line.lstrip())
                left, right = text_page.get_charbox(first)[0], text_page.get_charbox(start + len(line.rstrip()) - 1)[2]
                lines.append(_SetLine(_close_up(line.strip()), left, right))
            start = match.end()
        return lines
    finally:
        text_page.close()
        page.close()


def _close_up(line: str) -> str:
    """Take out the blanks that setting a line to full width left in it; a title or a name may have some of its own."""
    line = _LOOSE.sub("", line)
    return _WITHIN.sub("", line) if _RUNNING.search(line) or len(line) > _NAME_LONGEST else line


def _read_by_place(text: str, box_of: Callable[[int], Sequence[float]]) -> list[_SetLine]:
    """Put the characters of every line in the order in which they stand on the page.

    Programs that take quotation marks from a font of their own write them before or behind the text around them.
    """
    rows: list[list[_Glyph]] = []
    strays: list[_Glyph] = []
    start = 0
    for match in _LINE_ENDS.finditer(text + "\n"):
        glyphs = [_Glyph(text[n], *box_of(n)) for n in range(start, match.start())]
        if _ONLY_SIGNS.fullmatch(text[start : match.start()]):
            strays += [glyph for glyph in glyphs if glyph.text.strip()]
        elif text[start : match.start()].strip():
            rows.append(glyphs)
        start = match.end()
    for stray in strays:
        row = next((row for row in rows if stray.stands_in(row)), None)
        if row is None:
            rows.append([stray])
        else:
            row.append(stray)
    lines = []
    for row in rows:
        row.sort(key=lambda glyph: glyph.left)
        seen = [glyph for glyph in row if glyph.text.strip()]
        line = _QUOTE_GAP.sub(r"\1", "".join(glyph.text for glyph in row).strip())
        lines.append(_SetLine(_close_up(line), seen[0].left, max(glyph.right for glyph in seen)))
    return lines


class _Glyph(NamedTuple):
    text: str
    left: float
    bottom: float
    right: float
    top: float

    def stands_in(self, row: Sequence["_Glyph"]) -> bool:
        """Tell whether it stands within the height and the width of a line."""
        middle = (self.bottom + self.top) / 2
        bottom, top = min(glyph.bottom for glyph in row), max(glyph.top for glyph in row)
        return bottom < middle < top and min(g.left for g in row) - 20 < self.left < max(g.right for g in row) + 20


def _join(pages: Sequence[Sequence[_SetLine]]) -> tuple[str, dict[int, str]]:
    """Join the lines of all pages, and mark furniture and the lines that continue the one before."""
    heads, frame = _find_running_heads(pages), _find_frame(pages)
    marks: dict[int, str] = {}
    texts: list[str] = []
    offset = 0
    before: _SetLine | None = None
    for lines in pages:
        for number, line in enumerate(lines):
            edge = number < _EDGE or number >= len(lines) - _EDGE
            if edge and (_bare(line.text) in heads or PAGE.match(line.text) or _ROMAN.fullmatch(line.text)):
                marks[offset] = "page"
            else:
                if before and _continues(before, line, frame):
                    marks[offset] = "continued"
                before = line
            texts.append(line.text + ("\n" if number < len(lines) - 1 else "\f"))
            offset += len(texts[-1])
    return "".join(texts), marks


def _continues(before: _SetLine, line: _SetLine, frame: _Frame) -> bool:
    if not frame.is_full(before) or frame.is_indented(line):
        return False
    return not (CLOSED.search(before.text) and is_opening_line(line.text))


def _bare(text: str) -> str:
    return _NUMBER.sub("", re.sub(r"[\s—–\-|·]", "", text))


def _find_running_heads(pages: Sequence[Sequence[_SetLine]]) -> set[str]:
    """Return the lines that stand at the edge of at least three pages and of a third of them, numbers left out."""
    seen = Counter(
        bare
        for lines in pages
        for bare in {_bare(line.text) for line in (*lines[:_EDGE], *lines[_EDGE:][-_EDGE:])}
        if bare
    )
    return {bare for bare, count in seen.items() if count >= 3 and count * 3 >= len(pages)}


def _find_frame(pages: Sequence[Sequence[_SetLine]]) -> _Frame:
    lines = [line for page in pages for line in page if len(line.text) > 10] or [
        line for page in pages for line in page
    ]
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    size = median(line.size for line in lines)
    return _Frame(lefts[len(lefts) // 5], rights[len(rights) * 9 // 10], size)
