"""One file to one text, whatever its format: by what the bytes are, then by the ending of the name."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from zhuti.errors import ReadError
from zhuti.features.encoding import decode
from zhuti.features.limits import Limits

# Ending: the kind of file that is read under it.
FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".doc": "office",
    ".wps": "office",
    ".rtf": "office",
    ".odt": "office",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".mht": "mht",
    ".mhtml": "mht",
    ".zip": "zip",
}
ENDINGS = tuple(ending for ending, kind in FORMATS.items() if kind != "zip")
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "office"),
)
_READERS = {
    "docx": "zhuti.features.formats_docx:read_docx",
    "office": "zhuti.features.formats_office:read_office",
    "pdf": "zhuti.features.formats_pdf:read_pdf",
    "html": "zhuti.features.formats_html:read_html",
    "mht": "zhuti.features.formats_html:read_mht",
}


# What to do with files of other endings.
_ADVICE = dict.fromkeys((".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"), "unpack it, or pack it as .zip")
_ADVICE |= dict.fromkeys((".xls", ".xlsb", ".et", ".ods", ".tsv", ".numbers"), "save it as .xlsx or .csv")
_ADVICE |= dict.fromkeys(
    (".ppt", ".pptx", ".dps", ".caj", ".ofd", ".epub", ".mobi", ".pages"), "save or print it as .pdf"
)
_ADVICE |= dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"), "run OCR on the picture")
_ADVICE |= {".json": "save it as .jsonl, one object a line"}
_TAG = re.compile(rb"<[A-Za-z!/?]|<\x00[A-Za-z!/?]|\x00<\x00?")


@dataclass(frozen=True)
class Source:
    """The text of a file and what reading it showed.

    Attributes
    ----------
    text : str
        The decoded text, or for formats with markup the text that was taken out of it.
    encoding : str
        Encoding of a text file; the format of any other.
    whole : bool
        Lines are whole paragraphs; otherwise they may be broken anywhere.
    marks : mapping of int to str
        What the file says of the line at an offset: title, heading, table, footnote, caption or page.
    dropped : tuple of str
        Furniture of a web page that was left out.
    notes : tuple of str
        How it was read: a changed format, macros that were left out.
    lost : tuple of str
        What is missing of the text: damaged bytes, scanned pages.
    """

    text: str
    encoding: str
    whole: bool = False
    marks: Mapping[int, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def find_format(name: str, data: bytes) -> str:
    """Return the format of a file: text, docx, office, pdf, html, mht, zip; '' for none that zhuti reads.

    >>> find_format("report.doc", b"PK..."), find_format("report.txt", b"%PDF-1.7")
    ('office', 'pdf')
    """
    named = FORMATS.get(Path(name).suffix.lower(), "")
    if not named:
        return ""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            if kind == "zip" and named != "zip":
                return "office" if name.lower().endswith(".odt") else "docx"
            return kind
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start):
        return "html"
    if start.startswith((b"mime-version:", b"from: <saved by")):
        return "mht"
    if named == "html" and not _TAG.search(data):
        return "text"
    return named


def read_source(name: str, data: bytes, *, encoding: str | None = None, limits: Limits | None = None) -> Source:
    """Read the bytes of one file.

    Parameters
    ----------
    name
        How errors call the file; its ending tells the format where the bytes do not.
    data
        The whole content.
    encoding
        Encoding of a text or web page; by default found out.
    limits
        What is refused.

    Raises
    ------
    ReadError
        When it is empty, too large, binary, damaged, or of a kind that zhuti does not read.
    """
    limits = limits or Limits()
    limits.check_bytes(name, len(data))
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ReadError(f"{name}: the file is empty")
    kind = find_format(name, data)
    if kind == "text":
        source = read_text(name, data, encoding, limits)
    elif kind in _READERS:
        module, function = _READERS[kind].split(":")
        reader: Callable[[str, bytes, str | None, Limits], Source] = getattr(import_module(module), function)
        source = reader(name, data, encoding, limits)
    else:
        ending = Path(name).suffix.lower()
        advice = _ADVICE.get(ending, "give it the ending of what it is, or save it as one of these")
        kind = f"{ending} files" if ending else "files without an ending"
        raise ReadError(f"{name}: zhuti reads no {kind}; {advice}; it reads {', '.join(FORMATS)} and tables")
    if not source.text.strip():
        raise ReadError(f"{name}: the file is empty, it holds no text")
    limits.check_text(name, source.text)
    return source


def read_text(name: str, data: bytes, encoding: str | None, limits: Limits) -> Source:
    """Read a plain text."""
    decoded = decode(data, encoding=encoding, name=name)
    return Source(decoded.text, decoded.encoding, lost=decoded.lost)
