"""One file to one text: plain text in any usual encoding, and Word files."""

from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from zhuti.errors import ReadError
from zhuti.features.encoding import decode

ENDINGS = (".txt", ".md", ".docx")
# Bytes of one text after unpacking; a work report has about 60,000.
LARGEST = 64 * 1024 * 1024
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Source(NamedTuple):
    """The text of a file, its encoding, and whether its lines are whole paragraphs."""

    text: str
    encoding: str
    whole: bool


def read_source(path: Path, *, encoding: str | None = None) -> Source:
    """Read one file.

    Raises
    ------
    ReadError
        When it is missing, empty, too large, binary, or of a kind that zhuti does not read.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ReadError(f"{path}: zhuti reads {', '.join(ENDINGS)} and tables; save it as one of them")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise ReadError(f"{path}: has {size:,} bytes, more than the {LARGEST:,} of one text; split it")
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}") from error
    if not data.strip():
        raise ReadError(f"{path}: the file is empty")
    source = _read_docx(path) if ending == ".docx" else _read_text(path, data, encoding)
    if not source.text.strip():
        raise ReadError(f"{path}: holds no text")
    return source


def _read_text(path: Path, data: bytes, encoding: str | None) -> Source:
    decoded = decode(data, encoding=encoding, name=str(path))
    return Source(decoded.text, decoded.encoding, False)


def _read_docx(path: Path) -> Source:
    from lxml import etree

    try:
        with ZipFile(path) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > LARGEST:
                raise ReadError(f"{path}: unpacks to {part.file_size:,} bytes, more than {LARGEST:,}; refused")
            xml = archive.read(part)
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError, OSError) as error:
        raise ReadError(f"{path}: is no Word file ({type(error).__name__}); save it anew as .docx") from error
    return Source("\n".join(_paragraphs(root)), "docx", True)


def _paragraphs(root: object) -> list[str]:
    """Text of every w:p: inserted text, tables and text boxes once; deleted text and fallbacks left out."""
    lines: list[str] = []

    def walk(element: object, here: list[str]) -> None:
        for child in element:  # type: ignore[attr-defined]
            tag = child.tag
            if tag == f"{_WORD}p":
                inner: list[str] = []
                walk(child, inner)
                lines.append("".join(inner))
            elif tag == f"{_WORD}t":
                here.append(child.text or "")
            elif tag in (f"{_WORD}br", f"{_WORD}cr"):
                here.append("\n")
            elif tag == f"{_WORD}tab":
                here.append("\t")
            elif isinstance(tag, str) and not tag.endswith(("}Fallback", "}del", "}moveFrom", "}pPr", "}rPr")):
                walk(child, here)

    walk(root, [])
    return lines
