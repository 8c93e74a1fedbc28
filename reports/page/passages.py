"""Put together the sections that are tables without a chart: wording within themes, copied sentences."""

from dataclasses import dataclass

from zhuti.reports.facts import ReportFacts
from zhuti.reports.page.rows import Table
from zhuti.reports.page.worded import MOST_SETS, copy_rows, mixture_rows, within_rows, without_rows


@dataclass(frozen=True)
class Passage:
    """A table with what is said about it.

    Attributes
    ----------
    name : str
        Key of its title in the table of texts, and its place on the page.
    lead : str
    table : Table
    under : str
        Name of the section that it belongs to; its own name where it opens one.
    """

    name: str
    lead: str
    table: Table
    under: str


def passages(facts: ReportFacts) -> tuple[Passage, ...]:
    """Return the tables of wording and of copies that the facts have."""
    return (*_wording(facts), *_copies(facts))


def by_section(facts: ReportFacts) -> dict[str, list[Passage]]:
    """Return the tables by the section that they stand in, in their order."""
    found: dict[str, list[Passage]] = {}
    for passage in passages(facts):
        found.setdefault(passage.under, []).append(passage)
    return found


def _wording(facts: ReportFacts) -> list[Passage]:
    words, found = facts.words, []
    if not facts.terms_within.empty:
        open_ = not facts.terms_within["verdict"].eq("larger").any()
        lead = words("within.lead.open" if open_ else "within.lead")
        found.append(Passage("within", lead, within_rows(facts), "within"))
        if not facts.mixture.empty:
            found.append(Passage("within.mix", words("within.mix.lead"), mixture_rows(facts), "within"))
    return found


def _copies(facts: ReportFacts) -> list[Passage]:
    words, copies = facts.words, facts.comparison.copies
    if copies.empty:
        return []
    clusters = copies["cluster"].nunique()
    lead = words("copies.lead", n=len(copies), clusters=clusters)
    if clusters > MOST_SETS:
        lead += ("" if facts.lang == "zh" else " ") + words("copies.first", n=MOST_SETS)
    found = [Passage("copies", lead, copy_rows(facts), "copies")]
    if not facts.comparison.without_copies.empty:
        lead = words("copies.without.lead", level=facts.level)
        found.append(Passage("copies.without", lead, without_rows(facts), "copies"))
    return found
