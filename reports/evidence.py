"""Turn a coded table and an audit into the numbers that shares are estimated from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from zhuti.errors import TableError
from zhuti.reports.audit_sample import AuditSample
from zhuti.reports.audited import audited_shares
from zhuti.reports.counted import ErrorModel, counted_shares
from zhuti.reports.shares import Shares
from zhuti.reports.sums import Floats, GroupSums, Ints
from zhuti.seeds import Codebook

Weights = Literal["sentence", "character", "document"]
UNKNOWN = "?"
# Between the names of two columns that are compared at once.
JOINT = " / "


@dataclass(frozen=True)
class Evidence:
    """Sentences as numbers.

    Attributes
    ----------
    group, predicted : int arrays of shape (n_sentences,)
    probability : array of shape (n_sentences, n_codes)
    weight : array of shape (n_sentences,)
    n_groups : int
    policy : int array
        Codes that enter the shares.
    labelled, label : int arrays of shape (n_labels,)
        Rows labelled by hand, and their code.
    inclusion : array of shape (n_labels,)
        Probability with which each was chosen.
    """

    group: Ints
    predicted: Ints
    probability: Floats
    weight: Floats
    n_groups: int
    policy: Ints
    labelled: Ints
    label: Ints
    inclusion: Floats

    def shares(self, errors: ErrorModel | None, *, level: float) -> Shares:
        """Estimate shares from the labels where there are any, else from counts and the model's known error."""
        if len(self.labelled):
            return audited_shares(self.sums(), self.sample(), self.policy, level=level)
        if errors is None:
            raise TableError(
                "shares without an interval are not shown: give the model's card (card=model.card), "
                "or labels of a chance sample as audit"
            )
        return counted_shares(self.sums(), errors, self.policy, level=level)

    def sums(self, *, with_spread: bool = True) -> GroupSums:
        """Sum over the sentences of each group."""
        parts = (self.group, self.predicted, self.probability, self.n_groups, self.weight)
        return GroupSums.of(*parts, with_spread=with_spread)

    def counts(self) -> Floats:
        """Count the sentences of each group that are predicted to be of each policy code."""
        n_codes = self.probability.shape[1]
        cell = self.group * n_codes + self.predicted
        counts: Floats = np.bincount(cell, minlength=self.n_groups * n_codes).astype(float)
        return counts.reshape(self.n_groups, n_codes)[:, self.policy]

    def sample(self) -> AuditSample:
        """Return the labelled sentences."""
        rows = self.labelled
        return AuditSample(
            group=self.group[rows],
            label=self.label,
            probability=self.probability[rows],
            inclusion=self.inclusion,
            weight=self.weight[rows],
            code=self.predicted[rows],
        )

    def regrouped(self, group: Ints, n_groups: int) -> "Evidence":
        """Return the same sentences in other groups."""
        return replace(self, group=group, n_groups=n_groups)

    def weighted(self, weight: Floats) -> "Evidence":
        """Return the same sentences with other weights."""
        return replace(self, weight=weight)


def group_names(frame: pd.DataFrame, by: Sequence[str]) -> pd.Series:
    """Name the group of each row; what is unknown is `?`, two columns are joined.

    >>> group_names(pd.DataFrame({"district": ["张店区", ""], "year": [2021, 2022]}), ["district", "year"]).tolist()
    ['张店区 / 2021', '? / 2022']
    """
    parts = [frame[name].astype("string").fillna("").replace("", UNKNOWN) for name in by]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + JOINT + part
    return joined.rename("group")


def gather(
    sentences: pd.DataFrame,
    groups: Sequence[str],
    codebook: Codebook,
    *,
    weights: Weights = "sentence",
    audit: pd.DataFrame | None = None,
) -> Evidence:
    """Read the evidence of themes off a table.

    Parameters
    ----------
    sentences : DataFrame
        Rows of kind `sentence` with `theme`, `p_<theme>` and the name of its `group`.
    groups : sequence of str
    codebook : Codebook
    weights : {'sentence', 'character', 'document'}
    audit : DataFrame, optional
        sentence_id, label, inclusion_probability.
    """
    rows, label, inclusion = labelled_rows(sentences, audit, "label", codebook.theme_ids)
    return Evidence(
        group=pd.Categorical(sentences["group"], categories=list(groups)).codes.astype(np.intp),
        predicted=pd.Categorical(sentences["theme"], categories=list(codebook.theme_ids)).codes.astype(np.intp),
        probability=sentences[[f"p_{theme}" for theme in codebook.theme_ids]].to_numpy(dtype=float),
        weight=sentence_weights(sentences, weights),
        n_groups=len(groups),
        policy=np.array([codebook.theme_ids.index(theme) for theme in codebook.policy_theme_ids], dtype=np.intp),
        labelled=rows,
        label=label,
        inclusion=inclusion,
    )


def labelled_rows(
    sentences: pd.DataFrame, audit: pd.DataFrame | None, column: str, codes: Sequence[str]
) -> tuple[Ints, Ints, Floats]:
    """Find the rows of labelled sentences, the number of their code, and their inclusion probability.

    Raises
    ------
    TableError
        When a label is not among the codes or a sentence is not in the table.
    """
    if audit is None:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp), np.zeros(0)
    place = pd.Index(sentences["sentence_id"]).get_indexer(pd.Index(audit["sentence_id"]))
    label = pd.Categorical(audit[column], categories=list(codes)).codes.astype(np.intp)
    if (place < 0).any():
        lost = audit["sentence_id"][place < 0].astype(str).tolist()
        raise TableError(
            f"{len(lost)} audited sentences are not among the coded ones, such as {lost[0]}; audit this corpus"
        )
    if (label < 0).any():
        raise TableError(
            f"the audit has the {column} {audit[column][label < 0].iloc[0]!r}; it must be one of {', '.join(codes)}"
        )
    return place.astype(np.intp), label, audit["inclusion_probability"].to_numpy(dtype=float)


def sentence_weights(sentences: pd.DataFrame, weights: Weights) -> Floats:
    """Return how much each sentence counts: 1, its characters, or one over the sentences of its document."""
    if weights == "sentence":
        return np.ones(len(sentences))
    if weights == "character":
        if "text" not in sentences:
            raise TableError("weights='character' needs the column text")
        return np.maximum(sentences["text"].astype("string").fillna("").str.len().to_numpy(dtype=float), 1.0)
    if weights == "document":
        if "document" not in sentences:
            raise TableError("weights='document' needs the column document")
        return 1.0 / sentences.groupby("document")["document"].transform("size").to_numpy(dtype=float)
    raise TableError(f"weights must be sentence, character or document, not {weights!r}")


def refuse_learned(card: Mapping[str, Any] | None, audited: "pd.Series[Any]") -> None:
    """Refuse probabilities of a model that learned from the audited documents.

    Raises
    ------
    TableError
        In-sample errors look small: intervals from them held the truth 22 times of 100 in simulation.
    """
    known = {*(card or {}).get("documents", ()), *(card or {}).get("document_counts", ())}
    learned = sorted(known & set(audited.astype(str)))
    if learned:
        raise TableError(
            f"the model learned from {len(learned)} audited documents, such as {learned[0]}: its errors there look "
            "smaller than they are; code the sentences with cross_fitted(), or with a model trained on other documents"
        )
