"""Read codings of several coders, and show and write how far they agree."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from zhuti.features import read_table, write_table
from zhuti.files import whole_folder
from zhuti.reports.agreement import Agreement
from zhuti.reports.plan_text import aligned
from zhuti.reports.words import Words
from zhuti.seeds import Codebook
from zhuti.seeds.codebook import Language

# Disagreements that the terminal shows; all are in the table.
MOST_SHOWN = 20


def read_codings(paths: Sequence[Path | str]) -> dict[str, pd.DataFrame]:
    """Read a coding a file; a file with several names in its column `coder` holds several.

    Parameters
    ----------
    paths : sequence of path or str

    Returns
    -------
    dict of str to DataFrame
        By the name of the coder: that in the column, else that of the file.
    """
    codings: dict[str, pd.DataFrame] = {}
    for path in map(Path, paths):
        table = read_table(path)
        given = (
            table["coder"].astype("string").fillna("").str.strip() if "coder" in table else pd.Series(dtype="string")
        )
        names = [name for name in dict.fromkeys(given) if name]
        parts = {n: table[given.eq(n)] for n in names} if len(names) > 1 else {(names or [path.stem])[0]: table}
        for name, part in parts.items():
            free = next(n for n in (name, path.stem, str(path), f"{path} {len(codings) + 1}") if n not in codings)
            codings[free] = part
    return codings


def render_agreement(found: Agreement, codebook: Codebook, *, lang: Language = "zh") -> str:
    """Return scores, confusion and sentences to settle as lines of text."""
    words = Words(lang)
    head = words(
        "agree.head",
        coders=len(found.coders),
        units=int(found.scores["units"].iloc[0]),
        level=f"{found.level * 100:g}%",
    )
    table = [tuple(words(f"agree.{name}") for name in ("theme", "units", "alpha", "kappa", "percent"))]
    for row in found.scores.to_dict("records"):
        name = codebook.label(row["theme"], lang) if row["theme"] else words("agree.all")
        cells = [_with_interval(row, score) for score in ("alpha", "kappa", "percent")]
        table.append((name, str(row["units"]), *cells))
    lines = [head, "", *aligned(table)]
    for a, b in found.pairs[["coder_a", "coder_b"]].to_numpy():
        counts = found.confusion[(found.confusion["coder_a"] == a) & (found.confusion["coder_b"] == b)]
        lines += ["", words("agree.confusion", a=a, b=b), *_crossed(counts, codebook, lang)]
    lines += ["", words("agree.settle", n=len(found.disagreements))]
    for row in found.disagreements.head(MOST_SHOWN).to_dict("records"):
        codes = "  ".join(
            f"{coder}: {codebook.label(row[coder], lang)}" for coder in found.coders if isinstance(row[coder], str)
        )
        lines.append(f"{row['sentence_id']}  {codes}  {row.get('text', '')}")
    if len(found.disagreements) > MOST_SHOWN:
        lines.append(words("agree.more", n=len(found.disagreements) - MOST_SHOWN))
    return "\n".join(lines)


def write_agreement(found: Agreement, folder: Path | str) -> None:
    """Write agreement.csv, pairs.csv, confusion.csv and disagreements.xlsx to a folder, whole or not at all."""
    with whole_folder(Path(folder)) as stage:
        write_table(found.scores, stage / "agreement.csv")
        write_table(found.pairs, stage / "pairs.csv")
        write_table(found.confusion, stage / "confusion.csv")
        write_table(found.disagreements, stage / "disagreements.csv")
        write_table(found.disagreements.assign(theme=""), stage / "disagreements.xlsx")


def _with_interval(row: Mapping[Any, Any], name: str) -> str:
    if row[name] != row[name]:
        return "—"
    if name == "percent":
        return f"{row[name] * 100:.0f}% ({row[f'{name}_low'] * 100:.0f}–{row[f'{name}_high'] * 100:.0f}%)"
    return f"{row[name]:.2f} ({row[f'{name}_low']:.2f}–{row[f'{name}_high']:.2f})"


def _crossed(counts: pd.DataFrame, codebook: Codebook, lang: Language) -> list[str]:
    known = set(counts["theme_a"]) | set(counts["theme_b"])
    codes = [code for code in (*codebook.theme_ids, *codebook.subtheme_ids) if code in known]
    codes = list(dict.fromkeys(codes))
    cell = counts.set_index(["theme_a", "theme_b"])["count"].to_dict()
    rows = [("", *(codebook.label(code, lang) for code in codes))]
    rows += [(codebook.label(a, lang), *(str(cell.get((a, b), 0)) for b in codes)) for a in codes]
    return aligned(rows)
