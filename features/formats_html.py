"""Saved web pages: the main text of a news or government page; menus, share buttons and editors' names left out."""

import email
import email.policy
import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from zhuti.errors import ReadError
from zhuti.features.encoding import decode
from zhuti.features.furniture import trim_furniture
from zhuti.features.html_lines import PageLine, check_depth, read_lines, squeeze_blanks
from zhuti.features.limits import Limits
from zhuti.features.marks import BYLINE, VISIT
from zhuti.features.sources import Source

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_SITE = re.compile(r"\s*(?:[_|｜\-－—–<>›»]+)\s*[^_|｜\-－—–<>›»]{2,30}$")
_DATED = re.compile(r"(?:19|20)\d\d\s*(?:[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}|年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)")
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
    if title and not any(_squeeze(title) in _squeeze(text) for text, _ in kept[:4]):
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
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return read_html(name, payload, encoding or part.get_content_charset(), limits)
    raise ReadError(f"{name}: holds no web page; save the page as .html")


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


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\u3000\xa0]+", "", text)


def _choose_main(lines: Sequence[PageLine], title: str) -> tuple[Sequence[PageLine], list[str]]:
    """Return the lines of the smallest block that holds nearly all running text, and the text of all others.

    Lines of date, source and author between the headline and that block belong to the text too.
    """
    chosen = _densest_block(lines)
    if chosen is None:
        return lines, []
    inside = [number for number, line in enumerate(lines) if chosen in line.blocks]
    first = inside[0]
    heads = [number for number in range(first) if title and _squeeze(lines[number].text) == title]
    main = [number for number in range((heads or [max(first - 4, 0)])[-1], first) if _is_byline(lines[number])]
    kept = [*(lines[number]._replace(mark="byline") for number in main), *(lines[number] for number in inside)]
    left = {*range(len(lines))} - {*main, *inside}
    return kept, [lines[number].text for number in sorted(left)]


def _is_byline(line: PageLine) -> bool:
    text = line.text
    return (
        len(text) <= _BYLINE_LONGEST
        and line.linked * 2 <= len(text)
        and bool(BYLINE.match(text) or VISIT.match(text) or _DATED.search(text))
    )


def _densest_block(lines: Sequence[PageLine]) -> int | None:
    """Return the innermost block that holds three fifths of the running text of the page."""
    prose: dict[int, int] = {}
    depth: dict[int, int] = {}
    for line in lines:
        for place, block in enumerate(line.blocks):
            prose[block] = prose.get(block, 0) + line.prose
            depth[block] = place
    total = sum(line.prose for line in lines)
    full = [block for block, amount in prose.items() if amount and amount >= total * 0.6]
    return max(full, key=lambda block: depth[block], default=None)


def _join(lines: list[tuple[str, str]]) -> tuple[str, dict[int, str]]:
    marks: dict[int, str] = {}
    offset = 0
    for text, mark in lines:
        if mark:
            marks[offset] = mark
        offset += len(text) + 1
    return "\n".join(text for text, _ in lines), marks
