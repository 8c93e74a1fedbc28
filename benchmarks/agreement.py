"""Print how far the two codings of the shipped sentences agree: percent, Cohen's kappa and Krippendorff's alpha.

The second coder saw texts and headings, not the first coder's labels. With `--list` every disagreement is a row.
"""

import argparse
import json

import numpy as np
import pandas as pd
from sklearn.metrics import cohen_kappa_score

from zhuti.seeds import read_codebook, seed_path


def alpha(first: pd.Series, second: pd.Series) -> float:
    """Return Krippendorff's alpha for nominal codes of two coders without gaps (Krippendorff 2004, ch. 11)."""
    table = pd.crosstab(first, second)
    codes = table.index.union(table.columns)
    pairs = table.reindex(index=codes, columns=codes, fill_value=0).to_numpy(dtype=float)
    both = pairs + pairs.T
    totals = both.sum(axis=1)
    n = totals.sum()
    observed = both.sum() - np.trace(both)
    expected = (n**2 - (totals**2).sum()) / (n - 1)
    return float(1 - observed / expected)


def main() -> None:
    """Print the table of agreement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="print the disagreements")
    wanted = parser.parse_args()
    parents = read_codebook().parents
    files = sorted(seed_path("labels").glob("*.jsonl"))
    rows = pd.DataFrame([json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()])
    settled = pd.read_csv(seed_path("settled.csv")).set_index(["document", "text"])["first"]
    # Where the coders named different themes the label is the settled one; the first coder's stands in settled.csv.
    keys = pd.MultiIndex.from_frame(rows[["document", "text"]])
    rows["subtheme"] = pd.Series(settled.reindex(keys).to_numpy(), index=rows.index).fillna(rows["subtheme"])
    rows["theme"] = rows["subtheme"].map(parents)
    coded = rows[rows["second"].notna()].assign(other=lambda frame: frame["second"].map(parents))
    print(f"{len(coded):,} of {len(rows):,} units coded twice")
    for name, first, second in (
        ("theme", coded["theme"], coded["other"]),
        ("subtheme", coded["subtheme"], coded["second"]),
    ):
        agree = (first == second).mean()
        print(
            f"{name}: {agree:.1%} agree, kappa {cohen_kappa_score(first, second):.3f}, alpha {alpha(first, second):.3f}"
        )
    for theme in read_codebook().theme_ids:
        one, two = coded["theme"] == theme, coded["other"] == theme
        print(f"  {theme}: kappa {cohen_kappa_score(one, two):.3f}, alpha {alpha(one, two):.3f}")
    if wanted.list:
        apart = coded[coded["subtheme"] != coded["second"]]
        print(apart[["document", "text", "subtheme", "second"]].to_csv(index=False))


if __name__ == "__main__":
    main()
