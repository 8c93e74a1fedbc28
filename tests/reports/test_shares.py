"""The estimators of shares, on small numbers that can be worked out and on the reference simulation."""

from dataclasses import replace

import numpy as np
import pytest

from zhuti.reports.audit_sample import AuditSample
from zhuti.reports.audited import audited_shares, error_factor
from zhuti.reports.counted import ErrorModel, counted_shares, document_drift
from zhuti.reports.shares import project_to_simplex
from zhuti.reports.sums import GroupSums
from zhuti.reports.tuning import tuned

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


def timid_world(n_groups: int = 8, size: int = 200) -> tuple[GroupSums, AuditSample, np.ndarray]:
    """Probabilities half-way to even chances, of a classifier that is right nine times in ten; 30 labels a group."""
    rng = np.random.default_rng(1)
    group = np.repeat(np.arange(n_groups), size)
    truth = rng.integers(0, 3, len(group))
    said = np.where(rng.random(len(group)) < 0.85, truth, rng.integers(0, 3, len(group)))
    probability = 0.5 * np.eye(3)[said] + 0.5 / 3
    rows = np.concatenate([rng.choice(np.flatnonzero(group == g), 30, replace=False) for g in range(n_groups)])
    chance = np.full(len(rows), 30 / size)
    sample = AuditSample(group[rows], truth[rows], probability[rows], chance, np.ones(len(rows)))
    shares = np.stack([np.bincount(truth[group == g], minlength=3) / size for g in range(n_groups)])
    return sums_of(probability, group, n_groups), sample, shares


def test_timid_probabilities_are_stretched_and_intervals_narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    sums, sample, truth = timid_world()
    found = audited_shares(sums, sample, EVERY)
    monkeypatch.setattr("zhuti.reports.audited.tuned", lambda *given: given)
    plain = audited_shares(sums, sample, EVERY)
    assert (found.high - found.low).mean() < 0.93 * (plain.high - plain.low).mean()
    assert ((found.low <= truth) & (truth <= found.high)).mean() >= 0.9
    assert found.share.sum(axis=1) == pytest.approx(np.ones(8))


def test_slopes_of_a_group_come_from_the_others() -> None:
    sums, sample, _ = timid_world()
    other = replace(sample, label=np.where(sample.group == 0, (sample.label + 1) % 3, sample.label))
    before, after = tuned(sums, sample)[0].probability, tuned(sums, other)[0].probability
    assert after[0] == pytest.approx(before[0])
    assert not np.allclose(after[1:], before[1:])


def test_a_single_group_is_not_tuned() -> None:
    sums, sample, _ = timid_world(n_groups=1)
    found_sums, found = tuned(sums, sample)
    assert found_sums.probability == pytest.approx(sums.probability)
    assert found.probability == pytest.approx(sample.probability)


def test_predicted_theme_may_differ_from_the_most_probable_one() -> None:
    _, sample, _ = timid_world()
    assert (sample.predicted == sample.probability.argmax(axis=1)).all()
    assert (replace(sample, code=np.zeros(len(sample.label), dtype=int)).predicted == 0).all()


def test_differences_allow_for_what_else_a_group_might_have_written() -> None:
    probability = np.repeat(np.eye(3)[[0, 1, 2]] * 0.97 + 0.01, [50, 30, 20], axis=0)
    shares = counted_shares(
        sums_of(probability, np.zeros(100, dtype=int), 1),
        ErrorModel(np.eye(3) * 1000, np.zeros((0, 3)), np.zeros((0, 3))),
        EVERY,
    )
    by_chance = shares.share * (1 - shares.share) / 100
    assert np.diagonal(shares.written, axis1=1, axis2=2) == pytest.approx(by_chance)
    assert shares.written.sum(axis=2) == pytest.approx(np.zeros((1, 3)))
    assert shares.error_between**2 == pytest.approx(shares.error**2 + by_chance)


def test_the_factor_of_errors_tells_timid_probabilities_from_sure_ones() -> None:
    rng = np.random.default_rng(0)
    true = rng.dirichlet([0.5, 0.5, 0.5], 3000)
    label = np.array([rng.choice(3, p=row) for row in true])
    group, chance = np.arange(3000) % 10, np.full(3000, 0.1)
    factors = []
    for power in (0.3, 1.0, 4.0):
        p = true**power / (true**power).sum(axis=1, keepdims=True)
        sample = AuditSample(group, label, p, chance, np.ones(3000))
        factors.append(error_factor(sums_of(p, group, 10), sample, EVERY))
    timid, calibrated, sure = factors
    assert calibrated == pytest.approx(np.ones(3), abs=0.1)
    assert (timid < 0.75).all()
    assert (sure > 1.5).all()


def test_a_group_that_is_labelled_throughout_makes_no_other_look_better() -> None:
    rng = np.random.default_rng(0)
    probability = rng.dirichlet([0.5, 0.5, 0.5], 400)
    label = np.array([rng.choice(3, p=row) for row in probability])
    group = np.repeat([0, 1], 200)
    part = np.flatnonzero(np.arange(400) % 5 == 0)
    sums = sums_of(probability, group, 2)

    def factor(rows: np.ndarray, inclusion: np.ndarray) -> np.ndarray:
        sample = AuditSample(group[rows], label[rows], probability[rows], inclusion, np.ones(len(rows)))
        return error_factor(sums, sample, EVERY)

    some = factor(part, np.full(len(part), 0.2))
    rows = np.concatenate([part[group[part] == 0], np.flatnonzero(group == 1)])
    more = factor(rows, np.where(group[rows] == 1, 1.0, 0.2))
    assert more == pytest.approx(some, rel=0.35)
