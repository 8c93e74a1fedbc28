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
from zhuti.exchange import exchange, is_in_use

_OTHERS_MOST = 2_000


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
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Yield a staging folder; on success its files replace their namesakes in `folder`, on failure nothing is left.

    Files of `folder` that the new run does not write are kept: the folder may be the user's own. The new files
    appear all at once, so that a killed run leaves the old ones or the new ones, unless the folder is one that
    must stay in its place (the working folder, a link, a mounted disk) or holds more than 2,000 files of others:
    there each file is replaced by itself.
    """
    if folder.exists() and not folder.is_dir():
        raise ZhutiError(f"{folder} is a file, not a folder; give --out the name of a folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield stage
        _put_in_place(stage, folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _put_in_place(stage: Path, folder: Path) -> None:
    stage.chmod(folder.stat().st_mode if folder.exists() else 0o777 & ~_umask())
    if not folder.exists():
        stage.rename(folder)
    elif not is_in_use(folder) and _keep_others(folder, stage):
        shutil.rmtree(exchange(stage, folder), ignore_errors=True)
    else:
        for source in sorted(path for path in stage.rglob("*") if path.is_file()):
            target = folder / source.relative_to(stage)
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)


def _keep_others(folder: Path, stage: Path) -> bool:
    """Link the files of a folder that the stage lacks into it; False when there are too many or one resists."""
    others = []
    for path in folder.rglob("*"):
        if not (stage / path.relative_to(folder)).exists():
            others.append(path)
        if len(others) > _OTHERS_MOST:
            return False
    try:
        for path in others:
            target = stage / path.relative_to(folder)
            if path.is_dir() and not path.is_symlink():
                target.mkdir(parents=True, exist_ok=True)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                os.link(path, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        for path in others:
            if (target := stage / path.relative_to(folder)).is_file() or target.is_symlink():
                target.unlink()
        return False
    return True


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
