"""Shares by year and how they changed, where documents carry years."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from zhuti.reports.counted import ErrorModel
from zhuti.reports.difference_tables import verdict_of
from zhuti.reports.differences import welch_freedom
from zhuti.reports.evidence import Evidence
from zhuti.reports.share_tables import share_table
from zhuti.reports.shares import Shares
from zhuti.reports.sums import Ints

YEARS = ("group", "year", "theme", "sentences", "share", "low", "high", "error", "labels", "method", "thin", "flag")
CHANGES = ("group", "theme", "year_a", "year_b", "difference", "low", "high", "p_value", "verdict")


def yearly_tables(
    evidence: Evidence,
    years: "pd.Series[int]",
    groups: Sequence[str],
    themes: Sequence[str],
    errors: ErrorModel | None,
    *,
    level: float,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimate shares of each group and year, and the changes from year to year and from first to last.

    Parameters
    ----------
    evidence : Evidence
    years : Series of Int64, length n_sentences
        Sentences without a year are left out.
    groups, themes : sequences of str
    errors : ErrorModel or None
    level : float
        Chance that all intervals of a group hold at once, those of changes; of each by itself, those of shares.

    Returns
    -------
    by_year : DataFrame
        Columns as in `YEARS`.
    changes : DataFrame
        group, theme, year_a, year_b, difference (later minus earlier), low, high, p_value, verdict; empty
        where no group has two years.
    """
    known = years.notna().to_numpy()
    if not known.any():
        return pd.DataFrame(columns=list(YEARS)), pd.DataFrame(columns=list(CHANGES))
    key = pd.MultiIndex.from_arrays([evidence.group, years.fillna(-1).astype(int)])
    codes, cells = pd.factorize(key, sort=True)
    yearly = evidence.regrouped(codes.astype(np.intp), len(cells))
    shares = yearly.shares(errors, level=level)
    names = [groups[group] for group, _ in cells]
    table = share_table(shares, yearly.counts(), names, themes)
    table.insert(1, "year", np.repeat([year for _, year in cells], len(themes)))
    table = table[table["year"] >= 0].reset_index(drop=True)
    return table[list(YEARS)], _changes(shares, np.array(list(cells)), groups, themes, level)


def _steps(cells: Ints) -> tuple[Ints, Ints]:
    # Pairs of rows of one group: from year to year, and from first to last where there are more than two.
    known = np.flatnonzero(cells[:, 1] >= 0)
    group = cells[known, 0]
    follows = np.flatnonzero(group[1:] == group[:-1])
    _, first, size = np.unique(group, return_index=True, return_counts=True)
    long = size > 2
    start = np.concatenate([follows, first[long]])
    end = np.concatenate([follows + 1, (first + size - 1)[long]])
    order = np.lexsort((end - start > 1, group[start]))
    return known[start[order]], known[end[order]]


def _changes(shares: Shares, cells: Ints, groups: Sequence[str], themes: Sequence[str], level: float) -> pd.DataFrame:
    a, b = _steps(cells)
    if not len(a):
        return pd.DataFrame(columns=list(CHANGES))
    tested = np.bincount(cells[a, 0], minlength=len(groups))[cells[a, 0]] * len(themes)
    gap = shares.share[b] - shares.share[a]
    error = shares.error_between
    spread = np.hypot(error[a], error[b])
    freedom = welch_freedom(error[a], error[b], shares.freedom[a, None], shares.freedom[b, None])
    single = level ** (1.0 / tested)
    width = stats.t.ppf(0.5 + single[:, None] / 2.0, freedom) * spread
    alone = 2.0 * stats.t.sf(np.abs(gap) / spread, freedom)
    names, n_themes = np.array(groups, dtype=object), len(themes)
    return pd.DataFrame(
        {
            "group": np.repeat(names[cells[a, 0]], n_themes),
            "theme": list(themes) * len(a),
            "year_a": np.repeat(cells[a, 1], n_themes),
            "year_b": np.repeat(cells[b, 1], n_themes),
            "difference": gap.ravel(),
            "low": np.maximum(gap - width, -1.0).ravel(),
            "high": np.minimum(gap + width, 1.0).ravel(),
            "p_value": (1.0 - (1.0 - alone) ** tested[:, None]).ravel(),
            "verdict": verdict_of(gap.ravel(), width.ravel()),
        }
    )
