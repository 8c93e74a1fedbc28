"""The reference worlds: districts whose shares are known, a classifier that errs, labels drawn by chance."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from zhuti.models.calibration import fit_scaling
from zhuti.models.left_out import OTHERS_LEAST
from zhuti.reports.audit_sample import AuditSample
from zhuti.reports.evidence import Evidence
from zhuti.reports.sampling import plan_evidence
from zhuti.reports.sums import GroupSums

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

BASE = np.array([0.32, 0.28, 0.20, 0.15, 0.05])
THEMES, DISTRICTS, DIMENSIONS, TRAINING = len(BASE), 16, 10, 500
RARE = THEMES - 1
# The classifier of the reference simulation; one whose probabilities are too timid; and one whose probabilities are
# too sure, naive Bayes that is shown each feature three times.
CLASSIFIERS = ("logistic", "forest", "bayes")
FOLDS = 5


@dataclass(frozen=True)
class World:
    """Districts with all their sentences: what is true, what the classifier says, and what it learned from."""

    group: Ints
    theme: Ints
    probability: Floats
    sizes: Ints
    features: Floats
    learned: Ints
    model: Any

    @property
    def predicted(self) -> Ints:
        """Most probable theme of each sentence."""
        return self.probability.argmax(axis=1)

    @property
    def truth(self) -> Floats:
        """Shares of the themes among all sentences of a district."""
        counts = np.zeros((len(self.sizes), THEMES))
        np.add.at(counts, (self.group, self.theme), 1.0)
        return counts / self.sizes[:, None]

    @property
    def sums(self) -> GroupSums:
        """Sums of the groups."""
        return GroupSums.of(self.group, self.predicted, self.probability, len(self.sizes))

    def sample(self, labels: int, rng: np.random.Generator) -> AuditSample:
        """Draw so many sentences a district by simple random sampling, never more than half of it."""
        chosen, inclusion = [], []
        for district, size in enumerate(self.sizes):
            n = min(labels, int(size) // 2)
            rows = rng.choice(np.flatnonzero(self.group == district), n, replace=False)
            chosen.append(rows)
            inclusion.append(np.full(n, n / size))
        return self.evidence(np.concatenate(chosen), np.concatenate(inclusion)).sample()

    def evidence(self, labelled: Ints | None = None, inclusion: Floats | None = None) -> Evidence:
        """Return what planner and estimator see: all sentences, and the labels of some."""
        rows = np.zeros(0, dtype=np.intp) if labelled is None else labelled
        return Evidence(
            group=self.group,
            predicted=self.predicted,
            probability=self.probability,
            weight=np.ones(len(self.group)),
            n_groups=len(self.sizes),
            policy=np.arange(THEMES),
            labelled=rows,
            label=self.theme[rows],
            inclusion=np.zeros(0) if inclusion is None else inclusion,
        )

    def learned_evidence(self) -> Evidence:
        """Return the evidence with the labels that the model learned from."""
        return self.evidence(self.learned, np.full(len(self.learned), len(self.learned) / len(self.group)))

    def drawn(self, sample: Floats, rng: np.random.Generator, *, first: int | None = None) -> Evidence:
        """Draw so many sentences of each district and predicted theme; label all of them, or the first so many."""
        rows, inclusion = [], []
        for district, theme in zip(*np.nonzero(sample), strict=True):
            there = np.flatnonzero((self.group == district) & (self.predicted == theme))
            n = int(sample[district, theme])
            rows.append(rng.choice(there, n, replace=False))
            inclusion.append(np.full(n, n / len(there)))
        chosen, chance = np.concatenate(rows), np.concatenate(inclusion)
        if first is not None and first < len(chosen):
            kept = rng.permutation(len(chosen))[:first]
            chosen, chance = chosen[kept], chance[kept] * first / len(chosen)
        return self.evidence(chosen, chance)

    def planned_sample(self, rng: np.random.Generator, *, size: int) -> AuditSample:
        """Draw so many sentences, as many of each district and predicted theme as the planner says."""
        return self.drawn(plan_evidence(self.evidence(), size=size)[0], rng).sample()

    def cross_fitted(self) -> "World":
        """Return the same world with probabilities of models that did not see the sentence, in five folds."""
        probability, fold = self.probability.copy(), np.arange(len(self.learned)) % FOLDS
        for number in range(FOLDS):
            own, others = self.learned[fold == number], self.learned[fold != number]
            model = clone(self.model).fit(self.features[others], self.theme[others])
            probability[own] = _probabilities(model, self.features[own])
        return replace(self, probability=probability)

    def scaled(self) -> "World":
        """Return the world, its probabilities, cross-fitted before, scaled as those of each model that zhuti trains."""
        scaling = fit_scaling(self.probability[self.learned], self.theme[self.learned], least=OTHERS_LEAST)
        return replace(self, probability=scaling.apply(self.probability))


def make_world(
    rng: np.random.Generator,
    *,
    differ: bool,
    equal: bool = False,
    districts: int = DISTRICTS,
    classifier: str = "logistic",
) -> World:
    """Make a world.

    Parameters
    ----------
    rng : Generator
    differ : bool
        S2: districts write differently, so that the classifier's error differs.
    equal : bool
        All districts have the same shares, up to one sentence.
    districts : int
    classifier : {'logistic', 'forest', 'bayes'}
    """
    centres = rng.normal(0, 0.78, (THEMES, DIMENSIONS))
    sizes = rng.integers(80, 600, districts)
    shares = np.tile(BASE, (districts, 1)) if equal else rng.dirichlet(12 * BASE, districts)
    group = np.repeat(np.arange(districts), sizes)
    theme = np.concatenate([_themes(rng, n, p, exact=equal) for n, p in zip(sizes, shares, strict=True)])
    features = centres[theme] + rng.standard_normal((len(theme), DIMENSIONS))
    if differ:
        features += rng.normal(0, 0.45, (districts, DIMENSIONS))[group]
        features += rng.normal(0, 0.45, (districts, THEMES, DIMENSIONS))[group, theme]
    learned = rng.choice(len(theme), min(TRAINING, len(theme) // 2), replace=False)
    # Only the forest draws by chance itself.
    model = _model(classifier, int(rng.integers(2**31)) if classifier == "forest" else 0)
    model.fit(features[learned], theme[learned])
    return World(group, theme, _probabilities(model, features), sizes, features, learned, model)


def _themes(rng: np.random.Generator, n: int, share: Floats, *, exact: bool) -> Ints:
    if not exact:
        return rng.choice(THEMES, n, p=share)
    edges = np.round(np.cumsum(share) * n).astype(int)
    return rng.permutation(np.searchsorted(edges, np.arange(n), side="right"))


def _model(classifier: str, seed: int) -> Any:
    if classifier == "forest":
        return RandomForestClassifier(60, max_depth=6, random_state=seed)
    if classifier == "bayes":
        return make_pipeline(FunctionTransformer(_thrice), GaussianNB())
    return LogisticRegression(max_iter=200)


def _thrice(features: Floats) -> Floats:
    return np.hstack([features] * 3)


def _probabilities(model: Any, features: Floats) -> Floats:
    probability = np.zeros((len(features), THEMES))
    probability[:, model.classes_] = model.predict_proba(features)
    return probability
