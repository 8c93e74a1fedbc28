"""What do labels of one's own add to the shipped ones (`zhuti train --with-default`), and at which weight?

    python benchmarks/own_labels.py [--splits 3] [--weights 1,3,10]

Needs labelled real sentences in ZHUTI_DATA/gold/dev.csv; they serve this measurement alone. Two cases: half of the
real documents are the user's own labels and the others the test; and eight of the invented documents are, so that the
labels bring nothing new. Prints the mean gain in macro-F1 and accuracy over the shipped labels alone, with its spread
over splits. The mark: at the weight that zhuti takes, no mean loss above 0.005 in either case.
"""

import argparse
import sys

import numpy as np
import pandas as pd
from accuracy import DATA, read_real
from sklearn.metrics import accuracy_score, f1_score

from zhuti.models import ThemeClassifier
from zhuti.models.labels import read_shipped_labels
from zhuti.models.training import OWN_WEIGHT, gather_terms
from zhuti.seeds import read_codebook


def score(learned: pd.DataFrame, weights: np.ndarray, test: pd.DataFrame) -> tuple[float, float]:
    classifier = ThemeClassifier(terms=gather_terms(read_codebook()), folds=1)
    # One group for all: nothing is left out, since scaling and thresholds do not change the likeliest theme.
    classifier.fit(
        learned, learned["theme"], subtheme=learned["subtheme"], sample_weight=weights, groups=np.zeros(len(learned))
    )
    guess = classifier.predict(test)
    return float(f1_score(test["theme"], guess, average="macro")), float(accuracy_score(test["theme"], guess))


def split(case: str, number: int, shipped: pd.DataFrame, real: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """Return the shipped labels, the user's own, and the test."""
    random = np.random.default_rng(number)
    if case == "real":
        names = random.permutation(real["document"].unique())
        own = real["document"].isin(names[: len(names) // 2])
        return shipped, real[own], real[~own]
    size = shipped.groupby("document")["text"].size()
    own = shipped["document"].isin(random.permutation(size.index[size >= 20])[:8])
    return shipped[~own], shipped[own].head(200), real


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--splits", type=int, default=3)
    parser.add_argument("--weights", default="1,3,10")
    wanted = parser.parse_args()
    chosen = sorted({*map(float, wanted.weights.split(",")), OWN_WEIGHT})
    shipped, real = read_shipped_labels(), read_real(DATA / "gold" / "dev.csv")
    rows = []
    for case in ("real", "invented"):
        for number in range(wanted.splits):
            base, own, test = split(case, number, shipped, real)
            both = pd.concat([base, own], ignore_index=True)
            alone = score(base, np.ones(len(base)), test)
            for weight in chosen:
                found = score(both, np.concatenate([np.ones(len(base)), np.full(len(own), weight)]), test)
                rows.append((case, weight, len(own), *alone, found[0] - alone[0], found[1] - alone[1]))
    table = pd.DataFrame(rows, columns=["case", "weight", "labels", "f1_alone", "accuracy_alone", "f1", "accuracy"])
    shown = table.groupby(["case", "weight"]).agg(
        {"labels": "mean", "f1_alone": "mean", "f1": ["mean", "std"], "accuracy": ["mean", "std"]}
    )
    print(shown.round(4).to_string())
    worst = table[table["weight"] == OWN_WEIGHT].groupby("case")["f1"].mean().min()
    print(f"{'pass' if worst > -0.005 else 'FAIL'}  weight {OWN_WEIGHT}: lowest mean gain {worst:+.4f}, above -0.005")
    return int(worst <= -0.005)


if __name__ == "__main__":
    sys.exit(main())
