"""Put together the sections of a page that show a chart: both drawings, the table behind them, the files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from zhuti.reports.charts import FOOT, HEAD, Picture, lead_of
from zhuti.reports.facts import ReportFacts
from zhuti.reports.page.colors import theme_inks
from zhuti.reports.page.more_rows import similarity_rows, target_rows, term_rows, year_rows
from zhuti.reports.page.rows import Table, difference_rows, rank_rows, share_rows, subtheme_rows
from zhuti.reports.svg import page_svg

_TABLES = {
    "shares": share_rows,
    "differences": difference_rows,
    "ranks": rank_rows,
    "subthemes": subtheme_rows,
    "similarity": similarity_rows,
    "years": year_rows,
    "terms": term_rows,
    "targets": target_rows,
}
# The CSV that a figure shows, where it has another name.
_CSV = {"similarity": "distances", "targets": "target_counts", "strips": "sentences"}


@dataclass(frozen=True)
class Section:
    """One figure of the page."""

    name: str
    lead: str
    wide: Markup
    narrow: Markup
    table: Table | None
    csv: str
    tall: bool


def page_section(facts: ReportFacts, picture: Picture) -> Section:
    """Return the section of a chart."""
    title = f"{facts.words(picture.name)}{facts.words('colon')}{lead_of(picture.name, facts)}"
    drawn = [
        Markup(
            page_svg(
                raw,
                name=f"{picture.name}-{kind}",
                title=title,
                namer=_namer(facts),
                cut=(HEAD * 72, FOOT * 72),
                inks=theme_inks(facts.codebook),
            )
        )
        for kind, raw in (("w", picture.wide), ("n", picture.narrow))
    ]
    make = _TABLES.get(picture.name)
    csv = _CSV.get(picture.name, picture.name if picture.name in vars(facts.comparison) else "")
    return Section(
        picture.name,
        lead_of(picture.name, facts),
        drawn[0],
        drawn[1],
        make(facts) if make else None,
        csv,
        _tall(drawn[0]),
    )


def _tall(svg: str) -> bool:
    """Tell whether a chart is too tall for one sheet of A4 to be read there; it may then run over several."""
    size = re.search(r'viewBox="0 \S+ (\S+) (\S+)"', svg)
    return size is not None and float(size[2]) > 1.9 * float(size[1])


def _namer(facts: ReportFacts) -> Any:
    words = facts.words

    def name(found: Mapping[str, str]) -> str:
        parts = []
        for key, value in found.items():
            if key in ("theme", "subtheme"):
                parts.append(facts.label(value))
            elif key not in ("kind", "sort"):
                parts.append(facts.group(value))
        return words("link.open", what=" · ".join(parts))

    return name
