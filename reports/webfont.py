"""Cut a font down to the characters of a text, so that a page or a picture carries its own Chinese."""

import base64
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from zhuti.reports.fonts import find_font, shipped_font

# What a page or picture asks for first: the font it carries; then what systems have.
FAMILY = "zhuti CJK"
STACK = f"'{FAMILY}','Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei','WenQuanYi Micro Hei',sans-serif"


def characters_of(*texts: str) -> str:
    """Return the different characters of some texts, sorted.

    >>> characters_of("aba", "张b")
    'ab张'
    """
    return "".join(sorted(set().union(*texts)))


@lru_cache(maxsize=16)
def subset_font(characters: str) -> bytes:
    """Return a WOFF2 file with the glyphs of `characters`, equal for equal characters.

    Parameters
    ----------
    characters : str

    Returns
    -------
    bytes
        Empty where no font under an open licence is to be had: a system's font may not be handed on.
    """
    path = _open_font()
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


def font_face(characters: Iterable[str]) -> str:
    """Return the CSS rule that carries the characters; empty where the font may not be carried."""
    data = subset_font(characters_of(*characters))
    if not data:
        return ""
    encoded = base64.b64encode(data).decode("ascii")
    return f"@font-face{{font-family:'{FAMILY}';src:url(data:font/woff2;base64,{encoded}) format('woff2')}}"


def _open_font() -> str | None:
    shipped = shipped_font()
    for path in (shipped, find_font().path if shipped is None else None):
        if path is None:
            continue
        with TTFont(path, fontNumber=0, lazy=True) as font:
            licence = " ".join(str(font["name"].getDebugName(i) or "") for i in (13, 14))
            if "Open Font License" in licence or "openfontlicense" in licence.lower():
                return str(path)
    return None
