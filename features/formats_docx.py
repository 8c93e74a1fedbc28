"""Word files: paragraphs, tables, text boxes, insertions and footnotes; deleted text and macros are left out."""

import io
import re
import zlib
from collections.abc import Iterable
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from zhuti.errors import ReadError
from zhuti.features.limits import Limits
from zhuti.features.sources import Source

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_SKIPPED = frozenset(
    ("Fallback", "del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "instrText", "delText", "rt")
)
_HEADING = re.compile(r"(?:heading|标题)\s*\d", re.IGNORECASE)
_CELL_LONGEST = 300


def read_docx(name: str, data: bytes, encoding: str | None, limits: Limits) -> Source:
    """Read a .docx file.

    Raises
    ------
    ReadError
        When it is no Word file, damaged, locked, or unpacks to more than the limit.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            if "word/document.xml" not in parts:
                raise ReadError(f"{name}: is no Word file, it lacks word/document.xml; save it anew as .docx")
            roots = {
                part: _parse(name, archive, part, limits)
                for part in ("word/document.xml", "word/styles.xml", "word/footnotes.xml", "word/endnotes.xml")
                if part in parts
            }
    except (
        BadZipFile,
        zlib.error,
        etree.XMLSyntaxError,
        NotImplementedError,
        OSError,
        EOFError,
        RuntimeError,
        ValueError,
    ) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(f"{name}: is no Word file ({type(error).__name__}); save it anew as .docx") from error
    walker = _Walker(_read_styles(roots.get("word/styles.xml")))
    try:
        walker.walk(roots["word/document.xml"])
        for part in ("word/footnotes.xml", "word/endnotes.xml"):
            if part in roots:
                walker.walk_notes(roots[part])
    except RecursionError as error:
        raise ReadError(f"{name}: its parts are nested too deep; save it as text") from error
    text, marks = _join(walker.lines)
    notes = ("macros were left out",) if any(part.endswith("vbaProject.bin") for part in parts) else ()
    return Source(text, "docx", True, marks, notes=notes)


def _parse(name: str, archive: ZipFile, part: str, limits: Limits) -> Any:
    with archive.open(part) as file:
        xml = file.read(limits.bytes + 1)
    limits.check_bytes(name, len(xml), unpacked=True)
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml[:65536]:
        raise ReadError(f"{name}: {part} declares entities, which no Word file does; refused")
    if _STRICT[1:-1].encode() in xml[:8192]:
        xml = xml.replace(_STRICT[1:-1].encode(), _WORD[1:-1].encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    root = etree.fromstring(xml, parser)
    if root.getroottree().docinfo.doctype:
        raise ReadError(f"{name}: {part} declares a document type, which no Word file does; refused")
    return root


def _read_styles(root: Any) -> dict[str, str]:
    """Return what the styles mean that mean something: style id to title or heading."""
    styles: dict[str, str] = {}
    for style in [] if root is None else root.iter(f"{_WORD}style"):
        label = style.find(f"{_WORD}name")
        named = "" if label is None else label.get(f"{_WORD}val", "")
        outline = style.find(f"{_WORD}pPr/{_WORD}outlineLvl")
        if named.lower() in {"title", "标题"}:
            styles[style.get(f"{_WORD}styleId", "")] = "title"
        elif _HEADING.match(named) or (outline is not None and outline.get(f"{_WORD}val") != "9"):
            styles[style.get(f"{_WORD}styleId", "")] = "heading"
        elif named.lower() in {"caption", "题注"}:
            styles[style.get(f"{_WORD}styleId", "")] = "caption"
    return styles


class _Walker:
    """Collects the lines of a document with what they are."""

    def __init__(self, styles: dict[str, str]) -> None:
        self.styles = styles
        self.lines: list[tuple[str, str]] = []

    def walk(self, element: Any, here: list[str] | None = None) -> None:
        for child in element:
            tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if tag == "p":
                inner: list[str] = []
                self.walk(child, inner)
                self.lines += [(line, self._mark(child)) for line in "".join(inner).split("\n")]
            elif tag == "tbl":
                self._walk_table(child)
            elif tag == "t":
                (here if here is not None else []).append(child.text or "")
            elif tag in {"br", "cr"} and here is not None:
                here.append("\n")
            elif tag in {"tab", "ptab"} and here is not None:
                here.append(" ")
            elif tag == "noBreakHyphen" and here is not None:
                here.append("-")
            elif tag and tag not in _SKIPPED:
                self.walk(child, here)

    def _mark(self, paragraph: Any) -> str:
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        if style is not None and style.get(f"{_WORD}val") in self.styles:
            return self.styles[style.get(f"{_WORD}val")]
        outline = paragraph.find(f"{_WORD}pPr/{_WORD}outlineLvl")
        return "heading" if outline is not None and outline.get(f"{_WORD}val", "9") != "9" else ""

    def _walk_table(self, table: Any) -> None:
        """Make every row a line, its cells between tabs; a table that only lays out running text is read as text."""
        for row in table.iter(f"{_WORD}tr"):
            if next(row.iterancestors(f"{_WORD}tbl")) is not table:
                continue
            cells = []
            for cell in row.iter(f"{_WORD}tc"):
                if next(cell.iterancestors(f"{_WORD}tr")) is row:
                    walker = _Walker(self.styles)
                    walker.walk(cell)
                    cells.append(walker.lines)
            if any(sum(len(line) for line, _ in cell) > _CELL_LONGEST for cell in cells):
                self.lines += [line for cell in cells for line in cell]
            else:
                words = [" ".join(line.strip() for line, _ in cell if line.strip()) for cell in cells]
                self.lines.append(("\t".join(word.replace("\t", " ") for word in words if word), "table"))

    def walk_notes(self, root: Any) -> None:
        for note in root:
            if note.get(f"{_WORD}type") is None:
                walker = _Walker(self.styles)
                walker.walk(note)
                self.lines += [(line, "footnote") for line, _ in walker.lines]


def _join(lines: Iterable[tuple[str, str]]) -> tuple[str, dict[int, str]]:
    """Join lines to a text, and say at which offset a marked one begins to show."""
    marks: dict[int, str] = {}
    offset = 0
    texts = []
    for line, mark in lines:
        if mark and line.strip():
            marks[offset + len(line) - len(line.lstrip())] = mark
        texts.append(line)
        offset += len(line) + 1
    return "\n".join(texts), marks
