"""V2: is the classifier's error the same in every district?"""

import sys
from collections.abc import Iterator

import numpy as np
from marks import Mark, run
from simulation import THEMES, make_world

from zhuti.reports.homogeneity import homogeneity_table

REPLICATIONS = 600


def measure(replications: int, seed: int, classifier: str = "logistic") -> Iterator[Mark]:
    """How often the homogeneity check rejects where errors are alike (S1) and where they differ (S2)."""
    themes = [str(k) for k in range(THEMES)]
    for name, differ, low, high in (("S1", False, -np.inf, 0.06), ("S2", True, 0.80, np.inf)):
        rng = np.random.default_rng(seed)
        rejected = 0
        for run_number in range(replications):
            sample = make_world(rng, differ=differ, classifier=classifier).sample(40, rng)
            table = homogeneity_table(sample, themes, level=0.95, random_state=run_number)
            rejected += table["verdict"].iloc[0] == "differs"
        yield Mark("V2", f"rejections, {name}, 40 labels in 16 districts", rejected / replications, low, high)


if __name__ == "__main__":
    sys.exit(run(measure, REPLICATIONS))
