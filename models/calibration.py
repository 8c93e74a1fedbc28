"""Probabilities that mean what they say: scaled on sentences that the classifier did not learn from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scaling:
    """Probabilities to the power 1 / temperature, times e to the offset of their class, made to sum to one.

    References
    ----------
    Guo, Pleiss, Sun and Weinberger (2017), On calibration of modern neural networks.
    """

    temperature: float
    offsets: Floats

    def apply(self, probabilities: Floats) -> Floats:
        """Return the scaled probabilities, shape (n_sentences, n_classes)."""
        return _scaled(np.log(np.maximum(probabilities, 1e-12)), self.temperature, self.offsets)


def _scaled(logarithms: Floats, temperature: float, offsets: Floats) -> Floats:
    scores = logarithms / temperature + offsets
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    scaled: Floats = exponentials / exponentials.sum(axis=1, keepdims=True)
    return scaled


def fit_scaling(probabilities: Floats, truth: NDArray[np.int64], *, strength: float = 1.0) -> Scaling:
    """Return the scaling under which the true classes are likeliest.

    Parameters
    ----------
    probabilities : array, shape (n_sentences, n_classes)
        Of sentences that the classifier did not learn from.
    truth : array of int, shape (n_sentences,)
    strength : float
        Variance of the Gaussian prior on offsets and on the logarithm of the temperature; it keeps few sentences from
        moving them far.
    """
    from scipy.optimize import minimize

    logarithms = np.log(np.maximum(probabilities, 1e-12))
    hit = np.eye(probabilities.shape[1])[truth]

    def loss(parameters: Floats) -> tuple[float, Floats]:
        temperature, offsets = float(np.exp(parameters[0])), parameters[1:]
        scaled = _scaled(logarithms, temperature, offsets)
        residual = scaled - hit
        value = -float(np.log(np.maximum(scaled[np.arange(len(truth)), truth], 1e-300)).sum())
        slope = np.concatenate([[-(residual * logarithms).sum() / temperature], residual.sum(axis=0)])
        return value + float(parameters @ parameters) / 2 / strength, slope + parameters / strength

    found = minimize(loss, np.zeros(probabilities.shape[1] + 1), jac=True, method="L-BFGS-B")
    return Scaling(float(np.exp(found.x[0])), np.asarray(found.x[1:]))


def expected_calibration_error(confidence: Floats, correct: NDArray[np.bool_], *, bins: int = 10) -> float:
    """Return the mean distance between confidence and accuracy over bins of equal width.

    Parameters
    ----------
    confidence : array, shape (n_sentences,)
        Probability of the class that was predicted.
    correct : array of bool, shape (n_sentences,)
    bins : int
        Number of bins of equal width on [0, 1].

    Warnings
    --------
    The value depends on the number of bins and shrinks slowly with the number of sentences: compare it only between
    classifiers on the same sentences.

    References
    ----------
    Naeini, Cooper and Hauskrecht (2015), Obtaining well calibrated probabilities using Bayesian binning.

    Examples
    --------
    >>> round(expected_calibration_error(np.array([0.9, 0.9, 0.6]), np.array([True, True, False])), 3)
    0.267
    """
    if not len(confidence):
        return 0.0
    place = np.clip((confidence * bins).astype(int), 0, bins - 1)
    gaps = np.bincount(place, weights=confidence, minlength=bins) - np.bincount(place, weights=correct, minlength=bins)
    return float(np.abs(gaps).sum() / len(confidence))
