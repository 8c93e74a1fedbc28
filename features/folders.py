"""Paths, folders and patterns into the files that are to be read."""

import glob
import os
import stat
from pathlib import Path
from typing import NamedTuple

from zhuti.errors import ReadError
from zhuti.features.sources import FORMATS
from zhuti.features.tables import ENDINGS as TABLE_ENDINGS

_PASSED_OVER = frozenset(("thumbs.db", "desktop.ini", "metadata.csv"))


class Found(NamedTuple):
    """A file that is to be read: its path, its name within the folder that was given, and why it cannot be."""

    path: Path
    name: str
    error: str = ""


def find_files(path: Path | str) -> list[Found]:
    """Return the files that a path, a folder or a pattern stands for, sorted by name.

    Hidden files, lock files of Word and the results of an earlier run of zhuti are passed over.

    Raises
    ------
    ReadError
        When there is none.
    """
    try:
        place = Path(path)
        if place.is_dir():
            return _find_in_folder(place)
        if place.exists():
            return [_found(place, place.name)]
        found = [_found(Path(name), Path(name).name) for name in sorted(glob.glob(str(path), recursive=True))]
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: is no path ({error})") from error
    found = [file for file in found if not file.path.is_dir()]
    if not found:
        raise ReadError(f"{path}: there is no such file or folder")
    return found


def _find_in_folder(folder: Path) -> list[Found]:
    found = []
    for parent, folders, names in os.walk(folder, followlinks=False):
        if "run.json" in names and "report.html" in names:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in names:
            if not name.startswith((".", "~$")) and name.lower() not in _PASSED_OVER:
                path = Path(parent, name)
                found.append(_found(path, path.relative_to(folder).as_posix()))
    if not found:
        raise ReadError(f"{folder}: the folder holds no file that ends in {', '.join((*FORMATS, *TABLE_ENDINGS))}")
    return sorted(found, key=lambda file: file.name)


def _found(path: Path, name: str) -> Found:
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        return Found(path, name, f"{path}: cannot be read: {error.strerror}")
    return Found(path, name, "" if regular else f"{path}: is no ordinary file")
