"""V3: does the planned precision come true?"""

import sys
from collections.abc import Iterator

import numpy as np
from marks import Mark, run
from scipy import stats
from simulation import THEMES, World, make_world

from zhuti.reports.audited import audited_shares
from zhuti.reports.evidence import Evidence
from zhuti.reports.sampling import plan_evidence

REPLICATIONS, FIRST_LABELS = 200, 100
# What was wanted, and what the planner knows of the classifier's errors; the last is there for looking.
WAYS = (
    "wanted ± 3 points, {}",
    "wanted ± 6 points, {}",
    f"wanted ± 3 points, {{}}, planned by {FIRST_LABELS} labels",
    "wanted ± 3 points, {}, no labels, probabilities scaled",
    "wanted ± 3 points, {}, no labels, probabilities as they come",
)


def measure(replications: int, seed: int, classifier: str = "logistic") -> Iterator[Mark]:
    """Realised over planned half-width, for a wanted ± 3 and ± 6 points, and whether the intervals hold.

    The planner knows what the classifier makes of the 500 sentences it learned from where they are left out; or of the
    first 100 labelled rows of a sample; or that its probabilities were scaled on sentences left out, as those of each
    model that zhuti trains; or nothing but its probabilities.
    """
    for name, differ in (("S1", False), ("S2", True)):
        rng = np.random.default_rng(seed)
        rows = [
            [_planned_and_realised(*way, rng) for way in _ways(world, rng)]
            for world in (make_world(rng, differ=differ, classifier=classifier) for _ in range(replications))
        ]
        for way, (planned, realised, covered, labels) in zip(WAYS, np.array(rows).transpose(1, 2, 0), strict=True):
            here, ratio = way.format(name), realised / planned
            low, high = (-np.inf, np.inf) if way is WAYS[-1] else (0.85, 1.15)
            yield Mark("V3", f"mean realised over planned half-width, {here}", ratio.mean(), low, high)
            yield Mark("V3", f"runs within 15 %, {here}", (np.abs(ratio - 1) <= 0.15).mean())
            yield Mark("V3", f"coverage, {here}", covered.mean(), 0.93, 0.985)
            yield Mark("V3", f"labels in 16 districts, {here}", labels.mean())


def _ways(world: World, rng: np.random.Generator) -> Iterator[tuple[World, Evidence, float]]:
    fair = world.cross_fitted()
    scaled = fair.scaled()
    yield fair, fair.learned_evidence(), 0.03
    yield fair, fair.learned_evidence(), 0.06
    first, _ = plan_evidence(world.evidence(), precision=0.03)
    yield world, world.drawn(first, rng, first=FIRST_LABELS), 0.03
    yield scaled, scaled.evidence(), 0.03
    yield world, world.evidence(), 0.03


def _planned_and_realised(
    world: World, known: Evidence, precision: float, rng: np.random.Generator
) -> tuple[float, ...]:
    sample, half = plan_evidence(known, precision=precision)
    audit = world.drawn(sample, rng).sample()
    shares = audited_shares(world.sums, audit, np.arange(THEMES))
    # Half of an interval that is not cut off at 0 or 1.
    realised = np.nanmax(shares.error, axis=1) * stats.t.ppf(0.975, shares.freedom)
    held = (world.truth >= shares.low) & (world.truth <= shares.high)
    return float(half.mean()), float(realised.mean()), float(held.mean()), float(len(audit.label))


if __name__ == "__main__":
    sys.exit(run(measure, REPLICATIONS))
