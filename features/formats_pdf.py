"""PDF files with a text layer: lines as they are set, with indents, page numbers and running heads marked."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from zhuti.errors import ReadError
from zhuti.features.limits import Limits
from zhuti.features.marks import PAGE
from zhuti.features.sources import Source

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_LOOSE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[!-~])|(?<=[!-~]) (?=[\u3000-\u9fff\uff00-\uffef])")
_NUMBER = re.compile(r"\d+|[ivxlc]{1,6}$")
_ROMAN = re.compile(r"[-—–\s]*(?:[ivxlc]{1,6}|[IVXLC]{1,6}|\d{1,4})[-—–\s]*")
_OCR = "its pages are pictures (scanned); run OCR on it first, for instance ocrmypdf -l chi_sim"
_EDGE = 2


class _SetLine(NamedTuple):
    text: str
    left: float


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
    return Source(text, "pdf", False, marks, notes=notes)


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
        lines = []
        start = 0
        for match in _LINE_ENDS.finditer(text + "\n"):
            line = text[start : match.start()]
            if line.strip():
                left = text_page.get_charbox(min(start, text_page.count_chars() - 1))[0]
                lines.append(_SetLine(_LOOSE.sub("", line.strip()), left))
            start = match.end()
        return lines
    finally:
        text_page.close()
        page.close()


def _join(pages: Sequence[Sequence[_SetLine]]) -> tuple[str, dict[int, str]]:
    """Join the lines of all pages; an indented one gets its two full-width spaces back."""
    heads = _find_running_heads(pages)
    margin = _find_margin(pages)
    marks: dict[int, str] = {}
    texts: list[str] = []
    offset = 0
    for lines in pages:
        for number, line in enumerate(lines):
            edge = number < _EDGE or number >= len(lines) - _EDGE
            furniture = edge and (_bare(line.text) in heads or PAGE.match(line.text) or _ROMAN.fullmatch(line.text))
            indent = "\u3000\u3000" if not furniture and margin + 12 < line.left < margin + 60 else ""
            if furniture:
                marks[offset] = "page"
            end = "\n" if number < len(lines) - 1 else "\f"
            texts.append(indent + line.text + end)
            offset += len(texts[-1])
    return "".join(texts), marks


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


def _find_margin(pages: Sequence[Sequence[_SetLine]]) -> float:
    """Return where most lines begin on the page."""
    lefts = sorted(line.left for lines in pages for line in lines)
    return median(lefts[: max(len(lefts) * 2 // 3, 1)]) if lefts else 0.0
