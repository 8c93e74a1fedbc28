"""Draw how shares go over the years."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from zhuti.reports.chart_style import RULE, SMALL, SOFT, TEXT, clear, inches, link, shortened, text, text_ink
from zhuti.reports.comparison import Comparison
from zhuti.reports.facts import ReportFacts, facts_of
from zhuti.reports.words import percent
from zhuti.seeds import Codebook
from zhuti.seeds.codebook import Language

# Groups with more years than one that the chart has room for, those with most years first.
MOST_GROUPS = 8
_HEAD = 0.35


def shown_years(facts: ReportFacts) -> list[str]:
    """Return the groups that have more than one year, the longest series first."""
    years = facts.comparison.years
    if years.empty:
        return []
    counts = years.groupby("group", sort=False)["year"].nunique()
    counts = counts[counts > 1].sort_values(ascending=False, kind="stable")
    return [str(group) for group in counts.index[:MOST_GROUPS]]


def _columns(facts: ReportFacts, width: float) -> int:
    return len(facts.comparison.themes) if width > 6 else 2


def _panel(facts: ReportFacts) -> float:
    """Inches of a panel: taller where there is one series."""
    return 1.5 if len(shown_years(facts)) == 1 else 0.95


def years_height(facts: ReportFacts, width: float) -> float:
    """Inches that the chart of years needs."""
    bands = -(-len(facts.comparison.themes) // _columns(facts, width))
    return len(shown_years(facts)) * (bands * (_panel(facts) + _HEAD + 0.2) + 0.3)


def draw_years(
    facts: ReportFacts | Comparison, ax: Axes, *, codebook: Codebook | None = None, lang: Language = "zh"
) -> None:
    """Draw, for each group with several years, the share of each theme by year with its interval as a band.

    Parameters
    ----------
    facts : ReportFacts or Comparison
        Its table `years` is drawn.
    ax : Axes
    """
    facts = facts_of(facts, codebook, lang)
    width, height = inches(ax)
    clear(ax)
    columns, y, high = _columns(facts, width), 0.0, _panel(facts)
    step = width / columns
    for group in shown_years(facts):
        text(
            ax,
            0,
            1 - (y + 0.12) / height,
            shortened(facts.group(group), width, TEXT + 1),
            transform=ax.transAxes,
            fontsize=TEXT + 1,
        )
        y += 0.3
        for k, theme in enumerate(facts.comparison.themes):
            if k and k % columns == 0:
                y += high + _HEAD + 0.2
            left = (k % columns) * step + 0.3
            box = (left / width, 1 - (y + _HEAD + high) / height, (step - 0.45) / width, high / height)
            _draw_panel(facts, ax.inset_axes(box), group, theme)
        y += high + _HEAD + 0.2


def _draw_panel(facts: ReportFacts, ax: Axes, group: str, theme: str) -> None:
    table = facts.comparison.years
    rows: pd.DataFrame = table[(table["group"] == group) & (table["theme"] == theme)].sort_values("year")
    color = facts.codebook.color(theme)
    most = float(table.loc[table["group"].isin(shown_years(facts)), "high"].max())
    years = rows["year"].astype(float).to_numpy()
    ax.fill_between(years, rows["low"].astype(float), rows["high"].astype(float), color=color, alpha=0.18, linewidth=0)
    ax.plot(years, rows["share"], color=color, linewidth=1.6)
    for year, share in zip(years, rows["share"], strict=True):
        (dot,) = ax.plot([year], [share], "o", color=color, markersize=3.2, markeredgewidth=0)
        link(dot, **facts.found(group, theme), year=int(year))
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.patch.set_visible(False)
    ax.set_ylim(0, most)
    ticks = [tick for tick in (0.0, 0.2, 0.4, 0.6, 0.8) if tick <= most]
    ax.set_yticks(ticks, [percent(tick) for tick in ticks])
    ax.set_xticks(sorted({years[0], years[-1]}), [f"{year:.0f}" for year in sorted({years[0], years[-1]})])
    sides: tuple[Any, ...] = ("left", "right")
    for label, side in zip(ax.get_xticklabels(), sides, strict=False):
        label.set_horizontalalignment(side)
    ax.tick_params(length=0, labelsize=SMALL - 1, labelcolor=SOFT, pad=2)
    ax.grid(axis="y", color=RULE, linewidth=0.5)
    ax.set_axisbelow(True)
    text(ax, 0, 1 + 0.115 / inches(ax)[1], facts.label(theme), transform=ax.transAxes, color=text_ink(color))
