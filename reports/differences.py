"""Differences of all pairs of groups, and ranks, with intervals that hold for all of them at once."""

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from zhuti.reports.sums import Floats

# Draws of the largest standardised difference; its quantile is then known to about 1 %.
DRAWS = 4000


def simultaneous_quantile(error: Floats, freedom: Floats, *, level: float, random_state: int) -> float:
    """Return the quantile of the largest standardised difference over all pairs of independent estimates.

    Parameters
    ----------
    error, freedom : arrays of shape (n_groups,)
        Standard errors and degrees of freedom; groups with a NaN error are left out.
    level : float
        Family-wise coverage over all pairs.
    random_state : int

    References
    ----------
    Tukey (1953), The problem of multiple comparisons; Games and Howell (1976) for unequal variances.
    Hothorn, Bretz and Westfall (2008), Simultaneous inference in general parametric models (max-t).
    """
    known = np.isfinite(error)
    scale, df = error[known], freedom[known]
    n_groups = len(scale)
    if n_groups < 2:
        return float("nan")
    if n_groups == 2:
        return float(stats.t.ppf(0.5 + level / 2, _welch(scale, df)[0, 1]))
    rng = np.random.default_rng(random_state)
    draws = DRAWS if n_groups <= 300 else 400
    noise = rng.standard_normal((draws, n_groups))
    finite = np.isfinite(df)
    if finite.any():
        noise[:, finite] /= np.sqrt(rng.chisquare(df[finite], (draws, int(finite.sum()))) / df[finite])
    noise *= scale
    largest = np.zeros(draws)
    for group in range(n_groups - 1):
        gap = np.abs(noise[:, [group]] - noise[:, group + 1 :]) / np.hypot(scale[group], scale[group + 1 :])
        np.maximum(largest, gap.max(axis=1), out=largest)
    return float(np.quantile(largest, level))


def rank_intervals(share: Floats, error: Floats, quantile: float) -> tuple[NDArray[np.intp], ...]:
    """Rank groups from the largest share, with the ranks that cannot be ruled out.

    The lowest possible rank number of a group is one more than the number of groups that are surely larger.

    Returns
    -------
    rank, low, high : int arrays of shape (n_groups,)
        1 for the largest share.

    References
    ----------
    Klein, Wright and Wieczorek (2020), A joint confidence region for an overall ranking of populations, JRSS C.
    Mogstad, Romano, Shaikh and Wilhelm (2024), Inference for ranks, Review of Economic Studies.

    >>> rank, low, high = rank_intervals(np.array([0.5, 0.3, 0.29]), np.array([0.01, 0.01, 0.01]), 2.4)
    >>> rank.tolist(), low.tolist(), high.tolist()
    ([1, 2, 3], [1, 2, 2], [1, 3, 3])
    """
    order = np.argsort(-share, kind="stable")
    rank = np.empty(len(share), dtype=np.intp)
    rank[order] = np.arange(1, len(share) + 1)
    low = np.empty_like(rank)
    high = np.empty_like(rank)
    for group in range(len(share)):
        margin = quantile * np.hypot(error[group], error)
        margin[group] = np.inf
        gap = share - share[group]
        low[group] = 1 + int((gap > margin).sum())
        high[group] = len(share) - int((-gap > margin).sum())
    return rank, np.minimum(low, rank), np.maximum(high, rank)


def _welch(error: Floats, freedom: Floats) -> Floats:
    square = error**2
    total = square[:, None] + square[None, :]
    spread = square**2 / freedom
    with np.errstate(divide="ignore"):
        df: Floats = total**2 / (spread[:, None] + spread[None, :])
    return df
