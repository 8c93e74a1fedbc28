"""How well classifiers code real sentences, having learned from zhuti's own invented documents alone.

python benchmarks/accuracy.py                 # with labelled real sentences in ZHUTI_DATA/gold/dev.csv
python benchmarks/accuracy.py --real FILE     # or any other table with document, heading, text, theme, subtheme
python benchmarks/accuracy.py --classifiers context,script
python benchmarks/accuracy.py --write         # also keep the default's counts in seeds/real_text.json, for its card

Prints macro-F1, accuracy, accuracy of subthemes and calibration error, the F1 of each theme with intervals that draw
whole documents anew, every classifier against the best, and the marks. Ends with 1 where a mark is missed.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import jieba
import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

import zhuti
from zhuti.models import classify, read_labels, train
from zhuti.models.labels import read_shipped_labels
from zhuti.models.measures import Measured, measure_predictions
from zhuti.models.named import named_classifiers
from zhuti.models.paired import compare_with_best
from zhuti.models.real_text import REAL_TEXT, learned_digest
from zhuti.models.scores import count_errors, score_confusion
from zhuti.models.training import name_subtheme_errors
from zhuti.seeds import read_codebook

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("ZHUTI_DATA", ROOT.parent / "shared"))
NAMES = ("script", *(name for name in named_classifiers if name != "embeddings"))
# Measure, least or most, and which of the two; all of the default classifier.
MARKS = (("macro_f1", 0.92, "least"), ("subtheme_accuracy", 0.75, "least"), ("calibration_error", 0.05, "most"))


def read_real(path: Path) -> pd.DataFrame:
    """Return labelled real sentences, those of a document in reading order."""
    return read_labels(pd.read_csv(path, keep_default_na=False, encoding="utf-8-sig"))


def code_by_script(learned: pd.DataFrame, real: pd.DataFrame) -> pd.DataFrame:
    """Code sentences as a script of ten lines does it, once for themes and once for subthemes."""
    jieba.setLogLevel("WARNING")

    def learn(codes: pd.Series) -> object:
        words = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None)
        return make_pipeline(words, LogisticRegression(max_iter=1000)).fit(learned["text"], codes)

    themes, subthemes = learn(learned["theme"]), learn(learned["subtheme"])
    return real.assign(
        predicted=themes.predict(real["text"]),
        probability=themes.predict_proba(real["text"]).max(axis=1),
        predicted_subtheme=subthemes.predict(real["text"]),
    )


def code_real(name: str, real: pd.DataFrame) -> pd.DataFrame:
    """Return the real sentences with what a classifier, trained on the shipped labels, makes of them."""
    shipped = read_shipped_labels()
    if name == "script":
        return code_by_script(shipped, real)
    model = zhuti.default_model() if name == "context" else train(shipped, classifier=name)
    coded = classify(real[["document", "heading", "text"]], model)
    found = {"predicted": coded["theme"], "predicted_subtheme": coded["subtheme"], "probability": coded["probability"]}
    return real.assign(**found)


def measure(names: tuple[str, ...], real: pd.DataFrame) -> dict[str, Measured]:
    """Measure classifiers by their names."""
    groups = pd.factorize(real["document"])[0]
    return {
        name: measure_predictions(code_real(name, real).assign(classifier=name), groups, read_codebook())
        for name in names
    }


def lay_out(found: dict[str, Measured]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the scores and the F1 of each theme, a classifier a row, bounds in brackets."""
    scores = pd.concat([one.scores for one in found.values()])
    themes = pd.concat([one.per_theme for one in found.values()])
    scores["cell"] = [_cell(*row) for row in scores[["value", "low", "high"]].to_numpy()]
    themes["cell"] = [_cell(*row) for row in themes[["f1", "f1_low", "f1_high"]].to_numpy()]
    first = scores.pivot(index="classifier", columns="measure", values="cell")
    second = themes.pivot(index="classifier", columns="theme", values="cell")
    order = ["macro_f1", "accuracy", "subtheme_accuracy", "calibration_error"]
    return first.loc[list(found), order], second.loc[list(found)]


def _cell(value: float, low: float, high: float) -> str:
    return f"{value:.3f}" if low != low else f"{value:.3f} [{low:.3f}, {high:.3f}]"


def write_real(coded: pd.DataFrame) -> None:
    """Keep how the default model errs on the real sentences: counts alone, no text and no name."""
    book = read_codebook()
    numbers = (pd.factorize(coded["document"])[0] + 1).astype(str)
    errors = count_errors(numbers, coded["theme"], coded["predicted"], book.theme_ids)
    scores = score_confusion(np.array(errors["confusion"]))
    kept = {
        "learned": learned_digest(),
        "n_sentences": len(coded),
        "n_documents": len(errors["document_counts"]),
        "themes": list(book.theme_ids),
        "scores": {name: round(float(value), 4) for name, value in scores.items()},
        **errors,
        **name_subtheme_errors(numbers, coded["subtheme"], coded["predicted_subtheme"], book),
    }
    path = ROOT / "seeds" / REAL_TEXT
    lines = (f" {json.dumps(name)}: {json.dumps(value)}" for name, value in kept.items())
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")
    print(f"{path}: written\n")


def check(measured: Measured) -> Iterator[tuple[bool, str]]:
    """Yield whether each mark of the default classifier is reached, and a line that says so."""
    value = measured.scores.set_index("measure")["value"]
    for name, bound, side in MARKS:
        reached = value[name] >= bound if side == "least" else value[name] <= bound
        yield bool(reached), f"{'pass' if reached else 'FAIL'}  {name} {value[name]:.3f}, at {side} {bound}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path, default=DATA / "gold" / "dev.csv")
    parser.add_argument("--classifiers", default=",".join(NAMES))
    parser.add_argument("--write", action="store_true", help="keep the default's counts in seeds/real_text.json")
    wanted = parser.parse_args()
    if not wanted.real.is_file():
        print(f"{wanted.real}: no labelled real sentences there; name a table with --real or a folder in ZHUTI_DATA")
        return 2
    real = read_real(wanted.real)
    found = measure(tuple(wanted.classifiers.split(",")), real)
    print(f"{len(real)} real sentences of {real['document'].nunique()} documents or parts of documents\n")
    for table in lay_out(found):
        print(table.to_string(), end="\n\n")
    if len(found) > 1:
        print(compare_with_best({name: one.counts for name, one in found.items()}).round(4).to_string(index=False))
    if wanted.write:
        write_real(code_real("context", real))
    results = list(check(found["context"])) if "context" in found else []
    print("\n".join(line for _, line in results))
    return int(not all(reached for reached, _ in results))


if __name__ == "__main__":
    sys.exit(main())
