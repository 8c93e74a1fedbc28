"""Occurrences of features in texts, as flat arrays."""

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
        Number of the text, number of the feature, first character within the text, and length in characters.
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
        norms = np.sqrt(np.bincount(self.rows, weights=values * values, minlength=self.n_rows))
        scaled: Floats = (values / norms[self.rows]).astype(np.float32)
        return scaled

    def matrix(self, values: Floats, n_features: int) -> sparse.csr_array:
        """Return a sparse matrix of shape (n_rows, n_features); a feature that stands twice has two entries."""
        ends = np.zeros(self.n_rows + 1, dtype=np.int32)
        np.cumsum(np.bincount(self.rows, minlength=self.n_rows), out=ends[1:])
        return sparse.csr_array((values, self.places.astype(np.int32), ends), shape=(self.n_rows, n_features))


def count_texts(entries: Entries, n_features: int) -> NDArray[np.int64]:
    """Return in how many texts each feature stands."""
    pairs = np.unique(entries.rows * np.int64(max(1, n_features)) + entries.places)
    return np.bincount(pairs % max(1, n_features), minlength=n_features)
