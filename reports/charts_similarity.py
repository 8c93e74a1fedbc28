"""Draw a map on which groups with a like mix of themes lie near each other."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from zhuti.reports.chart_style import INK, PAPER, SMALL, TINY, clear, inches, link, text_width
from zhuti.reports.facts import ReportFacts


def place_groups(distances: pd.DataFrame, groups: tuple[str, ...]) -> pd.DataFrame:
    """Give groups coordinates whose distances are near those of the table (classical scaling).

    Parameters
    ----------
    distances : DataFrame
        group_a, group_b, distance.
    groups : tuple of str

    Returns
    -------
    DataFrame
        group, x, y; empty for fewer than three groups or without distances.

    References
    ----------
    Torgerson (1952), Multidimensional scaling: I. Theory and method, Psychometrika 17.
    """
    if len(groups) < 3 or distances.empty:
        return pd.DataFrame(columns=["group", "x", "y"])
    number = {group: i for i, group in enumerate(groups)}
    square = np.zeros((len(groups), len(groups)))
    for row in distances.to_dict("records"):
        a, b = number[row["group_a"]], number[row["group_b"]]
        square[a, b] = square[b, a] = float(row["distance"]) ** 2
    square = np.nan_to_num(square, nan=float(np.nanmean(square)))
    centre = np.eye(len(groups)) - 1.0 / len(groups)
    values, vectors = np.linalg.eigh(-0.5 * centre @ square @ centre)
    axes = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0.0))
    axes *= np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)  # the sign is arbitrary: fix it
    return pd.DataFrame({"group": list(groups), "x": axes[:, 0], "y": axes[:, 1]})


def similarity_height(facts: ReportFacts, width: float) -> float:
    """Inches that the map needs."""
    groups = len(facts.places)
    if groups <= 8:
        return width * (0.34 if width > 6 else 0.6)  # few points need no more
    return width * (0.62 if width > 6 else 0.95)


def draw_similarity(facts: ReportFacts, ax: Axes) -> None:
    """Draw each group as a point with its name; near points have a like mix of themes.

    Parameters
    ----------
    facts : ReportFacts
        Its table `places` is drawn.
    ax : Axes
    """
    places = facts.places
    clear(ax)
    width, height = inches(ax)
    size = SMALL if len(places) <= 40 else TINY
    names = [facts.group(str(group)) for group in places["group"]]
    points = _fitted(places, width, height, min(text_width(names, size) + 0.15, width * 0.12))
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    sizes = [(text_width([name], size), size / 72 * 1.25) for name in names]
    spots = _untangled(points, sizes, (width, height))
    for group, name, (x, y), (tx, ty) in zip(places["group"], names, points, spots, strict=True):
        (dot,) = ax.plot([x], [y], "o", color=INK, markersize=4, markeredgecolor=PAPER, markeredgewidth=0.6, zorder=3)
        link(dot, **facts.found(str(group)))
        ax.text(tx, ty, name, fontsize=size, color=INK, ha="center", va="center", zorder=4)


def _fitted(places: pd.DataFrame, width: float, height: float, margin: float) -> NDArray[np.float64]:
    points = places[["x", "y"]].to_numpy(dtype=float)
    span = np.maximum(np.ptp(points, axis=0), 1e-9)
    scale = min((width - 2 * margin) / span[0], (height - 0.6) / span[1])
    middle = (points.max(axis=0) + points.min(axis=0)) / 2
    fitted: NDArray[np.float64] = (points - middle) * scale + np.array([width / 2, height / 2])
    return fitted


def _untangled(
    points: NDArray[np.float64], sizes: list[tuple[float, float]], room: tuple[float, float]
) -> list[tuple[float, float]]:
    """Put each name at the first of eight places round its point, then rings further out, where it hits none.

    A name stays inside the picture: `room` is its width and height.
    """
    taken: list[tuple[float, float, float, float]] = [(x, y, 0.08, 0.08) for x, y in points]
    spots = []
    for (x, y), (wide, high) in zip(points, sizes, strict=True):
        best, least = (x, y + high), float("inf")
        for ring in (1.0, 1.6, 2.4):
            for dx, dy in ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1)):
                spot = (x + dx * (wide / 2 + 0.07) * (ring if dy == 0 else 1), y + dy * (high * 0.75) * ring)
                spot = tuple(
                    min(max(at, long / 2), most - long / 2)
                    for at, long, most in zip(spot, (wide, high), room, strict=True)
                )
                hits = sum(_overlap((*spot, wide, high), other) for other in taken) + 0.001 * (ring - 1)
                if hits < least - 1e-9:
                    best, least = spot, hits
        spots.append(best)
        taken.append((*best, wide, high))
    return spots


def _overlap(a: tuple[Any, ...], b: tuple[Any, ...]) -> float:
    wide = (a[2] + b[2]) / 2 - abs(a[0] - b[0])
    high = (a[3] + b[3]) / 2 - abs(a[1] - b[1])
    return float(max(wide, 0) * max(high, 0))
