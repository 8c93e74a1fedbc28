"""The sequence of themes in a document: which theme follows which, and what that says of each sentence."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def find_runs(documents: Sequence[str] | NDArray[np.object_] | None, n: int) -> list[tuple[int, int]]:
    """Return (first, end) of each run of rows with the same document; every row alone without documents."""
    if documents is None:
        return [(row, row + 1) for row in range(n)]
    names = np.asarray(documents, dtype=object)
    cuts = [0, *(np.flatnonzero(names[1:] != names[:-1]) + 1).tolist(), n]
    return list(pairwise(cuts)) if n else []


def learn_lift(themes: NDArray[np.int64], runs: list[tuple[int, int]], n_themes: int) -> Floats:
    """Return how much more often than by chance each theme (row) is followed by each other (column).

    One is added to every count, so that a pair never seen is rare, not impossible.
    """
    counts = np.ones((n_themes, n_themes))
    for first, end in runs:
        np.add.at(counts, (themes[first : end - 1], themes[first + 1 : end]), 1)
    joint = counts / counts.sum()
    lift: Floats = joint / joint.sum(axis=1, keepdims=True) / joint.sum(axis=0, keepdims=True)
    return lift


def smooth_sequence(probabilities: Floats, runs: list[tuple[int, int]], lift: Floats, power: float) -> Floats:
    """Return the probabilities of the themes given the whole document: one pass forward, one backward.

    Parameters
    ----------
    probabilities : array, shape (n_sentences, n_themes)
        What each sentence says by itself.
    runs : list of (first, end)
        The rows of each document, in reading order.
    lift : array, shape (n_themes, n_themes)
    power : float
        Weight of the sequence: 0 leaves the probabilities as they are.

    Returns
    -------
    array, shape (n_sentences, n_themes)
        Rows sum to one.

    Notes
    -----
    Documents are walked side by side, the longest first, so that the loop is as long as the longest document.
    """
    if power == 0 or not len(probabilities):
        return probabilities
    runs = sorted((run for run in runs if run[1] - run[0] > 1), key=lambda run: run[0] - run[1])
    firsts = np.array([first for first, _ in runs], dtype=np.int64)
    lengths = np.array([end - first for first, end in runs], dtype=np.int64)
    raised = lift**power
    forward, backward = probabilities.copy(), np.ones_like(probabilities)
    for place in range(1, int(lengths.max(initial=0))):
        rows = firsts[: np.searchsorted(-lengths, -place)] + place
        forward[rows] = _normal(probabilities[rows] * (forward[rows - 1] @ raised))
        rows = (firsts + lengths)[: len(rows)] - 1 - place
        backward[rows] = _normal((probabilities[rows + 1] * backward[rows + 1]) @ raised.T)
    return _normal(forward * backward)


def _normal(values: Floats) -> Floats:
    normal: Floats = values / values.sum(axis=1, keepdims=True)
    return normal
