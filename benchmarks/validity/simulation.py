"""The reference worlds: districts whose shares are known, a classifier that errs, labels drawn by chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression

from zhuti.reports.audit_sample import AuditSample
from zhuti.reports.evidence import Evidence
from zhuti.reports.sampling import plan_evidence
from zhuti.reports.sums import GroupSums

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

BASE = np.array([0.32, 0.28, 0.20, 0.15, 0.05])
THEMES, DISTRICTS, DIMENSIONS, TRAINING = len(BASE), 16, 10, 500
RARE = THEMES - 1
# The classifier of the reference simulation, and another one, whose probabilities are not calibrated.
CLASSIFIERS = ("logistic", "forest")


@dataclass(frozen=True)
class World:
    """Districts with all their sentences: what is true, and what the classifier says."""

    group: Ints
    theme: Ints
    probability: Floats
    sizes: Ints

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
        rows = np.concatenate(chosen)
        return AuditSample(
            self.group[rows], self.theme[rows], self.probability[rows], np.concatenate(inclusion), np.ones(len(rows))
        )

    def planned_sample(
        self, rng: np.random.Generator, *, precision: float | None = None, size: int | None = None
    ) -> tuple[AuditSample, Floats]:
        """Draw as many sentences of each district and predicted theme as the planner says; return its half-widths too."""
        nothing = np.zeros(0, dtype=np.intp)
        evidence = Evidence(
            group=self.group,
            predicted=self.predicted,
            probability=self.probability,
            weight=np.ones(len(self.group)),
            n_groups=len(self.sizes),
            policy=np.arange(THEMES),
            labelled=nothing,
            label=nothing,
            inclusion=np.zeros(0),
        )
        sample, half = plan_evidence(evidence, precision=precision, size=size, level=0.95)
        rows, inclusion = [], []
        for district, theme in zip(*np.nonzero(sample), strict=True):
            there = np.flatnonzero((self.group == district) & (self.predicted == theme))
            n = int(sample[district, theme])
            rows.append(rng.choice(there, n, replace=False))
            inclusion.append(np.full(n, n / len(there)))
        chosen = np.concatenate(rows)
        audit = AuditSample(
            self.group[chosen],
            self.theme[chosen],
            self.probability[chosen],
            np.concatenate(inclusion),
            np.ones(len(chosen)),
        )
        return audit, half


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
    classifier : {'logistic', 'forest'}
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
    return World(group, theme, _classified(features, theme, rng, classifier), sizes)


def _themes(rng: np.random.Generator, n: int, share: Floats, *, exact: bool) -> Ints:
    if not exact:
        return rng.choice(THEMES, n, p=share)
    edges = np.round(np.cumsum(share) * n).astype(int)
    return rng.permutation(np.searchsorted(edges, np.arange(n), side="right"))


def _classified(features: Floats, theme: Ints, rng: np.random.Generator, classifier: str) -> Floats:
    rows = rng.choice(len(theme), min(TRAINING, len(theme) // 2), replace=False)
    if classifier == "forest":
        model = RandomForestClassifier(60, max_depth=6, random_state=int(rng.integers(2**31)))
    else:
        model = LogisticRegression(max_iter=200)
    model.fit(features[rows], theme[rows])
    probability = np.zeros((len(theme), THEMES))
    probability[:, model.classes_] = model.predict_proba(features)
    return probability
