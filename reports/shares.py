"""Shares of themes with their errors, whichever way they were estimated: on the simplex, never bare."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from zhuti.reports.sums import Flags, Floats


@dataclass(frozen=True)
class Shares:
    """Shares of the policy themes in each group.

    Attributes
    ----------
    share, low, high : arrays of shape (n_groups, n_policy_themes)
        Estimate and bounds of the interval, 0 to 1; shares of a group sum to 1 (NaN in an empty group).
    error : array of shape (n_groups, n_policy_themes)
        Standard error of the unprojected estimate.
    covariance : array of shape (n_groups, n_policy_themes, n_policy_themes)
        Of the estimates within a group; groups are independent.
    freedom : array of shape (n_groups,)
        Degrees of freedom of the interval; infinite for the normal one.
    labels : array of shape (n_groups,)
        Number of sentences labelled by hand.
    thin : bool array of shape (n_groups,)
        True where there are too few labels or sentences to say much; the interval is wide on purpose.
    sentences : array of shape (n_groups,)
        Sentences with a code, as many as would weigh as much with equal weights.
    """

    share: Floats
    low: Floats
    high: Floats
    error: Floats
    covariance: Floats
    freedom: Floats
    labels: Floats
    thin: Flags
    sentences: Floats

    @property
    def written(self) -> Floats:
        """Covariance by what a group might as well have written: of so many sentences with its shares.

        Intervals of shares leave it out, since they speak of the texts at hand. A difference between groups needs
        it: random halves of one text differ in their shares, and say nothing about two groups.

        Returns
        -------
        array of shape (n_groups, n_policy_themes, n_policy_themes)

        References
        ----------
        Cochran (1977), Sampling Techniques, on comparisons between domain means: comparing domains asks whether
        they could come from one population.
        """
        every = np.arange(self.share.shape[1])
        covariance = -self.share[:, :, None] * self.share[:, None, :]
        covariance[:, every, every] += self.share
        of_mean: Floats = covariance / np.maximum(self.sentences, 1.0)[:, None, None]
        return of_mean

    @property
    def error_between(self) -> Floats:
        """Standard error of a share where groups are compared, of shape (n_groups, n_policy_themes)."""
        error: Floats = np.sqrt(self.error**2 + np.diagonal(self.written, axis1=1, axis2=2))
        return error


def project_to_simplex(points: Floats) -> Floats:
    """Return the nearest points whose coordinates are not negative and sum to 1, row by row.

    References
    ----------
    Duchi, Shalev-Shwartz, Singer and Chandra (2008), Efficient projections onto the l1-ball, ICML.

    >>> project_to_simplex(np.array([[0.5, 0.7, -0.1], [0.2, 0.3, 0.5]])).round(3)
    array([[0.4, 0.6, 0. ],
           [0.2, 0.3, 0.5]])
    """
    ordered = -np.sort(-points, axis=1)
    excess = np.cumsum(ordered, axis=1) - 1.0
    rank = np.arange(1, points.shape[1] + 1)
    last = np.maximum((ordered - excess / rank > 0).sum(axis=1), 1)
    shift = excess[np.arange(len(points)), last - 1] / last
    projected: Floats = np.maximum(points - shift[:, None], 0.0)
    return projected


def bounded_shares(
    share: Floats,
    covariance: Floats,
    freedom: Floats,
    *,
    labels: Floats,
    thin: Flags,
    size: Floats,
    level: float,
    sentences: Floats | None = None,
) -> Shares:
    """Turn estimates and their covariance into shares on the simplex with intervals inside [0, 1].

    Parameters
    ----------
    share : array of shape (n_groups, n_policy_themes)
    covariance : array of shape (n_groups, n_policy_themes, n_policy_themes)
    freedom, labels, thin, size : arrays of shape (n_groups,)
        `size` is the number of sentences, which keeps a known share from an interval of zero width.
    level : float
    sentences : array of shape (n_groups,), optional
        Sentences with a code, by default all.
    """
    quantile = np.asarray(stats.t.ppf(0.5 + level / 2.0, np.where(np.isfinite(freedom), freedom, 1e9)))[:, None]
    variance = np.diagonal(covariance, axis1=1, axis2=2)
    least = 0.5 / np.maximum(size, 1.0)[:, None] / quantile
    error = np.maximum(np.sqrt(np.maximum(variance, 0.0)), least)
    projected = project_to_simplex(share)
    projected[projected < 1e-12] = 0.0
    # An estimate outside the simplex keeps at least half of its interval's arm inside.
    arm = quantile * error
    low = np.clip(np.minimum(share - arm, projected - arm / 2.0), 0.0, 1.0)
    high = np.clip(np.maximum(share + arm, projected + arm / 2.0), 0.0, 1.0)
    empty = size == 0
    for values in (projected, low, high, error):
        values[empty] = np.nan
    kept = size if sentences is None else sentences
    return Shares(projected, low, high, error, covariance, freedom, labels, thin | empty, kept)
