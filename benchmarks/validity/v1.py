"""V1: coverage and width of the intervals of shares."""

import sys
from collections.abc import Iterator

import numpy as np
from marks import Mark, run
from methods import labels_only
from simulation import RARE, THEMES, make_world

from zhuti.reports.audited import audited_shares

REPLICATIONS = 400


def measure(replications: int, seed: int, classifier: str = "logistic") -> Iterator[Mark]:
    """Coverage of the 95 % interval of the audited share, S1 and S2, 20 and 40 labels a district."""
    for name, differ in (("S1", False), ("S2", True)):
        rng = np.random.default_rng(seed)
        found: dict[int, list[tuple[np.ndarray, ...]]] = {40: [], 20: []}
        for _ in range(replications):
            world = make_world(rng, differ=differ, classifier=classifier)
            truth, sums = world.truth, world.sums
            for labels, rows in found.items():
                sample = world.sample(labels, rng)
                shares = audited_shares(sums, sample, np.arange(THEMES))
                low, high = labels_only(world, sample)
                inside = (truth >= shares.low) & (truth <= shares.high)
                fit = (shares.low >= 0).all() & (shares.high <= 1).all() & np.isclose(shares.share.sum(axis=1), 1).all()
                rows.append((inside, shares.high - shares.low, high - low, np.array(fit)))
        for labels, rows in found.items():
            inside, width, plain, fit = (np.array(part) for part in zip(*rows, strict=True))
            here = f"{name}, {labels} labels a district"
            yield Mark("V1", f"coverage, {here}", inside.mean(), 0.93, 0.98)
            yield Mark("V1", f"coverage of the rare theme, {here}", inside[..., RARE].mean(), 0.93, 0.98)
            yield Mark("V1", f"mean width over that of labels alone, {here}", width.mean() / plain.mean(), high=0.65)
            yield Mark("V1", f"mean width, {here}", width.mean())
            yield Mark("V1", f"runs with sums of 1 and bounds in [0, 1], {here}", fit.mean(), low=1.0)


if __name__ == "__main__":
    sys.exit(run(measure, REPLICATIONS))
