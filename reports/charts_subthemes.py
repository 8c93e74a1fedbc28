"""Draw groups against subthemes as a map of shades with the numbers in it."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from zhuti.reports.chart_style import (
    INK,
    PAPER,
    SMALL,
    TEXT,
    TINY,
    clear,
    inches,
    link,
    shortened,
    text,
    text_ink,
    text_width,
)
from zhuti.reports.comparison import Comparison
from zhuti.reports.facts import ReportFacts, facts_of
from zhuti.seeds import Codebook
from zhuti.seeds.codebook import Language

# With so many groups they are columns; with more they are rows and subthemes stand upright.
MOST_COLUMNS = 8
# So many groups leave room for two themes side by side.
MOST_ABREAST = 3


def _upright(facts: ReportFacts) -> bool:
    return len(facts.comparison.groups) > MOST_COLUMNS


def _codes(facts: ReportFacts) -> dict[str, list[str]]:
    table = facts.comparison.subthemes.drop_duplicates("subtheme")
    return {t: list(table.loc[table["theme"] == t, "subtheme"]) for t in facts.comparison.themes}


def _label_height(facts: ReportFacts) -> float:
    names = [facts.label(code) for codes in _codes(facts).values() for code in codes]
    return text_width(names, TINY) + 0.15


def _row(facts: ReportFacts, width: float) -> float:
    return 0.17 if width > 6 else 0.14


def _abreast(facts: ReportFacts, width: float) -> list[dict[str, list[str]]]:
    """Return the themes with their subthemes in one column, or in two of about the same height."""
    codes = _codes(facts)
    if width < 6 or len(facts.comparison.groups) > MOST_ABREAST or len(codes) < 2:
        return [codes]
    total, so_far, first = sum(1.5 + len(found) for found in codes.values()), 0.0, 0
    for found in codes.values():
        if so_far and so_far + (1.5 + len(found)) / 2 > total / 2:
            break
        so_far, first = so_far + 1.5 + len(found), first + 1
    items = list(codes.items())
    return [part for part in (dict(items[:first]), dict(items[first:])) if part]


def _list_height(codes: dict[str, list[str]]) -> float:
    return sum(0.32 + 0.2 * len(found) for found in codes.values())


def _step(facts: ReportFacts, width: float) -> tuple[float, float]:
    """Inches of the names at the left and of a column, where groups are columns."""
    names = [facts.label(code) for codes in _codes(facts).values() for code in codes]
    left = min(text_width(names, SMALL) + 0.2, width * 0.45)
    return left, min((width - left) / len(facts.comparison.groups), 1.5)


def _head(facts: ReportFacts, width: float) -> float:
    """Inches of the names of groups above their columns, upright where they are too wide."""
    wide = text_width(map(facts.group, facts.comparison.groups), SMALL)
    return wide + 0.2 if wide > _step(facts, width)[1] - 0.04 else 0.35


def subthemes_height(facts: ReportFacts, width: float) -> float:
    """Inches that the map of subthemes needs."""
    codes = _codes(facts)
    if not _upright(facts):
        parts = _abreast(facts, width)
        return _head(facts, width / len(parts)) + max(map(_list_height, parts))
    bands = 1 if width > 6 else len(codes)
    return bands * (_label_height(facts) + 0.3 + len(facts.comparison.groups) * _row(facts, width) + 0.1)


def draw_subthemes(
    facts: ReportFacts | Comparison, ax: Axes, *, codebook: Codebook | None = None, lang: Language = "zh"
) -> None:
    """Draw the share of each subtheme in each group, shaded in the colour of its theme, the per cent written in.

    Parameters
    ----------
    facts : ReportFacts or Comparison
        Its table `subthemes` is drawn.
    ax : Axes
        Up to eight groups are columns; more are rows.
    """
    facts = facts_of(facts, codebook, lang)
    width, height = inches(ax)
    clear(ax)
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    table = facts.comparison.subthemes
    cells = {(row["group"], row["subtheme"]): row["share"] for row in table.to_dict("records")}
    most = max(float(table["share"].max()), 0.01)
    if _upright(facts):
        _draw_upright(facts, ax, cells, most, width)
    else:
        parts = _abreast(facts, width)
        for k, part in enumerate(parts):
            _draw_list(facts, ax, cells, most, part, (k * width / len(parts), width / len(parts)))


def _draw_list(
    facts: ReportFacts, ax: Axes, cells: Any, most: float, codes: dict[str, list[str]], place_of: tuple[float, float]
) -> None:
    groups = facts.comparison.groups
    start, width = place_of
    left, step = _step(facts, width - 0.25 if start or width < 6 else width)
    room, left = left, left + start
    y = _head(facts, width)
    place = {"ha": "center", "fontsize": SMALL} | ({"rotation": 90, "va": "bottom"} if y > 0.35 else {})
    for g, group in enumerate(groups):
        text(ax, left + (g + 0.5) * step, y - (0.08 if y > 0.35 else 0.2), facts.group(group), **place)
    for theme, found in codes.items():
        color = facts.codebook.color(theme)
        text(ax, start, y + 0.13, facts.label(theme), color=text_ink(color))
        y += 0.26
        for code in found:
            text(ax, left - 0.1, y + 0.1, shortened(facts.label(code), room - 0.1, SMALL), ha="right", fontsize=SMALL)
            for g, group in enumerate(groups):
                box = (left + g * step, y, step - 0.03, 0.18)
                _draw_cell(facts, ax, box, group, theme, code, cells[group, code], most, SMALL)
            y += 0.2
        y += 0.06


def _draw_upright(facts: ReportFacts, ax: Axes, cells: Any, most: float, width: float) -> None:
    groups, codes = facts.comparison.groups, _codes(facts)
    left = min(text_width([facts.group(g) for g in groups], TINY) + 0.1, width * 0.3)
    said = [shortened(facts.group(g), left - 0.08, TINY) for g in groups]
    row, top = _row(facts, width), _label_height(facts) + 0.3
    in_one = width > 6
    columns = sum(map(len, codes.values())) if in_one else max(map(len, codes.values()))
    step = (width - left - (0.08 * (len(codes) - 1) if in_one else 0)) / columns
    x, y = left, 0.0
    for theme, found in codes.items():
        color = facts.codebook.color(theme)
        text(ax, x, y + 0.12, facts.label(theme), color=text_ink(color), fontsize=TEXT)
        for k, code in enumerate(found):
            place = {"rotation": 90, "ha": "center", "va": "bottom", "fontsize": TINY}
            text(ax, x + (k + 0.5) * step, y + top - 0.04, facts.label(code), **place)
            for g, group in enumerate(groups):
                box = (x + k * step, y + top + g * row, step - 0.012, row - 0.012)
                _draw_cell(facts, ax, box, group, theme, code, cells[group, code], most, TINY - 1)
        if x == left:
            for g, name in enumerate(said):
                text(ax, left - 0.06, y + top + (g + 0.5) * row, name, ha="right", fontsize=TINY)
        if in_one:
            x += len(found) * step + 0.08
        else:
            y += top + len(groups) * row + 0.1


def _draw_cell(
    facts: ReportFacts, ax: Axes, box: Any, group: str, theme: str, code: str, share: float, most: float, size: float
) -> None:
    x, y, wide, high = box
    depth = float(share) / most if share > 0 else 0.0  # not a number where a group has no policy sentence
    color = facts.codebook.color(theme)
    cell = Rectangle((x, y), wide, high, facecolor=color, alpha=0.06 + 0.94 * depth, linewidth=0)
    ax.add_patch(cell)
    link(cell, **facts.found(group, subtheme=code))
    number = f"{share * 100:.0f}" if share > 0 else ""
    ink = PAPER if depth > 0.62 else INK
    text(ax, x + wide / 2, y + high / 2, number, ha="center", fontsize=size, color=ink)
