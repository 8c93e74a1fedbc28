"""The fitted default classifier as plain arrays: reads sentences in context, and needs no scikit-learn for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np

from zhuti.features import Clauses, GramBlock, WordBlock, read_characters, split_clauses
from zhuti.models.coder import Coded, Doubles, Floats, Levels, read_lines
from zhuti.models.sentences import Sentences
from zhuti.models.sequence import find_runs, smooth_sequence
from zhuti.models.softmax import softmax
from zhuti.models.word_sums import Features, Sums, WordSums, join_rows


@dataclass(frozen=True)
class Reading:
    """What the default classifier makes of a batch on its way to probabilities.

    Attributes
    ----------
    found : Features
        Features of the sentences.
    scales : array of float32, shape (n_sentences, 2)
        What scales the characters and the words of each sentence to length 1.
    own : array, shape (n_sentences, n_subthemes)
        Scores of the sentence's own features.
    near : array of the same shape
        Scores that the neighbours add.
    heading : array, shape (n_sentences, n_themes)
        Logarithm of what the heading multiplies each theme by.
    coded : Coded
    """

    found: Features
    scales: Floats
    own: Floats
    near: Floats
    heading: Doubles
    coded: Coded


@dataclass(frozen=True)
class ContextCoder:
    """Weights of characters and words for each subtheme, and what neighbours, heading and sequence add to them.

    Attributes
    ----------
    levels : Levels
    blocks : tuple of GramBlock and WordBlock
        Their features stand one after the other in the weights.
    weights : array of float32, shape (n_features, n_subthemes)
    bias : array of float32, shape (n_subthemes,)
    neighbours : float
        Part with which the features of the sentences before and after count.
    lift : array, shape (n_subthemes, n_subthemes)
        How much more often than by chance a subtheme (row) is followed by another (column).
    heading_lift : array, shape (n_themes, n_themes)
        The same for a heading's theme (row) and a sentence's under it (column).
    sequence, headings : float
        Powers of the two lifts.
    """

    levels: Levels
    blocks: tuple[GramBlock, WordBlock]
    weights: Floats
    bias: Floats
    neighbours: float
    lift: Doubles
    heading_lift: Doubles
    sequence: float
    headings: float

    def code(self, sentences: Sentences) -> Coded:
        """Return the probabilities of subthemes and themes."""
        return self.read(sentences).coded

    def read(self, sentences: Sentences) -> Reading:
        """Return the probabilities with all that led to them."""
        characters = read_characters(sentences.texts)
        found = self.sums.find(characters)
        clauses = split_clauses(characters)
        parts = self.sums.sum(found, clauses.clause_of, len(clauses.rows))
        whole = parts.joined(clauses.rows, len(sentences))
        own = whole.scaled()
        runs = find_runs(sentences.documents, len(sentences))
        near = np.float32(self.neighbours) * add_neighbours(own, runs)
        heading = self._weigh_headings(sentences)
        alone = softmax((own + near + self.bias).astype(np.float64) + heading[:, self.levels.parents])
        subthemes = smooth_sequence(np.maximum(alone, 1e-12), runs, self.lift, self.sequence)
        coded = self.levels.scale(subthemes, lambda: self._read_clauses(clauses, parts, len(sentences)))
        return Reading(found, whole.scales, own, near, heading, coded)

    def read_themes(self, texts: list[str]) -> Doubles:
        """Return the themes' probabilities by the texts alone, shape (n_texts, n_themes)."""
        characters = read_characters(texts)
        sums = self.sums.sum(self.sums.find(characters), characters.rows, len(texts))
        themes: Doubles = softmax((sums.scaled() + self.bias).astype(np.float64)) @ self.levels.membership
        return themes

    @cached_property
    def sums(self) -> WordSums:
        """What each known word adds to the scores."""
        return WordSums.of(self.blocks, self.weights)

    def _read_clauses(self, clauses: Clauses, sums: Sums, n: int) -> Doubles:
        """Return the part of each sentence that speaks of each theme, shape (n_sentences, n_themes).

        A clause by itself is scaled up to the length that the features of a text have, so that it can be judged as
        if it stood alone.
        """
        themes = softmax(sums.scaled() + self.bias).astype(np.float64) @ self.levels.membership
        weighed = np.hstack([themes, np.ones((len(themes), 1))]) * clauses.lengths[:, None]
        spoken = join_rows(weighed, clauses.rows, n)
        parts: Doubles = spoken[:, :-1] / np.maximum(spoken[:, -1:], 1)
        return parts

    def _weigh_headings(self, sentences: Sentences) -> Doubles:
        n_themes = len(self.levels.classes)
        if not self.headings or sentences.headings is None:
            return np.zeros((len(sentences), n_themes))
        nearest = [heading.rpartition(" / ")[2] for heading in sentences.headings]
        place = {heading: number for number, heading in enumerate(dict.fromkeys(["", *nearest]))}
        factors = self.headings * np.log(self.read_themes(list(place)) @ self.heading_lift)
        factors[place[""]] = 0
        found: Doubles = factors[[place[heading] for heading in nearest]]
        return found

    def state(self) -> dict[str, Any]:
        """Return the content as arrays and texts, for a file."""
        grams, words = self.blocks
        return {
            **self.levels.state(),
            "gram_low": grams.low,
            "gram_high": grams.high,
            "gram_codes": grams.codes,
            "gram_weights": grams.weights,
            "dictionary": "\n".join(words.dictionary),
            "words": "\n".join(words.words),
            "word_weights": words.weights,
            "weights": self.weights,
            "bias": self.bias,
            "neighbours": self.neighbours,
            "lift": self.lift,
            "heading_lift": self.heading_lift,
            "sequence": self.sequence,
            "headings": self.headings,
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Self:
        """Return the coder whose `state` this is."""
        grams = GramBlock(
            int(state["gram_low"]), int(state["gram_high"]), np.asarray(state["gram_codes"]), state["gram_weights"]
        )
        words = WordBlock(read_lines(state["dictionary"]), read_lines(state["words"]), state["word_weights"])
        arrays: dict[str, Any] = {name: np.asarray(state[name]) for name in ("weights", "bias", "lift", "heading_lift")}
        numbers: dict[str, Any] = {name: float(state[name]) for name in ("neighbours", "sequence", "headings")}
        return cls(levels=Levels.from_state(state), blocks=(grams, words), **arrays, **numbers)


def add_neighbours(values: Floats, runs: list[tuple[int, int]]) -> Floats:
    """Return for each row the sum of the rows before and after it in the same run."""
    inner = np.ones(len(values), dtype=bool)
    inner[[first for first, _ in runs]] = False
    later = np.flatnonzero(inner)
    total = np.zeros_like(values)
    total[later] += values[later - 1]
    total[later - 1] += values[later]
    return total
