"""Compare groups of coded sentences: how large is each theme in each, and which differences are sure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zhuti.errors import TableError
from zhuti.reports.attention import distance_table, diversity_table
from zhuti.reports.changes import CHANGES, YEARS, yearly_tables
from zhuti.reports.counted import ErrorModel
from zhuti.reports.difference_tables import MOST_PAIRED, compared_groups
from zhuti.reports.evidence import (
    JOINT,
    UNKNOWN,
    Evidence,
    Weights,
    gather,
    group_names,
    refuse_learned,
    sentence_weights,
)
from zhuti.reports.homogeneity import homogeneity_table
from zhuti.reports.share_tables import count_table, emphasis_table, share_table
from zhuti.reports.subthemes import subtheme_table
from zhuti.reports.terms import COLUMNS as TERMS
from zhuti.reports.terms import distinctive_terms
from zhuti.seeds import Codebook, read_codebook

__all__ = ["JOINT", "MOST_PAIRED", "UNKNOWN", "Comparison", "compare"]


@dataclass(frozen=True)
class Comparison:
    """The facts of a comparison; every number of a report is a cell of one of these tables.

    Attributes
    ----------
    by : str
        Column that was compared; two with a comma between.
    level : float
        Nominal coverage of every interval.
    method : str
        `counted` (classify and count, error measured on other documents: does not cover groups that write
        differently) or `audited` (labels of the user's own).
    weights : str
        What a sentence counts: `sentence` (1), `character` (its length), `document` (each document once).
    groups, themes : tuple of str
        In the order of charts: groups as they come, themes as the codebook has them.
    shares : DataFrame
        group, theme, sentences, share, low, high, error, labels, method, thin, flag.
    differences : DataFrame
        One row a theme and pair: theme, group_a, group_b, difference (a - b), low, high, log_ratio,
        log_ratio_low, log_ratio_high (NaN where a share may be nought), p_value, verdict (`larger`, `smaller`,
        `cannot tell`). With probability `level` all intervals of the table hold at once. Empty for more than
        50 groups.
    ranks : DataFrame
        group, theme, rank, low, high; they hold at once as well.
    subthemes : DataFrame
        group, theme, subtheme, and the columns of `shares`; bounds are NaN where the error is not known.
    diversity : DataFrame
        group, diversity (0 to 1), low, high, effective.
    distances : DataFrame
        group_a, group_b, distance (0 to 1), low, high. Empty for more than 50 groups.
    emphasis : DataFrame
        group, theme, by_sentences, by_characters, each with _low and _high. Empty without texts.
    homogeneity : DataFrame
        theme, labels, statistic, p_value, verdict; empty without an audit.
    years, changes : DataFrame
        Shares by group and year; changes between years: group, theme, year_a, year_b, difference, low, high,
        p_value, verdict. Empty where documents carry no years.
    counts : DataFrame
        One row a group: sentences in the shares, sentences without a policy theme, and other units by kind.
    terms : DataFrame
        See `distinctive_terms`; empty where it was not asked for or there are no texts.
    """

    by: str
    level: float
    method: str
    weights: str
    groups: tuple[str, ...]
    themes: tuple[str, ...]
    shares: pd.DataFrame
    differences: pd.DataFrame
    ranks: pd.DataFrame
    subthemes: pd.DataFrame
    diversity: pd.DataFrame
    distances: pd.DataFrame
    emphasis: pd.DataFrame
    homogeneity: pd.DataFrame
    years: pd.DataFrame
    changes: pd.DataFrame
    counts: pd.DataFrame
    terms: pd.DataFrame


def compare(
    coded: pd.DataFrame,
    *,
    by: str | Sequence[str] = "district",
    codebook: Codebook | None = None,
    card: Mapping[str, Any] | None = None,
    audit: pd.DataFrame | None = None,
    weights: Weights = "sentence",
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
    by : str or sequence of two str
        Column to compare by, or two: `["district", "year"]` makes groups such as `张店区 / 2021`.
    codebook : Codebook, optional
        By default the one that zhuti ships.
    card : mapping, optional
        The model's card; its `confusion` and `document_counts` measure the classifier's error. Needed without
        an audit.
    audit : DataFrame, optional
        Sentences chosen by chance and labelled by hand: sentence_id, label, inclusion_probability, and
        subtheme where it was coded too (see `read_audit`).
    weights : {'sentence', 'character', 'document'}
        What a sentence counts: 1, its length, or one over the sentences of its document.
    level : float
        Nominal coverage of the intervals, 0 to 1.
    with_terms : bool
        Look for distinctive terms too.
    random_state : int
        Seed of the simulated quantiles and of permutations.

    Returns
    -------
    Comparison

    Raises
    ------
    TableError
        When a column is missing, no sentence carries a policy theme, a label or its sentence is unknown, or the
        model learned from the audited documents.
    ModelError
        When there is no audit and the card does not tell the model's error.

    Warnings
    --------
    Shares of a `counted` comparison must not be compared between groups that write differently.
    """
    codebook = codebook or read_codebook()
    columns = (by,) if isinstance(by, str) else tuple(by)
    frame = _checked(coded, columns, codebook)
    frame = frame.assign(group=group_names(frame, columns))
    groups, themes = _ordered(frame["group"]), codebook.policy_theme_ids
    sentences = frame[frame["kind"].eq("sentence")] if "kind" in frame else frame
    if not sentences["theme"].isin(themes).any():
        raise TableError("no sentence carries a policy theme, so there is nothing to compare; see sentences.csv")
    if audit is not None:
        _check_audit(audit, sentences, card)
    evidence = gather(sentences, groups, codebook, weights=weights, audit=audit)
    errors = ErrorModel.of(card) if card is not None and audit is None else None
    shares = evidence.shares(errors, level=level)
    differences, ranks = compared_groups(shares, groups, themes, level=level, random_state=random_state)
    years, changes = _yearly(evidence, sentences, columns, groups, themes, errors, level)
    wording = with_terms and "text" in frame
    return Comparison(
        by=",".join(columns),
        level=level,
        method="counted" if audit is None else "audited",
        weights=weights,
        groups=groups,
        themes=themes,
        shares=share_table(shares, evidence.counts(), groups, themes),
        differences=differences,
        ranks=ranks,
        subthemes=subtheme_table(sentences, groups, codebook, card, weights=weights, audit=audit, level=level),
        diversity=diversity_table(shares, groups, level=level),
        distances=distance_table(shares, groups if len(groups) <= MOST_PAIRED else (), level=level),
        emphasis=_emphasis(evidence, sentences, groups, themes, errors, level),
        homogeneity=homogeneity_table(evidence.sample(), codebook.theme_ids, level=level, random_state=random_state),
        years=years,
        changes=changes,
        counts=count_table(frame, groups, themes),
        terms=distinctive_terms(frame, by="group", random_state=random_state)
        if wording
        else pd.DataFrame(columns=TERMS),
    )


def _checked(coded: pd.DataFrame, by: Sequence[str], codebook: Codebook) -> pd.DataFrame:
    wanted = [*by, "theme", *(f"p_{theme}" for theme in codebook.theme_ids)]
    missing = [name for name in wanted if name not in coded]
    if missing:
        raise TableError(
            f"the coded table lacks the column {', '.join(missing)}; it has {', '.join(map(str, coded.columns))}; "
            "code it with zhuti classify first"
        )
    strange = set(coded["theme"].dropna()) - set(codebook.theme_ids)
    if strange or coded["theme"].isna().any():
        found = ", ".join(sorted(map(str, strange))) or "an empty cell"
        raise TableError(
            f"the column theme holds {found}; it must hold one of {', '.join(codebook.theme_ids)} in each row"
        )
    return coded.reset_index(drop=True)


def _check_audit(audit: pd.DataFrame, sentences: pd.DataFrame, card: Mapping[str, Any] | None) -> None:
    for name, table in (("audit", audit), ("coded table", sentences)):
        if "sentence_id" not in table:
            raise TableError(f"the {name} lacks the column sentence_id, by which labels find their sentence")
    missing = [name for name in ("label", "inclusion_probability") if name not in audit]
    if missing:
        raise TableError(f"the audit lacks the column {', '.join(missing)}; read it with read_audit()")
    if audit.empty:
        raise TableError("the audit holds no label; fill in its column theme")
    if "document" in sentences:
        chosen = sentences.loc[sentences["sentence_id"].isin(audit["sentence_id"]), "document"]
        refuse_learned(card, chosen)


def _ordered(names: "pd.Series[str]") -> tuple[str, ...]:
    found = [str(name) for name in dict.fromkeys(names)]
    numeric = all(name == UNKNOWN or name.lstrip("-").isdigit() for name in found)
    return tuple(
        sorted(found, key=lambda name: (name == UNKNOWN, int(name) if name != UNKNOWN else 0)) if numeric else found
    )


def _yearly(
    evidence: Evidence,
    sentences: pd.DataFrame,
    by: Sequence[str],
    groups: Sequence[str],
    themes: Sequence[str],
    errors: ErrorModel | None,
    level: float,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    if "year" not in sentences or "year" in by:
        return pd.DataFrame(columns=list(YEARS)), pd.DataFrame(columns=list(CHANGES))
    years = pd.to_numeric(sentences["year"], errors="coerce").astype("Int64")
    return yearly_tables(evidence, years, groups, themes, errors, level=level)


def _emphasis(
    evidence: Evidence,
    sentences: pd.DataFrame,
    groups: Sequence[str],
    themes: Sequence[str],
    errors: ErrorModel | None,
    level: float,
) -> pd.DataFrame:
    if "text" not in sentences:
        return pd.DataFrame()
    both = [evidence.weighted(sentence_weights(sentences, weights)) for weights in ("sentence", "character")]
    sentence, character = (part.shares(errors, level=level) for part in both)
    return emphasis_table(sentence, character, groups, themes)
