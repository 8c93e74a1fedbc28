"""Find a font that has Chinese, and draw with it without leaving a trace in matplotlib."""

import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import matplotlib as mpl
from matplotlib import font_manager

from zhuti.errors import ZhutiError

# Families with simplified Chinese that systems bring along, the best for screens and print first.
FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "SimHei",
    "Arial Unicode MS",
)


@dataclass(frozen=True)
class Font:
    """A font file with Chinese: its family name and where it lies."""

    family: str
    path: Path


def shipped_font() -> Path | None:
    """Return the file of Noto Sans SC that the package zhplot carries, if it is installed."""
    # The package zhplot carries Noto Sans SC under the Open Font License; importing it would set rcParams.
    spec = find_spec("zhplot")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(folder).rglob("*.[ot]tf")):
            if "SC" in path.name:
                return path
    return None


@cache
def find_font(path: Path | None = None) -> Font:
    """Return a font with Chinese: the one at `path`, else the system's, else Noto Sans SC of the package zhplot.

    Parameters
    ----------
    path : Path, optional
        A font file of the user's own.

    Raises
    ------
    ZhutiError
        When the file is no font, or no font with Chinese is to be had.

    References
    ----------
    Noto Sans SC, SIL Open Font License 1.1, https://github.com/notofonts/noto-cjk.
    """
    manager = font_manager.fontManager
    if path is None:
        known = {entry.name: entry.fname for entry in manager.ttflist}
        for family in FAMILIES:
            if family in known:
                return Font(family, Path(known[family]))
        path = shipped_font()
    if path is None:
        raise ZhutiError("no font with Chinese: install the package zhplot, or a system font such as fonts-noto-cjk")
    try:
        manager.addfont(path)
    except (OSError, RuntimeError) as error:
        raise ZhutiError(f"font {path}: cannot be read ({error}); name a .ttf or .otf file") from error
    return Font(font_manager.FontProperties(fname=path).get_name(), path)


@cache
def _shipped() -> tuple[str, ...]:
    """Return the family of the font that comes with the package zhplot: it may have what a system's font lacks."""
    path = shipped_font()
    return (find_font(path).family,) if path else ()


@cache
def _characters(families: tuple[str, ...]) -> frozenset[int]:
    files = [font_manager.findfont(font_manager.FontProperties(family=[name])) for name in families]
    return frozenset().union(*(font_manager.get_font(file).get_charmap() for file in files))


def drawable(words: str) -> str:
    """Put 〓 for each character that none of the fonts in use has, as printers do for a sort that they lack.

    >>> drawable("a\u202e")
    'a'
    """
    if words.isascii():
        return words
    known = _characters(tuple(mpl.rcParams["font.family"]))
    kept = (char for char in words if not unicodedata.category(char).startswith("C") or char == "\n")
    return "".join(char if ord(char) in known or char == "\n" else "〓" for char in kept)


@contextmanager
def drawing(font: Font | None = None) -> Iterator[Font]:
    """Set matplotlib up for zhuti's charts and set everything back at the end; save figures inside it.

    Glyphs that `font` lacks are taken from the font that is always there.
    A missing glyph is an error here, a box in a chart being easy to overlook; see `drawable`.
    """
    always = find_font()
    font = font or always
    style = {
        "font.family": list(dict.fromkeys([font.family, always.family, *_shipped(), "DejaVu Sans"])),
        "font.size": 10.0,
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 12.0,
        "axes.edgecolor": "#888888",
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
        "svg.fonttype": "none",
        "svg.hashsalt": "zhuti",
        "path.simplify": False,
    }
    with mpl.rc_context(cast(Any, style)), warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph.*missing.*")
        yield font
