"""Write what was measured into docs/validity.md, between its marks, and draw docs/coverage.png."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from coverage_picture import draw_coverage
from marks import Mark

sys.path.append(str(Path(__file__).parents[1]))
from between_marks import write_between

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "validity.md"


def write_marks(marks: Sequence[Mark], setting: str, part: str) -> None:
    """Write marks, and the setting they were measured in, into a part of the page: marks, repeated, real …"""
    rows = [(m.id, m.what, f"{m.value:.4g}", m.wanted(), _reached(m)) for m in marks]
    between(part, f"{setting}.\n\n" + _table(_HEADS, rows))


def write_coverage(table: pd.DataFrame, setting: str) -> None:
    """Write coverage by method, and draw it."""
    names = {"S1": "districts write alike", "S2": "districts write differently"}
    rows = [
        (row.method, names[str(row.world)], f"{row.coverage:.3f}", f"{row.coverage_rare:.3f}", f"{row.width:.3f}")
        for row in table.itertuples()
    ]
    heads = ("method", "world", "holds the true share", "of the rare theme", "mean width")
    between("coverage", f"{setting}.\n\n" + _table(heads, rows))
    draw_coverage(table, DOCS / "coverage.png")


def between(name: str, text: str) -> None:
    """Replace what stands between the marks of a name."""
    write_between(PAGE, f"<!-- {name}: benchmarks/validity -->\n", f"<!-- end of {name} -->", f"{text}\n")


_HEADS = ("", "what", "value", "mark", "")


def _reached(mark: Mark) -> str:
    return "" if mark.wanted() == "" else "reached" if mark.reached else "**missed**"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
