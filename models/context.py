"""The fitted default classifier as plain arrays: reads sentences in context, and needs no scikit-learn for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from zhuti.features import (
    Block,
    Characters,
    Clauses,
    CutWords,
    Entries,
    GramBlock,
    WordBlock,
    read_characters,
    split_clauses,
    weigh_together,
)
from zhuti.models.coder import Coded, Doubles, Floats, Integers, Levels, read_lines
from zhuti.models.sentences import Sentences
from zhuti.models.sequence import find_runs, smooth_sequence
from zhuti.models.softmax import softmax


class View(NamedTuple):
    """Features of one kind in a batch: where they stand, their values, and the weights of all features of the block."""

    entries: Entries
    values: Floats
    weights: Floats


@dataclass(frozen=True)
class Reading:
    """What the default classifier makes of a batch on its way to probabilities.

    Attributes
    ----------
    characters : Characters
    words : CutWords
        Words of the sentences.
    views : list of list of View
        What each block found.
    own : array, shape (n_sentences, n_subthemes)
        Scores of the sentence's own features.
    near : array of the same shape
        Scores that the neighbours add.
    heading : array, shape (n_sentences, n_themes)
        Logarithm of what the heading multiplies each theme by.
    coded : Coded
    """

    characters: Characters
    words: CutWords
    views: "list[list[View]]"
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
        words = self.blocks[1].cut(characters)
        found = self.blocks[0].find_each(characters), [self.blocks[1].find_cut(words)]
        views = [_weigh(entries, *part) for entries, part in zip(found, self.parts(), strict=True)]
        own, named = self._read_clauses(split_clauses(characters), views, len(sentences))
        runs = find_runs(sentences.documents, len(sentences))
        near = np.float32(self.neighbours) * add_neighbours(own, runs)
        heading = self._weigh_headings(sentences)
        alone = softmax((own + near + self.bias).astype(np.float64) + heading[:, self.levels.parents])
        subthemes = smooth_sequence(np.maximum(alone, 1e-12), runs, self.lift, self.sequence)
        return Reading(characters, words, views, own, near, heading, self.levels.scale(subthemes, named))

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

    def _read_clauses(self, clauses: Clauses, views: list[list[View]], n: int) -> tuple[Floats, Doubles]:
        """Return the scores of the sentences, and the part of each that speaks of each theme.

        The scores of a sentence are the sums of its clauses'. A clause by itself is scaled up to the length
        that the features of a text have, so that it can be judged as if it stood alone.
        """
        scores = np.zeros((len(clauses.rows), len(self.bias)), dtype=np.float32)
        alone = np.broadcast_to(self.bias, scores.shape).copy()
        for kinds in views:
            product, squares = np.zeros_like(scores), np.zeros(len(scores))
            for found, values, part in kinds:
                inside = replace(found, rows=clauses.clause_of[found.starts], n_rows=len(scores))
                product += inside.matrix(values, len(part)) @ part
                squares += np.bincount(inside.rows, weights=values * values, minlength=len(scores))
            scores += product
            product /= np.maximum(np.sqrt(squares), 1e-6).astype(np.float32)[:, None]
            alone += product
        themes = softmax(alone).astype(np.float64) @ self.levels.membership
        lengths = sum_rows(clauses.lengths[:, None], clauses.rows, n)
        spoken = sum_rows(themes * clauses.lengths[:, None], clauses.rows, n)
        return sum_rows(scores, clauses.rows, n), spoken / np.maximum(lengths, 1)

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


def _weigh(entries: list[Entries], block: Block, weights: Floats) -> list[View]:
    values = weigh_together(entries, block.weights)
    return [View(found, value, weights) for found, value in zip(entries, values, strict=True)]


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
