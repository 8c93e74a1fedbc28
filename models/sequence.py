"""The sequence of codes in a document: which one follows which, and what that says of each sentence."""

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


def count_pairs(codes: NDArray[np.int64], runs: list[tuple[int, int]], n_codes: int) -> Floats:
    """Count how often each code (row) is followed by each other (column) in a run; -1 is no code."""
    counts = np.zeros((n_codes, n_codes))
    for first, end in runs:
        before, after = codes[first : end - 1], codes[first + 1 : end]
        known = (before >= 0) & (after >= 0)
        np.add.at(counts, (before[known], after[known]), 1)
    return counts


def learn_lift(counts: Floats, *, prior: Floats | float = 1.0, strength: float = 1.0) -> Floats:
    """Return how much more often than by chance each code (row) comes with each other (column).

    Parameters
    ----------
    counts : array, shape (n_rows, n_columns)
    prior : array of the same shape, or float
        The lift that is expected of a pair before it is counted.
    strength : float
        How many expected pairs the prior is worth; it keeps pairs that were never seen rare, not impossible.
    """
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0, keepdims=True) / max(counts.sum(), 1.0)
    lift: Floats = (counts + strength * np.asarray(prior)) / (expected + strength)
    return lift


def smooth_sequence(probabilities: Floats, runs: list[tuple[int, int]], lift: Floats, power: float) -> Floats:
    """Return the probabilities of the codes given the whole document: one pass forward, one backward.

    Parameters
    ----------
    probabilities : array, shape (n_sentences, n_codes)
        What each sentence says by itself; none is 0 in a whole row.
    runs : list of (first, end)
        The rows of each document, in reading order.
    lift : array, shape (n_codes, n_codes)
    power : float
        Weight of the sequence: 0 leaves the probabilities as they are.

    Returns
    -------
    array, shape (n_sentences, n_codes)
        Rows sum to one.

    Notes
    -----
    Documents are walked side by side, the longest first, so that the loop is as long as the longest document.

    References
    ----------
    Rabiner (1989), A tutorial on hidden Markov models and selected applications in speech recognition.
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
