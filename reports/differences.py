"""Differences of all pairs of groups, and ranks, with intervals that hold for all of them at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from zhuti.reports.sums import Floats

# Differences to simulate for each quantile, pairs times draws, and the fewest and most draws.
WORK, FEWEST, MOST = 20_000_000, 1_000, 10_000
# With more groups Tukey and Kramer's quantile takes the place of the simulated one.
MOST_SIMULATED = 300


@dataclass(frozen=True)
class PairFamily:
    """The largest standardised difference over all pairs of groups and all themes, when there is no difference.

    Attributes
    ----------
    themes : int
        Themes that are tested together; their families are joined by Šidák's inequality, which holds whatever
        their correlation. Two themes mirror each other and count as one.
    freedom : float
        Degrees of freedom: of the one pair, or the smallest where there are many groups.
    groups : int
    largest : array, optional
        Sorted draws of the largest standardised difference of one theme.

    References
    ----------
    Tukey (1953), The problem of multiple comparisons; Games and Howell (1976) for unequal variances;
    Hayter (1984) for Tukey and Kramer's method; Šidák (1967), JASA 62.
    Hothorn, Bretz and Westfall (2008), Simultaneous inference in general parametric models (max-t).
    """

    themes: int
    groups: int
    freedom: float
    largest: Floats | None = None

    @classmethod
    def of(cls, error: Floats, freedom: Floats, *, themes: int, random_state: int) -> "PairFamily":
        """Make the family of one theme.

        Parameters
        ----------
        error, freedom : arrays of shape (n_groups,)
            Standard errors and degrees of freedom of independent estimates; groups with a NaN error are left out.
        themes : int
        random_state : int
        """
        known = np.isfinite(error)
        scale, df = error[known], freedom[known]
        together = themes if themes > 2 else 1
        if len(scale) == 2:
            return cls(together, 2, float(welch_freedom(scale[:1], scale[1:], df[:1], df[1:])[0]))
        least = float(df.min()) if len(df) else np.inf
        if not 2 < len(scale) <= MOST_SIMULATED:
            return cls(together, len(scale), least)
        return cls(together, len(scale), least, _largest(scale, df, random_state))

    def quantile(self, level: float) -> float:
        """Return how many standard errors wide an interval of the family is on either side.

        >>> family = PairFamily.of(np.array([0.1, 0.1]), np.array([np.inf, np.inf]), themes=1, random_state=0)
        >>> round(family.quantile(0.95), 2)
        1.96
        """
        single = level ** (1.0 / self.themes)
        if self.groups < 2:
            return float("nan")
        df = min(self.freedom, 1e6)
        if self.groups == 2:
            return float(stats.t.ppf(0.5 + single / 2.0, df))
        if self.largest is None:
            return float(stats.studentized_range.ppf(single, self.groups, df) / np.sqrt(2.0))
        return float(np.quantile(self.largest, single))

    def p_value(self, statistic: Floats) -> Floats:
        """Return the chance of so large a standardised difference anywhere in the family, when there is none."""
        size = np.abs(statistic)
        if self.largest is not None:
            beyond = len(self.largest) - np.searchsorted(self.largest, size, side="left")
            single = (beyond + 1.0) / (len(self.largest) + 1.0)
        elif self.groups == 2:
            single = 2.0 * stats.t.sf(size, min(self.freedom, 1e6))
        else:
            single = stats.studentized_range.sf(size * np.sqrt(2.0), max(self.groups, 2), min(self.freedom, 1e6))
        p: Floats = np.where(np.isnan(size), np.nan, 1.0 - (1.0 - np.minimum(single, 1.0)) ** self.themes)
        return p


def rank_intervals(share: Floats, error: Floats, quantile: float) -> tuple[NDArray[np.intp], ...]:
    """Rank groups from the largest share, with the ranks that cannot be ruled out.

    The lowest possible rank number of a group is one more than the number of groups that are surely larger.

    Parameters
    ----------
    share, error : arrays of shape (n_groups,)
        A group with a NaN share comes last and may have any rank.
    quantile : float
        Of the family of all pairs.

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


def welch_freedom(error_a: Floats, error_b: Floats, freedom_a: Floats, freedom_b: Floats) -> Floats:
    """Degrees of freedom of the difference of two estimates with unequal variances; at most a million.

    References
    ----------
    Welch (1947), The generalization of Student's problem, Biometrika 34.

    >>> one, ten = np.array([1.0]), np.array([10.0])
    >>> welch_freedom(one, one, ten, ten)
    array([20.])
    """
    a, b = error_a**2, error_b**2
    df: Floats = (a + b) ** 2 / np.maximum(a**2 / freedom_a + b**2 / freedom_b, 1e-300)
    return np.minimum(df, 1e6)


def _largest(scale: Floats, df: Floats, random_state: int) -> Floats:
    n_groups = len(scale)
    rng = np.random.default_rng(random_state)
    draws = int(np.clip(WORK // (n_groups * (n_groups - 1) // 2), FEWEST, MOST))
    noise = rng.standard_normal((draws, n_groups))
    finite = np.isfinite(df)
    if finite.any():
        noise[:, finite] /= np.sqrt(rng.chisquare(df[finite], (draws, int(finite.sum()))) / df[finite])
    # A group a row, in single precision: twice as fast, and far finer than the draws.
    rows = np.ascontiguousarray((noise * scale).T, dtype=np.float32)
    size = scale.astype(np.float32)
    largest = np.zeros(draws, dtype=np.float32)
    for group in range(n_groups - 1):
        gap = np.abs(rows[group + 1 :] - rows[group])
        gap /= np.hypot(size[group], size[group + 1 :])[:, None]
        np.maximum(largest, gap.max(axis=0), out=largest)
    largest.sort()
    return largest.astype(float)
