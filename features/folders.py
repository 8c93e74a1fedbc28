"""Paths, folders and patterns into the files that are to be read."""

import glob
import os
import re
import stat
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from zhuti.errors import ReadError
from zhuti.features.sources import FORMATS
from zhuti.features.tables import ENDINGS as TABLE_ENDINGS

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]+")
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


def printable(name: str) -> str:
    """Return a name of a file or folder without what cannot be shown in one line."""
    return _UNPRINTABLE.sub(" ", name)


def distinct_names(names: Sequence[str], paths: Sequence[Path]) -> list[str]:
    """Give what has the same name names of its own: that of its folder before it, else a number behind it.

    >>> distinct_names(["报告", "报告", "纪要"], [Path("北/报告.txt"), Path("南/报告.txt"), Path("北/纪要.txt")])
    ['北/报告', '南/报告', '纪要']
    >>> distinct_names(["报告", "报告"], [Path("北/报告.txt"), Path("北/报告.docx")])
    ['北/报告', '北/报告~2']
    """
    counts, seen, given = Counter(names), Counter[str](), []
    for name, path in zip(names, paths, strict=True):
        folder = printable(path.parent.name) if counts[name] > 1 else ""
        name = f"{folder}/{name}" if folder else name
        seen[name] += 1
        given.append(name if seen[name] == 1 else f"{name}~{seen[name]}")
    return given
