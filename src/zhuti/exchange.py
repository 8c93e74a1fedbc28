"""One folder in the place of another at one stroke, so that a killed process leaves the old one or the new one."""

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are from the working folder
_LINUX_EXCHANGE = 2
_APPLE_SWAP = 2


def exchange(new: Path, old: Path) -> Path:
    """Let two folders of one disk change places; return where the old one now lies.

    Linux and macOS do it at one stroke. Elsewhere, and on disks that cannot, the old folder is moved aside first:
    between two renames neither is in its place, and a process killed just there leaves both beside it.
    """
    if _swap(os.fsencode(new), os.fsencode(old)):
        return new
    aside = new.with_name(f"{new.name}.old")
    old.rename(aside)
    new.rename(old)
    return aside


def _swap(new: bytes, old: bytes) -> bool:
    try:
        if sys.platform == "linux":
            return bool(ctypes.CDLL(None).renameat2(_HERE, new, _HERE, old, _LINUX_EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(ctypes.CDLL(None).renamex_np(new, old, _APPLE_SWAP) == 0)
    except (OSError, AttributeError):
        pass
    return False


def is_in_use(folder: Path) -> bool:
    """Tell whether a folder should stay the folder it is: a link, a mounted disk, or one that somebody works in."""
    here = Path.cwd().resolve()
    place = folder.resolve()
    return folder.is_symlink() or folder.is_mount() or place == here or place in here.parents
