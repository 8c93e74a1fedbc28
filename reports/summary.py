"""Write the short table of shares that the terminal shows."""

from pathlib import Path

from zhuti.reports.facts import ReportFacts
from zhuti.reports.words import display_width, padded, percent, percent_range

_MOST_GROUPS = 40


def render_summary(facts: ReportFacts, out: Path) -> str:
    """Return an aligned table of shares, what was left out of them, and where the page lies.

    Parameters
    ----------
    facts : ReportFacts
    out : Path
        Folder of the report.
    """
    words, comparison = facts.words, facts.comparison
    cells = {
        (row["group"], row["theme"]): f"{percent(row['share'])} ({percent_range(row['low'], row['high'])})"
        for row in comparison.shares.to_dict("records")
    }
    head = ["", *(facts.label(theme) for theme in comparison.themes)]
    body = [[facts.group(g), *(cells[g, t] for t in comparison.themes)] for g in comparison.groups[:_MOST_GROUPS]]
    lines = [words("summary.head", level=facts.level), *_aligned([head, *body])]
    if len(comparison.groups) > _MOST_GROUPS:
        lines.append("…")
    lines.append(_left_out(facts))
    if comparison.method == "counted":
        lines.append(words("summary.counted"))
    lines.append(words("summary.page", path=out / "report.html"))
    return "\n".join(filter(None, lines))


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(display_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            padded(cell, width, right=column > 0) for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _left_out(facts: ReportFacts) -> str:
    words = facts.words
    totals = facts.comparison.counts.drop(columns=["group", "in_shares"]).sum()
    kinds = [f"{_kind(facts, str(name))} {int(n)}" for name, n in totals.items() if n]
    return words("summary.apart", n=int(totals.sum()), kinds=words("list.comma").join(kinds)) if kinds else ""


def _kind(facts: ReportFacts, name: str) -> str:
    known = [key for key in (f"count.{name}", f"kind.{name}") if facts.words.has(key)]
    return facts.words(known[0]) if known else name
