"""Sums over the sentences of each group: all that the estimators of shares need to know."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]


def sum_by(group: Ints, values: Floats, n_groups: int) -> Floats:
    """Add up rows by group.

    Parameters
    ----------
    group : int array of shape (n_rows,)
    values : array of shape (n_rows, ...)
    n_groups : int

    Returns
    -------
    array of shape (n_groups, ...)

    >>> sum_by(np.array([0, 1, 1]), np.array([[1.0], [2.0], [3.0]]), 3)
    array([[1.],
           [5.],
           [0.]])
    """
    n_rows = len(group)
    member = sparse.csr_array((np.ones(n_rows), (group, np.arange(n_rows))), shape=(n_groups, n_rows))
    flat = np.asarray(values, dtype=float).reshape(n_rows, int(np.prod(values.shape[1:])))
    total: Floats = np.asarray(member @ flat).reshape((n_groups, *values.shape[1:]))
    return total


@dataclass(frozen=True)
class GroupSums:
    """What the estimators need to know of the sentences of each group.

    Attributes
    ----------
    size : array of shape (n_groups,)
        Number of sentences.
    weight, square : arrays of shape (n_groups,)
        Sums of the sentences' weights and of their squares; equal to `size` where each sentence counts once.
    predicted : array of shape (n_groups, n_themes)
        Weight of the sentences predicted to be of each theme.
    probability : array of shape (n_groups, n_themes)
        Weighted sum of predicted probabilities.
    spread : array of shape (n_groups, n_themes, n_themes)
        Sum over sentences of weight² (diag p - p pᵀ): how uncertain the predictions say they are.
    """

    size: Floats
    weight: Floats
    square: Floats
    predicted: Floats
    probability: Floats
    spread: Floats

    @classmethod
    def of(
        cls,
        group: Ints,
        predicted: Ints,
        probability: Floats,
        n_groups: int,
        weight: Floats | None = None,
        *,
        with_spread: bool = True,
    ) -> "GroupSums":
        """Sum over sentences.

        Parameters
        ----------
        group, predicted : int arrays of shape (n_sentences,)
            Number of the group and of the predicted theme.
        probability : array of shape (n_sentences, n_themes)
        n_groups : int
        weight : array of shape (n_sentences,), optional
            By default 1 for each.
        with_spread : bool
            Counting needs none; it is then 0.
        """
        n_rows, n_themes = probability.shape
        weight = np.ones(n_rows) if weight is None else weight
        chosen = np.zeros((n_rows, n_themes))
        chosen[np.arange(n_rows), predicted] = weight
        basic = sum_by(group, np.column_stack([np.ones(n_rows), weight, weight**2]), n_groups)
        spread = np.zeros((n_groups, n_themes, n_themes))
        if with_spread:
            every = np.arange(n_themes)
            for row in every:  # one row at a time keeps the memory at that of the probabilities
                spread[:, row, :] = -sum_by(group, (weight**2 * probability[:, row])[:, None] * probability, n_groups)
            spread[:, every, every] += sum_by(group, (weight**2)[:, None] * probability, n_groups)
        return cls(
            size=basic[:, 0],
            weight=basic[:, 1],
            square=basic[:, 2],
            predicted=sum_by(group, chosen, n_groups),
            probability=sum_by(group, weight[:, None] * probability, n_groups),
            spread=spread,
        )
