"""Divide a group's sentences by predicted theme, and labels among the parts."""

from dataclasses import dataclass

import numpy as np

from zhuti.reports.audited import error_factor, linearised
from zhuti.reports.evidence import Evidence
from zhuti.reports.sums import Floats, sum_by

# Labels at least of each predicted theme of a group, so that no kind of error goes unseen.
FLOOR = 2
# Bunches of groups over which labels tell how predictions err: in each of 31 places a hundred labels are few.
BUNCHES = 10


@dataclass(frozen=True)
class Strata:
    """Sentences by group and predicted theme.

    Attributes
    ----------
    count : array of shape (n_groups, n_themes)
        Sentences.
    variance : array of shape (n_groups, n_themes, n_policy_themes)
        Mean variance, a sentence, of what an error adds to the share of each policy theme.
    """

    count: Floats
    variance: Floats

    @property
    def size(self) -> Floats:
        """Sentences of each group."""
        total: Floats = self.count.sum(axis=1)
        return total


def sum_strata(evidence: Evidence) -> Strata:
    """Sum up the doubt of predictions by group and predicted theme.

    Where there are labels, it is multiplied, theme by theme, by the variance of the errors that they show over what
    the probabilities say of it (`error_factor`).

    Parameters
    ----------
    evidence : Evidence
    """
    n_themes = evidence.probability.shape[1]
    cells = evidence.group * n_themes + evidence.predicted
    n_cells = evidence.n_groups * n_themes
    count = np.bincount(cells, minlength=n_cells).astype(float)
    spread = evidence.regrouped(cells, n_cells).sums().spread / np.maximum(count, 1.0)[:, None, None]
    size = np.maximum(count.reshape(-1, n_themes).sum(axis=1), 1.0)
    mean = sum_by(evidence.group, evidence.probability, evidence.n_groups) / size[:, None]
    whole = np.maximum(mean[:, evidence.policy].sum(axis=1), 1.0 / size)
    linear = np.repeat(
        linearised(mean[:, evidence.policy] / whole[:, None], whole, evidence.policy, n_themes), n_themes, 0
    )
    variance = np.einsum("cij,cjk,cik->ci", linear, spread, linear, optimize=True)
    if informative_labels(evidence):
        bunched = _bunched(evidence)
        variance *= error_factor(bunched.sums(), bunched.sample(), evidence.policy)
    return Strata(count.reshape(-1, n_themes), variance.reshape(evidence.n_groups, n_themes, -1))


def informative_labels(evidence: Evidence) -> int:
    """Count the labels that tell how predictions err: two at least together, beside sentences without a label."""
    bunched = _bunched(evidence)
    counts = np.bincount(bunched.group[bunched.labelled], minlength=bunched.n_groups)
    size = np.bincount(bunched.group, minlength=bunched.n_groups)
    return int(counts[(counts >= 2) & (counts < size)].sum())


def _bunched(evidence: Evidence) -> Evidence:
    few = min(evidence.n_groups, BUNCHES)
    return evidence.regrouped(evidence.group % few, few)


def allocate(strata: Strata, group: int, size: int) -> Floats:
    """Divide labels of a group among its predicted themes.

    Parameters
    ----------
    strata : Strata
    group : int
    size : int
        Labels of the group.

    Returns
    -------
    array of shape (n_themes,)
        Whole numbers that add up to `size`, each no more than there are sentences.
    """
    count = strata.count[group]
    doubt = count * np.sqrt(np.maximum(strata.variance[group].sum(axis=1), 1e-6))
    least = np.minimum(count, FLOOR)
    if size <= least.sum():
        return _rounded(least * size / max(least.sum(), 1.0), size, least)
    # The number of labels grows in straight pieces with the factor; between its corners it is interpolated.
    known = doubt > 0
    corners = np.sort(np.concatenate([least[known] / doubt[known], count[known] / doubt[known]]))
    reached = np.clip(corners[:, None] * doubt, least, count).sum(axis=1)
    return _rounded(np.clip(np.interp(size, reached, corners) * doubt, least, count), size, count)


def _rounded(wanted: Floats, size: int, most: Floats) -> Floats:
    whole = np.floor(wanted + 1e-9)
    missing = round(size - float(whole.sum()))
    order = np.argsort(-np.where(whole < most, wanted - whole, -1.0), kind="stable")
    whole[order[: max(missing, 0)]] += 1.0
    return np.minimum(whole, most)
