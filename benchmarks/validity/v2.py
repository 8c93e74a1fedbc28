"""V2: is the classifier's error the same in every district?"""

import sys
from collections.abc import Iterator

import numpy as np
from marks import Mark, run
from simulation import DISTRICTS, THEMES, World, make_world

from zhuti.reports.audit_sample import AuditSample
from zhuti.reports.homogeneity import homogeneity_table

REPLICATIONS, LABELS = 600, 40
NAMES = [str(k) for k in range(THEMES)]


def measure(replications: int, seed: int, classifier: str = "logistic") -> Iterator[Mark]:
    """How often the homogeneity check rejects where errors are alike (S1) and where they differ (S2).

    Labels are drawn by simple random sampling, and as the planner says: more where predictions are in doubt.
    """
    for name, differ, low, high in (("S1", False, -np.inf, 0.06), ("S2", True, 0.80, np.inf)):
        rng = np.random.default_rng(seed)
        told = np.zeros((replications, 2, 2))
        for run_number in range(replications):
            world = make_world(rng, differ=differ, classifier=classifier)
            for way, sample in enumerate((world.sample(LABELS, rng), _planned(world, rng))):
                verdicts = homogeneity_table(sample, NAMES, level=0.95, random_state=run_number)["verdict"]
                told[run_number, way] = verdicts.iloc[0] == "differs", (verdicts.iloc[1:] == "differs").any()
        for way, drawn in enumerate(("", ", drawn as the planner says")):
            every, themes = told[:, way].mean(axis=0)
            here = f"{name}, {LABELS} labels in {DISTRICTS} districts{drawn}"
            yield Mark("V2", f"rejections, {here}", every, low, high)
            yield Mark("V2", f"runs that name a theme, {here}", themes, high=high)


def _planned(world: World, rng: np.random.Generator) -> AuditSample:
    return world.planned_sample(rng, size=LABELS * DISTRICTS)


if __name__ == "__main__":
    sys.exit(run(measure, REPLICATIONS))
