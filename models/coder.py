"""The fitted default classifier as plain arrays: reads sentences in context, and needs no scikit-learn for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhuti.features import GramBlock, WordBlock
from zhuti.models.calibration import Scaling
from zhuti.models.sentences import Sentences
from zhuti.models.sequence import find_runs, smooth_sequence
from zhuti.models.softmax import softmax

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Coded:
    """Probabilities of a batch of sentences.

    Attributes
    ----------
    subthemes : array, shape (n_sentences, n_subthemes)
    themes : array, shape (n_sentences, n_themes)
        Sums of the subthemes' probabilities.
    """

    subthemes: Doubles
    themes: Doubles


@dataclass(frozen=True)
class ContextCoder:
    """Weights of words and characters for each subtheme: of the sentence, its neighbours and its heading.

    Attributes
    ----------
    classes, subclasses : tuple of str
        Themes and subthemes, sorted.
    parents : array of int, shape (n_subthemes,)
        Number of the theme of each subtheme.
    blocks : tuple of GramBlock and WordBlock
        Their features stand one after the other in the weights.
    weights : array of float32, shape (n_features, n_subthemes)
    near, head : float
        Parts with which the two neighbours' features and the heading's count beside the sentence's own.
    bias : array, shape (n_subthemes,)
    lift, power : array, shape (n_themes, n_themes), and float
        The sequence of themes, see `smooth_sequence`.
    scaling : Scaling
    threshold : float
        A second theme is named from this probability on.
    other : str
        The theme that is never a second one.
    """

    classes: tuple[str, ...]
    subclasses: tuple[str, ...]
    parents: NDArray[np.int64]
    blocks: tuple[GramBlock, WordBlock]
    weights: Floats
    near: float
    head: float
    bias: Floats
    lift: Doubles
    power: float
    scaling: Scaling
    threshold: float
    other: str

    def code(self, sentences: Sentences) -> Coded:
        """Return the probabilities of subthemes and themes."""
        return self.weigh_sequence(self.score(sentences), sentences)

    def score(self, sentences: Sentences) -> Floats:
        """Return the linear scores of the subthemes, shape (n_sentences, n_subthemes)."""
        own = self._product(sentences.texts)
        scores: Floats = own + self.bias
        if self.near and sentences.documents is not None and len(sentences) > 1:
            runs = find_runs(sentences.documents, len(sentences))
            scores += np.float32(self.near) * add_neighbours(own, runs)
        if self.head and sentences.headings is not None:
            headings, place = np.unique(np.array(sentences.headings, dtype=object).astype(str), return_inverse=True)
            scores += np.float32(self.head) * self._product(headings.tolist())[place]
        return scores

    def _product(self, texts: list[str]) -> Floats:
        scores = np.zeros((len(texts), len(self.subclasses)), dtype=np.float32)
        first = 0
        for block in self.blocks:
            found, last = block.find(texts), first + len(block.idf)
            scores += found.matrix(found.weigh(block.idf), len(block.idf)) @ self.weights[first:last]
            first = last
        return scores

    def weigh_sequence(self, scores: Floats, sentences: Sentences) -> Coded:
        """Turn linear scores into probabilities: the sequence of themes, then the scaling."""
        subthemes = np.asarray(softmax(scores.astype(np.float64)))
        alone = subthemes @ self._membership
        runs = find_runs(sentences.documents, len(sentences))
        themes = self.scaling.apply(smooth_sequence(np.maximum(alone, 1e-12), runs, self.lift, self.power))
        return Coded(subthemes * (themes / np.maximum(alone, 1e-12))[:, self.parents], themes)

    @property
    def _membership(self) -> Doubles:
        return np.eye(len(self.classes))[self.parents]

    def second(self, themes: Doubles) -> list[str]:
        """Return the second theme of each sentence, '' for none."""
        return name_second(themes, self.classes, self.other, self.threshold)

    def state(self) -> dict[str, Any]:
        """Return the content as arrays and texts, for a file."""
        grams, words = self.blocks
        return {
            "classes": list(self.classes), "subclasses": list(self.subclasses), "parents": self.parents,
            "gram_low": grams.low, "gram_high": grams.high, "gram_codes": grams.codes, "gram_idf": grams.idf,
            "word_dictionary": "\n".join(words.dictionary), "words": "\n".join(words.words), "word_idf": words.idf,
            "weights": self.weights, "near": self.near, "head": self.head, "bias": self.bias,
            "lift": self.lift, "power": self.power, "threshold": self.threshold, "other": self.other,
            "temperature": self.scaling.temperature,
        }  # fmt: skip

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> "ContextCoder":
        """Return the coder whose `state` this is."""
        grams = GramBlock(int(state["gram_low"]), int(state["gram_high"]), state["gram_codes"], state["gram_idf"])
        words = WordBlock(_lines(state["word_dictionary"]), _lines(state["words"]), state["word_idf"])
        return cls(
            classes=tuple(map(str, state["classes"])),
            subclasses=tuple(map(str, state["subclasses"])),
            blocks=(grams, words),
            scaling=Scaling(float(state["temperature"])),
            power=float(state["power"]),
            threshold=float(state["threshold"]),
            other=str(state["other"]),
            near=float(state["near"]),
            head=float(state["head"]),
            **{name: state[name] for name in ("parents", "weights", "bias", "lift")},
        )


def _lines(text: Any) -> tuple[str, ...]:
    return tuple(str(text).split("\n")) if str(text) else ()


def add_neighbours(values: Any, runs: list[tuple[int, int]]) -> Any:
    """Return for each row the sum of the rows before and after it in the same run."""
    inner = np.ones(len(values), dtype=bool)
    inner[[first for first, _ in runs]] = False
    later = np.flatnonzero(inner)
    total = np.zeros_like(values)
    total[later] += values[later - 1]
    total[later - 1] += values[later]
    return total


def name_second(themes: Doubles, classes: tuple[str, ...], other: str, threshold: float) -> list[str]:
    """Return the likeliest theme beside the first where it reaches the threshold, '' elsewhere; never `other`."""
    rest = themes.copy()
    rest[np.arange(len(rest)), themes.argmax(axis=1)] = -1
    if other in classes:
        rest[:, classes.index(other)] = -1
    best = rest.argmax(axis=1)
    named = rest[np.arange(len(rest)), best] >= threshold
    return [classes[place] if known else "" for place, known in zip(best.tolist(), named.tolist(), strict=True)]
