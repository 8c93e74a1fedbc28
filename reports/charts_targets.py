"""Draw how many targets with numbers each group sets, by theme."""

from typing import Any

from matplotlib.axes import Axes

from zhuti.reports.chart_style import (
    BAR,
    FAINT,
    SMALL,
    SOFT,
    TEXT,
    clear,
    inches,
    link,
    row_height,
    shortened,
    text,
    text_ink,
    text_width,
)
from zhuti.reports.facts import ReportFacts, records

_HEAD, _NOTE = 0.42, 0.3


def _columns(facts: ReportFacts, width: float) -> int:
    return min(len(facts.comparison.themes), 4 if width > 6 else 2)


def targets_height(facts: ReportFacts, width: float) -> float:
    """Inches that the chart of targets needs."""
    groups = len(facts.comparison.groups)
    bands = -(-len(facts.comparison.themes) // _columns(facts, width))
    return bands * (_HEAD + groups * row_height(groups)) + _NOTE


def draw_targets(facts: ReportFacts, ax: Axes) -> None:
    """Draw, a column a theme, each group's targets per 100 sentences of the theme as a bar: planned full, done pale.

    Parameters
    ----------
    facts : ReportFacts
        Its table `target_counts` is drawn; all bars have one scale.
    ax : Axes
    """
    groups, themes = facts.comparison.groups, facts.comparison.themes
    width, height = inches(ax)
    clear(ax)
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    columns, row = _columns(facts, width), row_height(len(groups))
    left = min(text_width(map(facts.group, groups), SMALL) + 0.12, width * 0.3)
    step = (width - left) / columns
    most = max(float(facts.target_counts["per_100_sentences"].max()), 1e-9)
    scale = (step - 0.48) / most
    found = {(str(r["group"]), str(r["theme"])): r for r in records(facts.target_counts)}
    for k, theme in enumerate(themes):
        x = left + (k % columns) * step
        y = (k // columns) * (_HEAD + len(groups) * row)
        color = facts.codebook.color(theme)
        text(ax, x, y + 0.16, shortened(facts.label(theme), step - 0.1, TEXT), fontsize=TEXT, color=text_ink(color))
        ax.plot([x, x], [y + 0.32, y + 0.32 + len(groups) * row], color=FAINT, linewidth=0.6)
        for g, group in enumerate(groups):
            middle = y + 0.32 + (g + 0.5) * row
            if k % columns == 0:
                text(
                    ax,
                    left - 0.08,
                    middle,
                    shortened(facts.group(group), left - 0.1, SMALL),
                    ha="right",
                    fontsize=SMALL,
                )
            if (group, theme) in found:
                _draw_bar(facts, ax, found[group, theme], (x, middle, scale), min(BAR, row * 0.72))
    text(ax, 0, height - 0.1, facts.words("targets.note"), fontsize=SMALL, color=SOFT)


def _draw_bar(
    facts: ReportFacts, ax: Axes, row: dict[str, Any], place: tuple[float, float, float], high: float
) -> None:
    x, y, scale = place
    color = facts.codebook.color(str(row["theme"]))
    for count, depth in ((row["planned"], 1.0), (row["done"], 0.35)):  # see-through follows light and dark
        long = 100.0 * count / row["sentences"] * scale
        if long:
            (bar,) = ax.barh([y], [long], left=[x], height=high, color=color, alpha=depth, linewidth=0)
            link(bar, **facts.found(str(row["group"]), str(row["theme"])))
            x += long
    rate = row["per_100_sentences"]
    text(ax, x + 0.06, y, f"{rate:.0f}", fontsize=SMALL - 0.5, color=SOFT)
