"""Evaluation: folds, intervals, errors, curve, costs, and what is refused."""

import json

import numpy as np
import pandas as pd
import pytest

from zhuti.errors import ModelError, TableError
from zhuti.models import Evaluation, TrainedModel, evaluate, read_labels
from zhuti.models.calibration import expected_calibration_error
from zhuti.models.costs import measure_costs, peak_memory
from zhuti.models.folds import deal_folds
from zhuti.models.named import build_classifier
from zhuti.models.scores import score_confusion
from zhuti.reports import render_evaluation
from zhuti.seeds import read_codebook

NAMES = ("dictionary", "bayes", "context")


@pytest.fixture(scope="module")
def mixed(labels: pd.DataFrame) -> pd.DataFrame:
    """The small corpus with some labels that no classifier can guess."""
    table = labels.copy()
    table.loc[::7, ["theme", "subtheme"]] = ["urban", "urban"]
    table.loc[::7, "secondary"] = ""
    return table


@pytest.fixture(scope="module")
def found(mixed: pd.DataFrame) -> Evaluation:
    return evaluate(mixed, classifiers=NAMES, folds=3, curve=True)


def test_no_fold_splits_a_document(labels: pd.DataFrame) -> None:
    fold = pd.Series(deal_folds(labels, "document", 4))
    assert (fold.groupby(labels["document"].to_numpy()).nunique() == 1).all()
    assert fold.nunique() == 4


def test_rows_that_stand_alone_are_spread_by_theme() -> None:
    table = pd.DataFrame({"document": [f"row {n}" for n in range(30)], "theme": ["a"] * 20 + ["b"] * 10})
    fold = deal_folds(table, "document", 5, random_state=1)
    counts = pd.crosstab(fold, table["theme"])
    assert (counts["a"] == 4).all()
    assert (counts["b"] == 2).all()


@pytest.mark.parametrize(
    ("table", "groups", "words"),
    [
        ({"document": ["x", "y"], "theme": ["a", "b"]}, "place", "--groups place: there is no such column; the labels"),
        ({"document": ["x", None], "theme": ["a", "b"]}, "document", "1 rows have nothing there, the first is row 2"),
        ({"document": ["x", "x"], "theme": ["a", "b"]}, "document", "all 2 rows have the same document"),
        ({"document": ["x", "y"], "theme": ["a", "a"]}, "document", "a classifier tells themes apart"),
        ({"document": ["x", "y"], "theme": ["a", "b"]}, "document", "all sentences to learn from have the theme"),
    ],
)
def test_tables_that_cannot_be_evaluated_are_refused(table: dict[str, list[str]], groups: str, words: str) -> None:
    with pytest.raises(TableError, match=words):
        deal_folds(pd.DataFrame(table), groups, 5)


def test_scores_are_those_of_the_predictions(found: Evaluation) -> None:
    one = found.predictions[found.predictions["classifier"] == "context"]
    scores = found.scores[found.scores["classifier"] == "context"].set_index("measure")
    correct = (one["theme"] == one["predicted"]).to_numpy()
    assert scores.loc["accuracy", "value"] == pytest.approx(correct.mean())
    error = expected_calibration_error(one["probability"].to_numpy(), correct)
    assert scores.loc["calibration_error", "value"] == pytest.approx(error)
    bounds = scores.loc[["accuracy", "macro_f1", "kappa"]]
    assert ((bounds["low"] <= bounds["value"]) & (bounds["value"] <= bounds["high"])).all()
    cells = found.confusion[found.confusion["classifier"] == "context"]
    wide = cells.pivot(index="truth", columns="predicted", values="count").to_numpy()
    assert score_confusion(wide)["macro_f1"] == pytest.approx(scores.loc["macro_f1", "value"])
    assert found.per_theme.groupby("classifier")["n"].sum().eq(len(one)).all()


def test_the_same_call_gives_the_same_tables(mixed: pd.DataFrame, found: Evaluation) -> None:
    again = evaluate(mixed, classifiers=NAMES, folds=3, curve=True)
    for name, table in found.tables().items():
        pd.testing.assert_frame_equal(table, again.tables()[name])


def test_nothing_of_a_fold_is_learned(labels: pd.DataFrame) -> None:
    told = labels.copy()
    told["text"] = [f"推进{'东南西北中上'[int(name[1:])] * 3}。" for name in told["document"]]
    told["theme"] = np.where(told["document"].isin(["d0", "d1", "d2"]), "urban", "industry")
    told["subtheme"] = told["theme"]
    told["secondary"] = ""
    found = evaluate(told, folds=6)
    # Only a document's own word tells its label, and that word is never seen in learning.
    assert found.scores.set_index("measure").loc["accuracy", "value"] <= 0.5


def test_the_best_is_compared_with_all_others(found: Evaluation) -> None:
    assert set(found.comparisons["classifier"]) == set(NAMES) - {found.best}
    assert set(found.comparisons["best"]) == {found.best}
    assert (found.comparisons["difference"] >= 0).all()
    assert (found.comparisons["p_holm"] >= found.comparisons["p_value"]).all()


def test_confident_errors_name_both_themes_and_terms(found: Evaluation) -> None:
    errors = found.errors[found.errors["classifier"] == "context"]
    assert (errors["truth"] != errors["predicted"]).all()
    assert errors["probability"].is_monotonic_decreasing
    assert len(errors) <= 30
    for text, terms in zip(errors["text"], errors["terms"], strict=True):
        assert all(term in text for term in terms.split())
    assert (errors["terms"] != "").mean() > 0.5


def test_the_curve_ends_at_the_score(found: Evaluation) -> None:
    curve = found.learning_curve[found.learning_curve["measure"] == "macro_f1"]
    for name, rows in curve.groupby("classifier"):
        score = found.scores[(found.scores["classifier"] == name) & (found.scores["measure"] == "macro_f1")]
        assert rows["value"].iloc[-1] == pytest.approx(score["value"].iloc[0])
        assert rows["documents"].is_monotonic_increasing


def test_a_theme_with_one_example_is_noted(labels: pd.DataFrame) -> None:
    table = labels.copy()
    table.loc[0, ["theme", "subtheme", "secondary"]] = ["governance", "governance", ""]
    found = evaluate(table, folds=3)
    assert ("rare", "governance", "1") in list(found.notes.itertuples(index=False, name=None))
    assert found.per_theme.set_index("theme").loc["governance", "f1"] == 0


def test_two_documents_have_scores_and_no_intervals(labels: pd.DataFrame) -> None:
    found = evaluate(labels[labels["document"].isin(["d0", "d1"])], classifiers=("bayes", "context"), curve=True)
    assert len(found.folds) == 2
    assert found.scores["low"].isna().all()
    assert found.comparisons["verdict"].tolist() == ["cannot tell"]
    text = render_evaluation(found, lang="en")
    assert "There are only 2 groups by document" in text
    json.loads(render_evaluation(found, as_json=True))


def test_twenty_rows_without_documents_are_evaluated(labels: pd.DataFrame) -> None:
    flat = read_labels(labels.iloc[:20][["text", "theme"]])
    found = evaluate(flat, classifiers=("all",), folds=5, curve=True)
    assert "alone" in set(found.notes["note"])
    assert "context" in set(found.scores["classifier"])
    assert "没有 document 列" in render_evaluation(found)


def test_costs_are_measured_in_a_process_of_its_own(labels: pd.DataFrame) -> None:
    cost = measure_costs(labels, "bayes", read_codebook())
    assert cost is not None
    assert cost["sentences"] == len(labels)
    assert cost["train_seconds"] > 0
    assert peak_memory()[0] > 10


def test_a_model_is_measured_as_it_is(labels: pd.DataFrame, model: TrainedModel) -> None:
    found = evaluate(labels, model=model)
    assert found.best == "context"
    assert "as_it_is" in set(found.notes["note"])
    assert found.comparisons.empty


def test_an_unknown_classifier_is_refused_before_the_work(labels: pd.DataFrame) -> None:
    with pytest.raises(ModelError, match="'forest' is not known"):
        evaluate(labels, classifiers=("context", "forest"))
    with pytest.raises(ModelError, match="no such folder"):
        evaluate(labels, classifiers=("embeddings:/nowhere",))


def test_scaling_is_that_of_training(labels: pd.DataFrame) -> None:
    from zhuti.models.left_out import LEAST_TEMPERATURE

    classifier = build_classifier("context", folds=3).fit(labels, labels["theme"], subtheme=labels["subtheme"])
    assert classifier.coder_.levels.scaling.temperature >= LEAST_TEMPERATURE["context"] - 1e-4
