"""The look of all charts: sizes, inks, text, axes, links to sentences. Nothing here knows a fact."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb

# Inches of a chart that fills the page's column, and of one for a phone.
WIDE, NARROW = 7.2, 3.7
INK, SOFT, FAINT, RULE, PAPER = "#1b1c1e", "#5a5d63", "#8b8e94", "#d9dade", "#ffffff"
TEXT, SMALL, TINY = 9.0, 8.0, 7.0
BAR, ROW = 0.155, 0.235  # inches of a bar and of a row of text

# Where a click on a mark leads, seen from the folder of charts.
PAGE = "../report.html"


def inches(ax: Axes) -> tuple[float, float]:
    """Width and height of the axes, in inches."""
    box = ax.get_window_extent()
    figure: Any = ax.figure
    dpi = figure.get_figure().dpi if figure else 72.0
    return float(box.width / dpi), float(box.height / dpi)


def row_height(groups: int) -> float:
    """Inches of a row where so many groups stand below one another."""
    return ROW if groups <= 12 else 0.165


def link(artist: Artist, **found: object) -> Artist:
    """Let a mark open the sentences that the given filters find.

    >>> from matplotlib.patches import Rectangle
    >>> link(Rectangle((0, 0), 1, 1), theme="urban").get_url()
    '../report.html#theme=urban'
    """
    artist.set_url(PAGE + "#" + "&".join(f"{name}={quote(str(value), safe='')}" for name, value in found.items()))
    return artist


def text(ax: Axes, x: float, y: float, words: str, **style: Any) -> Artist:
    """Write text in data coordinates, small and in the soft ink unless told otherwise."""
    style = {"fontsize": TEXT, "color": INK, "va": "center_baseline", "clip_on": False, **style}
    return ax.text(x, y, words, **style)


def clear(ax: Axes) -> None:
    """Take away frame and ticks."""
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.patch.set_visible(False)


def percent_axis(ax: Axes, most: float, *, top: bool = True, labels: bool = True) -> None:
    """Rule a horizontal axis of shares from 0 to `most` with round steps and pale grid lines."""
    room = max(inches(ax)[0] / 0.36, 1.0)  # labels that stand side by side without touching
    step = next((s for s in (0.02, 0.05, 0.1, 0.2, 0.25, 0.5) if most / s <= min(5.5, room)), 0.5)
    ticks = np.arange(0, most + step * 0.01, step)
    ax.set_xlim(0, most)
    ax.set_xticks(ticks, [f"{tick * 100:.0f}%" if labels else "" for tick in ticks])
    ruled(ax, top=top)


def ruled(ax: Axes, *, top: bool = True) -> None:
    """Show vertical grid lines and the labels of the horizontal axis, no frame."""
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.patch.set_visible(False)
    ax.set_yticks([])
    ax.tick_params(
        axis="x", length=0, labelsize=SMALL, labelcolor=SOFT, top=False, labeltop=top, labelbottom=not top, pad=3
    )
    ax.grid(axis="x", color=RULE, linewidth=0.6)
    ax.set_axisbelow(True)


def mixed(color: str, share: float, ground: str = PAPER) -> str:
    """Mix a colour into the ground: 0 gives the ground, 1 the colour.

    >>> mixed("#000000", 0.5)
    '#808080'
    """
    front, back = np.array(to_rgb(color)), np.array(to_rgb(ground))
    red, green, blue = share * front + (1 - share) * back
    return to_hex((float(red), float(green), float(blue)))


def readable(color: str) -> str:
    """Ink that is readable on a ground of this colour."""
    return PAPER if _luminance(color) < 0.30 else INK


def text_ink(color: str) -> str:
    """Darken a colour until a text in it is readable on white (contrast 4.5).

    >>> text_ink("#0072b2"), text_ink("#009e73") != "#009e73"
    ('#0072b2', True)
    """
    share = 1.0
    while share > 0 and _luminance(mixed(color, share, "#000000")) > 1.05 / 4.6 - 0.05:
        share -= 0.02
    return mixed(color, share, "#000000")


def _luminance(color: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def text_width(words: Iterable[str], size: float = TEXT) -> float:
    """Inches that the longest of some texts takes at a size in points; Chinese is one em wide, Latin about half.

    >>> round(text_width(["张店区"], 9.0), 3)
    0.375
    """
    ems = (sum(1.0 if ord(char) > 0x2E7F else 0.58 for char in line) for line in words)
    return max(ems, default=0.0) * size / 72


def shortened(words: str, room: float, size: float = TEXT) -> str:
    """Cut a text, with an ellipsis, to the inches it has.

    >>> shortened("新疆生产建设兵团", 0.5, 9.0)
    '新疆生…'
    """
    if text_width([words], size) <= room:
        return words
    while words and text_width([words + "…"], size) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, room: float, size: float) -> list[str]:
    """Break a text into lines of at most so many inches, between Latin words or Chinese characters.

    >>> wrapped("two words", 0.4, 9.0)
    ['two', 'words']
    """
    lines, line = [], ""
    for piece in re.findall(r"[\u2e80-\uffff][，。；：、！？）》”]*|[^\s\u2e80-\uffff]+\s*|\s+", words):
        if line and text_width([line + piece.rstrip()], size) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines
