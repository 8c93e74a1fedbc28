"""Small versions of the marks under benchmarks/validity: few replications, bounds that allow for chance."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks" / "validity"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    if not FOLDER.is_dir():
        pytest.skip("benchmarks/validity is not in this copy")
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("simulation")


def marks_of(name: str, replications: int, seed: int = 7, **options: str) -> dict[str, float]:
    return {mark.what: mark.value for mark in importlib.import_module(name).measure(replications, seed, **options)}


def test_v1_shares_are_covered(bench: ModuleType) -> None:
    marks = marks_of("v1", 20)
    for world in ("S1", "S2"):
        for labels in (20, 40):
            here = f"{world}, {labels} labels a district"
            assert 0.92 <= marks[f"coverage, {here}"] <= 0.995
            assert 0.90 <= marks[f"coverage of the rare theme, {here}"] <= 1.0
            assert marks[f"mean width over that of labels alone, {here}"] <= 0.65
            assert marks[f"runs with sums of 1 and bounds in [0, 1], {here}"] == 1.0


def test_v1_counting_would_not_do(bench: ModuleType) -> None:
    picture = importlib.import_module("coverage_picture").measure_methods(3, 7).set_index(["method", "world"])
    assert picture.loc[("classify and count, Wilson", "S2"), "coverage"] < 0.75
    assert picture.loc[("zhuti: difference estimator, smoothed", "S2"), "coverage"] > 0.92


def test_v2_differing_errors_are_noticed(bench: ModuleType) -> None:
    marks = marks_of("v2", 30)
    assert marks["rejections, S1, 40 labels in 16 districts"] <= 0.2
    assert marks["rejections, S2, 40 labels in 16 districts"] >= 0.8


@pytest.mark.parametrize(
    ("classifier", "low", "high"), [("logistic", 0.9, 1.2), ("forest", 0.6, 0.9), ("bayes", 1.4, 3)]
)
def test_v3_plans_come_true(bench: ModuleType, classifier: str, low: float, high: float) -> None:
    marks = marks_of("v3", 2, classifier=classifier)
    ratios = {what: value for what, value in marks.items() if what.startswith("mean realised")}
    claimed = {what for what in ratios if what.endswith("as they come")}
    assert all(0.85 <= ratios[what] <= 1.15 for what in ratios.keys() - claimed)
    # Who takes the probabilities of a forest or of naive Bayes at their word plans too many labels, or too few.
    assert all(low <= ratios[what] <= high for what in claimed)
    assert (len(ratios), len(claimed)) == (10, 2)


def test_v4_bursts_raise_no_alarms(bench: ModuleType) -> None:
    marks = marks_of("v4", 3)
    rates = [value for what, value in marks.items() if what.startswith("false-positive rate, ")]
    assert all(0.02 <= rate <= 0.08 for rate in rates)
    assert marks["power after Benjamini–Hochberg, rate ratio 3, 20 documents a side, d = inf"] >= 0.7


def test_v5_pairs_and_ranks_hold_together(bench: ModuleType) -> None:
    marks = marks_of("v5", 5)
    assert all(value >= 0.8 for what, value in marks.items() if what.startswith("all differences of all"))
    assert all(value >= 0.95 for what, value in marks.items() if what.startswith("rank intervals"))


def test_v6_agreement(bench: ModuleType) -> None:
    marks = marks_of("v6", 40)
    assert marks["largest difference of α from the krippendorff package"] <= 1e-12
    assert all(value >= 0.85 for what, value in marks.items() if what.startswith("coverage of alpha"))


def test_v7_equal_classifiers_are_not_told_apart(bench: ModuleType) -> None:
    marks = marks_of("v7", 40)
    alarms = [value for what, value in marks.items() if what.startswith("false alarms, two equal")]
    assert len(alarms) == 5
    assert max(alarms) <= 0.15
    assert sum(alarms) / 5 <= 0.08
    assert marks["runs that find any of six equal classifiers worse than the best"] <= 0.2
    assert max(value for what, value in marks.items() if what.startswith("power, themes 1.25 times")) >= 0.7
