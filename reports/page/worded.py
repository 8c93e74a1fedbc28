"""Lay out the tables of wording within themes and of copied sentences, which have no chart."""

from typing import Any

import pandas as pd

from zhuti.reports.facts import ReportFacts, records
from zhuti.reports.page.rows import Cell, Table, fragment
from zhuti.reports.words import percent, percent_range

# Words of a cell, sets of copies and documents of a set that are shown; characters of a sentence.
MOST_WORDS, MOST_SETS, _MOST_PLACES, _MOST_TEXT = 5, 20, 6, 60


def within_rows(facts: ReportFacts) -> Table:
    """Terms within themes: a row a group, a column a theme; each term opens its sentences."""
    table, rows = facts.terms_within, []
    used = table[table["log_odds"] > 0].assign(sure=lambda own: own["verdict"] == "larger")
    used = used.sort_values(["sure", "z"], ascending=False, kind="stable")
    cells = {key: own.head(MOST_WORDS) for key, own in used.groupby(["group", "theme"], sort=False)}
    for group in facts.comparison.groups:
        line = [Cell(facts.group(group), head=True)]
        for theme in facts.comparison.themes:
            own = cells.get((group, theme))
            line.append(Cell("—") if own is None else Cell("", parts=_terms(facts, group, theme, own)))
        rows.append(tuple(line))
    return Table("terms_within", (facts.by, *map(facts.label, facts.comparison.themes)), tuple(rows))


def _terms(facts: ReportFacts, group: str, theme: str, own: pd.DataFrame) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            str(row["term"]),
            href=fragment({**facts.found(group, theme), "q": str(row["term"])}),
            source=f"terms_within:{n}:term",
            strong=bool(row["sure"]),
        )
        for n, row in zip(own.index, records(own), strict=True)
    )


def mixture_rows(facts: ReportFacts) -> Table:
    """Mix and wording: a row a comparison."""
    words, rows = facts.words, []
    for n, row in enumerate(records(facts.mixture)):
        a, b = facts.group(row["group_a"]), str(row["group_b"])
        other = words("within.rest", by=facts.by) if b == "*" else facts.group(b)
        href = fragment(facts.found(row["group_a"]))
        line = [Cell(f"{a} − {other}", head=True)]
        for name in ("mix", "wording"):
            chance = words("within.chance", value=f"{row[f'{name}_chance']:.3f}")
            line.append(Cell(f"{row[name]:.3f}", chance, href, f"mixture:{n}:{name}"))
        line.append(Cell(percent(row["mix_part"]), "", href, f"mixture:{n}:mix_part"))
        rows.append(tuple(line))
    headings = tuple(words(f"column.{name}") for name in ("pair", "mix", "wording", "mix_part"))
    return Table("mixture", headings, tuple(rows))


def copy_rows(facts: ReportFacts) -> Table:
    """Lay out sets of copies: a row a set, with the documents that hold it; those in most documents first."""
    words, copies, rows = facts.words, facts.comparison.copies, []
    sets = copies.groupby("cluster", sort=False)
    order = sets["documents"].first().sort_values(ascending=False, kind="stable").index[:MOST_SETS]
    for cluster in order:
        own = sets.get_group(cluster)
        first, n = own.iloc[0], int(own.index[0])
        rows.append(
            (
                Cell(_cut(str(first["text"])), href=_link(first)),
                Cell("", _more(facts, own), parts=_places(facts, own)),
                Cell(f"{first['similarity']:.2f}", source=f"copies:{n}:similarity"),
            )
        )
    headings = tuple(words(f"column.{name}") for name in ("copied", "places", "similarity"))
    return Table("copies", headings, tuple(rows))


def _places(facts: ReportFacts, own: pd.DataFrame) -> tuple[Cell, ...]:
    held = own.drop_duplicates("document").head(_MOST_PLACES)
    return tuple(
        Cell(facts.document_name(row["document"]), href=_link(row), source=f"copies:{n}:document")
        for n, row in held.iterrows()
    )


def _more(facts: ReportFacts, own: pd.DataFrame) -> str:
    rest = own["document"].nunique() - _MOST_PLACES
    return f"+{rest}" if rest > 0 else ""


def _link(row: "pd.Series[Any]") -> str:
    return fragment({"document": str(row["document"]), "q": str(row["text"]).strip()[:_MOST_TEXT].strip()})


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"


def without_rows(facts: ReportFacts) -> Table:
    """Shares without copied sentences: a row a group, a column a theme."""
    table = facts.comparison.without_copies
    cells = {(row["group"], row["theme"]): (n, row) for n, row in enumerate(records(table))}
    rows = []
    for group in facts.comparison.groups:
        line = [Cell(facts.group(group), head=True)]
        for theme in facts.comparison.themes:
            n, row = cells[group, theme]
            whole = facts.words("copies.with", share=percent(row["share"], 1))
            interval = percent_range(row["low_without"], row["high_without"], 1)
            href = fragment(facts.found(group, theme))
            source = f"without_copies:{n}:share_without"
            soft = f"{interval} · {whole}" if row["share_without"] == row["share_without"] else whole
            line.append(Cell(percent(row["share_without"], 1), soft, href, source))
        rows.append(tuple(line))
    return Table("without_copies", (facts.by, *map(facts.label, facts.comparison.themes)), tuple(rows))
