"""V3: does the planned precision come true?"""

import sys
from collections.abc import Iterator

import numpy as np
from marks import Mark, run
from simulation import THEMES, World, make_world

from zhuti.reports.audited import audited_shares

REPLICATIONS = 200


def measure(replications: int, seed: int, classifier: str = "logistic") -> Iterator[Mark]:
    """Realised over planned half-width, for a wanted ± 3 and ± 6 points, and whether the intervals hold."""
    for name, differ in (("S1", False), ("S2", True)):
        for precision in (0.03, 0.06):
            rng = np.random.default_rng(seed)
            rows = [
                _planned_and_realised(make_world(rng, differ=differ, classifier=classifier), precision, rng)
                for _ in range(replications)
            ]
            planned, realised, covered, labels = np.array(rows).T
            here = f"wanted ± {precision * 100:g} points, {name}"
            ratio = realised / planned
            yield Mark("V3", f"mean realised over planned half-width, {here}", ratio.mean(), 0.85, 1.15)
            yield Mark("V3", f"runs within 15 %, {here}", (np.abs(ratio - 1) <= 0.15).mean())
            yield Mark("V3", f"coverage, {here}", covered.mean(), 0.93, 0.985)
            yield Mark("V3", f"labels in 16 districts, {here}", labels.mean())


def _planned_and_realised(world: World, precision: float, rng: np.random.Generator) -> tuple[float, ...]:
    audit, half = world.planned_sample(rng, precision=precision)
    shares = audited_shares(world.sums, audit, np.arange(THEMES))
    # Half of an interval that is not cut off at 0 or 1.
    realised = np.nanmax(shares.error, axis=1) * _quantile(shares.freedom)
    held = (world.truth >= shares.low) & (world.truth <= shares.high)
    return float(half.mean()), float(realised.mean()), float(held.mean()), float(len(audit.label))


def _quantile(freedom: np.ndarray) -> np.ndarray:
    from scipy import stats

    return np.asarray(stats.t.ppf(0.975, freedom))


if __name__ == "__main__":
    sys.exit(run(measure, REPLICATIONS))
