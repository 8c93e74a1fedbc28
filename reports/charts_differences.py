"""Draw differences of shares as dumbbells."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from zhuti.reports.chart_style import (
    INK,
    PAPER,
    RULE,
    SMALL,
    SOFT,
    TEXT,
    clear,
    inches,
    link,
    percent_axis,
    text,
    text_ink,
    text_width,
)
from zhuti.reports.comparison import Comparison
from zhuti.reports.facts import ReportFacts, facts_of
from zhuti.reports.words import percent, points, points_range
from zhuti.seeds import Codebook
from zhuti.seeds.codebook import Language

_ROW = 0.56


def shown_differences(facts: ReportFacts) -> pd.DataFrame:
    """Rows of the table of differences that a chart has room for: the pair, or the two extremes of each theme."""
    table = facts.comparison.differences
    if len(facts.comparison.groups) <= 2 or table.empty:
        return table
    widest = table.assign(_gap=table["difference"].abs()).sort_values("_gap", ascending=False, kind="stable")
    chosen = widest.drop_duplicates("theme").index
    return table.loc[sorted(chosen)]


def differences_height(facts: ReportFacts, width: float) -> float:
    """Inches that the chart of differences needs."""
    return 0.35 + _ROW * len(facts.comparison.themes) + (0.4 if width < 6 else 0.0) * len(facts.comparison.themes)


def draw_differences(
    facts: ReportFacts | Comparison, ax: Axes, *, codebook: Codebook | None = None, lang: Language = "zh"
) -> None:
    """Draw, for each theme, the shares of two groups, the way between them, and what can be said of it.

    With more than two groups it is the highest and the lowest of each theme.

    Parameters
    ----------
    facts : ReportFacts or Comparison
        Its tables `differences` and `shares` are drawn.
    ax : Axes
    """
    facts = facts_of(facts, codebook, lang)
    rows = shown_differences(facts)
    width, height = inches(ax)
    clear(ax)
    left = min(text_width([facts.label(t) for t in facts.comparison.themes], TEXT + 1) + 0.15, width * 0.34)
    right = 1.75 if width > 6 else 0.05
    if width < 6:  # on a phone the theme stands above its row
        left = 0.05
    inner = ax.inset_axes((left / width, 0, (width - left - right) / width, 1 - 0.24 / height))
    span = (height - 0.24) / max(len(rows), 1)
    inner.set_ylim(len(rows) * span, 0)
    shares = facts.comparison.shares.set_index(["group", "theme"])["share"]
    most = min(1.0, float(facts.comparison.shares["share"].max()) * 1.05)
    percent_axis(inner, most)
    inner.set_xlim(*_room_for_labels(facts, rows, shares, most, width - left - right))
    if right < 1:
        ticks = [tick for tick in inner.get_xticks() if tick <= most][::2]
        inner.set_xticks(ticks, [percent(tick) for tick in ticks])
    for k, row in enumerate(rows.to_dict("records")):
        _draw_dumbbell(facts, inner, row, shares, k * span + (0.3 if right > 1 else 0.5), beside=right > 1)


def _room_for_labels(
    facts: ReportFacts, rows: Any, shares: Any, most: float, inches_wide: float
) -> tuple[float, float]:
    """Return limits of the axis that leave room for the labels beside the outermost dots."""
    ends = [float(shares[row[end], row["theme"]]) for row in rows.to_dict("records") for end in ("group_a", "group_b")]
    names = [f"{facts.group(row[end])} 00%" for row in rows.to_dict("records") for end in ("group_a", "group_b")]
    label = text_width(names, SMALL) + 0.2
    low, high = 0.0, most
    for _ in range(6):  # wider limits make the labels wider in shares; it settles at once where there is room
        step = min((high - low) / inches_wide, most / 0.6)
        low, high = min(0.0, min(ends) - label * step), max(most, max(ends) + label * step)
    return low, high


def _draw_dumbbell(facts: ReportFacts, ax: Axes, row: Any, shares: Any, y: float, *, beside: bool) -> None:
    theme, sure = row["theme"], row["verdict"] != "cannot tell"
    color = facts.codebook.color(theme)
    a, b = (float(shares[row[end], theme]) for end in ("group_a", "group_b"))
    ax.plot(
        [a, b], [y, y], color=color if sure else RULE, linewidth=3.0 if sure else 2.2, solid_capstyle="butt", zorder=2
    )
    for value, end, filled in ((a, "group_a", True), (b, "group_b", False)):
        face = color if filled else PAPER
        (dot,) = ax.plot(
            [value],
            [y],
            "o",
            markersize=8.5,
            markerfacecolor=face,
            markeredgecolor=color,
            markeredgewidth=1.8,
            zorder=3,
        )
        link(dot, **facts.found(row[end], theme))
        outward = "right" if (value < (a + b) / 2 or (a == b and filled)) else "left"
        label = f"{facts.group(row[end])} {percent(value)}"
        x = 8 if outward == "left" else -8
        ax.annotate(
            label,
            (value, y),
            (x, 0),
            textcoords="offset points",
            ha=outward,
            va="center_baseline",
            fontsize=SMALL,
            color=INK,
        )
    width = inches(ax)[0]
    spot: dict[str, Any] = {"transform": ax.get_yaxis_transform()}
    at: dict[str, Any] = (
        {"x": -0.1 / width, "y": y, "ha": "right"} if beside else {"x": 0.0, "y": y - 0.25, "ha": "left"}
    )
    text(ax, words=facts.label(theme), color=text_ink(color), fontsize=TEXT + 1, **at, **spot)
    verdict, interval = _verdict(facts, row)
    if beside:
        text(ax, 1 + 0.15 / width, y - 0.085, verdict, color=INK if sure else SOFT, **spot)
        text(ax, 1 + 0.15 / width, y + 0.1, interval, color=SOFT, fontsize=SMALL, **spot)
    else:
        text(ax, 0, y + 0.22, f"{verdict}{facts.words('colon')}{interval}", color=SOFT, fontsize=SMALL, **spot)


def _verdict(facts: ReportFacts, row: Any) -> tuple[str, str]:
    words = facts.words
    verdict = words(f"verdict.{row['verdict']}", a=facts.group(row["group_a"]), b=facts.group(row["group_b"]))
    gap, low, high = row["difference"], row["low"], row["high"]
    if row["verdict"] == "smaller":
        gap, low, high = -gap, -high, -low
    digits = 1 if 0 < low < 0.005 else 0  # what is surely not nought must not be written as nought
    return verdict, f"{words('points', n=points(gap))}{words.bracketed(points_range(low, high, digits))}"
