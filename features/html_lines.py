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
_MARKS = {"h1": "title", "figcaption": "caption"} | dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Where line breaks of the source are shown.
_KEPT = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
# Names that content systems give to the block of the text, as class or id.
_MAIN = re.compile(
    r"(?:^|\s)(?:ucap-content|pages_content|js_content|rich_media_content|o?zoom|zoomcon\w*|zoom_content|trs_editor|trs_ueditor|custom_unionstyle"
    r"|xl_con\w*|xl-con\w*|bt-content|bt_content|(?:article|news|detail|info|page|text|arc|arti|doc|post|entry|show|nr|art|xxgk|gk|wz|xq|view|main|content)[-_]?(?:content|con|body|text|txt|nr|detail|article)s?"
    r"|rm_txt_con|artical_con\w*|vsb_content\w*|v_news_content|wp_articlecontent|easysite-news-text|conten?txt|con_txt|txtcont\w*|txt_con|ue_con|j-fontcontent|articlebody"
    r"|content_?(?:area|box|detail|main|zw)|zhengwen|zw_?con\w*|newstext|newscont|the_content|endtext|cont_article|sconcon|article-cont|artcontent|ewb-article-info|infocontent)(?=\s|$)",
    re.IGNORECASE,
)
# Names of blocks around the text.
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:foot\w*|copyright\w*|nav|navbar\w*|navigation|menu\w*|sidebar\w*|relat\w*|xglj|xgxw|xgyd|xgwj|xg_?\w{0,6}|recommend\w*|rank\w*|hot(?:news|list)?"
    r"|(?:friend)?links?|yqlj|crumbs?|breadcrumb\w*|position|location|weizhi|dqwz|curpos|share\w*|bdshare\w*|comments?|pinglun|ewm|qr_?code\w*|erweima|prevnext|pagenav|mod_recommend)(?:$|[\s_-])"
    r"|bdshare|breadcrumb|copyright",
    re.IGNORECASE,
)
_ASIDE_TAGS = frozenset(("footer", "nav", "aside"))
# Tags that pages leave unclosed say nothing of depth.
_TAG = re.compile(
    r"<(/?)(?!(?:br|img|input|hr|meta|link|p|li|t[dhr]|d[dt]|option|source|col|param|area|wbr|embed)\b)[a-z]", re.I
)
_BLANK = re.compile(r"[ \t\r\n\f]+")
# A line of the page's source that ends within Chinese text: no blank stands there.
_WIDE = r"[\u2014-\u2026\u3001-\u9fff\uf900-\ufaff\uff01-\uff5e]"
_BROKEN = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n]+[ \t\r\n]*(?={_WIDE})")
_PROSE = re.compile(r"[，。；！？]")
_DEEPEST = 1_000
_LONGEST_CELL = 120


class PageLine(NamedTuple):
    """A line of a page: its text, how much of it are links, its mark, the blocks it lies in, and what those are.

    `role` is 'main' in a block that is named as one of the text, 'aside' in one named as something else; `main` is
    the innermost block of the text, 0 without one.
    """

    text: str
    linked: int
    mark: str
    blocks: tuple[int, ...]
    role: str = ""
    main: int = 0

    @property
    def prose(self) -> int:
        """How much running text it holds."""
        if self.role == "aside" or self.linked * 2 > len(self.text) or is_furniture(self.text):
            return 0
        return len(self.text) if _PROSE.search(self.text) and len(self.text) > 15 else len(self.text) // 4


class _Step(NamedTuple):
    """A node that is being read: the nodes in it that are left, and what it means for the text in it."""

    nodes: Iterator[LexborNode]
    tag: str
    mark: str
    linked: bool
    blocks: tuple[int, ...]
    role: str = ""
    main: int = 0
    kept: bool = False


class _Flow:
    """Collects the text of a page line by line."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = 0
        self.lines: list[PageLine] = []

    def add(self, text: str, *, linked: bool) -> None:
        self.pieces.append(_BROKEN.sub("", text))
        self.linked += len(text.strip()) if linked else 0

    def add_kept(self, text: str, step: "_Step") -> None:
        """Add text whose line breaks are shown."""
        first, *others = text.splitlines() or [""]
        self.add(first, linked=step.linked)
        for line in others:
            self.end_line(step)
            self.add(line, linked=step.linked)

    def end_line(self, step: _Step) -> None:
        text = squeeze_blanks("".join(self.pieces))
        if text:
            self.lines.append(PageLine(text, self.linked, step.mark, step.blocks, step.role, step.main))
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
                flow.end_line(step)
        elif node.tag == "-text" and step.kept:
            flow.add_kept(node.text(deep=False), step)
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
        flow.end_line(step)
        return None
    role = "" if tag in _SKIPPED else _find_role(node, tag)
    # The page of a WeChat account hides its text until a script shows it.
    if tag in _SKIPPED or (role != "main" and _HIDDEN.search(node.attributes.get("style") or "")):
        return None
    inside = step._replace(nodes=node.iter(include_text=True), tag=tag)
    kept = step.kept or tag == "pre" or _KEPT.search(node.attributes.get("style") or "") is not None
    inside = inside._replace(kept=kept)
    if tag not in _BLOCKS:
        return inside._replace(linked=step.linked or tag == "a")
    flow.end_line(step)
    if tag == "tr" and (row := _read_row(node)):
        flow.lines.append(PageLine(row, 0, "table", step.blocks, step.role, step.main))
        return None
    inside = inside._replace(mark=_MARKS.get(tag, step.mark), blocks=(*step.blocks, node.mem_id))
    if step.role == "aside" and role == "main":
        return inside._replace(main=node.mem_id)
    return inside._replace(role=role or step.role, main=node.mem_id if role == "main" else step.main)


def _find_role(node: LexborNode, tag: str) -> str:
    """Return 'main' or 'aside' for an element that is named so, '' for others."""
    if tag in _ASIDE_TAGS:
        return "aside"
    if tag == "article":
        return "main"
    if tag not in _BLOCKS or tag in {"body", "tr"}:
        return ""
    for value in (node.attributes.get("id"), node.attributes.get("class"), node.attributes.get("itemprop")):
        if value and _MAIN.search(value):
            return "main"
        if value and _ASIDE.search(value):
            return "aside"
    return ""


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
