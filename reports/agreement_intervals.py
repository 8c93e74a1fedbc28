"""Intervals of measures of agreement, by resampling sentences."""

from collections.abc import Callable

import numpy as np
from scipy import stats

from zhuti.reports.sums import Floats, Ints

BOOTSTRAPS = 999
Score = Callable[[Ints, int, Floats | None], Floats]


def interval(score: Score, values: Ints, n_codes: int, *, level: float, random_state: int) -> tuple[float, float]:
    """Return the bounds of a score: bootstrapped on the scale log(1 - score), where its error is nearly even.

    Where coders agree throughout, the upper bound is 1 and the lower one is what three disagreements in as many
    sentences would give (the rule of three, for the level at hand).

    Parameters
    ----------
    score : callable
        Takes values, n_codes and weights of units.
    values : int array of shape (n_units, n_coders)
    n_codes : int
    level : float
    random_state : int
    """
    n_units = len(values)
    here = float(score(values, n_codes, None)[0])
    if not np.isfinite(here):
        return float("nan"), float("nan")
    unseen = -np.log((1.0 - level) / 2.0)
    if here >= 1.0 - 1e-12:
        return max(1.0 - unseen / n_units * _gain(score, values, n_codes), -1.0), 1.0
    rng = np.random.default_rng(random_state)
    weight = rng.multinomial(n_units, np.full(n_units, 1.0 / n_units), BOOTSTRAPS).astype(float)
    drawn = score(values, n_codes, weight)
    drawn = np.log(np.maximum(1.0 - drawn[np.isfinite(drawn)], 0.25 / n_units))
    error = drawn.std(ddof=1)
    width = stats.norm.ppf(0.5 + level / 2.0) * error
    middle = np.log(1.0 - here)
    return max(float(1.0 - np.exp(middle + width)), -1.0), float(1.0 - np.exp(middle - width))


def _gain(score: Score, values: Ints, n_codes: int) -> float:
    # How much one unit on which two coders differ takes from a perfect score, times the number of units.
    spoilt = values.copy()
    row = int(np.flatnonzero((values >= 0).sum(axis=1) >= 2)[0])
    coder = int(np.flatnonzero(values[row] >= 0)[0])
    spoilt[row, coder] = (spoilt[row, coder] + 1) % n_codes
    there = float(score(spoilt, n_codes, None)[0])
    return (1.0 - there) * len(values) if np.isfinite(there) else 1.0
