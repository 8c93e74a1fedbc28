"""Compare groups of coded sentences: how large is each theme in each, and which differences are sure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from zhuti.errors import TableError
from zhuti.reports.differences import rank_intervals, simultaneous_quantile
from zhuti.reports.counted import ErrorModel, counted_shares
from zhuti.reports.shares import Shares
from zhuti.reports.sums import GroupSums
from zhuti.reports.terms import distinctive_terms
from zhuti.seeds import Codebook, read_codebook

UNKNOWN = "?"
# Beyond this number of groups the table of all pairs is left out: nobody reads 1,225 rows a theme.
MOST_PAIRED = 50


@dataclass(frozen=True)
class Comparison:
    """The facts of a comparison; every number of a report is a cell of one of these tables.

    Attributes
    ----------
    by : str
        Column that was compared.
    level : float
        Nominal coverage of every interval.
    method : str
        `counted` (classify and count, error measured on other documents) or `audited` (labels of the user's own).
    groups, themes : tuple of str
        In the order of charts: groups as they come, themes as the codebook has them.
    shares : DataFrame
        One row a group and theme: group, theme, sentences, share, low, high, error, thin.
    differences : DataFrame
        One row a theme and pair: theme, group_a, group_b, difference (a - b), low, high, log_ratio, verdict
        (`larger`, `smaller`, `cannot tell`); intervals hold for all pairs of a theme at once.
    ranks : DataFrame
        group, theme, rank, low, high.
    subthemes : DataFrame
        group, theme, subtheme, sentences, share: counts without interval, for looking only.
    counts : DataFrame
        One row a group: sentences in the shares, sentences without a policy theme, and other units by kind.
    terms : DataFrame
        group, term, count, rate_per_1000, log_odds, z, p_value, q_value, verdict, unit, blocks: see
        `distinctive_terms`; empty where it was not asked for or there are no texts.
    """

    by: str
    level: float
    method: str
    groups: tuple[str, ...]
    themes: tuple[str, ...]
    shares: pd.DataFrame
    differences: pd.DataFrame
    ranks: pd.DataFrame
    subthemes: pd.DataFrame
    counts: pd.DataFrame
    terms: pd.DataFrame


def compare(
    coded: pd.DataFrame,
    *,
    by: str = "district",
    codebook: Codebook | None = None,
    card: Mapping[str, Any],
    level: float = 0.95,
    with_terms: bool = True,
    random_state: int = 0,
) -> Comparison:
    """Compare groups of coded sentences.

    Parameters
    ----------
    coded : DataFrame
        Sentence table with `theme`, `p_<theme>` and the column `by`; rows whose `kind` is not `sentence`
        are counted apart.
    by : str
        Column to compare by.
    codebook : Codebook, optional
        By default the one that zhuti ships.
    card : mapping
        The model's card; its `confusion` and `document_counts` measure the classifier's error.
    level : float
        Nominal coverage of the intervals, 0 to 1.
    with_terms : bool
        Look for distinctive terms too.
    random_state : int
        Seed of the simulated quantiles.

    Returns
    -------
    Comparison

    Raises
    ------
    TableError
        When a column is missing, or no sentence carries a policy theme.
    """
    codebook = codebook or read_codebook()
    _require(coded, by, codebook)
    frame = coded.assign(**{by: coded[by].astype("string").fillna("").replace("", UNKNOWN)})
    in_text = frame["kind"].eq("sentence") if "kind" in frame else pd.Series(True, index=frame.index)
    groups = tuple(dict.fromkeys(frame[by]))
    sentences = frame[in_text]
    if not sentences["theme"].isin(codebook.policy_theme_ids).any():
        raise TableError("no sentence carries a policy theme, so there is nothing to compare; see sentences.csv")
    sums = _sums(sentences, by, groups, codebook)
    policy = np.array([codebook.theme_ids.index(theme) for theme in codebook.policy_theme_ids])
    shares = counted_shares(sums, ErrorModel.of(card), policy, level=level)
    themes = codebook.policy_theme_ids
    differences, ranks = _differences(shares, groups, themes, level, random_state)
    return Comparison(
        by=by,
        level=level,
        method="counted",
        groups=groups,
        themes=themes,
        shares=_share_table(shares, sums, groups, themes, policy),
        differences=differences,
        ranks=ranks,
        subthemes=_subtheme_table(sentences, by, groups, codebook),
        counts=_count_table(frame, in_text, by, groups, codebook),
        terms=distinctive_terms(frame if with_terms and "text" in frame else frame.iloc[:0].assign(text=""), by=by),
    )


def _require(coded: pd.DataFrame, by: str, codebook: Codebook) -> None:
    wanted = [by, "theme", *(f"p_{theme}" for theme in codebook.theme_ids)]
    missing = [name for name in wanted if name not in coded]
    if missing:
        raise TableError(
            f"the coded table lacks the column {', '.join(missing)}; it has {', '.join(map(str, coded.columns))}; "
            "code it with zhuti classify first"
        )


def _sums(sentences: pd.DataFrame, by: str, groups: Sequence[str], codebook: Codebook) -> GroupSums:
    group = pd.Categorical(sentences[by], categories=groups).codes.astype(np.intp)
    predicted = pd.Categorical(sentences["theme"], categories=codebook.theme_ids).codes.astype(np.intp)
    probability = sentences[[f"p_{theme}" for theme in codebook.theme_ids]].to_numpy(dtype=float)
    return GroupSums.of(group, predicted, probability, len(groups))


def _share_table(
    shares: Shares, sums: GroupSums, groups: Sequence[str], themes: Sequence[str], policy: Any
) -> pd.DataFrame:
    rows = [
        {
            "group": name,
            "theme": theme,
            "sentences": int(sums.predicted[g, policy[k]]),
            "share": shares.share[g, k],
            "low": shares.low[g, k],
            "high": shares.high[g, k],
            "error": shares.error[g, k],
            "thin": bool(shares.thin[g]),
        }
        for g, name in enumerate(groups)
        for k, theme in enumerate(themes)
    ]
    return pd.DataFrame(rows)


def _differences(
    shares: Shares, groups: Sequence[str], themes: Sequence[str], level: float, random_state: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    pairs: list[dict[str, Any]] = []
    ranks: list[dict[str, Any]] = []
    for k, theme in enumerate(themes):
        error = np.where(np.isnan(shares.share[:, k]), np.nan, shares.error[:, k])
        quantile = simultaneous_quantile(error, shares.freedom, level=level, random_state=random_state)
        rank, low, high = rank_intervals(shares.share[:, k], error, quantile)
        ranks += [
            {"group": g, "theme": theme, "rank": int(r), "low": int(a), "high": int(b)}
            for g, r, a, b in zip(groups, rank, low, high, strict=True)
        ]
        if len(groups) <= MOST_PAIRED:
            pairs += [
                _pair(theme, groups, shares.share[:, k], error, quantile, a, b)
                for a, b in combinations(range(len(groups)), 2)
            ]
    columns = ["theme", "group_a", "group_b", "difference", "low", "high", "log_ratio", "verdict"]
    return pd.DataFrame(pairs, columns=columns), pd.DataFrame(ranks)


def _pair(theme: str, groups: Sequence[str], share: Any, error: Any, quantile: float, a: int, b: int) -> dict[str, Any]:
    gap = share[a] - share[b]
    margin = quantile * np.hypot(error[a], error[b])
    with np.errstate(divide="ignore", invalid="ignore"):
        log_ratio = float(np.log(share[a] / share[b]))
    return {
        "theme": theme,
        "group_a": groups[a],
        "group_b": groups[b],
        "difference": gap,
        "low": max(gap - margin, -1.0),
        "high": min(gap + margin, 1.0),
        "log_ratio": log_ratio if np.isfinite(log_ratio) else np.nan,
        "verdict": "larger" if gap > margin else "smaller" if -gap > margin else "cannot tell",
    }


def _subtheme_table(sentences: pd.DataFrame, by: str, groups: Sequence[str], codebook: Codebook) -> pd.DataFrame:
    order = [code for code in codebook.subtheme_ids if codebook.parents[code] in codebook.policy_theme_ids]
    counts = pd.crosstab(sentences[by], sentences["subtheme"]).reindex(index=groups, columns=order, fill_value=0)
    total = np.maximum(counts.sum(axis=1), 1)
    rows = [
        {
            "group": group,
            "theme": codebook.parents[code],
            "subtheme": code,
            "sentences": int(counts.loc[group, code]),
            "share": counts.loc[group, code] / total[group],
        }
        for group in groups
        for code in order
    ]
    return pd.DataFrame(rows)


def _count_table(
    frame: pd.DataFrame, in_text: "pd.Series[bool]", by: str, groups: Sequence[str], codebook: Codebook
) -> pd.DataFrame:
    policy = frame["theme"].isin(codebook.policy_theme_ids)
    kinds = frame["kind"] if "kind" in frame else pd.Series("sentence", index=frame.index)
    table = pd.DataFrame(
        {
            "in_shares": (in_text & policy).groupby(frame[by]).sum(),
            "without_theme": (in_text & ~policy).groupby(frame[by]).sum(),
        }
    )
    others = pd.crosstab(frame.loc[~in_text, by], kinds[~in_text])
    table = table.join(others).reindex(groups).fillna(0).astype(int)
    return table.rename_axis("group").reset_index()
