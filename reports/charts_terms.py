"""Draw the words that are used more in one group than elsewhere."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from zhuti.reports.chart_style import (
    INK,
    PAPER,
    RULE,
    SMALL,
    SOFT,
    TEXT,
    clear,
    inches,
    link,
    shortened,
    text,
    text_width,
)
from zhuti.reports.comparison import Comparison
from zhuti.reports.facts import ReportFacts, facts_of
from zhuti.seeds import Codebook
from zhuti.seeds.codebook import Language

_ROW = 0.205
# With more groups the chart keeps those whose first term stands out most; the rest is in the table of terms.
MOST_GROUPS = 40


def shown_terms(facts: ReportFacts) -> dict[str, pd.DataFrame]:
    """Return the most distinctive terms of each group: fewer a group where there are many."""
    terms, groups = facts.terms, facts.comparison.groups
    most = 14 if len(groups) <= 2 else 8 if len(groups) <= 8 else 5
    found = {}
    for group in groups:
        rows = terms[(terms["group"] == group) & (terms["z"] > 0)].sort_values("z", ascending=False, kind="stable")
        found[group] = rows.head(most)
    if len(found) <= MOST_GROUPS:
        return found
    tops = {group: float(rows["z"].max()) if len(rows) else 0.0 for group, rows in found.items()}
    kept = set(sorted(tops, key=lambda group: -tops[group])[:MOST_GROUPS])
    return {group: rows for group, rows in found.items() if group in kept}


def _columns(facts: ReportFacts, width: float) -> int:
    groups = len(facts.comparison.groups)
    return min(groups, (2 if groups <= 2 else 4) if width > 6 else (1 if groups <= 2 else 2))


def _block(shown: dict[str, pd.DataFrame]) -> float:
    return 0.45 + _ROW * max((len(rows) for rows in shown.values()), default=0)


def terms_height(facts: ReportFacts, width: float) -> float:
    """Inches that the chart of terms needs."""
    shown = shown_terms(facts)
    return -(-len(shown) // _columns(facts, width)) * _block(shown) + 0.25


def draw_terms(
    facts: ReportFacts | Comparison, ax: Axes, *, codebook: Codebook | None = None, lang: Language = "zh"
) -> None:
    """Draw the most distinctive terms of each group as dots on stems, their z score being the length.

    Parameters
    ----------
    facts : ReportFacts or Comparison
        Its table `terms` is drawn; a filled dot is significant under permutation, a hollow one is not.
    ax : Axes
    """
    facts = facts_of(facts, codebook, lang)
    width, height = inches(ax)
    clear(ax)
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    shown, columns = shown_terms(facts), _columns(facts, width)
    step, block = width / columns, _block(shown)
    words = [str(term) for rows in shown.values() for term in rows["term"]]
    left = min(text_width(words, SMALL) + 0.12, step * 0.55)
    most = max((float(rows["z"].max()) for rows in shown.values() if len(rows)), default=1.0)
    for g, (group, rows) in enumerate(shown.items()):
        band, column = divmod(g, columns)
        x, y = column * step, band * block
        text(ax, x, y + 0.12, shortened(facts.group(group), step - 0.15, TEXT + 1), fontsize=TEXT + 1)
        scale = (step - left - 0.45) / most
        for k, row in enumerate(rows.to_dict("records")):
            _draw_term(facts, ax, group, row, x + left, y + 0.38 + k * _ROW, scale)
    sure = facts.words("terms.sure") if (facts.terms["verdict"] != "cannot tell").any() else ""
    note = facts.words("list.semicolon").join(
        filter(None, [facts.words("terms.axis"), sure, facts.words("terms.unsure")])
    )
    text(ax, 0, height - 0.08, note if width > 6 else facts.words("terms.axis"), fontsize=SMALL, color=SOFT)


def _draw_term(facts: ReportFacts, ax: Axes, group: str, row: Any, x: float, y: float, scale: float) -> None:
    end = x + float(row["z"]) * scale
    sure = row["verdict"] != "cannot tell"
    filters = {name: value for name, value in facts.found(group).items() if name != "kind"}
    ax.plot([x, end], [y, y], color=RULE, linewidth=1.2, solid_capstyle="butt")
    face = INK if sure else PAPER
    (dot,) = ax.plot([end], [y], "o", markersize=5, markerfacecolor=face, markeredgecolor=INK, markeredgewidth=1.0)
    link(dot, **filters, q=row["term"])
    link(text(ax, x - 0.08, y, str(row["term"]), ha="right", fontsize=SMALL), **filters, q=row["term"])
    text(ax, end + 0.07, y, f"{row['z']:.1f}", fontsize=SMALL - 1, color=SOFT)
