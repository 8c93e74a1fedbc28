"""Fit linear support vector machines, one a class, and turn their decisions into probabilities."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhuti.models.softmax import Floats, softmax

Integers = NDArray[np.int64]
# What decisions are multiplied by where nothing can be left out to find it.
SHARPNESS = 5.0


def fit_margins(
    rows: sparse.csr_array,
    classes: Integers,
    weights: NDArray[np.float64],
    balance: NDArray[np.float64],
    *,
    C: float,
) -> tuple[Floats, Floats]:
    """Return the weights and the bias of one machine with squared hinge loss a class.

    Parameters
    ----------
    rows : sparse array, shape (n_rows, n_features)
    classes : array of int, shape (n_rows,)
    weights : array of float, shape (n_rows,)
        Rows of weight 0 take no part.
    balance : array of float, shape (n_classes,)
        What the rows of a class count beside all others, in its own machine.
    C : float

    Returns
    -------
    weights, bias : arrays of float32, shape (n_features, n_classes) and (n_classes,)
        A class without rows is decided against everywhere.

    References
    ----------
    Fan, Chang, Hsieh, Wang and Lin (2008), LIBLINEAR: a library for large linear classification.
    """
    from sklearn.svm import LinearSVC

    known = np.flatnonzero(weights > 0)
    matrix = sparse.csr_matrix(rows[known])
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    seen = np.unique(classes[known])
    learned = np.zeros((rows.shape[1], len(balance)), dtype=np.float32)
    bias = np.full(len(balance), -1.0, dtype=np.float32)
    if len(seen) == 1:
        bias[seen] = 1.0
        return learned, bias
    machine = LinearSVC(C=C, class_weight={int(place): balance[place] for place in seen}, random_state=0, tol=1e-3)
    machine.fit(matrix, classes[known], sample_weight=weights[known])
    coefficients, offsets = machine.coef_.astype(np.float32), np.atleast_1d(machine.intercept_).astype(np.float32)
    if len(seen) == 2:
        coefficients, offsets = np.vstack([-coefficients, coefficients]), np.concatenate([-offsets, offsets])
    learned[:, seen], bias[seen] = coefficients.T, offsets
    return learned, bias


def fit_sharpness(decisions: Floats, truth: Integers) -> float:
    """Return the factor under which the softmax of decisions makes the true classes likeliest.

    Parameters
    ----------
    decisions : array, shape (n_rows, n_classes)
        Of rows that were left out in learning.
    truth : array of int, shape (n_rows,)

    Notes
    -----
    Each row counts for its class by (n + 1) / (n + 2) and for the others by the rest: where the rows are told apart
    without a fault, the factor would grow without end.

    References
    ----------
    Platt (1999), Probabilistic outputs for support vector machines and comparisons to regularized likelihood methods.
    """
    from scipy.optimize import minimize_scalar

    n, n_classes = decisions.shape
    targets = np.full(decisions.shape, 1 / ((n + 2) * max(1, n_classes - 1)))
    targets[np.arange(n), truth] = (n + 1) / (n + 2)

    def loss(exponent: float) -> float:
        likely = softmax(np.exp(exponent) * decisions.astype(np.float64))
        return -float((targets * np.log(np.maximum(likely, 1e-300))).sum())

    return float(np.exp(minimize_scalar(loss, bounds=(0.0, 4.0), method="bounded").x))
