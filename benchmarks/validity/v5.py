"""V5: differences of all pairs and ranks."""

import sys
from collections.abc import Iterator

import numpy as np
from marks import Mark, run
from scipy.stats import rankdata
from simulation import DISTRICTS, THEMES, World, make_world

from zhuti.reports.audited import audited_shares
from zhuti.reports.difference_tables import compared_groups

REPLICATIONS = 300
GROUPS = [str(g) for g in range(DISTRICTS)]
NAMES = [str(k) for k in range(THEMES)]


def measure(replications: int, seed: int, classifier: str = "logistic") -> Iterator[Mark]:
    """Family-wise coverage of all differences, ranks, and false alarms where all districts are equal."""
    for name, differ in (("S1", False), ("S2", True)):
        rng = np.random.default_rng(seed)
        rows = [_judged(make_world(rng, differ=differ, classifier=classifier), rng) for _ in range(replications)]
        families, tables, ranks, sure = (np.array(part) for part in zip(*rows, strict=True))
        yield Mark("V5", f"all differences of a theme held, {name}, 16 districts", families.mean(), low=0.93)
        yield Mark("V5", f"all differences of all themes held, {name}", tables.mean(), low=0.93)
        yield Mark("V5", f"rank intervals with the true rank, {name}", ranks.mean(), low=0.95)
        yield Mark("V5", f"pairs told apart, {name}", sure.mean())
        rng = np.random.default_rng(seed + 1)
        flagged = [
            _flags_any(make_world(rng, differ=differ, equal=True, classifier=classifier), rng)
            for _ in range(replications)
        ]
        yield Mark("V5", f"runs that flag anything where all are equal, {name}", float(np.mean(flagged)), high=0.05)


def _judged(world: World, rng: np.random.Generator) -> tuple[float, float, float, float]:
    shares = audited_shares(world.sums, world.sample(40, rng), np.arange(THEMES))
    pairs, ranks = compared_groups(shares, GROUPS, NAMES, level=0.95, random_state=0)
    a, b = np.triu_indices(DISTRICTS, k=1)
    truth = (world.truth[a] - world.truth[b]).T.ravel()
    held = ((truth >= pairs["low"]) & (truth <= pairs["high"])).to_numpy().reshape(THEMES, -1).all(axis=1)
    # Among tied districts any of their ranks is true.
    first = rankdata(-world.truth, method="min", axis=0).T.ravel()
    last = rankdata(-world.truth, method="max", axis=0).T.ravel()
    right = (ranks["low"] <= last) & (ranks["high"] >= first)
    return held.mean(), held.all(), right.mean(), (pairs["verdict"] != "cannot tell").mean()


def _flags_any(world: World, rng: np.random.Generator) -> bool:
    shares = audited_shares(world.sums, world.sample(40, rng), np.arange(THEMES))
    pairs, _ = compared_groups(shares, GROUPS, NAMES, level=0.95, random_state=0)
    return bool((pairs["verdict"] != "cannot tell").any())


if __name__ == "__main__":
    sys.exit(run(measure, REPLICATIONS))
