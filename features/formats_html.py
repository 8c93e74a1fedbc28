"""Saved web pages: the main text of a news or government page; menus, share buttons and editors' names left out."""

import codecs
import email
import email.policy
import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser

from zhuti.errors import ReadError
from zhuti.features.encoding import decode
from zhuti.features.furniture import trim_furniture
from zhuti.features.html_lines import PageLine, check_depth, read_lines, squeeze_blanks
from zhuti.features.html_main import find_main_block
from zhuti.features.limits import Limits
from zhuti.features.marks import BYLINE, VISIT
from zhuti.features.sources import Source

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_SITE = re.compile(r"\s*(?:[_|｜\-－—–<>›»]+)\s*[^_|｜\-－—–<>›»]{2,30}$")
_DATED = re.compile(r"(?:19|20)\d\d\s*(?:[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}|年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)")
_ENDED = re.compile(r"[。；！？][”’」』）)]*$")
_HEAD_LINES = 15
_TITLE_LONGEST = 90
_BYLINE_LONGEST = 120


def read_html(name: str, data: bytes, encoding: str | None, limits: Limits) -> Source:
    """Read a saved web page.

    Raises
    ------
    ReadError
        When the page holds no text, or is nested too deep.
    """
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, encoding=encoding, name=name)
    if declared and not encoding and declared[1].lower() in {b"big5", b"utf-16"}:
        decoded = decode(data, encoding=declared[1].decode(), name=name)
    check_depth(name, decoded.text)
    page = LexborHTMLParser(decoded.text)
    lines = read_lines(name, page)
    title = _find_title(page)
    main, outside = _choose_main(lines, _squeeze(title))
    kept, furniture = trim_furniture([(line.text, line.mark) for line in main])
    if title and not any(_says(text, title) for text, _ in kept[:4]):
        kept.insert(0, (title, "title"))
    seen = {_squeeze(text) for text, _ in kept}
    dropped = tuple(dict.fromkeys(text for text in [*furniture, *outside] if _squeeze(text) not in seen))
    text, marks = _join(kept)
    return Source(text, f"html ({decoded.encoding})", True, marks, dropped)


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


def _find_title(page: LexborHTMLParser) -> str:
    """Return the headline: what the page declares, its first h1, or its title without the site's name."""
    for selector in ('meta[name="ArticleTitle"]', 'meta[property="og:title"]'):
        node = page.css_first(selector)
        if node is not None and (node.attributes.get("content") or "").strip():
            return squeeze_blanks(node.attributes.get("content") or "")
    node = page.css_first("#activity-name") or page.css_first("h1")
    if node is not None and 4 <= len(_squeeze(node.text())) <= _TITLE_LONGEST:
        return squeeze_blanks(node.text())
    title = page.css_first("title")
    words = squeeze_blanks(title.text()) if title is not None else ""
    while words and _SITE.search(words) and len(_SITE.sub("", words)) >= 4:
        words = _SITE.sub("", words)
    return words if len(words) <= _TITLE_LONGEST else ""


def _says(text: str, title: str) -> bool:
    """Tell whether a line is the headline, give or take a few characters."""
    line, words = _squeeze(text), _squeeze(title)
    return line == words or (words in line and len(line) <= len(words) + 8 and not _ENDED.search(text))


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\u3000\xa0]+", "", text)


def _choose_main(lines: Sequence[PageLine], title: str) -> tuple[Sequence[PageLine], list[str]]:
    """Return the lines of the block of the text, and the text of all others.

    Lines of date, source and author between the headline and that block belong to the text too; what stands above
    the headline does not.
    """
    chosen = find_main_block(lines)
    if chosen is None:
        return lines, []
    inside = [number for number, line in enumerate(lines) if chosen in line.blocks]
    first = inside[0]
    above = [number for number in range(first) if title and _squeeze(lines[number].text) == title]
    main = [number for number in range((above or [max(first - 4, 0)])[-1], first) if _is_byline(lines[number])]
    within = [place for place, number in enumerate(inside[:_HEAD_LINES]) if _squeeze(lines[number].text) == title]
    if title and within and not any(_ENDED.search(lines[number].text) for number in inside[: within[0]]):
        inside = inside[within[0] :]
    kept = [lines[number]._replace(mark="byline") for number in main]
    kept += _mark_head([lines[number] for number in inside], title)
    left = {*range(len(lines))} - {*main, *inside}
    return kept, [lines[number].text for number in sorted(left)]


def _mark_head(lines: Sequence[PageLine], title: str) -> list[PageLine]:
    """Mark the headline, and the lines of date and source before the running text."""
    marked = list(lines)
    for place, line in enumerate(lines[:_HEAD_LINES]):
        if title and _squeeze(line.text) == title:
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


def _join(lines: list[tuple[str, str]]) -> tuple[str, dict[int, str]]:
    marks: dict[int, str] = {}
    offset = 0
    for text, mark in lines:
        if mark:
            marks[offset] = mark
        offset += len(text) + 1
    return "\n".join(text for text, _ in lines), marks
