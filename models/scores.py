"""Precision, recall, F1 and accuracy from counts of true and predicted themes."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def count_confusion(truth: Any, predicted: Any, themes: Sequence[str]) -> NDArray[np.int64]:
    """Return the counts of true theme (row) by predicted theme (column)."""
    place = {theme: number for number, theme in enumerate(themes)}
    counts = np.zeros((len(themes), len(themes)), dtype=np.int64)
    rows, columns = [place[theme] for theme in truth], [place[theme] for theme in predicted]
    np.add.at(counts, (rows, columns), 1)
    return counts


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
