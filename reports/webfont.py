"""Cut a font down to the characters of a text, so that a page or a picture carries its own Chinese."""

import base64
import re
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from zhuti.reports.fonts import find_font, shipped_font

# What a page or picture asks for first: the font it carries; then what systems have.
FAMILY = "zhuti CJK"
OWN = "zhuti own"
STACK = f"'{FAMILY}','Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei','WenQuanYi Micro Hei',sans-serif"


def characters_of(*texts: str) -> str:
    """Return the different characters of some texts, sorted.

    >>> characters_of("aba", "张b")
    'ab张'
    """
    return "".join(sorted(set().union(*texts)))


def font_stack(own: Path | None = None) -> str:
    """Return the families to ask for, in CSS: the user's own first, then the one that is carried."""
    if own is None:
        return STACK
    family = re.sub(r"[^\w -]", "", find_font(own).family)
    return f"'{family}','{OWN}',{STACK}"


@lru_cache(maxsize=16)
def subset_font(characters: str, own: Path | None = None) -> bytes:
    """Return a WOFF2 file with the glyphs of `characters`, equal for equal characters.

    Parameters
    ----------
    characters : str
    own : Path, optional
        A font of the user's own to cut down instead of the one that is always there.

    Returns
    -------
    bytes
        Empty where no font under an open licence is to be had: a system's font may not be handed on.
    """
    path = _open_font(own)
    if path is None or not characters:
        return b""
    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "mark", "ccmp", "locl"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "BASE", "STAT", "GDEF", "meta"]
    font = TTFont(path, recalcTimestamp=False, lazy=True)
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    file = BytesIO()
    font.save(file, reorderTables=False)
    font.close()
    return file.getvalue()


def font_face(characters: Iterable[str], own: Path | None = None) -> str:
    """Return the CSS rules that carry the characters; empty where the font may not be carried.

    A font of the user's own is carried beside the one that is always there, where its licence allows it.
    """
    needed = characters_of(*characters)
    carried = [(FAMILY, subset_font(needed))] + ([(OWN, subset_font(needed, own))] if own else [])
    return "".join(_rule(family, data) for family, data in carried if data)


def _rule(family: str, data: bytes) -> str:
    encoded = base64.b64encode(data).decode("ascii")
    return f"@font-face{{font-family:'{family}';src:url(data:font/woff2;base64,{encoded}) format('woff2')}}"


def _open_font(own: Path | None) -> str | None:
    shipped = shipped_font()
    for path in (own,) if own else (shipped, find_font().path if shipped is None else None):
        if path is None:
            continue
        with TTFont(path, fontNumber=0, lazy=True) as font:
            licence = " ".join(str(font["name"].getDebugName(i) or "") for i in (13, 14))
            if "Open Font License" in licence or "openfontlicense" in licence.lower():
                return str(path)
    return None
