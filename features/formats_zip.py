"""Archives: every member that zhuti reads, nested archives too, within the limits."""

import io
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from zhuti.errors import ReadError
from zhuti.features.limits import Limits

_DEEPEST = 3
_UTF8_NAME = 0x800
_LOCKED = 0x1


class Member(NamedTuple):
    """A file of an archive: its path within, and its content or the reason why it cannot be had."""

    path: str
    data: bytes
    error: ReadError | None = None


def read_members(name: str, data: bytes, limits: Limits, *, depth: int = 1) -> Iterator[Member]:
    """Yield the files of an archive; hidden ones and those of macOS are passed over.

    Raises
    ------
    ReadError
        When the archive is damaged, has too many members, or is too deep in others.
    """
    if depth > _DEEPEST:
        raise ReadError(f"{name}: archives lie more than {_DEEPEST} deep in one another; unpack it")
    try:
        archive = ZipFile(io.BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ReadError(f"{name}: is a damaged archive ({error}); pack it anew") from error
    left = limits.bytes
    with archive:
        parts = archive.infolist()
        if len(parts) > limits.members:
            raise ReadError(f"{name}: has {len(parts):,} members, more than the limit of {limits.members:,}; split it")
        for part in sorted(parts, key=_order):
            path = _name_of(part)
            if part.filename.endswith("/") or _is_hidden(path):
                continue
            try:
                content = _read_part(f"{name}/{path}", archive, part, left, limits)
            except ReadError as error:
                yield Member(path, b"", error)
                continue
            left -= len(content)
            yield Member(path, content)


def _order(part: ZipInfo) -> tuple[bool, str]:
    """Put metadata first, as it says what the other files are."""
    path = _name_of(part)
    return PurePosixPath(path).name != "metadata.csv", path


def _name_of(part: ZipInfo) -> str:
    """Return the path of a member within the archive, whatever way out of it the path claims."""
    steps = _decoded_name(part).replace("\\", "/").split("/")
    return "/".join(step for step in steps if step not in {"", ".", ".."}) or "?"


def _decoded_name(part: ZipInfo) -> str:
    """Return the name of a member; without the flag for UTF-8 it is in the code page of a Chinese Windows."""
    if part.flag_bits & _UTF8_NAME:
        return part.filename
    try:
        raw = part.filename.encode("cp437")
    except UnicodeEncodeError:
        return part.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part.filename


def _is_hidden(path: str) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) for part in PurePosixPath(path).parts)


def _read_part(name: str, archive: ZipFile, part: ZipInfo, left: int, limits: Limits) -> bytes:
    if part.flag_bits & _LOCKED:
        raise ReadError(f"{name}: is locked with a password; unpack it")
    try:
        with archive.open(part) as file:
            content = file.read(left + 1)
    except (BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, RuntimeError, ValueError) as error:
        raise ReadError(f"{name}: is damaged ({error}); pack it anew") from error
    if len(content) > left:
        raise ReadError(
            f"{name}: the archive unpacks to more than the limit of {limits.megabytes} MB; unpack it, or raise max_megabytes"
        )
    return content
