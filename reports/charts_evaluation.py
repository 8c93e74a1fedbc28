"""Draw how good classifiers are: their scores, how far below the best, theme by theme, and what they confuse."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from zhuti.reports.chart_style import (
    FAINT,
    INK,
    PAPER,
    RULE,
    SMALL,
    SOFT,
    TEXT,
    TINY,
    clear,
    inches,
    ruled,
    shortened,
    text,
    text_ink,
    text_width,
)
from zhuti.reports.evaluation_facts import EvaluationFacts

_ROW, _HEAD = 0.3, 0.28


def _known(value: Any) -> bool:
    return bool(value == value)


def _framed(ax: Axes, names: list[str], right: float, rows: int) -> Axes:
    """Return axes with a row for each name, the names on the left, and room on the right."""
    width, height = inches(ax)
    clear(ax)
    left = min(text_width(names, TEXT) + 0.12, width * 0.4)
    inner = ax.inset_axes((left / width, 0, (width - left - right) / width, rows * _ROW / height))
    inner.set_ylim(rows, 0)
    for y, name in enumerate(names):
        if y % 2 == 0:
            inner.axhspan(y, y + 1, color=FAINT, alpha=0.07, linewidth=0, zorder=0)
        text(inner, -0.02, y + 0.5, shortened(name, left - 0.1), ha="right", transform=inner.get_yaxis_transform())
    return inner


def scores_height(facts: EvaluationFacts, width: float) -> float:
    """Inches that the chart of scores needs."""
    return _HEAD + _ROW * len(facts.ranking)


def draw_scores(facts: EvaluationFacts, ax: Axes) -> None:
    """Draw the macro-F1 of each classifier with its interval, the best first."""
    table = facts.evaluation.scores
    rows = table[table["measure"] == "macro_f1"].set_index("classifier").loc[facts.ranking].to_dict("records")
    inner = _framed(ax, [facts.name(name) for name in facts.ranking], 1.25, len(rows))
    _score_axis(inner, [value for row in rows for value in (row["value"], row["low"]) if _known(value)])
    for y, row in enumerate(rows):
        color = INK if y == 0 else SOFT
        if _known(row["low"]):
            inner.plot([row["low"], row["high"]], [y + 0.5] * 2, color=color, linewidth=2, alpha=0.5, clip_on=False)
        inner.plot([row["value"]], [y + 0.5], "o", color=color, markersize=6, markeredgewidth=0, clip_on=False)
        _beside(inner, y, f"{row['value']:.3f}", _range(row["low"], row["high"]))


def _score_axis(ax: Axes, values: list[float]) -> None:
    """Rule a horizontal axis of scores that ends at 1 and begins a little below the lowest."""
    low = max(0.0, float(np.floor((min(values) - 0.02) * 10) / 10))
    ticks = [low, (low + 1) / 2, 1.0]
    ax.set_xlim(low, 1.0)
    ax.set_xticks(ticks, [f"{tick:.3g}" for tick in ticks])
    ruled(ax)


def _range(low: float, high: float) -> str:
    return f"{low:.2f}–{high:.2f}" if _known(low) else ""


def _beside(ax: Axes, y: float, value: str, interval: str, color: str = INK) -> None:
    box = ax.get_window_extent()
    width = box.width / 72
    beside: dict[str, Any] = {"transform": ax.get_yaxis_transform()}
    text(ax, 1 + 0.1 / width, y + 0.5, value, color=color, **beside)
    text(ax, 1 + 0.56 / width, y + 0.5, interval, color=SOFT, fontsize=TINY, **beside)


def comparisons_height(facts: EvaluationFacts, width: float) -> float:
    """Inches that the chart of differences needs."""
    return _HEAD + _ROW * len(facts.evaluation.comparisons)


def draw_comparisons(facts: EvaluationFacts, ax: Axes) -> None:
    """Draw how far each classifier lies below the best: filled where it is worse for certain, hollow where not."""
    table = facts.evaluation.comparisons.sort_values("difference", kind="stable")
    names = [facts.name(name) for name in table["classifier"]]
    inner = _framed(ax, names, 1.35, len(table))
    rows = table.to_dict("records")
    ends = [value for row in rows for value in (row["low"], row["high"], row["difference"]) if _known(value)]
    low, high = min(0.0, *ends), max(0.05, *ends)
    inner.set_xlim(low - 0.03 * (high - low), high + 0.03 * (high - low))
    inner.locator_params(axis="x", nbins=5 if inner.get_window_extent().width / 72 > 3 else 3)
    ticks = [tick for tick in inner.get_xticks() if low - 1e-9 <= tick <= high + 1e-9]
    inner.set_xticks(ticks, [f"{-tick:+.2g}".replace("-", "−") if abs(tick) > 1e-9 else "0" for tick in ticks])
    ruled(inner)
    inner.invert_xaxis()
    inner.axvline(0, color=INK, linewidth=1)
    for y, row in enumerate(rows):
        sure = row["verdict"] == "worse"
        if _known(row["low"]):
            inner.plot([row["low"], row["high"]], [y + 0.5] * 2, color=INK, linewidth=1.6, alpha=0.5)
        face = INK if sure else PAPER
        inner.plot([row["difference"]], [y + 0.5], "o", markersize=6, markerfacecolor=face, markeredgecolor=INK)
        verdict = facts.words("evaluation.worse" if sure else "evaluation.unsure")
        _beside(inner, y, f"−{row['difference']:.3f}", "")
        beside: dict[str, Any] = {"transform": inner.get_yaxis_transform()}
        place = 1 + 0.62 / (inner.get_window_extent().width / 72)
        text(inner, place, y + 0.5, verdict, color=INK if sure else SOFT, fontsize=SMALL, **beside)


def per_theme_height(facts: EvaluationFacts, width: float) -> float:
    """Inches that the chart of themes needs."""
    return _HEAD + _ROW * len(facts.of_best(facts.evaluation.per_theme))


def draw_per_theme(facts: EvaluationFacts, ax: Axes) -> None:
    """Draw F1 with its interval, precision and recall for each theme, of the best classifier."""
    rows = facts.of_best(facts.evaluation.per_theme).to_dict("records")
    inner = _framed(ax, [facts.theme(row["theme"]) for row in rows], 1.25, len(rows))
    shown = [row[name] for row in rows for name in ("f1", "f1_low", "precision", "recall") if _known(row[name])]
    _score_axis(inner, shown)
    for y, row in enumerate(rows):
        color = facts.codebook.color(row["theme"])
        if _known(row["f1_low"]):
            ends = [row["f1_low"], row["f1_high"]]
            inner.plot(ends, [y + 0.5] * 2, color=color, linewidth=2.4, alpha=0.5, clip_on=False)
        style: dict[str, Any] = {"color": color, "linestyle": "", "clip_on": False}
        inner.plot([row["precision"]], [y + 0.5], "|", markersize=9, markeredgewidth=1.2, **style)
        inner.plot([row["recall"]], [y + 0.5], "D", markersize=5, markerfacecolor=PAPER, markeredgewidth=1, **style)
        inner.plot([row["f1"]], [y + 0.5], "o", markersize=6, markeredgewidth=0, **style)
        _beside(inner, y, f"{row['f1']:.3f}", _range(row["f1_low"], row["f1_high"]), text_ink(color))


def _themes(facts: EvaluationFacts) -> list[str]:
    table = facts.of_best(facts.evaluation.confusion)
    return [theme for theme in facts.codebook.theme_ids if theme in set(table["truth"]) | set(table["predicted"])]


def _cell(facts: EvaluationFacts, width: float) -> tuple[float, float, bool]:
    """Return the inches of the names, of a cell, and whether the names above it must stand upright."""
    themes = _themes(facts)
    names = [facts.theme(theme) for theme in themes]
    left = min(text_width(names, SMALL) + 0.12, width * 0.36)
    step = min((width - left) / len(themes), 1.15)
    return left, step, text_width(names, SMALL) > step - 0.04


def confusion_height(facts: EvaluationFacts, width: float) -> float:
    """Inches that the confusion matrix needs."""
    names = [facts.theme(theme) for theme in _themes(facts)]
    upright = _cell(facts, width)[2]
    head = min(text_width(names, SMALL), 1.4) + 0.12 if upright else 0.3
    return head + 0.36 * len(names) + 0.04


def draw_confusion(facts: EvaluationFacts, ax: Axes) -> None:
    """Draw labels against what the best classifier said, with the number of sentences in each cell."""
    width, height = inches(ax)
    clear(ax)
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    themes, (left, step, upright) = _themes(facts), _cell(facts, width)
    table = facts.of_best(facts.evaluation.confusion)
    counts = {(row["truth"], row["predicted"]): int(row["count"]) for row in table.to_dict("records")}
    top = height - 0.36 * len(themes) - 0.02
    for k, theme in enumerate(themes):
        color, y = facts.codebook.color(theme), top + k * 0.36
        ink, name = text_ink(color), facts.theme(theme)
        x = left + (k + 0.5) * step
        if upright:
            short = shortened(name, 1.4, SMALL)
            text(ax, x, top - 0.06, short, rotation=90, ha="center", va="bottom", fontsize=SMALL, color=ink)
        else:
            text(ax, x, top - 0.15, name, ha="center", fontsize=SMALL, color=ink)
        text(ax, left - 0.08, y + 0.17, shortened(name, left - 0.1, SMALL), ha="right", fontsize=SMALL, color=ink)
        total = max(sum(counts.get((theme, other), 0) for other in themes), 1)
        for j, other in enumerate(themes):
            _draw_cell(ax, (left + j * step, y), step, counts.get((theme, other), 0), total)


def _draw_cell(ax: Axes, corner: tuple[float, float], step: float, n: int, total: int) -> None:
    box = Rectangle(corner, step - 0.03, 0.33, facecolor=FAINT, alpha=0.06 + 0.44 * n / total, linewidth=0)
    ax.add_patch(box)
    if n:
        place = corner[0] + (step - 0.03) / 2, corner[1] + 0.165
        text(ax, *place, f"{n:,}", ha="center", fontsize=SMALL if step > 0.45 else TINY)
    else:
        ax.plot([corner[0] + step / 2 - 0.03], [corner[1] + 0.165], ".", color=RULE, markersize=2)
