"""The paired comparison: its p-value, its interval, and Holm's correction."""

import numpy as np
import pytest

from zhuti.models.paired import TRAINING, compare_paired, compare_with_best, document_parts, holm
from zhuti.models.scores import score_confusion


def confusions(rng: np.random.Generator, documents: int, accuracy: float) -> np.ndarray:
    counts = np.zeros((documents, 3, 3), dtype=np.int64)
    for one in counts:
        truth = rng.integers(0, 3, 30)
        guess = np.where(rng.random(30) < accuracy, truth, rng.integers(0, 3, 30))
        np.add.at(one, (truth, guess), 1)
    return counts


def test_swapping_the_two_turns_the_difference_round() -> None:
    rng = np.random.default_rng(0)
    a, b = confusions(rng, 10, 0.8), confusions(rng, 10, 0.6)
    one, other = compare_paired(a, b), compare_paired(b, a)
    assert one.difference == pytest.approx(-other.difference)
    assert one.p_value == other.p_value
    assert one.low == pytest.approx(-other.high, abs=1e-9)


def test_the_interval_holds_0_just_where_the_test_does_not_reject() -> None:
    rng = np.random.default_rng(1)
    for accuracy in (0.6, 0.65, 0.7, 0.75, 0.8):
        found = compare_paired(confusions(rng, 12, 0.6), confusions(rng, 12, accuracy))
        assert (found.p_value > 0.05) == (found.low < 0 < found.high)
        assert found.low <= found.difference <= found.high


def test_p_is_counted_over_all_exchanges_of_few_documents() -> None:
    rng = np.random.default_rng(2)
    a, b = confusions(rng, 7, 0.7), confusions(rng, 7, 0.8)
    parts = document_parts(a, b)
    parts *= compare_paired(a, b).difference / parts.sum()
    sums = [float(((1 - 2 * np.array(signs)) * parts).sum()) for signs in np.ndindex(*[2] * 7)]
    expected = np.mean(np.abs(sums) >= abs(parts.sum()) / TRAINING - 1e-9)
    assert compare_paired(a, b).p_value == pytest.approx(expected)


def test_parts_add_up_to_small_differences() -> None:
    a = confusions(np.random.default_rng(3), 40, 0.7)
    b = a.copy()
    b[0, 0] = [b[0, 0].sum(), 0, 0]
    gap = score_confusion(b.sum(axis=0))["macro_f1"] - score_confusion(a.sum(axis=0))["macro_f1"]
    assert document_parts(a, b).sum() == pytest.approx(gap, rel=0.01)
    assert (document_parts(a, b)[1:] == 0).all()


def test_five_documents_are_not_tested() -> None:
    rng = np.random.default_rng(4)
    found = compare_paired(confusions(rng, 5, 0.5), confusions(rng, 5, 0.9))
    assert np.isnan(found.p_value)
    assert np.isnan(found.low)


def test_equal_answers_differ_by_nothing() -> None:
    a = confusions(np.random.default_rng(5), 8, 0.7)
    found = compare_paired(a, a)
    assert (found.difference, found.p_value, found.exchanged) == (0.0, 1.0, 0)


def test_all_pairs_are_corrected_for() -> None:
    rng = np.random.default_rng(6)
    counts = {name: confusions(rng, 20, accuracy) for name, accuracy in {"a": 0.5, "b": 0.9, "c": 0.52}.items()}
    table = compare_with_best(counts).set_index("classifier")
    assert set(table["best"]) == {"b"}
    assert table["verdict"].tolist() == ["worse", "worse"]
    assert table.loc["a", "p_holm"] >= 2 * table.loc["a", "p_value"]
    assert compare_with_best({"a": counts["a"]}).empty


def test_holm_leaves_unknown_values_unknown() -> None:
    adjusted = holm(np.array([0.01, np.nan, 0.02]))
    assert np.isnan(adjusted[1])
    assert adjusted[[0, 2]].tolist() == [0.02, 0.02]
