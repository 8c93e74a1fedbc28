"""Probabilities that mean what they say: scaled on sentences that the classifier did not learn from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scaling:
    """Probabilities to the power 1 / temperature, made to sum to one.

    References
    ----------
    Guo, Pleiss, Sun and Weinberger (2017), On calibration of modern neural networks.
    """

    temperature: float

    def apply(self, probabilities: Floats) -> Floats:
        """Return the scaled probabilities, shape (n_sentences, n_classes)."""
        return _scaled(np.log(np.maximum(probabilities, 1e-12)), self.temperature)


def _scaled(logarithms: Floats, temperature: float) -> Floats:
    scores = logarithms / temperature
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    scaled: Floats = exponentials / exponentials.sum(axis=1, keepdims=True)
    return scaled


def fit_scaling(probabilities: Floats, truth: NDArray[np.int64], *, least: float = 1.0) -> Scaling:
    """Return the temperature under which the true classes are likeliest, and not below `least`.

    Parameters
    ----------
    probabilities : array, shape (n_sentences, n_classes)
        Of sentences that the classifier did not learn from.
    truth : array of int, shape (n_sentences,)
    least : float
        Lowest temperature.

    Notes
    -----
    Below 1 the temperature would sharpen the probabilities: left-out documents of the training corpus resemble
    it more than a user's texts do, so what looks too modest among them is not so in use.
    """
    from scipy.optimize import minimize_scalar

    logarithms = np.log(np.maximum(probabilities, 1e-12))
    rows = np.arange(len(truth))

    def loss(temperature: float) -> float:
        return -float(np.log(np.maximum(_scaled(logarithms, temperature)[rows, truth], 1e-300)).sum())

    return Scaling(float(minimize_scalar(loss, bounds=(least, 10.0), method="bounded").x))


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
