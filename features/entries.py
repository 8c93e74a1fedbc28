"""Occurrences of features in texts, as flat arrays."""

from dataclasses import dataclass
from typing import Any

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
        values = weights[self.places]
        squares = np.bincount(self.rows, weights=values * values, minlength=self.n_rows)
        factors = 1 / np.sqrt(np.maximum(squares, 1e-30))
        weighed: Floats = (values * factors[self.rows]).astype(np.float32)
        return weighed

    def matrix(self, values: Floats, n_features: int) -> sparse.csr_array:
        """Return a sparse matrix of shape (n_rows, n_features); a feature that stands twice has two entries."""
        return build_rows(self.rows, self.places, values, (self.n_rows, n_features))


def build_rows(rows: Integers, columns: Integers, values: NDArray[Any], shape: tuple[int, int]) -> sparse.csr_array:
    """Return the sparse matrix of entries that are ordered by row; those of one cell are left apart."""
    ends = np.zeros(shape[0] + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=shape[0]), out=ends[1:])
    return sparse.csr_array((values, columns.astype(np.int32), ends), shape=shape)


def count_texts(entries: Entries, n_features: int) -> NDArray[np.int64]:
    """Return in how many texts each feature stands."""
    pairs = np.unique(entries.rows * np.int64(max(1, n_features)) + entries.places)
    return np.bincount(pairs % max(1, n_features), minlength=n_features)
