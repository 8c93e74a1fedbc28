"""Write the figures and the picture that README quotes; run it after a change of data or classifier.

python benchmarks/readme.py            # figures; with labelled real sentences in ZHUTI_DATA, their scores too
python benchmarks/readme.py --picture  # also docs/report.png, by Chromium
"""

import argparse
import csv
import os
import tempfile
from pathlib import Path

import pandas as pd
from between_marks import figure_marks, write_between
from sklearn.metrics import accuracy_score, f1_score

import zhuti
import zhuti.reports
from zhuti.models import TrainedModel

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("ZHUTI_DATA", ROOT.parent / "shared"))
LINES = {
    "README.md": (
        "The default classifier learns from {n:,} labelled sentences in {documents} invented documents and from "
        "{terms:,} terms; all were written for this project.",
        "On left-out documents of this corpus it is right for {accuracy:.1%} of sentences (macro-F1 {f1:.3f}); they "
        "resemble what it learned from, so this is an upper bound.",
        "On {real_n} real sentences of government work reports that it never saw, coded by two coders, it reaches "
        "macro-F1 {real_f1:.3f} (accuracy {real_accuracy:.1%}).",
        "Figures: `python benchmarks/readme.py`.",
    ),
    "README.zh-CN.md": (
        "默认分类器从 {documents} 份虚构文档中的 {n:,} 个标注句子和 {terms:,} 个词语学得，全部为本项目撰写。",
        "在该语料的留出文档上，正确率为 {accuracy:.1%}（宏平均 F1 {f1:.3f}）；留出文档与训练文档同类，故为上限。",
        "在从未见过的 {real_n} 个政府工作报告真实句子（两名编码者标注）上，宏平均 F1 为 {real_f1:.3f}"
        "（正确率 {real_accuracy:.1%}）。",
        "数字由 `python benchmarks/readme.py` 得出。",
    ),
}


def measure(model: TrainedModel) -> dict[str, float]:
    """Return the figures: from the model's card, and on real sentences where they are at hand."""
    card = model.card
    figures: dict[str, float] = {
        "n": card["n_sentences"],
        "documents": len(card["document_counts"]),
        "terms": len(model.codebook.terms),
        "accuracy": card["scores"]["accuracy"],
        "f1": card["scores"]["macro_f1"],
    }
    gold = DATA / "gold" / "dev.csv"
    if gold.is_file():
        with gold.open(encoding="utf-8-sig", newline="") as lines:
            real = pd.DataFrame(csv.DictReader(lines))
        coded = zhuti.classify(real[["document", "heading", "text"]], model)
        figures |= {
            "real_n": len(real),
            "real_f1": f1_score(real["theme"], coded["theme"], average="macro"),
            "real_accuracy": accuracy_score(real["theme"], coded["theme"]),
        }
    return figures


def write_figures(figures: dict[str, float]) -> None:
    """Put the figures between the marks of both READMEs."""
    for name, lines in LINES.items():
        path = ROOT / name
        said = [line.format(**figures) for line in lines if "real_n" in figures or "{real_n}" not in line]
        write_between(path, *figure_marks("readme.py"), "\n".join(said) + "\n")
        print("\n".join(said))


def take_picture() -> None:
    """Take docs/report.png of the top of the report on the seed article."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        zhuti.reports.report((), out=Path(folder) / "report")
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        page = browser.new_page(viewport={"width": 1100, "height": 1250})
        page.goto((Path(folder) / "report" / "report.html").as_uri())
        page.screenshot(path=ROOT / "docs" / "report.png")
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--picture", action="store_true")
    wanted = parser.parse_args()
    write_figures(measure(zhuti.default_model(progress=True)))
    if wanted.picture:
        take_picture()
