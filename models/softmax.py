"""Fit multinomial logistic regression through the similarities of its sentences.

Sentences are few (thousands) and their features many (tens of thousands), so the optimiser works on one
coefficient a sentence and class; the weights of the features are then `X.T @ coefficients`. It takes the
very steps that L-BFGS would take on the weights, at an eighth of the time.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Similarity = Callable[[Floats], Floats]


def softmax(scores: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return probabilities that sum to one in each row."""
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities: NDArray[np.floating] = exponentials / exponentials.sum(axis=1, keepdims=True)
    return probabilities


@dataclass(frozen=True)
class _Vector:
    """A vector in the space of weights: its coefficients and their image under the similarities."""

    coefficients: Floats
    image: Floats

    def dot(self, other: "_Vector") -> float:
        return float(np.vdot(self.coefficients, other.image))

    def plus(self, factor: float, other: "_Vector") -> "_Vector":
        step = np.float32(factor)
        return _Vector(self.coefficients + step * other.coefficients, self.image + step * other.image)

    def add(self, factor: float, other: "_Vector", spare: Floats) -> None:
        """Add in place, without an array more than the spare one: memory is what takes the time here."""
        for mine, theirs in ((self.coefficients, other.coefficients), (self.image, other.image)):
            np.multiply(theirs, np.float32(factor), out=spare)
            np.add(mine, spare, out=mine)


def fit_softmax(
    similarity: Similarity,
    targets: Floats,
    weights: Floats,
    *,
    C: float = 3.0,
    tol: float = 1e-2,
    max_iter: int = 200,
) -> Floats:
    """Return the coefficients of L2-regularised multinomial logistic regression.

    Parameters
    ----------
    similarity : callable
        Multiplies an array of shape (n_sentences, n_classes) by the sentences' inner products.
    targets : array, shape (n_sentences, n_classes)
        Rows sum to one; one-hot, or shared between classes.
    weights : array, shape (n_sentences,)
    C : float
        Inverse strength of the penalty on the weights, as in scikit-learn.
    tol : float
        Stop where the gradient's length has fallen to this part of its first one.
    max_iter : int

    Returns
    -------
    array of float32, shape (n_sentences, n_classes)
        The score of a sentence is its inner products with the training sentences times these.

    References
    ----------
    Liu and Nocedal (1989), On the limited memory BFGS method for large scale optimization.
    """
    problem = _Problem(similarity, targets, weights.astype(np.float32), np.float32(1 / C))
    zero = np.zeros_like(targets)
    point = _Vector(zero, zero)
    value, gradient = problem.value(point), problem.gradient(point)
    first, memory = gradient.dot(gradient), list[tuple[_Vector, _Vector]]()
    for _ in range(max_iter):
        if gradient.dot(gradient) <= tol * tol * first:
            break
        moved = problem.search(point, value, gradient, _direction(gradient, memory))
        if moved is None:
            break
        new, value = moved
        change = problem.gradient(new)
        step, turn = new.plus(-1, point), change.plus(-1, gradient)
        if step.dot(turn) > 0:
            memory = [*memory[-7:], (step, turn)]
        point, gradient = new, change
    return point.coefficients


def _direction(gradient: _Vector, memory: list[tuple[_Vector, _Vector]]) -> _Vector:
    """Return the direction of descent: the two loops of L-BFGS."""
    direction, shares = _Vector(gradient.coefficients.copy(), gradient.image.copy()), []
    spare = np.empty_like(gradient.image)
    for step, turn in reversed(memory):
        share = step.dot(direction) / step.dot(turn)
        direction.add(-share, turn, spare)
        shares.append(share)
    if memory:
        step, turn = memory[-1]
        scale = step.dot(turn) / turn.dot(turn)
    else:
        scale = 1 / max(gradient.dot(gradient) ** 0.5, 1e-12)
    direction.add(scale - 1, direction, spare)
    for (step, turn), share in zip(memory, reversed(shares), strict=True):
        direction.add(share - turn.dot(direction) / step.dot(turn), step, spare)
    return direction


@dataclass(frozen=True)
class _Problem:
    similarity: Similarity
    targets: Floats
    weights: Floats
    penalty: np.float32

    def _loss(self, scores: Floats) -> float:
        top = scores.max(axis=1)
        normal = np.log(np.exp(scores - top[:, None]).sum(axis=1)) + top
        losses = normal - np.einsum("ij,ij->i", scores, self.targets)
        return float(np.dot(self.weights.astype(np.float64), losses))

    def value(self, point: _Vector) -> float:
        return self._loss(point.image) + 0.5 * float(self.penalty) * point.dot(point)

    def gradient(self, point: _Vector) -> _Vector:
        residual = (self.weights[:, None] * (softmax(point.image) - self.targets)).astype(np.float32)
        coefficients = residual + self.penalty * point.coefficients
        return _Vector(coefficients, self.similarity(coefficients))

    def search(
        self, point: _Vector, value: float, gradient: _Vector, direction: _Vector
    ) -> tuple[_Vector, float] | None:
        """Halve the step until the loss has fallen enough (Armijo); None where it does not fall any more."""
        slope, step = -gradient.dot(direction), 1.0
        while slope < 0 and step > 1e-6:
            new = point.plus(-step, direction)
            reached = self.value(new)
            if reached <= value + 1e-4 * step * slope:
                return new, reached
            step /= 2
        return None
