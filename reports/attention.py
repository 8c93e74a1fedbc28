"""How widely a group spreads its attention over themes, and how far two groups are apart in it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from zhuti.reports.shares import Shares
from zhuti.reports.sums import Floats

DISTANCES = ("group_a", "group_b", "distance", "low", "high")


def diversity_table(shares: Shares, groups: Sequence[str], *, level: float) -> pd.DataFrame:
    """Shannon diversity of each group's shares, 0 (one theme only) to 1 (all alike).

    Parameters
    ----------
    shares : Shares
    groups : sequence of str
    level : float

    Returns
    -------
    DataFrame
        group, diversity, low, high (divided by the logarithm of the number of themes), effective (the
        number of equally strong themes with that diversity).

    References
    ----------
    Boydstun, Bevan and Thomas (2014), The importance of attention diversity and how to measure it, PSJ 42.
    """
    n_themes = shares.share.shape[1]
    safe = np.maximum(shares.share, np.maximum(shares.error, 1e-6) / 4.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        entropy = -np.nansum(np.where(shares.share > 0, shares.share * np.log(shares.share), 0.0), axis=1)
    entropy[np.isnan(shares.share).any(axis=1)] = np.nan
    slope = -(np.log(safe) + 1.0)
    slope -= slope.mean(axis=1, keepdims=True)  # shares move on the simplex only
    error = np.sqrt(np.maximum(np.einsum("gk,gkl,gl->g", slope, shares.covariance, slope), 0.0))
    width = stats.t.ppf(0.5 + level / 2.0, np.minimum(shares.freedom, 1e9)) * np.maximum(error, 1e-4)
    most = np.log(n_themes)
    return pd.DataFrame(
        {
            "group": list(groups),
            "diversity": entropy / most,
            "low": np.clip((entropy - width) / most, 0.0, 1.0),
            "high": np.clip((entropy + width) / most, 0.0, 1.0),
            "effective": np.exp(entropy),
        }
    )


def distance_table(shares: Shares, groups: Sequence[str], *, level: float) -> pd.DataFrame:
    """Jensen–Shannon distance of all pairs of groups, 0 (same shares) to 1 (no theme in common).

    The bounds use that the distance is nearly a norm: it cannot be off by more than the norm of the error.
    A lower bound of 0 means that the two cannot be told apart.

    Parameters
    ----------
    shares : Shares
    groups : sequence of str
    level : float
        Of each interval by itself.

    Returns
    -------
    DataFrame
        group_a, group_b, distance (square root of the divergence in bits), low, high.

    References
    ----------
    Lin (1991), Divergence measures based on the Shannon entropy; Endres and Schindelin (2003), IEEE TIT 49.
    """
    a, b = np.triu_indices(len(groups), k=1)
    p, q = shares.share[a], shares.share[b]
    middle = (p + q) / 2.0
    divergence = (_information(p, middle) + _information(q, middle)) / 2.0
    distance = np.sqrt(np.clip(divergence, 0.0, 1.0))
    covariance = shares.covariance + shares.written
    width = _largest_error(covariance[a] + covariance[b], middle, level)
    names = np.array(groups, dtype=object)
    columns = [names[a], names[b], distance, np.maximum(distance - width, 0.0), np.minimum(distance + width, 1.0)]
    return pd.DataFrame(dict(zip(DISTANCES, columns, strict=True)))


def _information(p: Floats, middle: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        bits: Floats = np.where(p > 0, p * np.log2(p / middle), np.where(np.isnan(p), np.nan, 0.0)).sum(axis=1)
    return bits


def _largest_error(covariance: Floats, middle: Floats, level: float) -> Floats:
    # The divergence of near shares is the sum of Δ² / (8 ln 2 · middle): a quadratic form in normal errors,
    # here with the chi-square of the same mean and variance (Satterthwaite 1946).
    error = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    scale = 1.0 / np.sqrt(8.0 * np.log(2.0) * np.maximum(middle, error / 2.0 + 1e-9))
    form = covariance * scale[:, :, None] * scale[:, None, :]
    mean = np.trace(form, axis1=1, axis2=2)
    square = np.einsum("gij,gji->g", form, form)
    df = np.maximum(mean**2 / np.maximum(square, 1e-300), 1e-3)
    width: Floats = np.sqrt(mean / df * stats.chi2.ppf(level, df))
    return width
