"""Lay the facts out as tables of a page; each cell knows the cell of the CSV that it shows."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from zhuti.reports.charts_differences import shown_differences
from zhuti.reports.facts import ReportFacts
from zhuti.reports.words import percent, percent_range, points, points_range

MOST_ROWS = 200


@dataclass(frozen=True)
class Cell:
    """One cell: its text, a softer second text, where it leads, and `table:row:column` of the CSV it shows.

    A cell of several terms or documents has a part for each; what is sure is `strong`.
    """

    text: str
    soft: str = ""
    href: str = ""
    source: str = ""
    head: bool = False
    strong: bool = False
    parts: tuple["Cell", ...] = ()


@dataclass(frozen=True)
class Table:
    """A table of a page: headings, rows, and the numbers of columns that hold figures."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def fragment(found: dict[str, str]) -> str:
    """Write filters as the end of a link.

    >>> fragment({"theme": "urban", "kind": "sentence"})
    '#theme=urban&kind=sentence'
    """
    return "#" + "&".join(f"{name}={quote(str(value), safe='')}" for name, value in found.items())


def share_rows(facts: ReportFacts) -> Table:
    """Shares: a row a group, a column a theme."""
    comparison = facts.comparison
    cells = {(row["group"], row["theme"]): (n, row) for n, row in enumerate(comparison.shares.to_dict("records"))}
    rows = []
    for group in comparison.groups:
        line = [Cell(facts.group(group), head=True)]
        for theme in comparison.themes:
            n, row = cells[group, theme]
            interval = percent_range(row["low"], row["high"], 1)
            href = fragment(facts.found(group, theme))
            line.append(Cell(percent(row["share"], 1), interval, href, f"shares:{n}:share"))
        rows.append(tuple(line))
    return Table("shares", (facts.by, *(facts.label(t) for t in comparison.themes)), tuple(rows))


def difference_rows(facts: ReportFacts) -> Table:
    """Differences: all of them where they are few, else the widest of each theme."""
    table = facts.comparison.differences
    if len(table) > MOST_ROWS:
        table = shown_differences(facts)
    words = facts.words
    rows = []
    for n, row in zip(table.index, table.to_dict("records"), strict=True):
        a, b = facts.group(row["group_a"]), facts.group(row["group_b"])
        gap = Cell(
            points(row["difference"], 1),
            points_range(row["low"], row["high"], 1),
            fragment(facts.found(theme=row["theme"])),
            f"differences:{n}:difference",
        )
        verdict = Cell(words(f"verdict.{row['verdict']}", a=a, b=b))
        rows.append((Cell(facts.label(row["theme"]), head=True), Cell(f"{a} − {b}"), gap, verdict))
    headings = tuple(words(f"column.{name}") for name in ("theme", "pair", "difference", "verdict"))
    return Table("differences", headings, tuple(rows))


def subtheme_rows(facts: ReportFacts) -> Table:
    """Subthemes: a row a subtheme, a column a group; groups beyond ten are left to the CSV."""
    comparison = facts.comparison
    groups = comparison.groups[:10]
    cells = {(r["group"], r["subtheme"]): (n, r) for n, r in enumerate(comparison.subthemes.to_dict("records"))}
    rows = []
    for code in dict.fromkeys(comparison.subthemes["subtheme"]):
        line = [Cell(facts.label(code), facts.label(facts.codebook.parents.get(code, code)), head=True)]
        for group in groups:
            n, row = cells[group, code]
            href = fragment(facts.found(group, subtheme=code))
            line.append(Cell(percent(row["share"], 1), _interval(row), href, f"subthemes:{n}:share"))
        rows.append(tuple(line))
    return Table("subthemes", (facts.words("column.subtheme"), *map(facts.group, groups)), tuple(rows))


def _interval(row: dict[Any, Any]) -> str:
    low, high = row.get("low", float("nan")), row.get("high", float("nan"))
    return percent_range(low, high, 1) if low == low else str(row["sentences"])


def rank_rows(facts: ReportFacts) -> Table:
    """Ranks: a row a group, a column a theme."""
    comparison = facts.comparison
    cells = {(r["group"], r["theme"]): (n, r) for n, r in enumerate(comparison.ranks.to_dict("records"))}
    rows = []
    for group in comparison.groups:
        line = [Cell(facts.group(group), head=True)]
        for theme in comparison.themes:
            n, r = cells[group, theme]
            span = f"{r['low']}–{r['high']}" if r["low"] != r["high"] else ""
            line.append(Cell(str(r["rank"]), span, fragment(facts.found(group, theme)), f"ranks:{n}:rank"))
        rows.append(tuple(line))
    return Table("ranks", (facts.by, *(facts.label(t) for t in comparison.themes)), tuple(rows))
