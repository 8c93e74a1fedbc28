"""Occurrences of features in texts, as flat arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhuti.features.grams import Floats, Integers


@dataclass(frozen=True)
class Entries:
    """Where the features of a vocabulary stand: one entry an occurrence, ordered by text.

    Attributes
    ----------
    rows, places, starts, lengths : arrays of int64, shape (n_entries,)
        Number of the text, number of the feature, first character, counted over all texts, and length in characters.
    n_rows : int
        Number of texts.
    """

    rows: Integers
    places: Integers
    starts: Integers
    lengths: Integers
    n_rows: int

    def weigh(self, weights: Floats) -> Floats:
        """Return the value of each entry: the weight of its feature, the texts scaled to length 1."""
        return weigh_together([self], weights)[0]

    def matrix(self, values: Floats, n_features: int) -> sparse.csr_array:
        """Return a sparse matrix of shape (n_rows, n_features); a feature that stands twice has two entries."""
        ends = np.zeros(self.n_rows + 1, dtype=np.int32)
        np.cumsum(np.bincount(self.rows, minlength=self.n_rows), out=ends[1:])
        return sparse.csr_array((values, self.places.astype(np.int32), ends), shape=(self.n_rows, n_features))


def weigh_together(parts: Sequence[Entries], weights: Floats) -> list[Floats]:
    """Return the values of entries of the same texts and vocabulary, the texts scaled to length 1 over all parts."""
    values = [weights[part.places] for part in parts]
    squares = sum(
        np.bincount(part.rows, weights=value * value, minlength=part.n_rows)
        for part, value in zip(parts, values, strict=True)
    )
    factors = 1 / np.sqrt(np.maximum(squares, 1e-30))
    return [(value * factors[part.rows]).astype(np.float32) for part, value in zip(parts, values, strict=True)]


def count_texts(entries: Entries, n_features: int) -> NDArray[np.int64]:
    """Return in how many texts each feature stands."""
    pairs = np.unique(entries.rows * np.int64(max(1, n_features)) + entries.places)
    return np.bincount(pairs % max(1, n_features), minlength=n_features)
