"""Estimate the share of each theme in each group, with intervals, from coded and hand-labelled sentences.

Everything here works on counts and sums of groups, so that it serves two districts and three thousand.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

# Weight, in labels, of the smoothed residual variance (see `audited_shares`).
PRIOR_LABELS = 20.0


@dataclass(frozen=True)
class GroupSums:
    """What the estimators need to know of the sentences of each group.

    Attributes
    ----------
    size : array of shape (n_groups,)
        Number of sentences.
    predicted : array of shape (n_groups, n_themes)
        Number of sentences predicted to be of each theme.
    probability : array of shape (n_groups, n_themes)
        Sum of predicted probabilities.
    products : array of shape (n_groups, n_themes, n_themes)
        Sum over sentences of p pᵀ, the products of predicted probabilities.
    """

    size: Floats
    predicted: Floats
    probability: Floats
    products: Floats

    @classmethod
    def of(cls, group: Ints, predicted: Ints, probability: Floats, n_groups: int) -> "GroupSums":
        """Sum over sentences.

        Parameters
        ----------
        group, predicted : int arrays of shape (n_sentences,)
            Number of the group and of the predicted theme.
        probability : array of shape (n_sentences, n_themes)
        n_groups : int
        """
        n_themes = probability.shape[1]
        counts = np.zeros((n_groups, n_themes))
        np.add.at(counts, (group, predicted), 1.0)
        sums = np.zeros((n_groups, n_themes))
        np.add.at(sums, group, probability)
        products = np.zeros((n_groups, n_themes, n_themes))
        for row in range(n_themes):  # one row at a time keeps the memory at that of the probabilities
            np.add.at(products[:, row, :], group, probability[:, [row]] * probability)
        return cls(np.bincount(group, minlength=n_groups).astype(float), counts, sums, products)


@dataclass(frozen=True)
class Shares:
    """Shares of the policy themes in each group.

    Attributes
    ----------
    share, low, high : arrays of shape (n_groups, n_policy_themes)
        Estimate and bounds of the interval, 0 to 1; shares of a group sum to 1 (NaN in an empty group).
    error : array of shape (n_groups, n_policy_themes)
        Standard error of the unprojected estimate.
    freedom : array of shape (n_groups,)
        Degrees of freedom of the interval; infinite for the normal one.
    thin : bool array of shape (n_groups,)
        True where there are too few labels or sentences to say much; the interval is wide on purpose.
    """

    share: Floats
    low: Floats
    high: Floats
    error: Floats
    freedom: Floats
    thin: NDArray[np.bool_]


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


def audited_shares(
    sums: GroupSums,
    audit_group: Ints,
    audit_label: Ints,
    audit_probability: Floats,
    inclusion: Floats,
    policy: Ints,
    *,
    level: float = 0.95,
) -> Shares:
    """Estimate shares by the difference estimator: mean probability plus mean error of it among labelled sentences.

    The share of theme k among the sentences with a policy theme is a ratio of two such means; its variance
    is the residual variance of the linearised ratio, times (1 - n/N) / n. With few labels the residual
    variance of a group is drawn towards c_k times the one its probabilities predict, with the weight of
    20 labels, c_k being estimated over all groups.

    Parameters
    ----------
    sums : GroupSums
    audit_group, audit_label : int arrays of shape (n_labels,)
        Group and true theme of each sentence labelled by hand, chosen by chance.
    audit_probability : array of shape (n_labels, n_themes)
        Predicted probabilities of these sentences, by a model that did not learn from their documents.
    inclusion : array of shape (n_labels,)
        Probability with which each was chosen.
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
    n_groups, n_themes = sums.probability.shape
    size = np.maximum(sums.size, 1.0)
    labels = np.bincount(audit_group, minlength=n_groups).astype(float)
    weight = 1.0 / inclusion
    weight_sum = np.bincount(audit_group, weight, n_groups)
    residual = np.eye(n_themes)[audit_label] - audit_probability
    correction = np.zeros((n_groups, n_themes))
    np.add.at(correction, audit_group, weight[:, None] * residual)
    correction /= np.maximum(weight_sum, 1e-12)[:, None]
    mean = np.clip(sums.probability / size[:, None] + correction, 0.0, 1.0)
    denominator = np.maximum(mean[:, policy].sum(axis=1), 1.0 / size)
    ratio = mean[:, policy] / denominator[:, None]

    predicted = _predicted_variance(sums, ratio, policy) / denominator[:, None] ** 2
    u = residual[:, policy] - ratio[audit_group] * residual[:, policy].sum(axis=1, keepdims=True)
    u /= denominator[audit_group, None]
    observed = _weighted_variance(u, audit_group, weight, weight_sum, labels)
    enough = labels >= 2
    variance = _smooth(observed, predicted, labels, enough)
    # Kish's effective number of labels where inclusion probabilities differ.
    squares = np.bincount(audit_group, weight**2, n_groups)
    effective = np.where(squares > 0, weight_sum**2 / np.maximum(squares, 1e-12), 1.0)
    finite = np.clip(1.0 - labels / size, 0.0, 1.0)
    error = np.sqrt(variance * (finite / np.maximum(effective, 1.0))[:, None])
    # Fully labelled groups are known, but an interval never has zero width.
    error = np.maximum(error, 0.5 / size[:, None] / 1.96)
    freedom = np.maximum(labels + PRIOR_LABELS - 1.0, 1.0)
    quantile = stats.t.ppf(0.5 + level / 2.0, freedom)[:, None]
    # Without two labels the correction is unknown: the share may be off by all that the classifier can be.
    error = np.where(enough[:, None], error, np.maximum(error, np.sqrt(variance)))
    return _bounded(ratio, error, quantile, freedom, ~enough, sums.size)


def counted_shares(sums: GroupSums, confusion: Floats, drift: Floats, policy: Ints, *, level: float = 0.95) -> Shares:
    """Share of predicted themes, with the error the classifier made in documents it never saw.

    The interval does not cover groups that write differently from those documents: only labels do.

    Parameters
    ----------
    sums : GroupSums
    confusion : array of shape (n_themes, n_themes)
        Counts of true theme (rows) by predicted theme (columns) in documents the classifier never saw.
    drift : array of shape (n_themes,)
        Root mean square error of a document's share beyond chance (see `document_drift`).
    policy : int array of shape (n_policy_themes,)
    level : float
    """
    kept = sums.predicted[:, policy]
    total = kept.sum(axis=1)
    share = kept / np.maximum(total, 1.0)[:, None]
    chance = misclassification_variance(confusion, share, policy)
    error = np.sqrt(drift[policy] ** 2 + chance / np.maximum(total, 1.0)[:, None])
    error = np.maximum(error, 0.5 / np.maximum(total, 1.0)[:, None] / 1.96)
    quantile = np.full((len(total), 1), stats.norm.ppf(0.5 + level / 2.0))
    return _bounded(share, error, quantile, np.full(len(total), np.inf), total < 20, total)


def misclassification_variance(confusion: Floats, share: Floats, policy: Ints) -> Floats:
    """Variance, a sentence, of predicted minus true membership of a theme whose share is `share`.

    Parameters
    ----------
    confusion : array of shape (n_themes, n_themes)
    share : array of shape (..., n_policy_themes)
    policy : int array of shape (n_policy_themes,)

    Returns
    -------
    array of the shape of `share`
    """
    counts = confusion + 0.5 / len(confusion)
    truth = counts.sum(axis=1)[policy]
    missed = 1.0 - counts[policy, policy] / truth
    strayed = (counts.sum(axis=0)[policy] - counts[policy, policy]) / np.maximum(counts.sum() - truth, 1.0)
    return share * missed + (1.0 - share) * strayed


def document_drift(truth: Floats, predicted: Floats, confusion: Floats) -> Floats:
    """Root mean square error of a document's shares beyond what chance explains, theme by theme.

    Parameters
    ----------
    truth, predicted : arrays of shape (n_documents, n_themes)
        Counts of sentences by true and by predicted theme, in documents the classifier never saw.
    confusion : array of shape (n_themes, n_themes)

    Returns
    -------
    array of shape (n_themes,)
    """
    size = np.maximum(truth.sum(axis=1, keepdims=True), 1.0)
    every = np.arange(truth.shape[1])
    chance = misclassification_variance(confusion, truth / size, every) / size
    excess = (((predicted - truth) / size) ** 2 - chance).mean(axis=0)
    drift: Floats = np.sqrt(np.maximum(excess, 0.0))
    return drift


def _predicted_variance(sums: GroupSums, ratio: Floats, policy: Ints) -> Floats:
    # y_k - R y_policy under y ~ Categorical(p) has E = p_k (1-R)^2 + (p_policy - p_k) R^2 before its squared mean.
    size = np.maximum(sums.size, 1.0)[:, None]
    p = sums.probability[:, policy] / size
    p_policy = p.sum(axis=1, keepdims=True)
    inner = sums.products[:, policy][:, :, policy] / size[:, :, None]
    own = np.diagonal(inner, axis1=1, axis2=2)
    with_policy = inner.sum(axis=2)
    both = inner.sum(axis=(1, 2))[:, None]
    second = p * (1 - ratio) ** 2 + (p_policy - p) * ratio**2
    return np.maximum(second - (own - 2 * ratio * with_policy + ratio**2 * both), 1e-6)


def _weighted_variance(u: Floats, group: Ints, weight: Floats, weight_sum: Floats, labels: Floats) -> Floats:
    shape = (len(labels), u.shape[1])
    mean = np.zeros(shape)
    np.add.at(mean, group, weight[:, None] * u)
    mean /= np.maximum(weight_sum, 1e-12)[:, None]
    square = np.zeros(shape)
    np.add.at(square, group, weight[:, None] * (u - mean[group]) ** 2)
    square /= np.maximum(weight_sum, 1e-12)[:, None]
    return square * (labels / np.maximum(labels - 1.0, 1.0))[:, None]


def _smooth(observed: Floats, predicted: Floats, labels: Floats, enough: NDArray[np.bool_]) -> Floats:
    freedom = np.where(enough, labels - 1.0, 0.0)[:, None]
    spread = (freedom * predicted).sum(axis=0)
    factor = np.where(spread > 0, (freedom * observed).sum(axis=0) / np.maximum(spread, 1e-12), 1.0)
    smoothed: Floats = (freedom * observed + PRIOR_LABELS * factor * predicted) / (freedom + PRIOR_LABELS)
    return smoothed


def _bounded(
    share: Floats, error: Floats, quantile: Floats, freedom: Floats, thin: NDArray[np.bool_], size: Floats
) -> Shares:
    low = np.clip(share - quantile * error, 0.0, 1.0)
    high = np.clip(share + quantile * error, 0.0, 1.0)
    projected = project_to_simplex(share)
    low, high = np.minimum(low, projected), np.maximum(high, projected)
    empty = size == 0
    for values in (projected, low, high):
        values[empty] = np.nan
    return Shares(projected, low, high, error, freedom, thin | empty)
