"""Shares by year and how they changed, where documents carry years."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from zhuti.reports.counted import ErrorModel
from zhuti.reports.difference_tables import verdict_of
from zhuti.reports.differences import PairFamily
from zhuti.reports.evidence import Evidence
from zhuti.reports.share_tables import share_table
from zhuti.reports.shares import Shares

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
    shares = evidence.regrouped(codes.astype(np.intp), len(cells)).shares(errors, level=level)
    counts = evidence.regrouped(codes.astype(np.intp), len(cells)).weighted(np.ones(len(codes))).sums().predicted
    names = [groups[group] for group, _ in cells]
    table = share_table(shares, counts[:, evidence.policy], names, themes)
    table.insert(1, "year", np.repeat([year for _, year in cells], len(themes)))
    changes = [
        _changes(
            shares, [i for i, (g, year) in enumerate(cells) if g == group and year >= 0], list(cells), themes, level
        )
        for group in range(len(groups))
    ]
    found = [part.assign(group=groups[g]) for g, part in enumerate(changes) if len(part)]
    table = table[table["year"] >= 0].reset_index(drop=True)
    every = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(CHANGES))
    return table[list(YEARS)], every[list(CHANGES)]


def _changes(
    shares: Shares, rows: list[int], cells: Sequence[tuple[int, int]], themes: Sequence[str], level: float
) -> pd.DataFrame:
    steps = list(pairwise(rows))
    steps += [(rows[0], rows[-1])] if len(rows) > 2 else []
    tables = []
    for a, b in steps:
        for k, theme in enumerate(themes):
            error, freedom = shares.error[[a, b], k], shares.freedom[[a, b]]
            family = PairFamily.of(error, freedom, themes=max(len(themes) * len(steps), 1), random_state=0)
            gap, spread = shares.share[b, k] - shares.share[a, k], float(np.hypot(*error))
            width = family.quantile(level) * spread
            p_value = float(family.p_value(np.array([gap / spread]))[0])
            bounds = [gap, max(gap - width, -1.0), min(gap + width, 1.0), p_value]
            verdict = verdict_of(np.array([gap]), np.array([width]))[0]
            tables.append((theme, cells[a][1], cells[b][1], *bounds, verdict))
    return pd.DataFrame(tables, columns=[name for name in CHANGES if name != "group"])
