"""Test whether the classifier errs in the same way in every group."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from zhuti.reports.audit_sample import AuditSample
from zhuti.reports.sums import Floats, Ints

EXCHANGES = 999
COLUMNS = ("theme", "labels", "statistic", "p_value", "verdict")


def homogeneity_table(sample: AuditSample, themes: Sequence[str], *, level: float, random_state: int) -> pd.DataFrame:
    """Test, for sentences of each true theme and for all, whether predictions are alike in all groups.

    Among sentences of one true theme the groups' mean probabilities are compared; groups are exchanged among
    the sentences of that theme. Labels are exchangeable between groups where each sentence of a group was as likely
    to be chosen; with unequal inclusion probabilities they are not, and deviations change sign instead, which finds
    fewer differences. A theme is named only where all together differ, and its p-value allows for the other themes
    (Bonferroni), so that no theme at all is named in 95 of 100 audits where errors are alike. The outcome changes no
    interval: those hold either way.

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
        groups are alike), p_value (of a theme: corrected for all, and no smaller than that of all together), verdict
        (`differs`, `cannot tell`).

    References
    ----------
    Anderson (2001), A new method for non-parametric multivariate analysis of variance, Austral Ecology 26.
    Dunn (1961), Multiple comparisons among means, JASA 56 (Bonferroni's inequality).
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
    statistic, p_value = np.array([_tested(draws) for draws in (between.sum(axis=0), *between)]).T
    corrected = np.minimum(p_value[1:] * np.isfinite(p_value[1:]).sum(), 1.0)
    p_value[1:] = np.maximum(corrected, p_value[0])
    return pd.DataFrame(
        {
            "theme": ["", *themes],
            "labels": [len(sample.label), *np.bincount(sample.label, minlength=len(themes))],
            "statistic": statistic,
            "p_value": p_value,
            "verdict": np.where(p_value <= 1.0 - level, "differs", "cannot tell"),
        }
    )


def _tested(draws: Floats) -> tuple[float, float]:
    usual = float(draws[1:].mean())
    if usual <= 0:
        return np.nan, np.nan
    return float(draws[0]) / usual, float((draws >= draws[0] - 1e-12).mean())


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
