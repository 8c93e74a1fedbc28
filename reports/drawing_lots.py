"""Choose the sentences to label: by chance for an audit, by doubt or by disagreement for training."""

from typing import Literal

import numpy as np
import pandas as pd

from zhuti.errors import TableError
from zhuti.reports.comparison_checks import columns_to_compare
from zhuti.reports.evidence import group_names
from zhuti.reports.sampling import Plan

Design = Literal["audit", "uncertain", "disagreement"]
# `before` is the sentence before: coders need it (rule 4); `order` is the order of labelling, drawn by chance.
COLUMNS = (
    "order", "sentence_id", "document", "district", "year", "genre", "heading", "before", "text", "theme", "subtheme",
    "secondary", "coder", "inclusion_probability", "design", "predicted",
)  # fmt: skip


def draw_sample(coded: pd.DataFrame, plan: Plan, *, random_state: int = 0) -> pd.DataFrame:
    """Draw the planned sentences by simple random sampling within each group and predicted theme.

    The rows come in random order, so that the first hundred labelled are a chance sample as well.

    Parameters
    ----------
    coded : DataFrame
        The table that was planned on.
    plan : Plan
    random_state : int

    Returns
    -------
    DataFrame
        Columns as in `COLUMNS`; theme, subtheme, secondary and coder are empty.
    """
    sentences = coded[coded["kind"].eq("sentence")] if "kind" in coded else coded
    group = group_names(sentences, columns_to_compare(plan.by))
    rng = np.random.default_rng(random_state)
    rows, inclusion = [], []
    strata = sentences.groupby([group, sentences["theme"].rename("predicted")], sort=False).indices
    for stratum in plan.strata.to_dict("records"):
        there = strata[(stratum["group"], stratum["predicted"])]
        chosen = rng.choice(there, stratum["sample"], replace=False)
        rows.append(chosen)
        inclusion.append(np.full(len(chosen), stratum["inclusion_probability"]))
    order = rng.permutation(sum(map(len, rows)))
    picked = sentences.iloc[np.concatenate(rows)[order]]
    return _blank(picked, coded, np.concatenate(inclusion)[order], "audit")


def choose_for_training(
    coded: pd.DataFrame, size: int, *, design: Design, other: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Choose the sentences from which a classifier learns most: those it doubts, or on which two disagree.

    They are the classifier's worst; shares must never be estimated from them, and `read_audit` refuses them.

    Parameters
    ----------
    coded : DataFrame
        Sentence table with `p_<theme>`.
    size : int
    design : {'uncertain', 'disagreement'}
    other : DataFrame, optional
        The same rows coded by another classifier; needed for `disagreement`.

    Returns
    -------
    DataFrame
        Columns as in `COLUMNS`, without inclusion probabilities.

    References
    ----------
    Lewis and Gale (1994), A sequential algorithm for training text classifiers; Seung, Opper and Sompolinsky
    (1992), Query by committee.
    """
    names = [name for name in coded if str(name).startswith("p_")]
    p = coded[names].to_numpy(dtype=float)
    if design == "uncertain":
        ordered = np.sort(p, axis=1)
        worth = ordered[:, -2] - ordered[:, -1]
    elif design == "disagreement" and other is not None:
        worth = _divergence(p, other[names].to_numpy(dtype=float))
    else:
        raise TableError(f"design {design!r}: for training it is uncertain, or disagreement with a second coding")
    table = coded.assign(_worth=worth)
    table = table[table["kind"].eq("sentence")] if "kind" in table else table
    table = table.drop_duplicates("text").sort_values("_worth", ascending=False, kind="stable").head(size)
    return _blank(table.drop(columns="_worth"), coded, np.full(len(table), np.nan), design)


def _divergence(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    middle = (p + q) / 2.0
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(x > 0, x * np.log2(x / middle), 0.0).sum(axis=1) for x in (p, q)]
    return np.asarray((parts[0] + parts[1]) / 2.0)


def _blank(picked: pd.DataFrame, coded: pd.DataFrame, inclusion: np.ndarray, design: Design) -> pd.DataFrame:
    text = coded["text"].astype("string").fillna("")
    before = text.groupby(coded["document"], sort=False).shift(1) if "document" in coded else text.shift(1)
    empty = dict.fromkeys(("theme", "subtheme", "secondary", "coder"), "")
    table = picked.assign(
        **empty,
        predicted=picked["theme"],
        before=before.fillna("").reindex(picked.index),
        order=np.arange(1, len(picked) + 1),
        inclusion_probability=inclusion,
        design=design,
    )
    return table[[name for name in COLUMNS if name in table]].reset_index(drop=True)
