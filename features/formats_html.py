"""Saved web pages: the main text of a news or government page; menus, share buttons and editors' names left out."""

import codecs
import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from selectolax.lexbor import LexborHTMLParser

from zhuti.errors import ReadError
from zhuti.features.encoding import decode
from zhuti.features.furniture import is_furniture, opens_other_texts, trim_furniture
from zhuti.features.html_headline import find_headline, is_second_headline, says, squeeze
from zhuti.features.html_lines import PageLine, check_depth, read_lines
from zhuti.features.html_main import find_main_block
from zhuti.features.limits import Limits
from zhuti.features.marks import BYLINE, CAPTION, VISIT
from zhuti.features.sources import Source

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_DATED = re.compile(r"(?:19|20)\d\d\s*(?:[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}|年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)")
_ENDED = re.compile(r"[。；！？][”’」』）)]*$")
_AUTHOR = re.compile("记者|通讯员|作者|供稿|文/图")
_HEAD_LINES = 15
_BYLINE_LONGEST = 120


def read_html(name: str, data: bytes, encoding: str | None, limits: Limits) -> Source:
    """Read a saved web page.

    Raises
    ------
    ReadError
        When the page holds no text, as one that a script fills, or is nested too deep.
    """
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, encoding=encoding, name=name)
    if declared and not encoding and declared[1].lower() in {b"big5", b"utf-16"}:
        decoded = decode(data, encoding=declared[1].decode(), name=name)
    check_depth(name, decoded.text)
    page = LexborHTMLParser(decoded.text)
    lines = read_lines(name, page)
    if not lines:
        raise ReadError(f"{name}: the page holds no text, a script fills it; save it from the browser as it is shown")
    block = find_main_block(lines)
    title = find_headline(page, lines, block)
    main, outside = _choose_main(lines, block, squeeze(title))
    kept, furniture = trim_furniture([(line.text, line.mark) for line in main])
    if title and not any(says(text, title) or _opens_with(text, title) for text, _ in kept[:4]):
        kept.insert(0, (title, "title"))
    seen = {squeeze(text) for text, _ in kept}
    dropped = tuple(dict.fromkeys(text for text in [*furniture, *outside] if squeeze(text) not in seen))
    text, marks = _join(kept)
    return Source(text, f"html ({decoded.encoding})", True, marks, dropped, lost=decoded.lost)


def read_mht(name: str, data: bytes, encoding: str | None, limits: Limits) -> Source:
    """Read a page that a browser saved as one file (.mht, .mhtml).

    Raises
    ------
    ReadError
        When it holds no web page.
    """
    for charset, payload in _pages(name, data):
        return read_html(name, payload, encoding or charset, limits)
    raise ReadError(f"{name}: holds no web page; save the page as .html")


def _pages(name: str, data: bytes) -> Iterator[tuple[str | None, bytes]]:
    """Yield the web pages of a message, with their encodings where Python knows them."""
    try:
        for part in email.message_from_bytes(data, policy=email.policy.default).walk():
            if part.get_content_type() == "text/html" and isinstance(payload := part.get_payload(decode=True), bytes):
                yield _known_encoding(part.get_content_charset()), payload
    except Exception as error:  # what a torn message makes the parser raise is not written down anywhere
        if isinstance(error, ReadError):
            raise
        raise ReadError(f"{name}: is damaged ({type(error).__name__}); save the page as .html") from error


def _known_encoding(charset: str | None) -> str | None:
    try:
        named = codecs.lookup(charset or "").name
    except (LookupError, ValueError):
        return None
    return "gb18030" if named in {"gb2312", "gbk"} else named


def _choose_main(lines: Sequence[PageLine], block: int | None, title: str) -> tuple[Sequence[PageLine], list[str]]:
    """Return the lines of the block of the text, and the text of all others.

    Lines of date, source and author between the headline and that block belong to the text too, and so does a
    second headline there; what stands above the headline does not.
    """
    if block is None:
        return lines, []
    inside = [number for number, line in enumerate(lines) if block in line.blocks]
    first, last = inside[0], inside[-1]
    above = [number for number in range(first) if title and squeeze(lines[number].text) == title]
    start = (above or [max(first - 4, 0)])[-1]
    main = [n for n in range(start, first) if _is_byline(lines[n]) and not is_furniture(lines[n].text)]
    second = [number for number in range(start + 1, first) if above and is_second_headline(lines[number])]
    within = [place for place, number in enumerate(inside[:_HEAD_LINES]) if squeeze(lines[number].text) == title]
    if title and within and not any(_ENDED.search(lines[number].text) for number in inside[: within[0]]):
        inside = inside[within[-1] if _is_doubled(lines, inside, within) else within[0] :]
    if above and _stands_over(lines, start):
        second.insert(0, start - 1)
    second = [number for number in second if number not in main]
    if second:
        second = sorted({*second, start})
    kept = [lines[number]._replace(mark="title") for number in second]
    kept += [lines[number]._replace(mark="byline") for number in main]
    kept += [lines[number]._replace(mark="caption") for number in range(start + 1, first) if _is_caption(lines[number])]
    inside = _without_boxes(lines, inside)
    kept += _mark_head([lines[number] for number in inside], title)
    behind = list(takewhile(lambda number: _is_author(lines[number]), range(last + 1, len(lines))))
    kept += [lines[number]._replace(mark="byline") for number in behind]
    left = {*range(len(lines))} - {*main, *second, *inside, *behind}
    return kept, [lines[number].text for number in sorted(left)]


def _is_doubled(lines: Sequence[PageLine], inside: Sequence[int], within: Sequence[int]) -> bool:
    """Tell whether the headline stands twice with nothing but small matters between, as on pages for two screens."""
    between = [lines[number] for number in inside[within[0] : within[-1]]]
    return len(within) > 1 and all(
        len(line.text) < _BYLINE_LONGEST and not _ENDED.search(line.text) for line in between
    )


def _mark_head(lines: Sequence[PageLine], title: str) -> list[PageLine]:
    """Mark the headline, and the lines of date and source before the running text."""
    marked = list(lines)
    for place, line in enumerate(lines[:_HEAD_LINES]):
        if title and squeeze(line.text) == title:
            marked[place] = line._replace(mark="title")
        elif line.mark in {"", "title", "heading"} and _is_byline(line) and not _ENDED.search(line.text):
            marked[place] = line._replace(mark="byline")
        elif _ENDED.search(line.text):
            break
    return marked


def _is_byline(line: PageLine) -> bool:
    text = line.text
    return (
        len(text) <= _BYLINE_LONGEST
        and line.linked * 2 <= len(text)
        and bool(BYLINE.match(text) or VISIT.match(text) or _DATED.search(text))
    )


def _opens_with(text: str, title: str) -> bool:
    """Tell whether a line is the headline and the whole text behind it."""
    return text.startswith(title) and text[len(title) : len(title) + 1].isspace()


def _without_boxes(lines: Sequence[PageLine], inside: Sequence[int]) -> list[int]:
    """Leave out lists of links to other texts that stand within the text, with their headings."""
    boxed: set[int] = set()
    prose = [place for place, n in enumerate(inside) if not lines[n].linked and _ENDED.search(lines[n].text)]
    end = 0
    for place, number in enumerate(inside):
        if place < end or not opens_other_texts(lines[number].text):
            continue
        end = place + 1
        while end < len(inside) and lines[inside[end]].linked * 2 > len(lines[inside[end]].text):
            end += 1
        if place + 1 < end <= (prose or [0])[-1]:
            boxed.update(inside[place:end])
    return [number for number in inside if number not in boxed]


def _stands_over(lines: Sequence[PageLine], start: int) -> bool:
    """Tell whether the line before the headline is a first part of it, in the block beside it."""
    over = lines[start - 1]
    return start > 0 and over.blocks[:-1] == lines[start].blocks[:-1] and is_second_headline(over)


def _is_caption(line: PageLine) -> bool:
    return not line.linked and len(line.text) <= _BYLINE_LONGEST and bool(CAPTION.match(line.text))


def _is_author(line: PageLine) -> bool:
    return _is_byline(line) and bool(_AUTHOR.search(line.text)) and not is_furniture(line.text)


def _join(lines: list[tuple[str, str]]) -> tuple[str, dict[int, str]]:
    marks: dict[int, str] = {}
    offset = 0
    for text, mark in lines:
        if mark:
            marks[offset] = mark
        offset += len(text) + 1
    return "\n".join(text for text, _ in lines), marks
