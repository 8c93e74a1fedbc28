"""Files of old Word and of WPS, RTF and OpenDocument: LibreOffice makes them .docx, where it is installed."""

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from zhuti.errors import ReadError
from zhuti.features.formats_docx import read_docx
from zhuti.features.limits import Limits
from zhuti.features.sources import Source

_PROGRAMS = ("soffice", "libreoffice", "soffice.exe")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    "/opt/libreoffice/program/soffice",
)
# What the streams with the text are called in files of Word, and of WPS before it took over Word's format.
_STREAMS = ("WordDocument", "WpsDocument", "CONTENTS")
_OLE = b"\xd0\xcf\x11\xe0"


def find_libreoffice() -> str | None:
    """Return the path of LibreOffice's program, None where it is not installed."""
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def read_office(name: str, data: bytes, encoding: str | None, limits: Limits) -> Source:
    """Read a .doc, .wps, .rtf or .odt file by way of LibreOffice.

    Raises
    ------
    ReadError
        When LibreOffice is missing, takes too long, or cannot read the file.
    """
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError(f"{name}: is locked with a password; save it without one")
    if data.startswith(_OLE) and not any(stream.encode("utf-16-le") in data for stream in _STREAMS):
        raise ReadError(f"{name}: holds no text of Word or WPS; save it as .docx")
    program = find_libreoffice()
    ending = _ending(name, data)
    if program is None:
        raise ReadError(f"{name}: a {ending} file is read by way of LibreOffice; install it, or save the file as .docx")
    with tempfile.TemporaryDirectory(prefix="zhuti-") as folder:
        source = Path(folder, f"source{ending}")
        source.write_bytes(data)
        converted = _convert(name, program, source, limits)
        limits.check_bytes(name, converted.stat().st_size, unpacked=True)
        result = read_docx(name, converted.read_bytes(), None, limits)
    return replace(result, encoding=ending[1:], notes=(*result.notes, "read by way of LibreOffice"))


def _ending(name: str, data: bytes) -> str:
    """Return the ending under which LibreOffice knows what the bytes are; a WPS text is an old Word file inside."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(_OLE):
        return ".doc"
    return Path(name).suffix.lower() or ".doc"


def _convert(name: str, program: str, source: Path, limits: Limits) -> Path:
    folder = source.parent
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=limits.seconds, check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"{name}: LibreOffice took more than {limits.seconds} s; save it as .docx yourself") from error
    except OSError as error:
        raise ReadError(f"{name}: LibreOffice does not run: {error.strerror}; save it as .docx yourself") from error
    made = folder / "out" / "source.docx"
    if not made.is_file():
        raise ReadError(f"{name}: LibreOffice cannot read it; save it as .docx yourself")
    return made
