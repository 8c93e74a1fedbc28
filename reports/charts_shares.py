"""Draw the shares of themes with their intervals."""

from typing import Any, cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from zhuti.reports.chart_style import (
    BAR,
    FAINT,
    INK,
    PAPER,
    ROW,
    SMALL,
    SOFT,
    TEXT,
    clear,
    inches,
    link,
    percent_axis,
    shortened,
    text,
    text_ink,
    text_width,
)
from zhuti.reports.comparison import Comparison
from zhuti.reports.facts import ReportFacts, facts_of
from zhuti.reports.words import percent, percent_range
from zhuti.seeds import Codebook
from zhuti.seeds.codebook import Language

# Up to so many groups stand as bars under their theme; more are rows of dots, a panel a theme.
MOST_BARS = 6


def ordered_by_share(facts: ReportFacts) -> bool:
    """Tell whether the chart orders its groups by a share; years stay in their order."""
    return len(facts.comparison.groups) > MOST_BARS and "year" not in facts.comparison.columns


def ordering_theme(facts: ReportFacts) -> str:
    """Return the theme by whose share many groups are ordered: the one with the largest share in most groups."""
    shares = facts.comparison.shares.dropna(subset=["share"])
    firsts = shares.loc[shares.groupby("group", sort=False)["share"].idxmax(), "theme"]
    return str(firsts.value_counts().index[0]) if len(firsts) else facts.comparison.themes[0]


def shown_groups(facts: ReportFacts) -> list[str]:
    """Return the groups in the order of the chart: as compared where they are few, else by one theme's share."""
    groups = list(facts.comparison.groups)
    if not ordered_by_share(facts):
        return groups
    shares = facts.comparison.shares
    own = shares[shares["theme"] == ordering_theme(facts)].set_index("group")["share"].fillna(-1.0)
    return sorted(groups, key=lambda group: -float(own[group]))


def shares_height(facts: ReportFacts, width: float) -> float:
    """Inches that the chart of shares needs."""
    groups, themes = len(facts.comparison.groups), len(facts.comparison.themes)
    if groups <= MOST_BARS:
        return 0.3 + themes * (0.42 + groups * ROW)
    panels = _panels(facts, width)
    bands = -(-themes // panels)
    return bands * (0.62 + groups * _row(groups))


def draw_shares(
    facts: ReportFacts | Comparison, ax: Axes, *, codebook: Codebook | None = None, lang: Language = "zh"
) -> None:
    """Draw the share of each theme in each group, with its interval.

    Parameters
    ----------
    facts : ReportFacts or Comparison
        Its table `shares` is drawn; nothing is computed.
    ax : Axes
        Up to six groups are bars under each theme; more are dots in one panel a theme.
    """
    facts = facts_of(facts, codebook, lang)
    if len(facts.comparison.groups) <= MOST_BARS:
        _draw_bars(facts, ax)
    else:
        _draw_panels(facts, ax)


def _row(groups: int) -> float:
    return 0.175 if groups <= 40 else 0.15


def _panels(facts: ReportFacts, width: float) -> int:
    return len(facts.comparison.themes) if width > 6 else 2


def _most(shares: pd.DataFrame) -> float:
    return float(min(1.0, shares["high"].max() * 1.02))


def _draw_bars(facts: ReportFacts, ax: Axes) -> None:
    comparison, shares = facts.comparison, facts.comparison.shares
    width, height = inches(ax)
    names = [facts.group(name) for name in comparison.groups]
    left = min(text_width(names) + 0.12, width * 0.3)
    said = {name: shortened(facts.group(name), left - 0.06) for name in comparison.groups}
    inner = ax.inset_axes((left / width, 0, 1 - left / width - 1.05 / width, 1 - 0.24 / height))
    clear(ax)
    per_theme = 0.42 + len(names) * ROW
    inner.set_ylim(len(comparison.themes) * per_theme, 0)
    percent_axis(inner, _most(shares))
    for k, theme in enumerate(comparison.themes):
        rows = shares[shares["theme"] == theme].set_index("group")
        y = k * per_theme + 0.2
        place = {"transform": inner.get_yaxis_transform(), "fontsize": TEXT + 1.5}
        text(inner, -left / (width - left - 1.05), y, facts.label(theme), color=_ink(facts, theme), **place)
        for g, name in enumerate(comparison.groups):
            _draw_bar(facts, inner, theme, name, cast("pd.Series[Any]", rows.loc[name]), y + 0.12 + (g + 0.5) * ROW)
            text(inner, -0.006, y + 0.12 + (g + 0.5) * ROW, said[name], ha="right")


def _draw_bar(facts: ReportFacts, ax: Axes, theme: str, name: str, row: Any, y: float) -> None:
    color = facts.codebook.color(theme)
    found = facts.found(name, theme)
    bar = Rectangle((0, y - BAR / 2), max(row["share"], 0.0), BAR, facecolor=color, linewidth=0)
    ax.add_patch(bar)
    link(bar, **found)
    interval_line(ax, row["low"], row["high"], y)
    beside = {"transform": ax.get_yaxis_transform()}
    link(text(ax, 1.03, y, percent(row["share"]), fontsize=TEXT + 0.5, **beside), **found)
    interval = percent_range(row["low"], row["high"])
    text(ax, 1.03 + 0.42 / inches(ax)[0], y, interval, color=SOFT, fontsize=SMALL, **beside)


def interval_line(ax: Axes, low: float, high: float, y: float) -> None:
    """Draw an interval: a thin line in ink with a pale edge, so that it is seen on a bar and beside it."""
    ax.plot([low, high], [y, y], color=PAPER, linewidth=2.6, solid_capstyle="butt", zorder=3)
    ax.plot([low, high], [y, y], color=INK, linewidth=1.0, solid_capstyle="butt", zorder=4)


def _ink(facts: ReportFacts, theme: str) -> str:
    return text_ink(facts.codebook.color(theme))


def _draw_panels(facts: ReportFacts, ax: Axes) -> None:
    comparison, shares = facts.comparison, facts.comparison.shares
    width, height = inches(ax)
    clear(ax)
    panels, rows = _panels(facts, width), len(comparison.groups) * _row(len(comparison.groups))
    left = min(
        text_width([facts.group(g) for g in comparison.groups], SMALL) + 0.15, width * (0.16 if width > 6 else 0.3)
    )
    most, names = _most(shares), {g: shortened(facts.group(g), left - 0.12, SMALL) for g in shown_groups(facts)}
    for k, theme in enumerate(comparison.themes):
        band, column = divmod(k, panels)
        step = (width - left) / panels
        top = band * (0.62 + rows) + 0.45
        box = ((left + column * step) / width, 1 - (top + rows) / height, (step - 0.14) / width, rows / height)
        panel = ax.inset_axes(box)
        percent_axis(panel, most)
        ticks = [float(tick) for tick in panel.get_xticks()]  # a label at the very end would meet the next panel's 0%
        panel.set_xticks(ticks, ["" if tick > 0.93 * most else percent(tick) for tick in ticks])
        panel.set_ylim(len(comparison.groups), 0)
        ink, room = _ink(facts, theme), step - 0.1
        size = TEXT + 1 if text_width([facts.label(theme)], TEXT + 1) < room else SMALL
        name = shortened(facts.label(theme), room, size)
        panel.text(0, 1 + 0.27 / rows, name, transform=panel.transAxes, color=ink, fontsize=size)
        _draw_dots(facts, panel, theme, names, named=column == 0)


def _draw_dots(facts: ReportFacts, ax: Axes, theme: str, names: dict[str, str], *, named: bool) -> None:
    shares = facts.comparison.shares
    rows = shares[shares["theme"] == theme].set_index("group")
    color = facts.codebook.color(theme)
    for g, (name, said) in enumerate(names.items()):
        row, y = rows.loc[name], g + 0.5
        if g % 2 == 0:
            ax.axhspan(g, g + 1, color=FAINT, alpha=0.07, linewidth=0, zorder=0)
        ax.plot([row["low"], row["high"]], [y, y], color=color, linewidth=1.1, alpha=0.75, solid_capstyle="butt")
        (dot,) = ax.plot([row["share"]], [y], "o", color=color, markersize=3.8, markeredgewidth=0)
        link(dot, **facts.found(name, theme))
        if named:
            text(ax, -0.02, y, said, ha="right", fontsize=SMALL, transform=ax.get_yaxis_transform())
