"""Saved web pages: the main text of a news or government page; menus, share buttons and editors' names left out."""

import email
import email.policy
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from zhuti.errors import ReadError
from zhuti.features.encoding import decode
from zhuti.features.furniture import is_furniture, trim_furniture
from zhuti.features.limits import Limits
from zhuti.features.marks import BYLINE, VISIT
from zhuti.features.sources import Source

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_SKIPPED = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "head",
        "map",
        "nav",
        "-comment",
        "-doctype",
    )
)
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SITE = re.compile(r"\s*(?:[_|｜\-－—–<>›»]+)\s*[^_|｜\-－—–<>›»]{2,30}$")
_DEEPEST = 200
_BLANK = re.compile(r"[ \t\r\n\f]+")
_PROSE = re.compile(r"[，。；！？]")
_DATED = re.compile(r"(?:19|20)\d\d\s*(?:[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}|年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)")


class _Line:
    """A line of a page: its text, how much of it are links, its mark, and the blocks it lies in."""

    __slots__ = ("blocks", "linked", "mark", "text")

    def __init__(self, text: str, linked: int, mark: str, blocks: tuple[int, ...]) -> None:
        self.text, self.linked, self.mark, self.blocks = text, linked, mark, blocks

    @property
    def prose(self) -> int:
        """How much running text it holds."""
        if self.linked * 2 > len(self.text) or is_furniture(self.text):
            return 0
        return len(self.text) if _PROSE.search(self.text) and len(self.text) > 15 else len(self.text) // 4


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
    page = LexborHTMLParser(decoded.text)
    lines = list(_read_lines(name, page))
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
            return _BLANK.sub(" ", node.attributes.get("content") or "").strip()
    node = page.css_first("#activity-name") or page.css_first("h1")
    if node is not None and 4 <= len(_squeeze(node.text())) <= 90:
        return _BLANK.sub(" ", node.text()).strip()
    title = page.css_first("title")
    words = _BLANK.sub(" ", title.text()).strip() if title is not None else ""
    while words and _SITE.search(words) and len(_SITE.sub("", words)) >= 4:
        words = _SITE.sub("", words)
    return words if len(words) <= 90 else ""


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\u3000\xa0]+", "", text)


class _Flow:
    """Collects the text of a page line by line."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = 0
        self.lines: list[_Line] = []

    def add(self, text: str, *, linked: bool) -> None:
        self.pieces.append(text)
        self.linked += len(text.strip()) if linked else 0

    def end_line(self, mark: str, blocks: tuple[int, ...]) -> None:
        text = _BLANK.sub(" ", "".join(self.pieces)).strip(" \u3000\xa0\u200b\ufeff")
        if text:
            self.lines.append(_Line(text, self.linked, mark, blocks))
        self.pieces.clear()
        self.linked = 0


def _read_lines(name: str, page: LexborHTMLParser) -> Iterator[_Line]:
    flow = _Flow()
    if page.body is not None:
        _walk(name, page.body, flow, (), mark="", linked=False)
        flow.end_line("", ())
    yield from flow.lines


def _walk(name: str, parent: LexborNode, flow: _Flow, blocks: tuple[int, ...], *, mark: str, linked: bool) -> None:
    if len(blocks) > _DEEPEST:
        raise ReadError(f"{name}: the page is nested more than {_DEEPEST} deep; save it as text")
    for node in parent.iter(include_text=True):
        tag = node.tag or ""
        if tag == "-text":
            flow.add(node.text(deep=False), linked=linked)
        elif tag == "br":
            flow.end_line(mark, blocks)
        elif tag == "tr" and (row := _read_row(node)):
            flow.end_line(mark, blocks)
            flow.add(row, linked=False)
            flow.lines.append(_Line(row, 0, "table", blocks))
            flow.pieces.clear()
        elif tag in _SKIPPED or _HIDDEN.search(node.attributes.get("style") or ""):
            continue
        elif tag in _BLOCKS:
            flow.end_line(mark, blocks)
            inner = "heading" if tag in {"h2", "h3", "h4", "h5", "h6"} else "title" if tag == "h1" else mark
            _walk(name, node, flow, (*blocks, node.mem_id), mark=inner, linked=linked)
            flow.end_line(inner, (*blocks, node.mem_id))
        else:
            _walk(name, node, flow, blocks, mark=mark, linked=linked or tag == "a")


def _read_row(row: LexborNode) -> str:
    """Return the cells of a table row between tabs; '' when the table only lays out running text."""
    cells = [_BLANK.sub(" ", cell.text()).strip(" \u3000\xa0") for cell in row.iter() if cell.tag in {"td", "th"}]
    if len(cells) < 2 or max(map(len, cells)) > 120 or row.css_first("table, a, script, style") is not None:
        return ""
    return "\t".join(cell for cell in cells if cell)


def _choose_main(lines: list[_Line], title: str) -> tuple[list[_Line], list[str]]:
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
    for number in main:
        lines[number].mark = "byline"
    main += inside
    return [lines[number] for number in main], [lines[n].text for n in sorted({*range(len(lines))} - {*main})]


def _is_byline(line: _Line) -> bool:
    text = line.text
    return (
        len(text) <= 120
        and line.linked * 2 <= len(text)
        and bool(BYLINE.match(text) or VISIT.match(text) or _DATED.search(text))
    )


def _densest_block(lines: list[_Line]) -> int | None:
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
