"""Files written whole or not at all, digests, and the user's cache folder."""

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhuti.errors import ZhutiError


def digest(*parts: bytes | str | Path) -> str:
    """Return the SHA-256 hex digest of bytes, texts and files' contents, each preceded by its length.

    >>> digest("主题")[:8] == digest("主题".encode())[:8]
    True
    >>> digest("a", "b") == digest("ab")
    False
    """
    sha = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part
        data = content.encode() if isinstance(content, str) else content
        sha.update(len(data).to_bytes(8, "big"))
        sha.update(data)
    return sha.hexdigest()


def cache_directory() -> Path:
    r"""Return the folder where zhuti keeps what it can make again; made on first use, private to the user.

    `ZHUTI_CACHE` overrules the system's own place (`~/.cache/zhuti`, `~/Library/Caches/zhuti`,
    `%LOCALAPPDATA%\zhuti`).
    """
    named = os.environ.get("ZHUTI_CACHE")
    if named:
        folder = Path(named)
    elif sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "zhuti"
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Caches" / "zhuti"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zhuti"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ZhutiError(
            f"cannot make the cache folder {folder}: {error.strerror}; set ZHUTI_CACHE to a folder you may write"
        ) from error
    return folder


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; on success it takes the name of `path`, on failure nothing is left."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        # mkstemp makes the file readable by its owner alone; a result gets the rights of any new file.
        umask = os.umask(0)
        os.umask(umask)
        part.chmod(0o666 & ~umask)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Yield a staging folder; on success its files replace their namesakes in `folder`, on failure nothing is left.

    Files of `folder` that the new run does not write are kept: the folder may be the user's own.
    """
    if folder.exists() and not folder.is_dir():
        raise ZhutiError(f"{folder} is a file, not a folder; give --out the name of a folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield stage
        for source in sorted(path for path in stage.rglob("*") if path.is_file()):
            target = folder / source.relative_to(stage)
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
