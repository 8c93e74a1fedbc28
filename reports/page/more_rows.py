"""Lay out the tables behind the charts of terms, years, similarity and targets."""

from typing import Any

import pandas as pd

from zhuti.reports.charts_terms import shown_terms
from zhuti.reports.charts_years import shown_years
from zhuti.reports.facts import ReportFacts, records
from zhuti.reports.page.rows import Cell, Table, fragment
from zhuti.reports.words import percent, percent_range


def term_rows(facts: ReportFacts) -> Table:
    """Distinctive terms: a row a term that the chart shows."""
    words, rows = facts.words, []
    for group, shown in shown_terms(facts).items():
        filters = {name: value for name, value in facts.found(group).items() if name != "kind"}
        for n, row in zip(shown.index, records(shown), strict=True):
            href = fragment({**filters, "q": str(row["term"])})
            sure = "terms.verdict.unsure" if row["verdict"] == "cannot tell" else "terms.verdict.sure"
            line = (
                Cell(facts.group(group), head=True),
                Cell(str(row["term"]), href=href, source=f"terms:{n}:term"),
                Cell(f"{row['count']:,}", href=href, source=f"terms:{n}:count"),
                Cell(f"{row['rate_per_1000']:.1f}", source=f"terms:{n}:rate_per_1000"),
                Cell(f"{row['rest_per_1000']:.1f}", source=f"terms:{n}:rest_per_1000"),
                Cell(f"{row['z']:.1f}", source=f"terms:{n}:z"),
                Cell(words(sure)),
            )
            rows.append(line)
    headings = (facts.by, *(words(f"column.{name}") for name in ("term", "count", "rate", "rest", "z", "verdict")))
    return Table("terms", headings, tuple(rows))


def year_rows(facts: ReportFacts) -> Table:
    """Shares over the years: a row a group and year, a column a theme."""
    table = facts.comparison.years
    cells = {
        (str(r["group"]), r["year"], str(r["theme"])): (n, r) for n, r in zip(table.index, records(table), strict=True)
    }
    rows = []
    for group in shown_years(facts):
        for year in sorted(table.loc[table["group"] == group, "year"].unique()):
            line = [Cell(facts.group(group), str(int(year)), head=True)]
            for theme in facts.comparison.themes:
                n, row = cells[group, year, theme]
                href = fragment({**facts.found(group, theme), "year": str(int(year))})
                interval = percent_range(row["low"], row["high"], 1)
                line.append(Cell(percent(row["share"], 1), interval, href, f"years:{n}:share"))
            rows.append(tuple(line))
    return Table("years", (facts.by, *map(facts.label, facts.comparison.themes)), tuple(rows))


def similarity_rows(facts: ReportFacts) -> Table:
    """Similarity: for each group the nearest and the farthest."""
    table, rows = facts.comparison.distances, []
    for group in facts.comparison.groups:
        own = table[(table["group_a"] == group) | (table["group_b"] == group)].dropna(subset=["distance"])
        if own.empty:
            continue
        line = [Cell(facts.group(group), head=True)]
        for n in (int(own["distance"].to_numpy().argmin()), int(own["distance"].to_numpy().argmax())):
            line += _other(facts, own.iloc[n], int(own.index[n]), group)
        rows.append(tuple(line))
    words = facts.words
    headings = tuple(words(f"similarity.{name}") for name in ("nearest", "distance", "farthest", "distance"))
    return Table("distances", (facts.by, *headings), tuple(rows))


def _other(facts: ReportFacts, row: "pd.Series[Any]", n: int, group: str) -> list[Cell]:
    other = str(row["group_b"] if row["group_a"] == group else row["group_a"])
    distance = Cell(f"{row['distance']:.3f}", source=f"distances:{n}:distance")
    return [Cell(facts.group(other), href=fragment(facts.found(other))), distance]


def target_rows(facts: ReportFacts) -> Table:
    """Targets: a row a group, a column a theme; planned and done."""
    found = {(str(r["group"]), str(r["theme"])): (n, r) for n, r in enumerate(records(facts.target_counts))}
    rows = []
    for group in facts.comparison.groups:
        line = [Cell(facts.group(group), head=True)]
        for theme in facts.comparison.themes:
            if (group, theme) not in found:
                line.append(Cell("–"))
                continue
            n, row = found[group, theme]
            soft = facts.words("targets.counts", planned=row["planned"], done=row["done"])
            said = f"{row['per_100_sentences']:.1f}"
            href = fragment(facts.found(group, theme))
            line.append(Cell(said, soft, href, f"target_counts:{n}:per_100_sentences"))
        rows.append(tuple(line))
    return Table("target_counts", (facts.by, *map(facts.label, facts.comparison.themes)), tuple(rows))
