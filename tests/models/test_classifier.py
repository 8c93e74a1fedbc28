import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import SkipTestWarning
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import parametrize_with_checks

from zhuti.errors import TableError
from zhuti.models import ThemeClassifier

with warnings.catch_warnings():
    # Checks that need numbers are left out for an estimator of texts, and scikit-learn says so.
    warnings.simplefilter("ignore", SkipTestWarning)
    contract = parametrize_with_checks([ThemeClassifier()])


@contract
def test_scikit_learn_contract(estimator, check):  # type: ignore[no-untyped-def]
    check(estimator)


def fit(labels: pd.DataFrame, **parameters: object) -> ThemeClassifier:
    return ThemeClassifier(**parameters).fit(  # type: ignore[arg-type]
        labels, labels["theme"], subtheme=labels["subtheme"], secondary=labels["secondary"]
    )


def test_it_learns_themes_and_subthemes(labels: pd.DataFrame) -> None:
    classifier = fit(labels)
    assert classifier.classes_.tolist() == ["industry", "livelihood"]
    assert classifier.predict(["新建小学两所。", "制造业增长两成。"]).tolist() == ["livelihood", "industry"]
    assert classifier.predict_subtheme(["引进医生两名。"]).tolist() == ["health"]
    assert classifier.parents_ == {
        "education": "livelihood",
        "health": "livelihood",
        "investment": "industry",
        "structure": "industry",
    }


def test_subthemes_add_up_to_themes(labels: pd.DataFrame) -> None:
    classifier = fit(labels)
    themes, subthemes = classifier.predict_proba(labels), classifier.predict_subtheme_proba(labels)
    assert themes.shape == (len(labels), 2)
    np.testing.assert_allclose(themes.sum(axis=1), 1)
    for place, theme in enumerate(classifier.classes_):
        columns = [classifier.parents_[name] == theme for name in classifier.subclasses_]
        np.testing.assert_allclose(subthemes[:, columns].sum(axis=1), themes[:, place])


def test_where_each_row_is_a_document_context_adds_nothing(labels: pd.DataFrame) -> None:
    apart = labels.assign(document=[f"row {row}" for row in range(len(labels))])
    off = {"neighbours": 0.0, "sequence": 0.0, "headings": 0.0}
    np.testing.assert_allclose(fit(apart).predict_proba(apart), fit(apart, **off).predict_proba(apart), atol=1e-4)
    np.testing.assert_allclose(fit(apart).coder_.lift, 1)


def test_words_count_less_where_no_terms_are_taught(labels: pd.DataFrame) -> None:
    terms = (("教师", "education", ()),)
    given = labels["text"].tolist()
    for fixed, default in (
        (fit(labels, words=0.25), fit(labels)),
        (fit(labels, words=1, terms=terms), fit(labels, terms=terms)),
    ):
        np.testing.assert_array_equal(fixed.predict_proba(given), default.predict_proba(given))
    assert np.abs(fit(labels, words=1.0).predict_proba(given) - fit(labels).predict_proba(given)).max() > 1e-3


def test_a_list_is_sentences_apart_and_a_table_is_context(labels: pd.DataFrame) -> None:
    classifier = fit(labels)
    alone = classifier.predict_proba(labels["text"].tolist())
    apart = classifier.predict_proba(labels[["text"]])
    together = classifier.predict_proba(labels[["text", "document"]])
    np.testing.assert_array_equal(alone, apart)
    assert np.abs(alone - together).max() > 1e-3


def test_the_same_input_gives_the_same_bytes(labels: pd.DataFrame) -> None:
    assert fit(labels).predict_proba(labels).tobytes() == fit(labels).predict_proba(labels).tobytes()


def test_it_works_without_subthemes_in_a_pipeline_and_a_search(labels: pd.DataFrame) -> None:
    search = GridSearchCV(make_pipeline(clone(ThemeClassifier(C=1.0))), {"themeclassifier__C": [0.1, 3.0]}, cv=2)
    search.fit(labels["text"].tolist(), labels["theme"].to_numpy())
    assert search.best_score_ > 0.8


def test_terms_teach(labels: pd.DataFrame) -> None:
    taught = fit(labels, terms=(("低空经济", "structure", ()),))
    assert taught.predict(["低空经济"]).tolist() == ["industry"]


@pytest.mark.parametrize(
    ("X", "y", "words"),
    [
        (["新建小学。", None], ["a", "b"], "row 1: expected a text, got None"),
        ("新建小学。", ["a"], "expected a list of texts, got one text"),
        (["新建小学。", "新建工厂。"], ["a"], "y has the shape"),
        (["新建小学。", "新建工厂。"], ["a", "a"], "at least two themes"),
        (pd.DataFrame({"txt": ["新建小学。"]}), ["a"], "lacks the column text; it has txt"),
    ],
)
def test_it_says_what_is_wrong(X: object, y: list[str], words: str) -> None:
    with pytest.raises(TableError, match=words):
        ThemeClassifier().fit(X, y)


def test_a_subtheme_under_two_themes_is_refused() -> None:
    with pytest.raises(TableError, match=r"row \d: subtheme 's' stands under two themes"):
        ThemeClassifier().fit(["甲", "乙"], ["a", "b"], subtheme=["s", "s"])
