"""V4: distinctive terms under bursts."""

import sys
from collections.abc import Iterator

import numpy as np
from marks import Mark, run
from scipy import sparse, stats

from zhuti.reports.bags import Bags
from zhuti.reports.permutation import Exchanges, false_discovery_q

REPLICATIONS = 200
WORDS, RATIO, CHANGED = 600, 3.0, 10


def make_bags(rng: np.random.Generator, *, documents: int, burst: float, changed: int = 0) -> Bags:
    """Draw two sides of documents; the first `changed` words are three times as frequent on the first.

    Parameters
    ----------
    rng : Generator
    documents : int
        On each side.
    burst : float
        Shape of the Gamma by which a word's rate varies between documents; infinite for none.
    changed : int
        Words of a usual rate (the median and above) that differ.
    """
    rate = 2e-4 * np.exp(rng.standard_normal(WORDS))
    rate[:changed] = np.maximum(rate[:changed], 2e-4)
    length = rng.integers(2000, 9000, 2 * documents).astype(float)
    side = np.arange(2 * documents) < documents
    expected = length[:, None] * rate
    expected[side, :changed] *= RATIO
    if np.isfinite(burst):
        expected *= rng.gamma(burst, 1.0 / burst, expected.shape)
    counts = rng.poisson(expected)
    kept = counts.sum(axis=0) >= 10
    terms = np.array([str(w) for w in np.flatnonzero(kept)], dtype=object)
    group = np.where(side, 0, 1).astype(np.intp)
    return Bags(
        sparse.csr_array(counts[:, kept].astype(float)), terms, length, group, np.zeros(len(group), dtype=np.intp)
    )


def measure(replications: int, seed: int) -> Iterator[Mark]:
    """False-positive rate, words flagged where nothing differs, and power, for three degrees of bursts."""
    for documents in (6, 20):
        for burst in (np.inf, 2.0, 0.4):
            rng = np.random.default_rng(seed)
            rates, flagged, counted = [], [], []
            for number in range(replications):
                bags = make_bags(rng, documents=documents, burst=burst)
                p = Exchanges(bags, number).p_values(bags.group == 0)
                rates.append((p <= 0.05).mean())
                flagged.append((false_discovery_q(p) <= 0.05).sum())
                counted.append((_g_test(bags) <= 0.05).mean())
            here = f"{documents} documents a side, d = {burst:g}"
            yield Mark("V4", f"false-positive rate, {here}", float(np.mean(rates)), 0.03, 0.06)
            yield Mark("V4", f"words flagged a run where nothing differs, {here}", float(np.mean(flagged)), high=0.1)
            yield Mark("V4", f"false-positive rate of G², {here}", float(np.mean(counted)))
    for burst, after, single in ((np.inf, 0.8, 0.8), (2.0, -np.inf, 0.8), (0.4, -np.inf, -np.inf)):
        rng = np.random.default_rng(seed)
        found = []
        for number in range(replications):
            bags = make_bags(rng, documents=20, burst=burst, changed=CHANGED)
            p = Exchanges(bags, number).p_values(bags.group == 0)
            truly = np.isin(bags.terms, [str(w) for w in range(CHANGED)])
            found.append(((p[truly] <= 0.05).mean(), (false_discovery_q(p)[truly] <= 0.05).mean()))
        here = f"rate ratio 3, 20 documents a side, d = {burst:g}"
        yield Mark("V4", f"power at p ≤ 0.05, {here}", float(np.mean(found, axis=0)[0]), single)
        yield Mark("V4", f"power after Benjamini–Hochberg, {here}", float(np.mean(found, axis=0)[1]), after)


def _g_test(bags: Bags) -> np.ndarray:
    side = bags.group == 0
    a, b = (np.asarray(bags.counts[rows].sum(axis=0)) for rows in (side, ~side))
    share = bags.totals[side].sum() / bags.totals.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(x > 0, x * np.log(x / ((a + b) * s)), 0.0) for x, s in ((a, share), (b, 1 - share))]
    return np.asarray(stats.chi2.sf(2 * sum(parts), 1))


if __name__ == "__main__":
    sys.exit(run(measure, REPLICATIONS))
