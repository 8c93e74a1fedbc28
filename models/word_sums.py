"""What the features of the default classifier add to scores, word by word: sums that are known before a text is read.

The characters and pairs of characters inside a word are the same wherever it stands. What they add, and what the word
itself adds, is summed once for each word of the vocabulary; of a text only the runs of characters across words, and
words that were never learned, are looked up by themselves.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhuti.features import Characters, CutWords, Entries, GramBlock, WordBlock, build_rows

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]

# Rows for which the weights of all features are held at once.
_CHUNK = 256


class Features(NamedTuple):
    """The features of a batch of texts.

    Attributes
    ----------
    cut : CutWords
    known, places : arrays of int, shape (n_known_words,)
        Which of the words are in the vocabulary, and their numbers in it.
    grams : list of Entries
        Runs of characters that no known word holds, one item a length.
    """

    cut: CutWords
    known: Integers
    places: Integers
    grams: list[Entries]


class Sums(NamedTuple):
    """Scores that features add up to, and the squares of their values.

    Attributes
    ----------
    scores : array of float32, shape (n_rows, 2, n_subthemes)
        Of runs of characters, and of words; values not yet scaled.
    squares : array of float32, shape (n_rows, 2)
    """

    scores: Floats
    squares: Floats

    @property
    def scales(self) -> Floats:
        """What scales the features of each kind to length 1, shape (n_rows, 2)."""
        scales: Floats = (1 / np.sqrt(np.maximum(self.squares, np.float32(1e-30)))).astype(np.float32, copy=False)
        return scales

    def scaled(self) -> Floats:
        """Return the scores of rows whose features of each kind are of length 1, shape (n_rows, n_subthemes)."""
        scaled: Floats = np.einsum("rks,rk->rs", self.scores, self.scales)
        return scaled

    def joined(self, row_of: Integers, n_rows: int) -> "Sums":
        """Return the sums of the wider rows that these make up; `row_of` is in order."""
        kinds, n = self.scores.shape[1:]
        flat = self.scores.reshape(len(row_of), kinds * n)
        scores = join_rows(flat, row_of, n_rows).reshape(n_rows, kinds, n)
        return Sums(scores, join_rows(self.squares, row_of, n_rows))


@dataclass(frozen=True)
class WordSums:
    """What each word of the vocabulary adds, with all runs of characters in it.

    Attributes
    ----------
    blocks : tuple of GramBlock and WordBlock
    grams : array of float32, shape (n_grams, n_subthemes)
        Weights of the runs of characters.
    table : array of float32, shape (n_words, 2 × n_subthemes + 2)
        Scores of the runs, scores of the word, and the sums of squares of both.
    """

    blocks: tuple[GramBlock, WordBlock]
    grams: Floats
    table: Floats

    @classmethod
    def of(cls, blocks: tuple[GramBlock, WordBlock], weights: Floats) -> "WordSums":
        """Sum up the weights of all features, shape (n_features, n_subthemes), the runs of characters first."""
        block, words = blocks
        grams, whole = weights[: len(block.weights)], weights[len(block.weights) :]
        inside = block.find(words.words)
        values, own = block.weights[inside.places], words.weights[:, None]
        squares = np.bincount(inside.rows, weights=values * values, minlength=len(own))[:, None]
        table = np.hstack([inside.matrix(values, len(grams)) @ grams, own * whole, squares, own * own])
        return cls(blocks, grams, np.ascontiguousarray(table, dtype=np.float32))

    def find(self, characters: Characters) -> Features:
        """Return the features of texts."""
        grams, words = self.blocks
        cut = words.cut(characters)
        place = words.place(cut)
        numbers = np.where(place >= 0, np.arange(len(place)), -1)
        known = np.flatnonzero(place >= 0)
        return Features(cut, known, place[known], grams.find_each(characters, np.repeat(numbers, cut.lengths)))

    def sum(self, found: Features, row_of: Integers, n_rows: int) -> Sums:
        """Add up the features of each row.

        Parameters
        ----------
        found : Features
        row_of : array of int, shape (n_characters,)
            The row of each character, in order.
        n_rows : int
        """
        n = self.grams.shape[1]
        rows = row_of[found.cut.starts[found.known]]
        total = (
            build_rows(rows, found.places, np.ones(len(rows), dtype=np.float32), (n_rows, len(self.table))) @ self.table
        )
        scores, squares = total[:, : 2 * n].reshape(n_rows, 2, n), total[:, 2 * n :]
        for entries in found.grams:
            values, rows = self.blocks[0].weights[entries.places], row_of[entries.starts]
            scores[:, 0] += build_rows(rows, entries.places, values, (n_rows, len(self.grams))) @ self.grams
            squares[:, 0] += np.bincount(rows, weights=values * values, minlength=n_rows).astype(np.float32)
        return Sums(scores, squares)

    def weigh(self, found: Features, shares: Floats, scales: Floats) -> Doubles:
        """Return what each word adds to a sum of scores, with its characters and its part of runs across words.

        Parameters
        ----------
        found : Features
        shares : array of float32, shape (n_texts, n_subthemes)
            What each subtheme's score counts in the sum, for each text.
        scales : array of float32, shape (n_texts, 2)
            As `Sums.scales` gives them of the texts.

        Returns
        -------
        array, shape (n_words,)
            A run of characters is spread evenly over its characters, so that each word has its part.
        """
        cut, n = found.cut, self.grams.shape[1]
        along = np.zeros(len(cut.characters.points) + 1)
        for entries in found.grams:
            values = self.blocks[0].weights[entries.places] * scales[entries.rows, 0] / entries.lengths
            values *= _multiply_rows(self.grams, entries.places, shares, entries.rows)
            along += np.bincount(entries.starts, weights=values, minlength=len(along))
            along -= np.bincount(entries.starts + entries.lengths, weights=values, minlength=len(along))
        # Once added up, `along` is the weight of each character; twice, that of all before it.
        before = np.concatenate([[0], np.cumsum(np.cumsum(along))])
        weights: Doubles = before[cut.starts + cut.lengths] - before[cut.starts]
        both = np.zeros((len(shares), self.table.shape[1]), dtype=np.float32)
        both[:, : 2 * n] = (shares[:, None, :] * scales[:, :, None]).reshape(len(shares), 2 * n)
        weights[found.known] += _multiply_rows(self.table, found.places, both, cut.rows[found.known])
        return weights


def join_rows(values: NDArray[Any], row_of: Integers, n_rows: int) -> NDArray[Any]:
    """Add up the rows of an array of two dimensions that belong to one row; `row_of` is in order."""
    joining = build_rows(
        row_of, np.arange(len(row_of)), np.ones(len(row_of), dtype=values.dtype), (n_rows, len(row_of))
    )
    joined: NDArray[Any] = joining @ values
    return joined


def _multiply_rows(left: Floats, of_left: Integers, right: Floats, of_right: Integers) -> Floats:
    """Return the products of rows of two arrays, pair by pair; `of_right` is in order."""
    products = np.empty(len(of_left), dtype=np.float32)
    cuts = np.searchsorted(of_right, np.arange(0, len(right) + _CHUNK, _CHUNK)).tolist()
    for low, high in pairwise(cuts):
        some = slice(low, high)
        np.einsum("ij,ij->i", left[of_left[some]], right[of_right[some]], out=products[some])
    return products
