"""The text of a web page line by line, with the blocks that each line lies in."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from zhuti.errors import ReadError
from zhuti.features.furniture import is_furniture

_WITHOUT_TEXT = (
    "script style noscript template svg iframe button select option textarea input object embed audio video canvas "
    "head map nav -comment -doctype"
)
_ON_THEIR_OWN = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_SKIPPED = frozenset(_WITHOUT_TEXT.split())
_BLOCKS = frozenset(_ON_THEIR_OWN.split())
_MARKS = {"h1": "title"} | dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Tags that pages leave unclosed say nothing of depth.
_TAG = re.compile(
    r"<(/?)(?!(?:br|img|input|hr|meta|link|p|li|t[dhr]|d[dt]|option|source|col|param|area|wbr|embed)\b)[a-z]", re.I
)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_PROSE = re.compile(r"[，。；！？]")
_DEEPEST = 1_000
_LONGEST_CELL = 120


class PageLine(NamedTuple):
    """A line of a page: its text, how much of it are links, its mark, and the blocks it lies in."""

    text: str
    linked: int
    mark: str
    blocks: tuple[int, ...]

    @property
    def prose(self) -> int:
        """How much running text it holds."""
        if self.linked * 2 > len(self.text) or is_furniture(self.text):
            return 0
        return len(self.text) if _PROSE.search(self.text) and len(self.text) > 15 else len(self.text) // 4


class _Step(NamedTuple):
    """A node that is being read: the nodes in it that are left, and what it means for the text in it."""

    nodes: Iterator[LexborNode]
    tag: str
    mark: str
    linked: bool
    blocks: tuple[int, ...]


class _Flow:
    """Collects the text of a page line by line."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = 0
        self.lines: list[PageLine] = []

    def add(self, text: str, *, linked: bool) -> None:
        self.pieces.append(text)
        self.linked += len(text.strip()) if linked else 0

    def end_line(self, mark: str, blocks: tuple[int, ...]) -> None:
        text = squeeze_blanks("".join(self.pieces))
        if text:
            self.lines.append(PageLine(text, self.linked, mark, blocks))
        self.pieces.clear()
        self.linked = 0


def squeeze_blanks(text: str) -> str:
    """Return a text as a browser shows it: blanks in a row are one."""
    return _BLANK.sub(" ", text).strip(" \u3000\xa0\u200b\ufeff")


def read_lines(name: str, page: LexborHTMLParser) -> list[PageLine]:
    """Return the visible lines of a page.

    Raises
    ------
    ReadError
        When the page is nested deeper than any page is.
    """
    flow = _Flow()
    body = page.body
    steps = [_Step(body.iter(include_text=True), "body", "", False, (body.mem_id,))] if body is not None else []
    while steps:
        step = steps[-1]
        node = next(step.nodes, None)
        if node is None:
            steps.pop()
            if step.tag in _BLOCKS:
                flow.end_line(step.mark, step.blocks)
        elif node.tag == "-text":
            flow.add(node.text(deep=False), linked=step.linked)
        elif inner := _enter(node, step, flow):
            steps.append(inner)
            if len(steps) > _DEEPEST:
                raise _too_deep(name)
    return flow.lines


def _enter(node: LexborNode, step: _Step, flow: _Flow) -> _Step | None:
    """Return the step into a node; None when it holds no text of its own."""
    tag = node.tag or ""
    if tag == "br":
        flow.end_line(step.mark, step.blocks)
        return None
    if tag in _SKIPPED or _HIDDEN.search(node.attributes.get("style") or ""):
        return None
    if tag not in _BLOCKS:
        return _Step(node.iter(include_text=True), tag, step.mark, step.linked or tag == "a", step.blocks)
    flow.end_line(step.mark, step.blocks)
    if tag == "tr" and (row := _read_row(node)):
        flow.lines.append(PageLine(row, 0, "table", step.blocks))
        return None
    mark = _MARKS.get(tag, step.mark)
    return _Step(node.iter(include_text=True), tag, mark, step.linked, (*step.blocks, node.mem_id))


def _read_row(row: LexborNode) -> str:
    """Return the cells of a table row between tabs; '' when the table only lays out running text."""
    cells = [cell for cell in row.iter() if cell.tag in {"td", "th"}]
    if len(cells) < 2 or row.css_first("table, a, script, style, p + p") is not None:
        return ""
    texts = [squeeze_blanks(cell.text()) for cell in cells]
    return "\t".join(filter(None, texts)) if max(map(len, texts)) <= _LONGEST_CELL else ""


def check_depth(name: str, text: str) -> None:
    """Raise a `ReadError` for a page of a depth that no page has, before it is parsed."""
    depth = 0
    for match in _TAG.finditer(text):
        depth = max(depth - 1, 0) if match[1] else depth + 1
        if depth > _DEEPEST * 5:
            raise _too_deep(name)


def _too_deep(name: str) -> ReadError:
    return ReadError(f"{name}: the page is nested more than {_DEEPEST:,} deep; save it as text")
