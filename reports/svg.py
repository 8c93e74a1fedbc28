"""Make matplotlib's SVG fit for a page and for a folder: real text, own font, named links, no style attribute."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

from zhuti.reports import chart_style as look
from zhuti.reports.webfont import STACK, font_face

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
ET.register_namespace("", SVG)
ET.register_namespace("xlink", XLINK)

# Inks that follow the page from light to dark.
_VARIABLES = {
    look.INK: "var(--ink)",
    look.SOFT: "var(--soft)",
    look.FAINT: "var(--faint)",
    look.RULE: "var(--rule)",
    look.PAPER: "var(--paper)",
}
_KEPT = {"fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap"} | {
    "stroke-linejoin", "stroke-opacity", "fill-opacity", "opacity", "text-anchor", "font-size", "font-style"
}  # fmt: skip

Namer = Callable[[Mapping[str, str]], str]


def file_svg(drawn: str, face: str | None = None, stack: str = STACK) -> str:
    """Return an SVG for the folder: its text stays text and it carries the font for it.

    Parameters
    ----------
    drawn : str
        What matplotlib saved.
    face : str, optional
        The CSS rule that carries the font; by default one for the characters of this picture alone.
    stack : str
        The families to ask for, in CSS.
    """
    root = _cleaned(drawn)
    style = ET.Element(f"{{{SVG}}}style")
    style.text = font_face(texts_of(drawn)) if face is None else face
    root.insert(0, style)
    root.set("font-family", stack)
    return str(ET.tostring(root, encoding="unicode")) + "\n"


def texts_of(drawn: str) -> list[str]:
    """Return the texts that stand in an SVG."""
    return [node.text or "" for node in ET.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", drawn)).iter(f"{{{SVG}}}text")]


def page_svg(
    drawn: str,
    *,
    name: str,
    title: str,
    namer: Namer,
    cut: tuple[float, float] = (0.0, 0.0),
    inks: Mapping[str, str] | None = None,
) -> str:
    """Return an SVG for the page: links named and inside the page, inks that follow light and dark, own ids.

    Parameters
    ----------
    drawn : str
        What matplotlib saved.
    name : str
        Put before each id, so that no two charts share one.
    title : str
        What the chart shows, for those who cannot see it.
    namer : callable
        Tells from the filters of a link what it opens.
    cut : (float, float)
        Points to cut off above and below: the page has its own heading and source line.
    inks : mapping, optional
        Further colours, as `#rrggbb`, that follow the page, and the variables to put for them.
    """
    root = _cleaned(drawn)
    for gid in ("head", "foot", "patch_1"):  # patch_1 is the ground of the whole figure
        _remove(root, gid)
    _, _, width, height = (float(part) for part in root.get("viewBox", "0 0 1 1").split())
    root.set("viewBox", f"0 {cut[0]:g} {width:g} {height - cut[0] - cut[1]:g}")
    for attribute in ("width", "height"):
        root.attrib.pop(attribute, None)
    root.set("class", "chart")
    root.set("role", "group")
    root.set("aria-label", title)
    variables = {**(inks or {}), **_VARIABLES}
    for node in root.iter():
        _follow(node, variables)
        _link(node, namer)
        if node.tag == f"{{{SVG}}}text":
            node.set("class", "t")
    text = str(ET.tostring(root, encoding="unicode"))
    return _own_ids(text, name)


def _cleaned(drawn: str) -> ET.Element:
    root = ET.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", drawn))
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith("}metadata") or (child.tag == f"{{{SVG}}}style"):
                parent.remove(child)
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    for node in root.iter():
        _unstyle(node)
    return root


def _unstyle(node: ET.Element) -> None:
    style = node.attrib.pop("style", "")
    for part in filter(None, (piece.strip() for piece in style.split(";"))):
        key, _, value = part.partition(":")
        key, value = key.strip(), value.strip()
        if key == "font":
            size = re.match(r"(?:\S+ )*?([\d.]+)px", value)
            if size:
                node.set("font-size", size[1])
        elif key in _KEPT:
            node.set(key, value)


def _remove(root: ET.Element, gid: str) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("id") == gid:
                parent.remove(child)


def _follow(node: ET.Element, variables: Mapping[str, str]) -> None:
    for attribute in ("fill", "stroke"):
        value = node.get(attribute, "").lower()
        if value in variables:
            node.set(attribute, variables[value])
    if node.tag == f"{{{SVG}}}text" and "fill" not in node.attrib:
        node.set("fill", "var(--ink)")


def _link(node: ET.Element, namer: Namer) -> None:
    target = node.attrib.pop(f"{{{XLINK}}}href", None) if node.tag == f"{{{SVG}}}a" else None
    if target is None:
        return
    node.attrib.pop("target", None)  # matplotlib would open a new window
    fragment = "#" + target.partition("#")[2]
    node.set("href", fragment)
    node.set("aria-label", namer(dict(parse_qsl(fragment[1:]))))


def _own_ids(text: str, name: str) -> str:
    text = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', text)
    text = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", text)
    return re.sub(r'xlink:href="#([^"]+)"', rf'href="#{name}-\1"', text)
