"""Test whether the classifier errs in the same way in every group."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from zhuti.reports.audited import AuditSample
from zhuti.reports.sums import Floats, Ints

EXCHANGES = 999
COLUMNS = ("theme", "labels", "statistic", "p_value", "verdict")


def homogeneity_table(sample: AuditSample, themes: Sequence[str], *, level: float, random_state: int) -> pd.DataFrame:
    """Test, for sentences of each true theme and for all, whether predictions are alike in all groups.

    Among sentences of one true theme the groups' mean probabilities are compared; groups are exchanged among
    the sentences of that theme (with unequal inclusion probabilities, deviations change sign instead). The
    outcome changes no interval: those hold either way.

    Parameters
    ----------
    sample : AuditSample
    themes : sequence of str
    level : float
        1 minus the rate of false alarms.
    random_state : int

    Returns
    -------
    DataFrame
        theme (empty for all together), labels, statistic (variance between groups over that expected, 1 where
        groups are alike), p_value, verdict (`differs`, `cannot tell`).

    References
    ----------
    Anderson (2001), A new method for non-parametric multivariate analysis of variance, Austral Ecology 26.
    """
    if not len(sample.label):
        return pd.DataFrame(columns=list(COLUMNS))
    rng = np.random.default_rng(random_state)
    equal = _equally_likely(sample)
    between = np.zeros((len(themes), EXCHANGES + 1))
    for k in range(len(themes)):
        rows = np.flatnonzero(sample.label == k)
        if len(np.unique(sample.group[rows])) > 1:
            between[k] = _draws(sample, rows, rng, equal=equal)
    rows_of = [("", len(sample.label), between.sum(axis=0))]
    rows_of += [(theme, int((sample.label == k).sum()), between[k]) for k, theme in enumerate(themes)]
    return pd.DataFrame([_row(*row, level=level) for row in rows_of], columns=list(COLUMNS))


def _row(theme: str, labels: int, draws: Floats, *, level: float) -> tuple[str, int, float, float, str]:
    usual = float(draws[1:].mean())
    if usual <= 0:
        return theme, labels, np.nan, np.nan, "cannot tell"
    p_value = float((draws >= draws[0] - 1e-12).mean())
    return theme, labels, float(draws[0]) / usual, p_value, "differs" if p_value <= 1.0 - level else "cannot tell"


def _equally_likely(sample: AuditSample) -> bool:
    high = pd.Series(sample.inclusion).groupby(sample.group).agg(["min", "max"])
    return bool((high["max"] - high["min"] <= 0.01 * high["max"]).all())


def _between(values: Floats, weight: Floats, starts: Ints) -> Floats:
    # Rows are sorted by group: weight times squared mean, summed over groups and themes, a draw a row.
    total = np.add.reduceat(weight, starts)
    sums = np.add.reduceat(values * weight[None, :, None], starts, axis=1)
    between: Floats = (sums**2 / total[None, :, None]).sum(axis=(1, 2))
    return between


def _draws(sample: AuditSample, rows: Ints, rng: np.random.Generator, *, equal: bool) -> Floats:
    rows = rows[np.argsort(sample.group[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(sample.group[rows], prepend=-1))
    weight = np.ones(len(rows)) if equal else 1.0 / sample.inclusion[rows]
    mean = (weight[:, None] * sample.probability[rows]).sum(axis=0) / weight.sum()
    centred = sample.probability[rows] - mean
    found = [_between(centred[None], weight, starts)]
    step = max(1, int(2e6 / centred.size))
    for start in range(0, EXCHANGES, step):
        shape = (min(step, EXCHANGES - start), len(rows))
        if equal:
            drawn = centred[rng.random(shape).argsort(axis=1)]
        else:
            drawn = rng.choice([-1.0, 1.0], shape)[:, :, None] * centred
            drawn -= (drawn * weight[None, :, None]).sum(axis=1, keepdims=True) / weight.sum()
        found.append(_between(drawn, weight, starts))
    return np.concatenate(found)
