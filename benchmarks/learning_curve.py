"""Measure how the default classifier gains from documents and from terms, on real sentences, and draw it.

python benchmarks/learning_curve.py           # needs gold/dev.csv in the folder that ZHUTI_DATA names; some 10 minutes
python benchmarks/learning_curve.py --draw    # only the picture and the paragraph, from docs/learning_curve.csv

A point is the macro-F1 over five themes; each is repeated with other random subsets of documents or terms.
"""

import argparse
import csv
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from between_marks import figure_marks, write_between
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from sklearn.metrics import f1_score
from tqdm import tqdm

import zhuti
from zhuti.models.labels import read_shipped_labels
from zhuti.models.training import gather_terms, train

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("ZHUTI_DATA", ROOT.parent / "shared"))
TABLE, PICTURE, PAGE = (ROOT / "docs" / f"learning_curve.{ending}" for ending in ("csv", "png", "md"))
DOCUMENTS, TERMS = (8, 20, 45), (1500, 5000)
BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#767676"


def plan(n_documents: int, n_terms: int, subsets: int) -> list[tuple[str, int, int, int]]:
    """Return what is measured: curve, number of documents, number of terms, number of the subset.

    The curves: `documents` with all terms, `bare` documents without terms, `terms` with all sentences.
    """
    runs = [("documents", n_documents, n_terms, 0), ("bare", n_documents, 0, 0), ("terms", n_documents, 0, 0)]
    runs.append(("terms", n_documents, n_terms, 0))
    for subset in range(subsets):
        runs += [("documents", n, n_terms, subset) for n in DOCUMENTS]
        runs += [("bare", n, 0, subset) for n in DOCUMENTS]
        runs += [("terms", n_documents, n, subset) for n in TERMS]
    return runs


def measure(subsets: int) -> Iterator[dict[str, object]]:
    """Yield a row a run, smaller subsets lying within larger ones of the same number."""
    labels, book = read_shipped_labels(), zhuti.read_codebook()
    with (DATA / "gold" / "dev.csv").open(encoding="utf-8-sig", newline="") as lines:
        real = pd.DataFrame(csv.DictReader(lines))
    terms = pd.DataFrame(
        [(term, code, " ".join(others)) for term, code, others in gather_terms(book)],
        columns=["term", "code", "elsewhere"],
    )
    sizes = labels.groupby("document", sort=False)["text"].size()
    whole = sizes.index[sizes >= 5].to_numpy()
    for curve, n_documents, n_terms, subset in tqdm(plan(len(whole), len(terms), subsets), unit="fit"):
        lots = np.random.default_rng(subset)
        documents = lots.permutation(whole)[:n_documents]
        chosen = terms.iloc[np.sort(lots.permutation(len(terms))[:n_terms])]
        rows = labels if curve == "terms" else labels[labels["document"].isin(documents)]
        model = train(rows.reset_index(drop=True), codebook=book, terms=chosen)
        coded = zhuti.classify(real[["document", "heading", "text"]], model)
        score = f1_score(real["theme"], coded["theme"], average="macro")
        yield {
            "curve": curve, "documents": n_documents, "sentences": len(rows), "terms": n_terms, "subset": subset,
            "macro_f1": round(float(score), 4), "real_sentences": len(real),
        }  # fmt: skip


def _line(ax: Axes, rows: pd.DataFrame, x: str, color: str, name: str) -> None:
    found = rows.groupby(x)["macro_f1"].agg(["mean", "min", "max"]).reset_index()
    ax.fill_between(found[x], found["min"], found["max"], color=color, alpha=0.18, linewidth=0)
    ax.plot(found[x], found["mean"], color=color, marker="o", markersize=4, linewidth=1.6)
    ax.plot(rows[x], rows["macro_f1"], linestyle="", marker=".", markersize=4, color=color, alpha=0.55)
    last = found.iloc[-1]
    ax.annotate(name, (last[x], last["mean"]), (0, -24), textcoords="offset points", ha="right", va="top", color=color)


def draw_curves(table: pd.DataFrame, path: Path) -> None:
    """Draw macro-F1 against documents (left) and against terms (right)."""
    figure = Figure(figsize=(9, 3.8), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    curves = dict(iter(table.groupby("curve")))
    _line(left, curves["documents"], "documents", BLUE, "with the term bank")
    _line(left, curves["bare"], "documents", ORANGE, "without terms")
    _line(right, curves["terms"], "terms", BLUE, "")
    left.set_title("Documents", loc="left", fontsize=10)
    right.set_title("Terms, with all documents and single sentences", loc="left", fontsize=10)
    left.set(xlabel="invented documents learned from", ylabel="macro-F1, five themes", xlim=(0, None))
    right.set(xlabel="terms learned from", xlim=(-300, None))
    right.xaxis.set_major_formatter("{x:,.0f}")
    for ax in (left, right):
        ax.grid(axis="y", color="#DDDDDD", linewidth=0.6)
        ax.spines[["top", "right"]].set_visible(False)
    n = int(table["real_sentences"].iloc[0])
    figure.supxlabel(
        f"{n} real sentences. Dots: random subsets (at the right end all there is, once); lines: their means; bands: their range.",
        fontsize=8,
        color=GREY,
    )
    figure.savefig(path, dpi=150, metadata={"Software": None})


def render(table: pd.DataFrame) -> str:
    """Return the paragraph that goes with the picture."""
    mean = table.groupby(["curve", "documents", "terms"])["macro_f1"].mean()
    spread = table.groupby(["curve", "documents", "terms"])["macro_f1"].agg(np.ptp).max()
    curves = {name: mean[name].to_numpy() for name in ("documents", "bare", "terms")}
    sizes = {name: mean[name].index.to_frame() for name in curves}
    documents, terms = sizes["documents"]["documents"].to_list(), sizes["terms"]["terms"].to_list()
    n, best = int(table["real_sentences"].iloc[0]), float(table["macro_f1"].max())
    return (
        f"On {n} real sentences, {documents[0]} documents give a macro-F1 of {curves['bare'][0]:.3f} and "
        f"{documents[-1]} give {curves['bare'][-1]:.3f} without terms; with {terms[-1]:,} terms it is "
        f"{curves['documents'][0]:.3f} and {curves['documents'][-1]:.3f}. With all documents and single sentences, "
        + ", ".join(f"{count:,} terms give {score:.3f}" for count, score in zip(terms, curves["terms"], strict=True))
        + f". Subsets of one size differ by up to {spread:.3f}. The score itself is uncertain by some "
        f"± {1.96 * np.sqrt(best * (1 - best) / n):.3f} with {n} sentences, so small steps of the curve mean nothing."
    )


def write_page(text: str) -> None:
    """Put the paragraph between the marks of the page."""
    write_between(PAGE, *figure_marks("learning_curve.py"), text + "\n")


def main() -> None:
    """Measure, or read what was measured, then draw and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", action="store_true", help="draw what was measured before")
    parser.add_argument("--subsets", type=int, default=3, help="random subsets a point")
    wanted = parser.parse_args()
    if not wanted.draw:
        if not (DATA / "gold" / "dev.csv").is_file():
            raise SystemExit(
                "learning_curve: no gold/dev.csv; name the folder of labelled real sentences in ZHUTI_DATA"
            )
        rows = []
        for row in measure(wanted.subsets):
            rows.append(row)
            pd.DataFrame(rows).to_csv(TABLE, index=False, lineterminator="\n")
    table = pd.read_csv(TABLE)
    draw_curves(table, PICTURE)
    text = render(table)
    write_page(text)
    print(text)


if __name__ == "__main__":
    main()
