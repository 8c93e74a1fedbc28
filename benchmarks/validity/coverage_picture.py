"""Measure and draw how often the intervals of each method hold the true share."""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from methods import METHODS
from simulation import RARE, THEMES, make_world

from zhuti.reports.audited import audited_shares

OURS = "zhuti: difference estimator, smoothed"


def measure_methods(replications: int, seed: int) -> pd.DataFrame:
    """Coverage and width of every method in S1 and S2, 40 labels a district, overall and for the rare theme."""
    rows = []
    for name, differ in (("S1", False), ("S2", True)):
        rng = np.random.default_rng(seed)
        found: dict[str, list[tuple[float, float, float]]] = {method: [] for method in (*METHODS, OURS)}
        for _ in range(replications):
            world = make_world(rng, differ=differ)
            sample, truth = world.sample(40, rng), world.truth
            for method, interval in METHODS.items():
                found[method].append(_judged(truth, *interval(world, sample, rng)))
            shares = audited_shares(world.sums, sample, np.arange(THEMES))
            found[OURS].append(_judged(truth, shares.low, shares.high))
        for method, runs in found.items():
            overall, rare, width = np.mean(runs, axis=0)
            rows.append((method, name, overall, rare, width))
    return pd.DataFrame(rows, columns=["method", "world", "coverage", "coverage_rare", "width"])


def draw_coverage(table: pd.DataFrame, path: Path) -> None:
    """Draw the picture."""
    methods = list(dict.fromkeys(table["method"]))
    figure = Figure(figsize=(7.2, 3.6), layout="constrained")
    ax = figure.subplots()
    ax.axvspan(0.93, 0.98, color="#009E73", alpha=0.15, linewidth=0)
    ax.axvline(0.95, color="#009E73", linewidth=1)
    for offset, (world, mark) in enumerate((("S1", "o"), ("S2", "s"))):
        part = table[table["world"] == world].set_index("method").loc[methods]
        y = np.arange(len(methods)) + (offset - 0.5) * 0.3
        color = ("#0072B2", "#D55E00")[offset]
        label = ("districts write alike", "districts write differently")[offset]
        ax.plot(part["coverage"], y, mark, color=color, label=label)
        ax.plot(part["coverage_rare"], y, mark, color=color, markerfacecolor="none")
    ax.set_yticks(np.arange(len(methods)), methods)
    ax.invert_yaxis()
    ax.set_xlim(0.4, 1.005)
    ax.set_xlabel("how often the 95 % interval holds the true share")
    for spine in ("top", "right", "left"):
        ax.spines[spine].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", color="#dddddd", linewidth=0.6)
    ax.plot([], [], "D", color="#555555", markerfacecolor="none", label="the same for a theme of 5 %")
    ax.legend(loc="lower left", frameon=False, fontsize=9)
    figure.savefig(path, dpi=150, metadata={"Software": None})


def _judged(truth: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[float, float, float]:
    held = (truth >= low) & (truth <= high)
    return float(held.mean()), float(held[:, RARE].mean()), float((high - low).mean())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=40)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--out", type=Path, default=Path("coverage.png"))
    options = parser.parse_args()
    measured = measure_methods(options.replications, options.seed)
    print(measured.round(3).to_string(index=False))
    draw_coverage(measured, options.out)
