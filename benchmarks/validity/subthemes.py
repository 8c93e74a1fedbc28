"""Shares of subthemes by counting: do intervals hold when a card knows each subtheme from a few sentences?

Simulated: 31 subthemes, some rare; a classifier that is right for about 83 % of sentences, with subthemes it knows
well and others it does not; errors of one subtheme in one document go together (correlation 0.02). The card measures
the error in 85 documents of 49 sentences where it errs less, and in 22 documents of 21 sentences of the kind that is
coded; 16 districts of 80 to 599 sentences are estimated, each one document. On real text, where it is at hand, half
of the documents measure the error; the other half, in two districts, are estimated.
"""

import sys
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from marks import Mark, run

from zhuti.models import classify, default_model
from zhuti.models.scores import count_errors
from zhuti.reports.counted import ErrorModel
from zhuti.reports.subtheme_counts import (
    SubthemeError,
    SubthemeSums,
    counted_subthemes,
    subtheme_errors,
    sum_subthemes,
)
from zhuti.reports.subthemes import policy_codes
from zhuti.seeds import read_codebook

REPLICATIONS = 300
BOOK = read_codebook()
CODES, POLICY = BOOK.subtheme_ids, policy_codes(BOOK)
CORRELATION = 0.02
# From this share on a subtheme is common.
COMMON = 0.05


def measure(replications: int, seed: int) -> Iterator[Mark]:
    """How often intervals hold a district's share of a subtheme."""
    found: dict[str, list[np.ndarray]] = {"smoothed": [], "each subtheme for itself": []}
    for number in range(replications):
        world = World(np.random.default_rng([seed, number]))
        learned = world.documents(np.full(85, 49), 0.94, CORRELATION / 10)
        real = world.documents(np.full(22, 21), 0.83, CORRELATION)
        districts = world.documents(world.random.integers(80, 600, 16), 0.83, CORRELATION)
        errors = [ErrorModel(*counts) for counts in (learned, real)]
        for name, make in (("smoothed", SubthemeError.of), ("each subtheme for itself", _alone)):
            found[name].append(_held(districts[1], districts[2], [make(error, POLICY) for error in errors]))
    for name, rows in found.items():
        yield from _marks(np.concatenate(rows), f"simulated, error {name}", marked=name == "smoothed")


class World:
    """A classifier with its confusion, and documents it codes."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.base = random.dirichlet(np.full(len(CODES), 1.5))
        self.ease = random.beta(5, 1, len(CODES))
        self.strays = random.dirichlet(np.full(len(CODES), 0.3), len(CODES)) * (1 - np.eye(len(CODES)))
        self.strays /= self.strays.sum(axis=1, keepdims=True)

    def documents(
        self, sizes: np.ndarray, accuracy: float, correlation: float
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Draw documents; return their confusion, and the counts of true and of predicted codes of each."""
        right = 1 - (1 - self.ease) * (1 - accuracy) / (self.base @ (1 - self.ease))
        rows = np.clip(right, 0.3, 1)[:, None] * np.eye(len(CODES))
        rows += (1 - rows.sum(axis=1, keepdims=True)) * self.strays
        confusion = np.zeros((len(CODES), len(CODES)))
        truth, predicted = (np.zeros((len(sizes), len(CODES))) for _ in range(2))
        for place, size in enumerate(sizes):
            truth[place] = self.random.multinomial(size, self.random.dirichlet(12 * self.base + 1e-3))
            for code in np.flatnonzero(truth[place]):
                errs = self.random.dirichlet(rows[code] * (1 / correlation - 1) + 1e-6)
                coded = self.random.multinomial(int(truth[place, code]), errs)
                confusion[code] += coded
                predicted[place] += coded
        return confusion, truth, predicted


def _alone(errors: ErrorModel, policy: np.ndarray) -> SubthemeError:
    return SubthemeError(errors.confusion, SubthemeError.of(errors, policy).correlation)


def _held(truth: np.ndarray, predicted: np.ndarray, errors: Sequence[SubthemeError]) -> np.ndarray:
    """Return true share, whether the interval holds it, and its width: a row a district and subtheme."""
    size = predicted.sum(axis=1)
    sums = SubthemeSums(size, size, size, predicted, predicted, np.zeros_like(predicted))
    return _rows(truth, sums, errors)


def _rows(truth: np.ndarray, sums: SubthemeSums, errors: Sequence[SubthemeError]) -> np.ndarray:
    shares = counted_subthemes(sums, errors, POLICY, level=0.95)
    true = truth[:, POLICY] / truth[:, POLICY].sum(axis=1, keepdims=True)
    inside = (shares.low <= true + 1e-9) & (true - 1e-9 <= shares.high)
    return np.column_stack([true.ravel(), inside.ravel(), (shares.high - shares.low).ravel()])


def _marks(rows: np.ndarray, what: str, *, marked: bool, kind: str = "sub") -> Iterator[Mark]:
    true, inside, width = rows.T
    bounds = (0.93, 0.99) if marked else (-np.inf, np.inf)
    yield Mark(kind, f"coverage, {what}", float(inside.mean()), *bounds)
    yield Mark(kind, f"coverage of subthemes with 5 % and more, {what}", float(inside[true >= COMMON].mean()))
    rare = (true > 0) & (true < COMMON)
    yield Mark(kind, f"coverage of those with less, {what}", float(inside[rare].mean()))
    yield Mark(kind, f"mean width, {what}", float(width.mean()))


def measure_all(replications: int, seed: int) -> Iterator[Mark]:
    """Coverage of the shares of subthemes, simulated and on real text."""
    from real import DATA

    yield from measure(replications, seed)
    path = DATA / "gold" / "dev.csv"
    if path.is_file():
        real = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
        yield from measure_real(real, replications, seed)


def measure_real(real: pd.DataFrame, replications: int, seed: int) -> Iterator[Mark]:
    """Half of the documents measure the error; the others, in two districts by chance, are estimated."""
    model = default_model(progress=True)
    coded = classify(real.drop(columns=["theme", "subtheme"]), model).assign(truth=real["subtheme"])
    rows, learned = [], []
    for number in range(replications):
        random = np.random.default_rng([seed, number])
        documents = random.permutation(coded["document"].unique().astype(object))
        known = coded["document"].isin(documents[: len(documents) // 2])
        side = {document: place % 2 for place, document in enumerate(documents)}
        counts = count_errors(*(coded.loc[known, name] for name in ("document", "truth", "subtheme")), CODES)
        card = {**model.card, "real": {f"subtheme_{name}": value for name, value in counts.items()}}
        rest = coded[~known]
        group = rest["document"].map(side).to_numpy(dtype=np.intp)
        sums = sum_subthemes(rest, group, 2, CODES, np.ones(len(rest)))
        truth = np.zeros((2, len(CODES)))
        np.add.at(truth, (group, pd.Categorical(rest["truth"], categories=list(CODES)).codes), 1)
        for found, source in ((rows, card), (learned, {**card, "real": {}})):
            found.append(_rows(truth, sums, subtheme_errors(source, CODES, POLICY)))
    yield from _marks(np.concatenate(rows), "real text", marked=True)
    yield from _marks(np.concatenate(learned), "real text, error of invented documents alone", marked=False)


if __name__ == "__main__":
    sys.exit(run(measure_all, REPLICATIONS, part="subthemes"))
