"""Shares of subthemes among the sentences with a policy theme."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from zhuti.reports.evidence import Evidence, Weights, labelled_rows, sentence_weights
from zhuti.reports.share_tables import share_table
from zhuti.reports.shares import Shares
from zhuti.reports.subtheme_counts import SubthemeSums, counted_subthemes, subtheme_errors, sum_subthemes
from zhuti.reports.sums import Floats, Ints
from zhuti.seeds import Codebook

# How sure of its subtheme a classifier is taken to be at most, when it gives no probabilities of subthemes.
MOST_SURE = 0.95
# So many groups are counted at once, which bounds the memory.
_BLOCK = 2_000
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
        Its `subtheme_confusion` and `subtheme_document_counts`, and those under `real`, measure the error of counting.
    weights : {'sentence', 'character', 'document'}
    audit : DataFrame or None
    level : float

    Returns
    -------
    DataFrame
        group, theme, subtheme and the columns of a table of shares; where neither labels nor card tell how the
        subthemes err, the bounds are NaN, and the share is a count to look at, not to publish.
    """
    if "subtheme" not in sentences:
        return pd.DataFrame(columns=list(COLUMNS))
    codes, policy = codebook.subtheme_ids, policy_codes(codebook)
    group = pd.Categorical(sentences["group"], categories=list(groups)).codes.astype(np.intp)
    weight = sentence_weights(sentences, weights)
    if audit is None or "subtheme" not in audit or not audit["subtheme"].isin(codes).all():
        sums = sum_subthemes(sentences, group, len(groups), codes, weight)
        return counted_table(sums, groups, codebook, card, level=level)
    predicted = pd.Categorical(sentences["subtheme"], categories=list(codes)).codes.astype(np.intp)
    rows, label, inclusion = labelled_rows(sentences, audit, "subtheme", codes)
    evidence = Evidence(
        group=group,
        predicted=predicted,
        probability=_probabilities(predicted, sentences, len(codes)),
        weight=weight,
        n_groups=len(groups),
        policy=policy,
        labelled=rows,
        label=label,
        inclusion=inclusion,
    )
    return _table(evidence.shares(None, level=level), evidence.counts(), groups, codebook)


def counted_table(
    sums: SubthemeSums, groups: Sequence[str], codebook: Codebook, card: Mapping[str, Any] | None, *, level: float
) -> pd.DataFrame:
    """Tabulate the shares of subthemes by counting, some thousand groups at a time.

    Parameters
    ----------
    sums : SubthemeSums
    groups : sequence of str
    codebook : Codebook
    card : mapping or None
    level : float

    Returns
    -------
    DataFrame
        As `subtheme_table`.
    """
    policy = policy_codes(codebook)
    errors = subtheme_errors(card or {}, codebook.subtheme_ids, policy)
    tables = []
    for start in range(0, len(groups), _BLOCK):
        part = sums.part(start, start + _BLOCK)
        shares = counted_subthemes(part, errors, policy, level=level)
        tables.append(_table(shares, part.counts[:, policy], groups[start : start + _BLOCK], codebook))
    table = pd.concat(tables, ignore_index=True)
    if not errors:
        table[["low", "high", "error"]] = np.nan
    return table


def policy_codes(codebook: Codebook) -> Ints:
    """Return the numbers of the subthemes of policy themes."""
    codes = codebook.subtheme_ids
    return np.array([i for i, code in enumerate(codes) if codebook.parents[code] != codebook.other], dtype=np.intp)


def _table(shares: Shares, counts: Floats, groups: Sequence[str], codebook: Codebook) -> pd.DataFrame:
    codes = [codebook.subtheme_ids[i] for i in policy_codes(codebook)]
    table = share_table(shares, counts, groups, codes).rename(columns={"theme": "subtheme"})
    table["theme"] = table["subtheme"].map(dict(codebook.parents))
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
