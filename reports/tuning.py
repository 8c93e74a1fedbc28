"""Take predictions for as much as they are worth: slopes by which the labels of other groups follow them."""

from dataclasses import replace

import numpy as np

from zhuti.reports.audit_sample import AuditSample
from zhuti.reports.sums import Floats, GroupSums, sum_by

# Weight, in labels, of the belief that probabilities are calibrated: slope 1, and 0 for the predicted theme.
PRIOR_SLOPE = 50.0


def tuned(sums: GroupSums, sample: AuditSample) -> tuple[GroupSums, AuditSample]:
    """Put λ · probability + μ · (1 for the predicted theme) in the place of the probabilities.

    The difference estimator holds whatever predictions it corrects, and is the narrower the closer labels follow them.
    A classifier whose probabilities are too timid (a forest, say) is worth more than it claims, one that is too
    sure less. λ and μ are the slopes of labels on predictions within groups; those of a group come from the labels
    of the other groups, so that its own errors are those of sentences that taught nothing, and with 50 labels'
    weight they are drawn to 1 and 0.

    Parameters
    ----------
    sums : GroupSums
    sample : AuditSample

    Returns
    -------
    sums, sample
        With other probabilities; their sum over themes is λ + μ, which the correction makes up for.

    References
    ----------
    Angelopoulos, Duchi and Zrnic (2023), PPI++: Efficient prediction-powered inference (power tuning).
    Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, ch. 6 (regression estimator).
    Zrnic and Candès (2024), Cross-prediction-powered inference, PNAS 121.
    """
    chosen = np.eye(sample.probability.shape[1])[sample.predicted]
    slopes = _slopes(sample, chosen, len(sums.size))
    own = slopes[sample.group]
    return (
        replace(sums, probability=slopes[:, :1] * sums.probability + slopes[:, 1:] * sums.predicted),
        replace(sample, probability=own[:, :1] * sample.probability + own[:, 1:] * chosen),
    )


def _slopes(sample: AuditSample, chosen: Floats, n_groups: int) -> Floats:
    # λ and μ of each group, from the labels of the others.
    label = np.eye(chosen.shape[1])[sample.label]
    y, p, d = (_within(sample, values, n_groups) for values in (label, sample.probability, chosen))
    products = np.stack([(a * b).sum(axis=1) for a, b in ((p, p), (p, d), (d, d), (p, y), (d, y))], axis=1)
    own = sum_by(sample.group, np.column_stack([products, np.ones(len(label))]), n_groups)
    pp, pd, dd, py, dy, labels = (own.sum(axis=0) - own).T
    prior = PRIOR_SLOPE / np.maximum(labels, 1.0)
    least = 1e-9 * (1.0 + labels)
    square = np.stack([pp * (1.0 + prior) + least, pd, pd, dd * (1.0 + prior) + least], axis=1).reshape(-1, 2, 2)
    right = np.stack([py + prior * pp + least, dy], axis=1)
    found: Floats = np.linalg.solve(square, right[:, :, None])[:, :, 0]
    return found


def _within(sample: AuditSample, values: Floats, n_groups: int) -> Floats:
    weight = sample.weight / sample.inclusion
    whole = np.maximum(np.bincount(sample.group, weight, n_groups), 1e-12)
    mean = sum_by(sample.group, weight[:, None] * values, n_groups) / whole[:, None]
    centred: Floats = values - mean[sample.group]
    return centred
