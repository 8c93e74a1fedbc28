"""The fitted default classifier as plain arrays: reads sentences in context, and needs no scikit-learn for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from zhuti.features import Block, Entries, GramBlock, Tokens, WordBlock, split_clauses
from zhuti.models.coder import Coded, Doubles, Floats, Integers, Levels, read_lines
from zhuti.models.sentences import Sentences
from zhuti.models.sequence import find_runs, smooth_sequence
from zhuti.models.softmax import softmax


@dataclass(frozen=True)
class Reading:
    """What the default classifier makes of a batch on its way to probabilities.

    Attributes
    ----------
    tokens : list of list of str
        Words of each sentence.
    entries : tuple of Entries
        Where the features of each block stand.
    own : array, shape (n_sentences, n_subthemes)
        Scores of the sentence's own features.
    near : array of the same shape
        Scores that the neighbours add.
    heading : array, shape (n_sentences, n_themes)
        Logarithm of what the heading multiplies each theme by.
    coded : Coded
    """

    tokens: Tokens
    entries: tuple[Entries, Entries]
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
        tokens = self.blocks[1].split(sentences.texts)
        entries = self.blocks[0].find(sentences.texts), self.blocks[1].find_tokens(tokens)
        own, named = self._read_clauses(sentences.texts, entries)
        runs = find_runs(sentences.documents, len(sentences))
        near = np.float32(self.neighbours) * add_neighbours(own, runs)
        heading = self._weigh_headings(sentences)
        alone = softmax((own + near + self.bias).astype(np.float64) + heading[:, self.levels.parents])
        subthemes = smooth_sequence(np.maximum(alone, 1e-12), runs, self.lift, self.sequence)
        return Reading(tokens, entries, own, near, heading, self.levels.scale(subthemes, named))

    def read_themes(self, texts: list[str]) -> Doubles:
        """Return the themes' probabilities by the texts alone, shape (n_texts, n_themes)."""
        scores = np.broadcast_to(self.bias, (len(texts), len(self.bias))).astype(np.float64)
        for block, part in self.parts():
            found = block.find(texts)
            scores += found.matrix(found.weigh(block.weights), len(part)) @ part
        themes: Doubles = softmax(scores) @ self.levels.membership
        return themes

    def parts(self) -> Iterator[tuple[Block, Floats]]:
        """Yield each block with its features' weights."""
        first = 0
        for block in self.blocks:
            last = first + len(block.weights)
            yield block, self.weights[first:last]
            first = last

    def _read_clauses(self, texts: list[str], entries: tuple[Entries, Entries]) -> tuple[Floats, Doubles]:
        """Return the scores of the sentences, and the part of each that speaks of each theme.

        The scores of a sentence are the sums of its clauses'. A clause by itself is scaled up to the length
        that the features of a text have, so that it can be judged as if it stood alone.
        """
        clauses = split_clauses(texts)
        scores = np.zeros((len(clauses.rows), len(self.bias)), dtype=np.float32)
        alone = np.zeros_like(scores)
        for found, (block, part) in zip(entries, self.parts(), strict=True):
            values, rows = found.weigh(block.weights), clauses.at(found.rows, found.starts)
            order = np.argsort(rows, kind="stable")
            inside = Entries(rows[order], found.places[order], rows, rows, len(scores))
            product = inside.matrix(values[order], len(part)) @ part
            norms = np.sqrt(np.bincount(rows, weights=values * values, minlength=len(scores)))
            scores += product
            alone += product / np.maximum(norms, 1e-6).astype(np.float32)[:, None]
        themes = softmax((alone + self.bias).astype(np.float64)) @ self.levels.membership
        lengths = sum_rows(clauses.lengths[:, None], clauses.rows, len(texts))
        spoken = sum_rows(themes * clauses.lengths[:, None], clauses.rows, len(texts))
        return sum_rows(scores, clauses.rows, len(texts)), spoken / np.maximum(lengths, 1)

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


def sum_rows(values: NDArray[Any], rows: Integers, n: int) -> NDArray[Any]:
    """Add up the values of the same row; rows are in order."""
    total = np.zeros((n, values.shape[1]), dtype=values.dtype)
    if len(rows):
        firsts = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
        total[rows[firsts]] = np.add.reduceat(values, firsts, axis=0)
    return total


def add_neighbours(values: Floats, runs: list[tuple[int, int]]) -> Floats:
    """Return for each row the sum of the rows before and after it in the same run."""
    inner = np.ones(len(values), dtype=bool)
    inner[[first for first, _ in runs]] = False
    later = np.flatnonzero(inner)
    total = np.zeros_like(values)
    total[later] += values[later - 1]
    total[later - 1] += values[later]
    return total
