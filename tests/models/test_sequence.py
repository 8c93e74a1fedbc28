from itertools import pairwise

import numpy as np

from zhuti.models.sequence import count_pairs, find_runs, learn_lift, smooth_sequence


def by_enumeration(probabilities: np.ndarray, lift: np.ndarray) -> np.ndarray:
    """Posterior of a document by adding up all its sequences."""
    n, k = probabilities.shape
    posterior = np.zeros((n, k))
    for sequence in np.ndindex(*[k] * n):
        weight = np.prod([probabilities[i, s] for i, s in enumerate(sequence)])
        weight *= np.prod([lift[a, b] for a, b in pairwise(sequence)])
        posterior[range(n), sequence] += weight
    return posterior / posterior.sum(axis=1, keepdims=True)


def test_it_equals_the_sum_over_all_sequences() -> None:
    random = np.random.default_rng(0)
    probabilities, lift = random.dirichlet([1, 1, 1], size=9), random.uniform(0.3, 3, size=(3, 3))
    runs = [(0, 3), (3, 8), (8, 9)]
    smoothed = smooth_sequence(probabilities, runs, lift, 0.5)
    for first, end in runs:
        np.testing.assert_allclose(smoothed[first:end], by_enumeration(probabilities[first:end], lift**0.5))


def test_runs_and_rows_alone() -> None:
    assert find_runs(["a", "a", "b"], 3) == [(0, 2), (2, 3)]
    assert find_runs(None, 2) == [(0, 1), (1, 2)]
    assert find_runs([], 0) == []


def test_power_nothing_and_no_rows_leave_all_as_it_is() -> None:
    probabilities = np.array([[0.2, 0.8], [0.5, 0.5]])
    assert smooth_sequence(probabilities, [(0, 2)], np.full((2, 2), 2.0), 0) is probabilities
    assert smooth_sequence(probabilities[:0], [], np.ones((2, 2)), 1).shape == (0, 2)


def test_lift_is_above_one_for_themes_that_follow_one_another() -> None:
    lift = learn_lift(count_pairs(np.array([0, 0, 0, 0, 1, 1, 1, 1]), [(0, 8)], 2))
    assert lift[0, 0] > 1 > lift[0, 1]
