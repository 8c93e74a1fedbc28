"""Measure how far the two codings of the shipped sentences agree, and write it into the data card.

python benchmarks/agreement.py           # print Krippendorff's alpha and Cohen's kappa, theme by theme
python benchmarks/agreement.py --list    # and every disagreement
python benchmarks/agreement.py --write   # and put the figures into seeds/__init__.py, the checksums into SHA256SUMS

The second coder saw texts and headings, not the first coder's labels.
"""

import argparse
import hashlib
import json
from pathlib import Path

import pandas as pd
from between_marks import write_between

from zhuti.reports import Agreement, agreement
from zhuti.seeds import read_codebook, seed_path

ROOT = Path(__file__).parents[1]
CARD = ROOT / "seeds" / "__init__.py"
MARKS = "    .. figures: benchmarks/agreement.py\n", "    .. end of figures\n"


def read_codings() -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Return all labelled units, and the codings of each coder of those that were coded twice.

    A label is the settled one where the coders differ; what the first coder said stands in settled.csv.
    """
    files = sorted(seed_path("labels").glob("*.jsonl"))
    units = pd.DataFrame([json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()])
    settled = pd.read_csv(seed_path("settled.csv")).set_index(["document", "text"])["first"]
    said = settled.reindex(pd.MultiIndex.from_frame(units[["document", "text"]])).to_numpy()
    twice = units.assign(
        sentence_id=units.index.astype(str), first=pd.Series(said, index=units.index).fillna(units["subtheme"])
    )
    twice = twice[twice["second"].notna()]
    parents = read_codebook().parents
    return units, {
        coder: twice[["sentence_id", "document", "heading", "text"]].assign(
            subtheme=twice[coder], theme=twice[coder].map(parents)
        )
        for coder in ("first", "second")
    }


def render(units: pd.DataFrame, themes: Agreement, subthemes: Agreement) -> list[str]:
    """Return the lines of the card: how many units, and a table of alpha and kappa with their intervals."""
    book, n = read_codebook(), int(themes.scores["units"].iloc[0])
    rows = pd.concat([themes.scores, subthemes.scores.head(1).assign(theme="subthemes")])
    lines = [
        f"{n:,} of {len(units):,} units are coded twice; {len(themes.disagreements):,} times the themes differ,",
        f"{len(subthemes.disagreements):,} times the subthemes. With intervals of {themes.level:.0%} (resampled units):",
        "",
        f"{'':<17}{'alpha':<22}{'kappa':<22}agree",
    ]
    for row in rows.to_dict("records"):
        name = {"": "all themes", "subthemes": "all subthemes"}.get(row["theme"]) or row["theme"]
        cells = [f"{row[s]:.3f} ({row[f'{s}_low']:.3f}-{row[f'{s}_high']:.3f})" for s in ("alpha", "kappa")]
        lines.append(f"{name:<17}{cells[0]:<22}{cells[1]:<22}{row['percent']:.1%}")
    sentences = units[units["kind"] == "sentence"]
    return [
        *lines,
        "",
        f"{(sentences['secondary'] != '').mean():.1%} of {len(sentences):,} sentences have a second theme; "
        f"{len(book.terms):,} terms.",
    ]


def write_card(lines: list[str]) -> None:
    """Put the lines between the marks of the data card."""
    write_between(CARD, *MARKS, "".join(f"    {line}".rstrip() + "\n" for line in lines))


def write_sums() -> None:
    """Write the SHA-256 of each file that the classifier learns from, line ends as in the repository."""
    seeds = ROOT / "seeds"
    paths = [*seeds.glob("*.csv"), seeds / "codebook.toml", *(seeds / "labels").glob("*.jsonl")]
    lines = []
    for path in sorted(paths):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        lines.append(f"{hashlib.sha256(content).hexdigest()}  {path.relative_to(seeds).as_posix()}\n")
    (seeds / "SHA256SUMS").write_text("".join(lines), encoding="ascii", newline="\n")


def main() -> None:
    """Print the figures; write them where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print the disagreements")
    parser.add_argument("--write", action="store_true", help="write the data card and the checksums")
    wanted = parser.parse_args()
    units, codings = read_codings()
    themes, subthemes = agreement(codings), agreement(codings, column="subtheme")
    lines = render(units, themes, subthemes)
    print("\n".join(lines))
    if wanted.list:
        print(subthemes.disagreements.drop(columns="sentence_id").to_csv(index=False))
    if wanted.write:
        write_card(lines)
        write_sums()


if __name__ == "__main__":
    main()
