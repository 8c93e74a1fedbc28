"""Shares of subthemes among the sentences with a policy theme."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from zhuti.reports.counted import ErrorModel
from zhuti.reports.evidence import Evidence, Weights, labelled_rows, sentence_weights
from zhuti.reports.share_tables import share_table
from zhuti.reports.sums import Floats, Ints
from zhuti.seeds import Codebook

# How sure of its subtheme a classifier is taken to be at most, when it gives no probabilities of subthemes.
MOST_SURE = 0.95
COLUMNS = (
    "group",
    "theme",
    "subtheme",
    "sentences",
    "share",
    "low",
    "high",
    "error",
    "labels",
    "method",
    "thin",
    "flag",
)


def subtheme_table(
    sentences: pd.DataFrame,
    groups: Sequence[str],
    codebook: Codebook,
    card: Mapping[str, Any] | None,
    *,
    weights: Weights,
    audit: pd.DataFrame | None,
    level: float,
) -> pd.DataFrame:
    """Estimate the share of each subtheme: from labels where the audit has subthemes, else from counts.

    Parameters
    ----------
    sentences : DataFrame
        Rows of kind `sentence` with `subtheme`, `probability` and the name of their `group`.
    groups : sequence of str
    codebook : Codebook
    card : mapping or None
        `subtheme_confusion` and `subtheme_document_counts` are used where the card has them.
    weights : {'sentence', 'character', 'document'}
    audit : DataFrame or None
    level : float

    Returns
    -------
    DataFrame
        group, theme, subtheme and the columns of a table of shares; where neither labels nor card tell how the
        subthemes err, the bounds are NaN, and the share is a count to look at, not to publish.
    """
    with_labels = audit is not None and "subtheme" in audit and audit["subtheme"].isin(codebook.subtheme_ids).all()
    errors = None if with_labels or card is None else _error_model(card)
    if "subtheme" not in sentences:
        return pd.DataFrame(columns=list(COLUMNS))
    codes = codebook.subtheme_ids
    policy = np.array([i for i, code in enumerate(codes) if codebook.parents[code] != codebook.other], dtype=np.intp)
    predicted = pd.Categorical(sentences["subtheme"], categories=list(codes)).codes.astype(np.intp)
    rows, label, inclusion = labelled_rows(sentences, audit if with_labels else None, "subtheme", codes)
    evidence = Evidence(
        group=pd.Categorical(sentences["group"], categories=list(groups)).codes.astype(np.intp),
        predicted=predicted,
        probability=_probabilities(predicted, sentences, len(codes)),
        weight=sentence_weights(sentences, weights),
        n_groups=len(groups),
        policy=policy,
        labelled=rows,
        label=label,
        inclusion=inclusion,
    )
    unknown = not with_labels and errors is None
    shares = evidence.shares(_no_errors(len(codes)) if unknown else errors, level=level)
    table = share_table(shares, evidence.counts(), groups, [codes[i] for i in policy]).rename(
        columns={"theme": "subtheme"}
    )
    table["theme"] = table["subtheme"].map(dict(codebook.parents))
    if unknown:
        table[["low", "high", "error"]] = np.nan
    return table[list(COLUMNS)]


def _probabilities(predicted: Ints, sentences: pd.DataFrame, n_codes: int) -> Floats:
    # Any prediction keeps the estimate unbiased; one that admits its doubt keeps the small samples' variance honest.
    sure = np.full(len(predicted), MOST_SURE)
    if "probability" in sentences:
        sure = np.clip(sentences["probability"].to_numpy(dtype=float), 1.0 / n_codes, MOST_SURE)
    usual = np.bincount(predicted, minlength=n_codes) + 1.0
    probability: Floats = (1.0 - sure)[:, None] * (usual / usual.sum())
    probability[np.arange(len(predicted)), predicted] += sure
    return probability


def _no_errors(n_codes: int) -> ErrorModel:
    nothing = np.zeros((0, n_codes))
    return ErrorModel(np.eye(n_codes), nothing, nothing)


def _error_model(card: Mapping[str, Any]) -> ErrorModel | None:
    names = {"confusion": "subtheme_confusion", "document_counts": "subtheme_document_counts"}
    if not all(card.get(name) for name in names.values()):
        return None
    return ErrorModel.of({name: card[there] for name, there in names.items()})
