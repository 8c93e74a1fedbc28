"""Other ways to an interval of a share, to compare with: counting, labels alone, quantifiers, packaged PPI."""

import numpy as np
from scipy import stats
from simulation import THEMES, Floats, World

from zhuti.reports.audit_sample import AuditSample

BOOTSTRAPS = 200
Bounds = tuple[Floats, Floats]


def wilson(count: Floats, size: Floats) -> Bounds:
    """Wilson's interval of a binomial proportion (Wilson 1927)."""
    z = stats.norm.ppf(0.975)
    p, n = count / size, size
    middle, half = p + z**2 / (2 * n), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


def classify_and_count(world: World, _: AuditSample, __: np.random.Generator | None = None) -> Bounds:
    """Count predictions and take them for truth."""
    counts = np.zeros((len(world.sizes), THEMES))
    np.add.at(counts, (world.group, world.predicted), 1.0)
    return wilson(counts, world.sizes[:, None].astype(float))


def labels_only(world: World, sample: AuditSample, _: np.random.Generator | None = None) -> Bounds:
    """Use the labelled sentences alone."""
    counts = np.zeros((len(world.sizes), THEMES))
    np.add.at(counts, (sample.group, sample.label), 1.0)
    return wilson(counts, np.maximum(counts.sum(axis=1, keepdims=True), 1.0))


def prediction_powered(world: World, sample: AuditSample, _: np.random.Generator | None = None) -> Bounds:
    """Prediction-powered mean of each district by itself with tuned λ (Angelopoulos, Duchi and Zrnic 2023)."""
    low, high = np.zeros((2, len(world.sizes), THEMES))
    for district in range(len(world.sizes)):
        every, rows = world.probability[world.group == district], sample.group == district
        y, f = np.eye(THEMES)[sample.label[rows]], sample.probability[rows]
        n, size = len(y), len(every)
        covariance = ((y - y.mean(0)) * (f - f.mean(0))).mean(0)
        tuned = np.clip(covariance / ((1 + n / size) * np.vstack([every, f]).var(0) + 1e-12), 0, 1)
        mean = tuned * every.mean(0) + (y - tuned * f).mean(0)
        error = np.sqrt((tuned * every).var(0) / size + (y - tuned * f).var(0) / n)
        low[district], high[district] = mean - 1.96 * error, mean + 1.96 * error
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def adjusted_count(world: World, sample: AuditSample, rng: np.random.Generator | None = None) -> Bounds:
    """Solve for the prevalence by the confusion of the labels of all districts, bootstrapped (ACC; Forman 2008)."""
    return _bootstrapped(
        world, sample, rng, np.eye(THEMES)[world.predicted], np.eye(THEMES)[sample.probability.argmax(1)]
    )


def adjusted_probabilities(world: World, sample: AuditSample, rng: np.random.Generator | None = None) -> Bounds:
    """Do the same with probabilities (PACC; Bella et al. 2010)."""
    return _bootstrapped(world, sample, rng, world.probability, sample.probability)


def expectation_maximisation(world: World, sample: AuditSample, rng: np.random.Generator | None = None) -> Bounds:
    """Adjust the prior until it agrees with the posteriors, bootstrapped (EMQ; Saerens, Latinne and Decaestecker 2002)."""
    rng = rng or np.random.default_rng(0)
    prior = np.bincount(sample.label, minlength=THEMES) / len(sample.label)
    low, high = np.zeros((2, len(world.sizes), THEMES))
    for district in range(len(world.sizes)):
        every = world.probability[world.group == district]
        weight = rng.multinomial(len(every), np.full(len(every), 1 / len(every)), BOOTSTRAPS) / len(every)
        share = np.tile(prior, (BOOTSTRAPS, 1))
        for _ in range(30):
            ratio = share / prior
            total = np.maximum(ratio @ every.T, 1e-12)
            share = ratio * ((weight / total) @ every)
        low[district], high[district] = np.quantile(share, [0.025, 0.975], axis=0)
    return low, high


def _bootstrapped(
    world: World, sample: AuditSample, rng: np.random.Generator | None, every: Floats, labelled: Floats
) -> Bounds:
    rng = rng or np.random.default_rng(0)
    drawn = np.zeros((BOOTSTRAPS, len(world.sizes), THEMES))
    for b in range(BOOTSTRAPS):
        rows = rng.integers(0, len(sample.label), len(sample.label))
        confusion = np.zeros((THEMES, THEMES))
        np.add.at(confusion, sample.label[rows], labelled[rows])
        confusion /= np.maximum(confusion.sum(axis=1, keepdims=True), 1.0)
        weight = rng.poisson(1.0, len(world.group)).astype(float)
        means = np.zeros((len(world.sizes), THEMES))
        np.add.at(means, world.group, weight[:, None] * every)
        means /= np.maximum(np.bincount(world.group, weight), 1.0)[:, None]
        share = np.clip(np.linalg.lstsq(confusion.T, means.T, rcond=None)[0].T, 0, 1)
        drawn[b] = share / np.maximum(share.sum(axis=1, keepdims=True), 1e-12)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    return low, high


METHODS = {
    "classify and count, Wilson": classify_and_count,
    "ACC, bootstrap": adjusted_count,
    "PACC, bootstrap": adjusted_probabilities,
    "EMQ, bootstrap": expectation_maximisation,
    "prediction-powered mean, as packaged": prediction_powered,
    "labels alone, Wilson": labels_only,
}
