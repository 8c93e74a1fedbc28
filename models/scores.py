"""Precision, recall, F1 and accuracy from counts of true and predicted themes, with intervals over documents."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
# Fewer documents drawn anew say nothing of documents not seen: no interval.
LEAST_GROUPS = 5


def count_confusion(truth: Any, predicted: Any, themes: Sequence[str]) -> NDArray[np.int64]:
    """Return the counts of true theme (row) by predicted theme (column)."""
    place = {theme: number for number, theme in enumerate(themes)}
    counts = np.zeros((len(themes), len(themes)), dtype=np.int64)
    rows, columns = [place[theme] for theme in truth], [place[theme] for theme in predicted]
    np.add.at(counts, (rows, columns), 1)
    return counts


def count_errors(documents: Any, truth: Any, predicted: Any, themes: Sequence[str]) -> dict[str, Any]:
    """Return how predictions err, in plain numbers as a card holds them.

    Parameters
    ----------
    documents, truth, predicted : sequences of str, one a sentence
    themes : sequence of str
        The order of rows, columns and counts.

    Returns
    -------
    dict
        confusion (truth in rows), and document_counts: for each document the counts of sentences by true and by
        predicted theme.

    >>> count_errors(["d", "d"], ["b", "a"], ["a", "a"], ["a", "b"])
    {'confusion': [[1, 0], [1, 0]], 'document_counts': {'d': {'truth': [1, 1], 'predicted': [2, 0]}}}
    """
    place = {theme: number for number, theme in enumerate(themes)}
    counts: dict[str, dict[str, list[int]]] = {}
    for document, *codes in zip(documents, truth, predicted, strict=True):
        nothing: dict[str, list[int]] = {side: [0] * len(themes) for side in ("truth", "predicted")}
        found = counts.setdefault(str(document), nothing)
        for side, code in zip(("truth", "predicted"), codes, strict=True):
            found[side][place[code]] += 1
    return {"confusion": count_confusion(truth, predicted, themes).tolist(), "document_counts": counts}


def score_themes(confusion: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return precision, recall and F1 of each theme; 0 where nothing was predicted or nothing is true.

    Parameters
    ----------
    confusion : array, shape (…, n_themes, n_themes)
        True themes are rows.
    """
    hits = np.diagonal(confusion, axis1=-2, axis2=-1).astype(float)
    predicted, true = confusion.sum(axis=-2), confusion.sum(axis=-1)
    precision, recall = hits / np.maximum(predicted, 1), hits / np.maximum(true, 1)
    return precision, recall, 2 * hits / np.maximum(predicted + true, 1)


def score_confusion(confusion: NDArray[Any]) -> dict[str, Any]:
    """Return accuracy, macro-F1 (over the themes that occur) and Cohen's kappa.

    Parameters
    ----------
    confusion : array, shape (…, n_themes, n_themes)
        True themes are rows; leading axes are kept, for resampled counts.
    """
    total = np.maximum(confusion.sum(axis=(-2, -1)), 1)
    accuracy = np.trace(confusion, axis1=-2, axis2=-1) / total
    occurs = confusion.sum(axis=-1) + confusion.sum(axis=-2) > 0
    macro = np.where(occurs, score_themes(confusion)[2], 0).sum(axis=-1) / np.maximum(occurs.sum(axis=-1), 1)
    chance = (confusion.sum(axis=-1) * confusion.sum(axis=-2)).sum(axis=-1) / total**2
    kappa = (accuracy - chance) / np.maximum(1 - chance, 1e-12)
    values = {"accuracy": accuracy, "macro_f1": macro, "kappa": kappa}
    return {name: float(value) if np.ndim(value) == 0 else value for name, value in values.items()}


def count_by_group(groups: NDArray[np.int64], truth: Any, predicted: Any, themes: Sequence[str]) -> NDArray[np.int64]:
    """Return the confusion of each group, shape (n_groups, n_themes, n_themes); groups are 0 … n_groups − 1."""
    place = {theme: number for number, theme in enumerate(themes)}
    counts = np.zeros((int(groups.max()) + 1, len(themes), len(themes)), dtype=np.int64)
    rows, columns = (np.array([place[theme] for theme in found]) for found in (truth, predicted))
    np.add.at(counts, (groups, rows, columns), 1)
    return counts


def draw_groups(counts: NDArray[Any], random_state: int) -> NDArray[Any]:
    """Return sums over as many groups drawn with replacement, `DRAWS` times: the bootstrap by whole documents.

    Parameters
    ----------
    counts : array, shape (n_groups, …)
    random_state : int

    Returns
    -------
    array, shape (DRAWS, …)

    References
    ----------
    Davison and Hinkley (1997), Bootstrap Methods and their Application, section 3.8: units within clusters.
    """
    random = np.random.default_rng(random_state)
    times = random.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=DRAWS)
    drawn: NDArray[Any] = np.tensordot(times, counts, axes=1)
    return drawn


def tail_bounds(drawn: NDArray[Any], level: float, n_groups: int) -> NDArray[np.float64]:
    """Return the lower and upper bound of drawn values, shape (2, …); NaN with fewer than five groups."""
    bounds: NDArray[np.float64] = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return bounds if n_groups >= LEAST_GROUPS else np.full_like(bounds, np.nan)
