"""Compare groups of coded sentences: how large is each theme in each, and which differences are sure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zhuti.errors import TableError
from zhuti.reports.attention import distance_table, diversity_table
from zhuti.reports.changes import CHANGES, YEARS, yearly_tables
from zhuti.reports.comparison_checks import (
    check_audit,
    check_level,
    checked_sentences,
    columns_to_compare,
    ordered_names,
)
from zhuti.reports.copies import COLUMNS as COPIES
from zhuti.reports.copies import MOST_SENTENCES, WITHOUT, copied_sentences, side_by_side
from zhuti.reports.counted import ErrorModel
from zhuti.reports.difference_tables import MOST_PAIRED, compared_groups
from zhuti.reports.evidence import (
    JOINT,
    UNKNOWN,
    Evidence,
    Weights,
    gather,
    group_names,
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
    copies, without_copies : DataFrame
        Sentences that documents share nearly word for word (see `copied_sentences`), and shares with and without
        them: group, theme, copied, share, low, high, share_without, low_without, high_without. Empty where there
        are none, no texts, or more than 200,000 sentences.
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
    copies: pd.DataFrame
    without_copies: pd.DataFrame
    terms: pd.DataFrame

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that were compared, one or two."""
        return columns_to_compare(self.by)


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
        Column to compare by, or two: `["district", "year"]` or `"district,year"` makes groups such as
        `张店区 / 2021`.
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
        When a column is missing, a probability, a chance or the level is none, no sentence carries a policy theme, a
        label or its sentence is unknown or there twice, or the model learned from the audited documents.
    ModelError
        When there is no audit and the card does not tell the model's error.

    Warnings
    --------
    Shares of a `counted` comparison must not be compared between groups that write differently.
    """
    codebook = codebook or read_codebook()
    columns = columns_to_compare(by)
    check_level(level)
    frame = checked_sentences(coded, columns, codebook)
    frame = frame.assign(group=group_names(frame, columns))
    groups, themes = ordered_names(frame["group"]), codebook.policy_theme_ids
    sentences = frame[frame["kind"].eq("sentence")] if "kind" in frame else frame
    if not sentences["theme"].isin(themes).any():
        raise TableError("no sentence carries a policy theme, so there is nothing to compare; see sentences.csv")
    if audit is not None:
        check_audit(audit, sentences, card)
    evidence = gather(sentences, groups, codebook, weights=weights, audit=audit)
    errors = ErrorModel.of(card) if card is not None and audit is None else None
    shares = evidence.shares(errors, level=level)
    differences, ranks = compared_groups(shares, groups, themes, level=level, random_state=random_state)
    years, changes = _yearly(evidence, sentences, columns, groups, themes, errors, level)
    table = share_table(shares, evidence.counts(), groups, themes)
    copies, without = _copied(
        sentences, table, lambda rest: _rest(rest, groups, codebook, weights, audit, errors, level)
    )
    wording = with_terms and "text" in frame
    return Comparison(
        by=",".join(columns),
        level=level,
        method="counted" if audit is None else "audited",
        weights=weights,
        groups=groups,
        themes=themes,
        shares=table,
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
        copies=copies,
        without_copies=without,
        terms=distinctive_terms(frame, by="group", random_state=random_state)
        if wording
        else pd.DataFrame(columns=TERMS),
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


def _copied(
    sentences: pd.DataFrame, whole: pd.DataFrame, shares_of: Callable[[pd.DataFrame], pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    nothing = pd.DataFrame(columns=list(COPIES)), pd.DataFrame(columns=list(WITHOUT))
    if not {"sentence_id", "document", "text"} <= set(sentences) or len(sentences) > MOST_SENTENCES:
        return nothing
    copies = copied_sentences(sentences)
    if copies.empty:
        return nothing
    copied = sentences["sentence_id"].isin(copies["sentence_id"])
    return copies, side_by_side(whole, shares_of(sentences[~copied]), sentences[copied])


def _rest(
    sentences: pd.DataFrame,
    groups: Sequence[str],
    codebook: Codebook,
    weights: Weights,
    audit: pd.DataFrame | None,
    errors: ErrorModel | None,
    level: float,
) -> pd.DataFrame:
    if audit is not None:
        audit = audit[audit["sentence_id"].isin(sentences["sentence_id"])]
    if sentences.empty or (audit is not None and audit.empty):
        return pd.DataFrame(columns=["group", "theme", "share", "low", "high"])
    evidence = gather(sentences, groups, codebook, weights=weights, audit=audit)
    shares = evidence.shares(errors, level=level)
    return share_table(shares, evidence.counts(), groups, codebook.policy_theme_ids)
