"""The estimators of shares, on small numbers that can be worked out and on the reference simulation."""

import numpy as np
import pytest

from zhuti.reports.audited import AuditSample, audited_shares
from zhuti.reports.counted import ErrorModel, counted_shares, document_drift
from zhuti.reports.shares import project_to_simplex
from zhuti.reports.sums import GroupSums

EVERY = np.arange(3)


def sums_of(probability: np.ndarray, group: np.ndarray, n_groups: int) -> GroupSums:
    return GroupSums.of(group, probability.argmax(axis=1), probability, n_groups)


def test_projection_keeps_a_point_of_the_simplex() -> None:
    point = np.array([[0.2, 0.3, 0.5]])
    assert project_to_simplex(point) == pytest.approx(point)


def test_fully_labelled_group_gets_its_true_share() -> None:
    rng = np.random.default_rng(0)
    probability = rng.dirichlet([1, 1, 1], 60)
    label = rng.integers(0, 3, 60)
    group = np.zeros(60, dtype=int)
    result = audited_shares(
        sums_of(probability, group, 1), AuditSample(group, label, probability, np.ones(60), np.ones(60)), EVERY
    )
    assert result.share[0] == pytest.approx(np.bincount(label, minlength=3) / 60)
    assert (result.high > result.low).all()
    assert (result.high - result.low < 0.05).all()


def test_without_labels_a_group_is_flagged_and_wide() -> None:
    rng = np.random.default_rng(0)
    probability = rng.dirichlet([1, 1, 1], 200)
    group = np.repeat([0, 1], 100)
    labelled = np.arange(40)
    label, chance = rng.integers(0, 3, 40), np.full(40, 0.4)
    sums = sums_of(probability, group, 2)
    result = audited_shares(
        sums, AuditSample(group[labelled], label, probability[labelled], chance, np.ones(40)), EVERY
    )
    assert result.thin.tolist() == [False, True]
    assert ((result.high - result.low)[1] > (result.high - result.low)[0]).all()


def test_counted_shares_are_never_bare() -> None:
    probability = np.tile([0.9, 0.05, 0.05], (50, 1))
    result = counted_shares(
        sums_of(probability, np.zeros(50, dtype=int), 1),
        ErrorModel(np.eye(3) * 90, np.zeros((0, 3)), np.zeros((0, 3))),
        EVERY,
    )
    assert result.share[0] == pytest.approx([1.0, 0.0, 0.0])
    assert (result.high > result.low).all()


def test_drift_of_a_classifier_that_counts_right_is_zero() -> None:
    truth = np.full((10, 3), 20.0)
    assert document_drift(ErrorModel(np.eye(3) * 100, truth, truth), EVERY) == pytest.approx([0, 0, 0])
