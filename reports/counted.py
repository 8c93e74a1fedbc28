"""Estimate shares by counting predictions, with the error the classifier made in documents it never saw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from zhuti.errors import ModelError
from zhuti.reports.audited import linearised
from zhuti.reports.shares import Shares, bounded_shares
from zhuti.reports.sums import Floats, GroupSums, Ints

# Below so many sentences with a policy theme an estimate is flagged.
FEW_SENTENCES = 20


@dataclass(frozen=True)
class ErrorModel:
    """How a classifier errs in documents it never saw.

    Attributes
    ----------
    confusion : array of shape (n_themes, n_themes)
        Counts of true theme (rows) by predicted theme (columns).
    truth, predicted : arrays of shape (n_documents, n_themes)
        Counts of sentences of each document by true and by predicted theme; no document where it is not known.
    others : tuple of ErrorModel
        How it errs in texts of other kinds; the largest error counts.
    """

    confusion: Floats
    truth: Floats
    predicted: Floats
    others: "tuple[ErrorModel, ...]" = ()

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> "ErrorModel":
        """Take it from a model's card: `confusion` and `document_counts`, and the same under `real` where it is there.

        Raises
        ------
        ModelError
            When the card does not tell how the model errs.
        """
        missing = [name for name in ("confusion", "document_counts") if not card.get(name)]
        if missing:
            raise ModelError(
                f"the model's card lacks {', '.join(missing)}, so its error is unknown; "
                "train the model with zhuti train, or give labels of a chance sample as audit"
            )
        real = card.get("real") or {}
        others = (cls._read(real),) if real.get("confusion") else ()
        return replace(cls._read(card), others=others)

    @classmethod
    def _read(cls, card: Mapping[str, Any]) -> "ErrorModel":
        confusion = np.array(card["confusion"], dtype=float)
        rows = list((card.get("document_counts") or {}).values())
        shape = (len(rows), len(confusion))
        return cls(
            confusion=confusion,
            truth=np.array([row["truth"] for row in rows], dtype=float).reshape(shape),
            predicted=np.array([row["predicted"] for row in rows], dtype=float).reshape(shape),
        )

    @property
    def every(self) -> "tuple[ErrorModel, ...]":
        """Itself and the others."""
        return (self, *self.others)


def counted_shares(sums: GroupSums, errors: ErrorModel, policy: Ints, *, level: float = 0.95) -> Shares:
    """Share of predicted themes, with the error the classifier made in documents it never saw.

    The variance is that of chance errors of single sentences (by the confusion in those documents or by the
    probabilities in these, whichever is larger, since unfamiliar texts make probabilities doubtful), plus the
    squares of what whole documents were off beyond chance and of what counting differs from the sum of
    probabilities. The interval does not cover groups that write differently from those documents: only labels do.

    Parameters
    ----------
    sums : GroupSums
    errors : ErrorModel
    policy : int array of shape (n_policy_themes,)
        Numbers of the themes that enter the shares.
    level : float
        Nominal coverage.
    """
    kept = sums.predicted[:, policy]
    total = kept.sum(axis=1)
    share = kept / np.maximum(total, 1e-12)[:, None]
    effective = effective_size(total, sums.weight, sums.square)
    chance = widest_variance([model.confusion for model in errors.every], share, policy)
    drift = np.max([document_drift(model, policy) for model in errors.every], axis=0)
    doubt, gap = _doubt(sums, share, policy)
    error = np.sqrt(drift**2 + np.maximum(chance / np.maximum(effective, 1.0)[:, None], doubt) + gap**2)
    return shares_without_labels(share, _sum_to_zero(error), total, effective, level=level)


def shares_without_labels(
    share: Floats, covariance: Floats, total: Floats, effective: Floats, *, level: float
) -> Shares:
    """Bound shares whose error is known from other documents, those of few sentences flagged.

    Parameters
    ----------
    share : array of shape (n_groups, n_policy_codes)
    covariance : array of shape (n_groups, n_policy_codes, n_policy_codes)
    total, effective : arrays of shape (n_groups,)
        Weight of the sentences with a policy theme, and their `effective_size`.
    level : float
    """
    return bounded_shares(
        share,
        covariance,
        np.full(len(total), np.inf),
        labels=np.zeros(len(total)),
        thin=effective < FEW_SENTENCES,
        size=np.where(total > 0, np.maximum(effective, 1.0), 0.0),
        level=level,
    )


def effective_size(kept: Floats, weight: Floats, square: Floats) -> Floats:
    """Sentences with a policy theme, as many as would weigh as much with equal weights.

    Parameters
    ----------
    kept, weight, square : arrays of shape (n_groups,)
        Weight of the sentences with a policy theme; of all sentences; sum of the squares of all weights.

    References
    ----------
    Kish (1965), Survey Sampling, section 11.7.
    """
    size: Floats = kept / np.maximum(weight, 1e-12) * weight**2 / np.maximum(square, 1e-12)
    return size


def _doubt(sums: GroupSums, share: Floats, policy: Ints) -> tuple[Floats, Floats]:
    # Variance of the share if themes follow their probabilities, and how far counting is from their sum.
    total = np.maximum(sums.weight, 1e-12)
    mean = sums.probability[:, policy] / total[:, None]
    whole = np.maximum(mean.sum(axis=1), 1.0 / np.maximum(sums.size, 1.0))
    linear = linearised(share, whole, policy, sums.probability.shape[1])
    covariance = np.einsum("gij,gjk,gik->gi", linear, sums.spread, linear, optimize=True)
    return np.maximum(covariance, 0.0) / total[:, None] ** 2, mean / whole[:, None] - share


def misclassification_variance(confusion: Floats, share: Floats, policy: Ints) -> Floats:
    """Mean square, a sentence, of predicted minus true membership of a theme whose share is `share`.

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
    variance: Floats = share * missed + (1.0 - share) * strayed
    return variance


def widest_variance(confusions: Sequence[Floats], share: Floats, policy: Ints) -> Floats:
    """Largest `misclassification_variance` of several confusions, theme by theme: the interval that is widest.

    Parameters
    ----------
    confusions : sequence of arrays of shape (n_themes, n_themes)
        Such as those measured in invented documents and in real ones.
    share : array of shape (..., n_policy_themes)
    policy : int array of shape (n_policy_themes,)

    >>> good, poor = np.diag([90.0, 90.0]) + 10, np.diag([50.0, 50.0]) + 10
    >>> both = widest_variance([good, poor], np.array([0.5, 0.5]), np.array([0, 1]))
    >>> bool((both == misclassification_variance(poor, np.array([0.5, 0.5]), np.array([0, 1]))).all())
    True
    """
    return np.asarray(np.max([misclassification_variance(table, share, policy) for table in confusions], axis=0))


def document_drift(errors: ErrorModel, policy: Ints) -> Floats:
    """Root mean square error of a document's shares beyond what chance explains, theme by theme.

    Parameters
    ----------
    errors : ErrorModel
    policy : int array of shape (n_policy_themes,)

    Returns
    -------
    array of shape (n_policy_themes,)
    """
    truth, predicted = errors.truth[:, policy], errors.predicted[:, policy]
    size = truth.sum(axis=1, keepdims=True)
    kept = (size > 0).ravel() & (predicted.sum(axis=1) > 0)
    truth, predicted, size = truth[kept], predicted[kept], size[kept]
    if not len(size):
        return np.zeros(len(policy))
    share = truth / size
    chance = misclassification_variance(errors.confusion, share, policy) / size
    off = predicted / predicted.sum(axis=1, keepdims=True) - share
    # A share over a handful of sentences says little about drift: documents weigh by their sentences.
    excess = np.average(off**2 - chance, axis=0, weights=size.ravel())
    drift: Floats = np.sqrt(np.maximum(excess, 0.0))
    return drift


def _sum_to_zero(error: Floats) -> Floats:
    # Errors of shares sum to zero; all pairs of themes are taken to be equally correlated.
    n_themes = error.shape[1]
    correlation = np.full((n_themes, n_themes), -1.0 / max(n_themes - 1, 1))
    np.fill_diagonal(correlation, 1.0)
    covariance: Floats = error[:, :, None] * error[:, None, :] * correlation
    return covariance
