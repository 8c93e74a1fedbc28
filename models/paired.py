"""Compare classifiers on the same sentences, pair by pair, by exchanging their answers document by document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zhuti.models.scores import score_confusion

Doubles = NDArray[np.float64]

# With fewer documents no exchange is rarer than 1 in 16, so that nothing could ever be told apart.
LEAST_GROUPS = 6
# Exchanges: all there are up to so many, else so many by chance, fewer where there are very many documents.
EXCHANGES, LEAST_EXCHANGES, WORK = 9_999, 999, 50_000_000
# Exchanges know the chance of which documents were tested, not that of which were learned from; with it, equal
# classifiers differ by up to a tenth more (benchmarks/validity/v7.py), so a difference counts by so much less.
TRAINING = 1.1
_CHUNK = 500

COLUMNS = (
    "classifier", "best", "difference", "low", "high", "p_value", "p_holm", "exchanged", "verdict",
)  # fmt: skip


@dataclass(frozen=True)
class PairedDifference:
    """How far one classifier lies below another, and how sure that is.

    Attributes
    ----------
    difference : float
        Macro-F1 of the second less that of the first.
    low, high : float
        Interval of the difference; it holds 0 just where `p_value` is above 1 − level.
    p_value : float
        Part of the exchanges that make a difference as large. NaN, as the bounds are, below six documents.
    exchanged : int
        Documents on which the two differ at all.
    """

    difference: float
    low: float
    high: float
    p_value: float
    exchanged: int


def compare_paired(
    first: NDArray[np.int64], second: NDArray[np.int64], *, level: float = 0.95, random_state: int = 0
) -> PairedDifference:
    """Compare the macro-F1 of two classifiers on the same documents.

    If two classifiers are equally good, it is chance which of them gave which answers on a document. So the
    answers on whole documents are exchanged, and the observed difference is held against those that arise; each
    document's part in the difference is taken from the gradient of macro-F1 at the mean of the two confusions,
    which no exchange changes.
    The interval holds all differences that the same test does not rule out.

    Parameters
    ----------
    first, second : arrays of int, shape (n_documents, n_themes, n_themes)
        Confusion of each classifier in each document, true themes being rows.
    level : float
    random_state : int

    Warnings
    --------
    Exchanging takes the two trained classifiers as given. What another training corpus would change is allowed for
    by a factor that was measured, `TRAINING`: with it, equal classifiers trained on ever new corpora are told apart
    in at most 6 % of runs. It was measured for cross-validation with about five folds.

    References
    ----------
    Fisher (1935), The Design of Experiments. Yeh (2000), More accurate tests for the statistical significance of
    result differences, COLING: exchanging answers to test F1. Nadeau and Bengio (2003), Inference for the
    generalization error, Machine Learning 52: the corrected t-test, which keeps to 1 to 3 % and finds half as much.

    Examples
    --------
    >>> good, poor = np.array([[9, 1], [1, 9]]), np.array([[7, 3], [3, 7]])
    >>> found = compare_paired(np.stack([poor] * 8), np.stack([good] * 8))
    >>> round(found.difference, 2), round(found.p_value, 3), found.exchanged
    (0.2, 0.008, 8)
    """
    observed = _macro(second) - _macro(first)
    exchanged = int((np.abs(second - first).sum(axis=(1, 2)) > 0).sum())
    if len(first) < LEAST_GROUPS:
        return PairedDifference(observed, np.nan, np.nan, np.nan, exchanged)
    parts = document_parts(first, second)
    parts *= observed / parts.sum() if abs(parts.sum()) > 1e-12 else 1.0
    weights = first.sum(axis=(1, 2)) / first.sum()
    moved, share = _exchange(np.column_stack([parts, weights]), random_state)

    def p_of(difference: float) -> float:
        drawn, found = np.abs(moved - difference * share), abs(parts.sum() - difference) / TRAINING
        return float((drawn >= found - 1e-9).mean())

    low, high = (_last_kept(p_of, observed, end, 1 - level) for end in (-1.0, 1.0))
    return PairedDifference(observed, low, high, p_of(0.0), exchanged)


def _macro(counts: NDArray[np.int64]) -> float:
    return float(score_confusion(counts.sum(axis=0))["macro_f1"])


def document_parts(first: NDArray[np.int64], second: NDArray[np.int64]) -> Doubles:
    """Return what each document adds to the difference in macro-F1, to first order; 0 where answers are alike."""
    mean = (first.sum(axis=0) + second.sum(axis=0)) / 2
    hits, size = np.diagonal(mean), np.maximum(mean.sum(axis=0) + mean.sum(axis=1), 1e-12)
    gaps = (second - first).astype(float)
    by_hits = np.diagonal(gaps, axis1=1, axis2=2) * (2 / size)
    by_size = gaps.sum(axis=1) * (2 * hits / size**2)
    occurs = mean.sum(axis=0) + mean.sum(axis=1) > 0
    parts: Doubles = (by_hits - by_size)[:, occurs].sum(axis=1) / occurs.sum()
    return parts


def _exchange(columns: Doubles, random_state: int) -> Doubles:
    """Return the sums of the columns with the signs of some documents changed, shape (n_columns, n_exchanges).

    The first exchange changes none.
    """
    n = len(columns)
    if 2**n <= EXCHANGES + 1:
        swaps = (np.arange(2**n)[:, None] >> np.arange(n) & 1).astype(float)
        return np.asarray((1 - 2 * swaps) @ columns).T
    rng = np.random.default_rng(random_state)
    draws = int(np.clip(WORK // n, LEAST_EXCHANGES, EXCHANGES))
    found = [columns.sum(axis=0)[None]]
    for first in range(0, draws, _CHUNK):
        signs = 1 - 2 * rng.integers(0, 2, (min(_CHUNK, draws - first), n), dtype=np.int8)
        found.append(signs.astype(float) @ columns)
    return np.concatenate(found).T


def _last_kept(p_of: Callable[[float], float], inside: float, end: float, rate: float) -> float:
    """Return the difference farthest from `inside` towards `end` that the test does not rule out, by halving."""
    if p_of(end) > rate:
        return end
    outside = end
    for _ in range(40):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if p_of(middle) > rate else (inside, middle)
    return inside


def holm(p_values: Doubles) -> Doubles:
    """Return p-values that keep the chance of any false alarm among them at the level; NaN stays NaN.

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6.

    >>> holm(np.array([0.01, 0.04, 0.03])).round(2)
    array([0.03, 0.06, 0.06])
    """
    adjusted = np.full(len(p_values), np.nan)
    known = np.flatnonzero(~np.isnan(p_values))
    order = known[np.argsort(p_values[known], kind="stable")]
    steps = p_values[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted


def compare_with_best(
    counts: Mapping[str, NDArray[np.int64]], *, level: float = 0.95, random_state: int = 0
) -> pd.DataFrame:
    """Compare every classifier with the one of the highest macro-F1.

    Parameters
    ----------
    counts : mapping of str to array of int, shape (n_documents, n_themes, n_themes)
        Confusion of each classifier in each document, the documents in the same order.
    level : float
    random_state : int

    Returns
    -------
    DataFrame
        `COLUMNS`, a row for each classifier but the best. `difference` is macro-F1 of the best less that of the
        classifier, with the interval of this pair alone; `p_holm` is corrected for all pairs, because the same
        data chose the best; `verdict` goes by it: `worse` or `cannot tell`.
    """
    names = list(counts)
    macro = {name: _macro(found) for name, found in counts.items()}
    best = max(names, key=lambda name: macro[name]) if names else ""
    pairs = [pair if pair[1] == best else pair[::-1] if pair[0] == best else pair for pair in combinations(names, 2)]
    found = [compare_paired(counts[a], counts[b], level=level, random_state=random_state) for a, b in pairs]
    adjusted = holm(np.array([one.p_value for one in found]))
    rows = [
        (a, b, one.difference, one.low, one.high, one.p_value, p, one.exchanged,
         "worse" if p <= 1 - level + 1e-12 else "cannot tell")
        for (a, b), one, p in zip(pairs, found, adjusted, strict=True)
        if b == best
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))
