"""Estimate shares from predictions and a chance sample of sentences labelled by hand."""

from dataclasses import dataclass

import numpy as np

from zhuti.reports.audit_sample import AuditSample
from zhuti.reports.shares import Shares, bounded_shares
from zhuti.reports.sums import Flags, Floats, GroupSums, Ints, sum_by
from zhuti.reports.tuning import tuned

# Weight, in labels, of the smoothed residual variance, and of the belief that predictions are calibrated.
PRIOR_LABELS, PRIOR_CALIBRATION = 20.0, 5.0


def audited_shares(sums: GroupSums, sample: AuditSample, policy: Ints, *, level: float = 0.95) -> Shares:
    """Estimate shares by the difference estimator: mean prediction plus mean error of it among labelled sentences.

    Predictions are probabilities, tuned by the labels of the other groups (see `tuned`). The share of theme k among
    the sentences with a policy theme is a ratio of two such means; its variance is that of the linearised ratio's
    residuals under the sampling design, finite-population factor included ((1 - n/N) / n under simple sampling).
    With few labels the residual variance of a group is drawn towards c_k times the one its probabilities predict,
    with the weight of 20 labels, c_k being estimated over all groups. A group with fewer than two labels takes the correction of all, and an interval as wide as one label's.

    Parameters
    ----------
    sums : GroupSums
    sample : AuditSample
    policy : int array of shape (n_policy_themes,)
        Numbers of the themes that enter the shares.
    level : float
        Nominal coverage.

    References
    ----------
    Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, ch. 6 and 7.
    Angelopoulos, Bates, Fannjiang, Jordan and Zrnic (2023), Prediction-powered inference, Science 382.
    Egami, Hinck, Stewart and Wei (2023), Using imperfect surrogates for downstream inference, NeurIPS.
    """
    found = _estimate(sums, sample, policy)
    return bounded_shares(
        found.ratio,
        _smoothed(found) * found.scale[:, None, None],
        freedom_of_smoothed(found.freedom),
        labels=found.labels,
        thin=~found.enough,
        size=sums.size,
        level=level,
        # Kish (1965), Survey Sampling, section 11.7: sentences that count alike.
        sentences=np.clip(found.denominator, 0.0, 1.0) * sums.weight**2 / np.maximum(sums.square, 1e-12),
    )


def error_factor(sums: GroupSums, sample: AuditSample, policy: Ints) -> Floats:
    """Measure, theme by theme, the variance of the errors of tuned predictions over what probabilities say of it.

    This is the c_k by which `audited_shares` smooths the variances of single groups. It is near 1 where probabilities
    are calibrated, smaller where they are too timid, larger where they are too sure. Labels of groups with fewer than
    two, or with no sentence left to label, do not count.

    Parameters
    ----------
    sums : GroupSums
    sample : AuditSample
    policy : int array of shape (n_policy_themes,)

    Returns
    -------
    array of shape (n_policy_themes,)
    """
    return _factor(_estimate(sums, sample, policy))


@dataclass(frozen=True)
class _Estimate:
    # Unbounded shares (n_groups, n_policy_themes), and the variance of one label's error in them: as the labels
    # show it, and as the probabilities predict it; `scale` makes it the variance of the share.
    ratio: Floats
    denominator: Floats
    observed: Floats
    predicted: Floats
    scale: Floats
    freedom: Floats
    labels: Floats
    enough: Flags


def _estimate(sums: GroupSums, sample: AuditSample, policy: Ints) -> _Estimate:
    n_groups, n_themes = sums.probability.shape
    labels = np.bincount(sample.group, minlength=n_groups).astype(float)
    enough = labels >= 2
    predictions, tested = tuned(sums, sample)
    residual = np.eye(n_themes)[sample.label] - tested.probability
    expansion = sample.weight / sample.inclusion
    correction = _correction(residual, expansion, sample.group, enough)
    mean = predictions.probability / np.maximum(sums.weight, 1e-12)[:, None] + correction
    denominator = np.maximum(mean[:, policy].sum(axis=1), 1.0 / np.maximum(sums.size, 1.0))
    ratio = mean[:, policy] / denominator[:, None]

    factor, freedom = _design_factor(sample, expansion, n_groups)
    observed = _observed_spread(residual - correction[sample.group], factor, sample.group, labels)
    predicted, scale = _predicted_spread(sums, sample, factor, enough)
    linear = linearised(ratio, denominator, policy, n_themes)
    return _Estimate(
        ratio,
        denominator,
        np.einsum("gij,gjk,glk->gil", linear, observed, linear, optimize=True),
        np.einsum("gij,gjk,glk->gil", linear, predicted, linear, optimize=True),
        scale,
        np.where(enough, freedom, 0.0),
        labels,
        enough,
    )


def _correction(residual: Floats, expansion: Floats, group: Ints, enough: Flags) -> Floats:
    n_groups = len(enough)
    total = sum_by(group, expansion[:, None] * residual, n_groups)
    weight = np.bincount(group, expansion, n_groups)[:, None]
    pooled = total.sum(axis=0) / max(weight.sum(), 1e-12)
    return np.where(enough[:, None], total / np.maximum(weight, 1e-12), pooled)


def _design_factor(sample: AuditSample, expansion: Floats, n_groups: int) -> tuple[Floats, Floats]:
    # Variance of a weighted mean is the sum over labels of factor × squared residual (Hájek 1964; exact for SRS).
    total = np.bincount(sample.group, expansion, n_groups)[sample.group]
    factor = np.maximum(1.0 - sample.inclusion, 0.0) * (expansion / total) ** 2
    square = np.bincount(sample.group, factor**2, n_groups)
    whole = np.bincount(sample.group, factor, n_groups)
    labels = np.bincount(sample.group, minlength=n_groups)
    effective = np.where(square > 0, whole**2 / np.maximum(square, 1e-300), labels)
    return factor, np.maximum(effective - 1.0, 1.0)


def _observed_spread(centred: Floats, factor: Floats, group: Ints, labels: Floats) -> Floats:
    whole = np.bincount(group, factor, len(labels))
    outer = centred[:, :, None] * centred[:, None, :] * factor[:, None, None]
    spread = sum_by(group, outer, len(labels)) / np.maximum(whole, 1e-300)[:, None, None]
    unbiased: Floats = spread * (labels / np.maximum(labels - 1.0, 1.0))[:, None, None]
    return unbiased


def _predicted_spread(sums: GroupSums, sample: AuditSample, factor: Floats, enough: Flags) -> tuple[Floats, Floats]:
    # Shape from all sentences of the group; scale from the labels, which may lie where predictions are less sure.
    n_groups = len(enough)
    mean = sums.spread / np.maximum(sums.square, 1e-12)[:, None, None]
    own = 1.0 - (sample.probability**2).sum(axis=1)
    squared = sample.weight**2 / sample.inclusion
    whole = np.bincount(sample.group, factor, n_groups)
    there = np.bincount(sample.group, factor * own, n_groups) / np.maximum(whole, 1e-300)
    usual = np.bincount(sample.group, squared * own, n_groups) / np.maximum(
        np.bincount(sample.group, squared, n_groups), 1e-300
    )
    tilt = np.where(enough & (whole > 0) & (usual > 0), there / np.maximum(usual, 1e-300), 1.0)
    return mean * tilt[:, None, None], np.where(enough, whole, 1.0)


def linearised(ratio: Floats, denominator: Floats, policy: Ints, n_themes: int) -> Floats:
    """Return what an error of each theme's mean does to each share, to first order.

    Parameters
    ----------
    ratio : array of shape (n_groups, n_policy_themes)
        Shares.
    denominator : array of shape (n_groups,)
        Mean membership of any policy theme.
    policy : int array of shape (n_policy_themes,)
    n_themes : int

    Returns
    -------
    array of shape (n_groups, n_policy_themes, n_themes)
    """
    every = np.zeros((len(policy), n_themes))
    every[np.arange(len(policy)), policy] = 1.0
    inside = every.sum(axis=0)
    linear: Floats = (every[None] - ratio[:, :, None] * inside[None, None]) / denominator[:, None, None]
    return linear


def freedom_of_smoothed(freedom: Floats) -> Floats:
    """Degrees of freedom of variances that are drawn towards what all groups have in common.

    Parameters
    ----------
    freedom : array of shape (n_groups,)
        Labels less one of each group.

    References
    ----------
    Satterthwaite (1946), An approximate distribution of estimates of variance components, Biometrics 2.
    """
    own, common = freedom / (freedom + PRIOR_LABELS), PRIOR_LABELS / (freedom + PRIOR_LABELS)
    # What all groups have in common tells of one of them as much as 20 labels of its own, and no more than all labels.
    every = 1.0 / (1.0 / PRIOR_LABELS + 1.0 / (freedom.sum() + PRIOR_CALIBRATION))
    pooled: Floats = 1.0 / (own**2 / np.maximum(freedom, 1.0) + common**2 / every)
    return pooled


def _factor(found: _Estimate) -> Floats:
    # c_k: variance of the errors, over all groups, over the one that probabilities predict. In a group that is
    # labelled throughout nothing is left to err: it shows none.
    freedom = np.where(found.scale > 0, found.freedom, 0.0)

    def variance(matrices: Floats) -> Floats:
        return np.maximum(np.diagonal(matrices, axis1=1, axis2=2), 0.0)

    seen = (freedom[:, None] * variance(found.observed)).sum(axis=0)
    said = (freedom[:, None] * variance(found.predicted)).sum(axis=0)
    usual = variance(found.predicted).mean(axis=0)
    # A tenth of an error that was not seen: ten labels without one do not make a classifier perfect.
    unseen = 0.1
    factor: Floats = (seen + PRIOR_CALIBRATION * usual + unseen) / np.maximum(said + PRIOR_CALIBRATION * usual, 1e-9)
    return factor


def _smoothed(found: _Estimate) -> Floats:
    scale = np.sqrt(_factor(found))
    target = found.predicted * scale[None, :, None] * scale[None, None, :]
    weight = found.freedom[:, None, None]
    smoothed: Floats = (weight * found.observed + PRIOR_LABELS * target) / (weight + PRIOR_LABELS)
    return smoothed
