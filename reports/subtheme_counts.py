"""Shares of subthemes by counting, with the error the classifier made in documents it never saw.

A card has few sentences of each subtheme: what they say of one is drawn towards what all say together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import pandas as pd

from zhuti.reports.counted import ErrorModel, effective_size, misclassification_variance, shares_without_labels
from zhuti.reports.shares import Shares
from zhuti.reports.sums import Floats, Ints, sum_by

# Sentences that the confusion of all subthemes is worth beside those of one.
PRIOR_SENTENCES = 20.0


@dataclass(frozen=True)
class SubthemeSums:
    """What counting needs to know of the sentences of each group; sums of parts are sums of the whole.

    Attributes
    ----------
    size, weight, square : arrays of shape (n_groups,)
        Number of sentences, sums of their weights and of the squares of these.
    counts, predicted : arrays of shape (n_groups, n_codes)
        Sentences predicted to be of each code, and their weight.
    doubt : array of shape (n_groups, n_codes)
        Sum over these sentences of weight² p (1 - p), p being the probability of the predicted theme.
    """

    size: Floats
    weight: Floats
    square: Floats
    counts: Floats
    predicted: Floats
    doubt: Floats

    @classmethod
    def of(cls, group: Ints, predicted: Ints, probability: Floats, n_groups: int, n_codes: int, weight: Floats) -> Self:
        """Sum over sentences; one whose code is not known (-1) is of none.

        Parameters
        ----------
        group, predicted : int arrays of shape (n_sentences,)
        probability, weight : arrays of shape (n_sentences,)
        n_groups, n_codes : int
        """
        basic = sum_by(group, np.column_stack([np.ones(len(group)), weight, weight**2]), n_groups)
        known = predicted >= 0
        cell = (group * n_codes + predicted)[known]
        doubt = weight**2 * probability * (1.0 - probability)
        tables = [
            np.bincount(cell, values[known], n_groups * n_codes).astype(float).reshape(n_groups, n_codes)
            for values in (np.ones(len(group)), weight, doubt)
        ]
        return cls(basic[:, 0], basic[:, 1], basic[:, 2], *tables)

    @classmethod
    def added(cls, sums: "Sequence[SubthemeSums]", place: Ints, n_groups: int) -> Self:
        """Add sums that stand one behind the other; `place` is the number of the group of each of their rows."""
        names = [field.name for field in fields(cls)]
        tables = {name: np.concatenate([getattr(one, name) for one in sums]) for name in names}
        return cls(**{name: sum_by(place, table, n_groups) for name, table in tables.items()})

    def part(self, start: int, stop: int) -> "SubthemeSums":
        """Return the sums of some groups."""
        return SubthemeSums(*(getattr(self, field.name)[start:stop] for field in fields(self)))


@dataclass(frozen=True)
class SubthemeError:
    """How a classifier errs in subthemes, in documents of one kind.

    Attributes
    ----------
    confusion : array of shape (n_codes, n_codes)
        Counts of true by predicted code, smoothed.
    correlation : array of shape (n_policy_codes,)
        Of the errors of two sentences of one document.
    """

    confusion: Floats
    correlation: Floats

    @classmethod
    def of(cls, errors: ErrorModel, policy: Ints) -> "SubthemeError":
        """Smooth the confusion, and measure how errors go together."""
        confusion = smoothed_confusion(errors.confusion)
        return cls(
            confusion, error_correlation(confusion, errors.truth[:, policy], errors.predicted[:, policy], policy)
        )


def subtheme_errors(card: Mapping[str, Any], codes: Sequence[str], policy: Ints) -> tuple[SubthemeError, ...]:
    """Take the errors of subthemes from a model's card: in what it learned from, and in real text where it is there.

    Returns
    -------
    tuple of SubthemeError
        Empty where the card does not tell them, or tells them of other codes.
    """
    names = {"confusion": "subtheme_confusion", "document_counts": "subtheme_document_counts"}
    found = []
    for source in (card, card.get("real") or {}):
        known = all(source.get(name) for name in names.values())
        if known and list(source.get("subthemes", codes)) == list(codes):
            errors = ErrorModel.of({name: source[there] for name, there in names.items()})
            found.append(SubthemeError.of(errors, policy))
        elif source is card:
            return ()
    return tuple(found)


def smoothed_confusion(confusion: Floats, sentences: float = PRIOR_SENTENCES) -> Floats:
    """Add to every row of a confusion as many sentences as all rows together would have it.

    Parameters
    ----------
    confusion : array of shape (n_codes, n_codes)
        Counts; true codes are rows.
    sentences : float

    >>> smoothed_confusion(np.array([[8.0, 2.0], [0.0, 10.0]]), 10).round(2)
    array([[17.,  3.],
           [ 1., 19.]])
    """
    right = np.trace(confusion) / max(confusion.sum(), 1.0)
    usual = (confusion.sum(axis=0) + 1.0)[None, :] * (1.0 - np.eye(len(confusion)))
    strays = usual / np.maximum(usual.sum(axis=1, keepdims=True), 1e-12)
    smoothed: Floats = confusion + sentences * (right * np.eye(len(confusion)) + (1.0 - right) * strays)
    return smoothed


def error_correlation(confusion: Floats, truth: Floats, predicted: Floats, policy: Ints) -> Floats:
    """Correlation of the errors of two sentences of one document, code by code.

    That of a code is drawn half-way towards that of all together, where documents say as much of it as of others,
    and farther where they say less; and it is never taken to be less than that of all.

    Parameters
    ----------
    confusion : array of shape (n_codes, n_codes)
    truth, predicted : arrays of shape (n_documents, n_policy_codes)
        Counts of sentences.
    policy : int array of shape (n_policy_codes,)

    Returns
    -------
    array of shape (n_policy_codes,)
        0 to 1; by the method of moments, documents weighing by their sentences.

    References
    ----------
    Rao and Scott (1992), A simple method for the analysis of clustered binary data, Biometrics 48.
    """
    kept = (truth.sum(axis=1) > 0) & (predicted.sum(axis=1) > 0)
    truth, predicted = truth[kept], predicted[kept]
    size = truth.sum(axis=1, keepdims=True)
    share = truth / size
    chance = misclassification_variance(confusion, share, policy)
    off = predicted / predicted.sum(axis=1, keepdims=True) - share
    excess, whole = (size * off**2 - chance).sum(axis=0), (size * chance).sum(axis=0)
    together = np.clip(excess.sum() / max(whole.sum(), 1e-12), 0.0, 1.0)
    usual = max(whole.mean(), 1e-12)
    correlation: Floats = np.clip((excess + together * usual) / (whole + usual), together, 1.0)
    return correlation


def counted_subthemes(sums: SubthemeSums, errors: Sequence[SubthemeError], policy: Ints, *, level: float) -> Shares:
    """Share of predicted subthemes among the sentences with a policy theme.

    The variance of a share is that of chance errors of single sentences (by the confusion, or by the probabilities of
    their themes, whichever is larger; as many are taken to stray in as out), and of errors that go together: the
    confusion's variance times their correlation, for a group is taken for one document. Of several kinds of text
    the larger error counts. The interval does not cover groups that write differently: only labels do.

    Parameters
    ----------
    sums : SubthemeSums
    errors : sequence of SubthemeError
        Without one, intervals say nothing.
    policy : int array of shape (n_policy_codes,)
    level : float
        Nominal coverage.
    """
    kept = sums.predicted[:, policy]
    total = kept.sum(axis=1)
    share = kept / np.maximum(total, 1e-12)[:, None]
    effective = effective_size(total, sums.weight, sums.square)
    single = [misclassification_variance(error.confusion, share, policy) for error in errors]
    chance = np.max(single, axis=0, initial=0.0) / np.maximum(effective, 1.0)[:, None]
    together = [variance * error.correlation for variance, error in zip(single, errors, strict=True)]
    doubt = 2.0 * sums.doubt[:, policy] / np.maximum(total, 1e-12)[:, None] ** 2
    variance = np.max(together, axis=0, initial=0.0) + np.maximum(chance, doubt)
    return shares_without_labels(share, variance[:, :, None] * np.eye(len(policy)), total, effective, level=level)


def sum_subthemes(
    sentences: pd.DataFrame, group: Ints, n_groups: int, codes: Sequence[str], weight: Floats
) -> SubthemeSums:
    """Read the sums off a table of coded sentences.

    Parameters
    ----------
    sentences : DataFrame
        With `subtheme`, and `probability` of the theme where it is known.
    group : int array of shape (n_sentences,)
    n_groups : int
    codes : sequence of str
    weight : array of shape (n_sentences,)
    """
    predicted = pd.Index(codes).get_indexer(pd.Index(sentences["subtheme"])).astype(np.intp)
    sure = np.ones(len(sentences))
    if "probability" in sentences:
        sure = np.clip(sentences["probability"].to_numpy(dtype=float), 0.0, 1.0)
    return SubthemeSums.of(group, predicted, sure, n_groups, len(codes), weight)
