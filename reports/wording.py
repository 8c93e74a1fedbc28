"""Ask whether groups differ in priorities or in wording: terms within each theme, and the two parts of a difference."""

import pandas as pd

from zhuti.reports.comparison import Comparison
from zhuti.reports.evidence import group_names
from zhuti.reports.mixture import COLUMNS as MIXTURE
from zhuti.reports.mixture import split_differences
from zhuti.reports.terms import COLUMNS as TERMS
from zhuti.reports.terms import distinctive_terms

# Rows to keep for each group and theme.
_MOST = 50


def terms_within(coded: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    """Find the words that set a group apart among the sentences of one theme, for each theme.

    Parameters
    ----------
    coded : DataFrame
        The sentence table that was compared.
    comparison : Comparison

    Returns
    -------
    DataFrame
        theme, then the columns of `distinctive_terms`; the strongest 50 of each group and theme. Empty where the
        comparison was made without terms.
    """
    columns = ["theme", *TERMS]
    if comparison.terms.empty or "text" not in coded:
        return pd.DataFrame(columns=columns)
    frame = _grouped(coded, comparison)
    tables = [
        distinctive_terms(frame, by="group", within=theme, most=_MOST).assign(theme=theme)
        for theme in comparison.themes
    ]
    kept = [table for table in tables if len(table)]
    return pd.concat(kept, ignore_index=True)[columns] if kept else pd.DataFrame(columns=columns)


def mixture_of(coded: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    """Split the difference between groups' words into mix of themes and wording within them.

    Parameters
    ----------
    coded : DataFrame
    comparison : Comparison

    Returns
    -------
    DataFrame
        As `split_differences`; empty where the comparison was made without terms.
    """
    if comparison.terms.empty or "text" not in coded or len(comparison.groups) < 2:
        return pd.DataFrame(columns=list(MIXTURE))
    return split_differences(_grouped(coded, comparison), by="group", themes=comparison.themes)


def _grouped(coded: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    return coded.assign(group=group_names(coded, comparison.columns))
