"""Draw whether probabilities mean what they say, and how scores grow with labels."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from zhuti.reports.chart_style import FAINT, INK, RULE, SMALL, SOFT, TEXT, TINY, clear, inches, ruled, shortened, text
from zhuti.reports.evaluation_facts import EvaluationFacts

_SIDE = 1.75  # inches of a panel


def _columns(facts: EvaluationFacts, width: float) -> int:
    return min(len(facts.ranking), 3 if width > 6 else 2)


def calibration_height(facts: EvaluationFacts, width: float) -> float:
    """Inches that the reliability diagrams need."""
    columns = _columns(facts, width)
    side = min((width - 0.4) / columns - 0.3, _SIDE)
    return -(-len(facts.ranking) // columns) * (side + 0.5) + 0.45


def draw_calibration(facts: EvaluationFacts, ax: Axes) -> None:
    """Draw, a panel a classifier, how often it is right against how sure it says it is."""
    width, height = inches(ax)
    clear(ax)
    columns = _columns(facts, width)
    step = (width - 0.4) / columns
    side = min(step - 0.3, _SIDE)
    for k, name in enumerate(facts.ranking):
        band, column = divmod(k, columns)
        left, top = 0.42 + column * min(step, side + 0.5), band * (side + 0.5) + 0.32
        inner = ax.inset_axes((left / width, 1 - (top + side) / height, side / width, side / height))
        _draw_panel(facts, inner, name, first=column == 0)
    said = f"{facts.words('evaluation.confidence')} →    ↑ {facts.words('evaluation.accuracy')}"
    text(ax, 0.42 / width, 0.1 / height, said, color=SOFT, fontsize=SMALL, transform=ax.transAxes)


def _draw_panel(facts: EvaluationFacts, ax: Axes, name: str, *, first: bool) -> None:
    found = facts.evaluation
    rows = found.calibration[found.calibration["classifier"] == name]
    scores = found.scores[found.scores["classifier"] == name].set_index("measure")["value"]
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
    ruled(ax, top=False)
    ax.set_yticks([0, 0.5, 1], ["0", "50%", "100%"] if first else ["", "", ""])
    ax.tick_params(axis="y", length=0, labelsize=SMALL, labelcolor=SOFT)
    ax.grid(axis="y", color=RULE, linewidth=0.6)
    ax.plot([0, 1], [0, 1], color=FAINT, linewidth=1)
    most = max(float(rows["n"].max()), 1.0)
    for row in rows.to_dict("records"):
        size = 2.5 + 7 * (row["n"] / most) ** 0.5
        if row["low"] == row["low"]:
            ax.plot([row["confidence"]] * 2, [row["low"], row["high"]], color=INK, linewidth=1, alpha=0.4)
        at = [row["confidence"]], [row["accuracy"]]
        ax.plot(*at, "o", color=INK, markersize=size, markeredgewidth=0, clip_on=False)
    at_top: dict[str, Any] = {"transform": ax.transAxes}
    text(ax, 0, 1.1, facts.name(name), fontsize=TEXT, **at_top)
    error = f"ECE {scores['calibration_error']:.3f}"
    text(ax, 0.98, 0.07, error, ha="right", fontsize=TINY, color=SOFT, **at_top)


def learning_curve_height(facts: EvaluationFacts, width: float) -> float:
    """Inches that the learning curves need."""
    return 2.9 if width > 6 else 2.7


def draw_learning_curve(facts: EvaluationFacts, ax: Axes) -> None:
    """Draw macro-F1 by the number of documents learned from; the best classifier stands out."""
    width, height = inches(ax)
    clear(ax)
    table = facts.evaluation.learning_curve
    table = table[table["measure"] == "macro_f1"]
    right = 1.25 if width > 6 else 1.05
    inner = ax.inset_axes((0.36 / width, 0.5 / height, (width - 0.4 - right) / width, (height - 0.62) / height))
    steps = sorted(set(table["documents"]))
    inner.set_xscale("log", base=2)
    inner.set_xlim(steps[0] * 0.94, steps[-1] * 1.06)
    low = float(np.nanmin(table[["value", "low"]].to_numpy(dtype=float)))
    inner.set_ylim(max(0.0, low - 0.05), 1.0)
    ruled(inner, top=False)
    inner.set_xticks(steps, [f"{step:,}" for step in steps], minor=False)
    inner.minorticks_off()
    inner.locator_params(axis="y", nbins=5)
    inner.set_yticks([tick for tick in inner.get_yticks() if tick <= 1.0 + 1e-9 and tick >= inner.get_ylim()[0]])
    inner.tick_params(axis="y", length=0, labelsize=SMALL, labelcolor=SOFT)
    inner.grid(axis="y", color=RULE, linewidth=0.6)
    for name in reversed(facts.ranking):
        _draw_line(inner, table[table["classifier"] == name], best=name == facts.best)
    _label_ends(facts, inner, table, right)
    axis = facts.words("evaluation.learning_curve.axis") + " →"
    text(ax, 0.36 / width, 0.1 / height, axis, color=SOFT, fontsize=SMALL, transform=ax.transAxes)


def _draw_line(ax: Axes, rows: pd.DataFrame, *, best: bool) -> None:
    color = INK if best else FAINT
    if best and rows["low"].notna().all():
        ax.fill_between(rows["documents"], rows["low"], rows["high"], color=INK, alpha=0.12, linewidth=0)
    ax.plot(rows["documents"], rows["value"], "-o", color=color, linewidth=1.6 if best else 1.2, markersize=3.5)


def _label_ends(facts: EvaluationFacts, ax: Axes, table: pd.DataFrame, room: float) -> None:
    """Write the names at the right end, pushed apart where they would stand on each other."""
    ends = table.groupby("classifier", sort=False)["value"].last().sort_values(ascending=False)
    box = ax.get_window_extent()
    low, high = ax.get_ylim()
    gap = 0.15 / (box.height / 72) * (high - low)
    places, last = [], high + gap
    for value in ends:
        last = min(float(value), last - gap)
        places.append(last)
    short = low - places[-1]
    if short > 0:
        places = [min(place + short, high - k * gap + short) for k, place in enumerate(places)]
    for (name, _), place in zip(ends.items(), places, strict=True):
        ink = INK if name == facts.best else SOFT
        words = shortened(facts.name(str(name)), room - 0.1, SMALL)
        text(
            ax, 1 + 0.1 / (box.width / 72), place, words, fontsize=SMALL, color=ink, transform=ax.get_yaxis_transform()
        )
