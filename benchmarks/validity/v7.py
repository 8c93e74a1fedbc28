"""V7: paired comparison of classifiers on the same folds."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from marks import Mark, run
from scipy import stats
from simulation import BASE, THEMES

from zhuti.models.paired import compare_paired, compare_with_best, holm
from zhuti.models.scores import count_by_group, score_confusion
from zhuti.models.sentences import assign_folds

REPLICATIONS = 2000
FOLDS = 5
WORLDS: Mapping[str, dict[str, Any]] = {
    "10 documents": {"documents": 10},
    "20 documents": {"documents": 20},
    "60 documents": {"documents": 60},
    "20 documents, classifiers that see much the same": {"documents": 20, "shared": 0.7},
    "20 short documents, 40 weak features": {"documents": 20, "features": 40, "noise": 2.5, "lengths": (5, 20)},
}


def measure(replications: int, seed: int) -> Iterator[Mark]:
    """Measure false alarms between equal classifiers, alone and among six, power, and coverage of the interval.

    Each run draws new documents, to learn from and to test on: sentences of five themes, documents with a mix and
    a manner of their own. Classifiers see features of their own, of equal worth but for `gain`. The true difference
    is 0 between equal ones; else it is the mean of all runs on the same themes.
    """
    for name, world in WORLDS.items():
        found = _runs(replications, seed, **world)
        yield Mark("V7", f"false alarms, two equal classifiers, {name}", _rate(found[:, 0]), high=0.06)
        if "shared" not in world and "features" not in world:
            yield Mark("V7", f"coverage of the difference, {name}", _coverage(found, 0.0), low=0.93)
        yield Mark("V7", f"false alarms of the corrected t-test, {name}", _rate(found[:, 4]))
    for gain in (1.1, 1.25):
        for documents in (20, 60):
            found = _runs(replications // 4, seed, documents=documents, gain=gain)
            gap = float(found[:, 1].mean())
            what = f"themes {gain:g} times as far apart ({gap:.2f} in macro-F1), {documents} documents"
            held = [
                _coverage(part, part[:, 1].mean()) for part in _by_themes(replications // 40, seed, documents, gain)
            ]
            yield Mark("V7", f"coverage of the difference, {what}", float(np.mean(held)), low=0.93)
            yield Mark("V7", f"power, {what}", _rate(found[:, 0]))
            yield Mark("V7", f"power of the corrected t-test, {what}", _rate(found[:, 4]))
    corrected, plain = np.array([_family(seed + run_) for run_ in range(max(replications // 4, 5))]).T
    yield Mark("V7", "runs that find any of six equal classifiers worse than the best", corrected.mean(), high=0.06)
    yield Mark("V7", "the same if only the five pairs with the best were corrected for", plain.mean())


def _rate(p_values: np.ndarray) -> float:
    return float((p_values <= 0.05 + 1e-12).mean())


def _coverage(found: np.ndarray, truth: float) -> float:
    return float(((found[:, 2] <= truth) & (found[:, 3] >= truth)).mean())


def _runs(replications: int, seed: int, **world: Any) -> np.ndarray:
    """Return p-value, difference, bounds and the corrected t-test's p-value of each run."""
    rng, rows = np.random.default_rng(seed), []
    for _ in range(replications):
        (weak, strong), fold = confusions(rng, 2, **world)
        pair = compare_paired(weak, strong)
        rows.append((pair.p_value, pair.difference, pair.low, pair.high, corrected_t(weak, strong, fold)))
    return np.array(rows)


def _by_themes(replications: int, seed: int, documents: int, gain: float) -> Iterator[np.ndarray]:
    """Yield the runs of ten sets of themes, each set being the same in all its runs."""
    for number in range(10):
        means = np.random.default_rng(seed + number).normal(0, 0.78, (THEMES, 10))
        yield _runs(max(replications, 5), seed + number, documents=documents, gain=gain, means=means)


def _family(seed: int) -> tuple[bool, bool]:
    rng = np.random.default_rng(seed)
    counts, _ = confusions(rng, 6, documents=30)
    table = compare_with_best({str(k): found for k, found in enumerate(counts)})
    worse = bool((table["verdict"] == "worse").any())
    return worse, bool((holm(table["p_value"].to_numpy()) <= 0.05 + 1e-12).any())


def confusions(
    rng: np.random.Generator,
    classifiers: int,
    *,
    documents: int,
    features: int = 10,
    noise: float = 0.0,
    shared: float = 0.0,
    lengths: tuple[int, int] = (10, 50),
    gain: float = 1.0,
    means: np.ndarray | None = None,
) -> tuple[list[np.ndarray], np.ndarray]:
    """Return each classifier's confusion by document, cross-validated on new documents, and the documents' folds.

    `shared` is the part of the sentences' variance that all classifiers see; the last one's themes lie `gain`
    times as far apart. `means` is where the themes lie, shape (n_themes, features), by default anywhere.
    """
    group = np.repeat(np.arange(documents), rng.integers(*lengths, documents))
    shares = rng.dirichlet(12 * BASE, documents)
    theme = (rng.random((len(group), 1)) > shares[group].cumsum(axis=1)).sum(axis=1).clip(0, THEMES - 1)
    means = rng.normal(0, 0.78, (THEMES, features)) if means is None else means

    def seen() -> np.ndarray:
        of_sentence = rng.normal(0, np.hypot(1, noise), (len(group), features))
        return of_sentence + rng.normal(0, 0.3, (documents, features))[group]

    common = seen()
    own = [np.sqrt(shared) * common + np.sqrt(1 - shared) * seen() for _ in range(classifiers)]
    X = [means[theme] * (gain if k == classifiers - 1 else 1.0) + part for k, part in enumerate(own)]
    fold = assign_folds(group.astype(str).tolist(), FOLDS, random_state=int(rng.integers(2**31)))
    found = [count_by_group(group, theme, _cross_predict(part, theme, fold), range(THEMES)) for part in X]
    return found, fold[np.searchsorted(group, np.arange(documents))]


def _cross_predict(X: np.ndarray, theme: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """Return themes by Gaussian densities with one diagonal covariance, learned without each fold."""
    guess = np.zeros_like(theme)
    for out in (fold == number for number in range(FOLDS)):
        x, y = X[~out], theme[~out]
        size = np.bincount(y, minlength=THEMES)
        means = np.stack([x[y == k].mean(axis=0) if size[k] else np.full(x.shape[1], 1e3) for k in range(THEMES)])
        spread = ((x - means[y]) ** 2).mean(axis=0)
        scores = X[out] / spread @ means.T - 0.5 * (means**2 / spread).sum(axis=1)
        guess[out] = (scores + np.log(np.maximum(size, 1e-9))).argmax(axis=1)
    return guess


def corrected_t(first: np.ndarray, second: np.ndarray, fold: np.ndarray) -> float:
    """Return the p-value of the corrected resampled t-test over folds (Nadeau and Bengio 2003)."""
    gaps = np.array([
        score_confusion(second[fold == k].sum(axis=0))["macro_f1"] - score_confusion(first[fold == k].sum(axis=0))["macro_f1"]
        for k in range(FOLDS)
    ])  # fmt: skip
    error = np.sqrt((1 / FOLDS + 1 / (FOLDS - 1)) * gaps.var(ddof=1))
    return float(2 * stats.t.sf(abs(gaps.mean()) / max(error, 1e-12), FOLDS - 1))


if __name__ == "__main__":
    sys.exit(run(measure, REPLICATIONS))
