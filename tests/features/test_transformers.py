"""The transformers keep scikit-learn's contract and name their features."""

import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import SkipTestWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import parametrize_with_checks

from zhuti.errors import TableError
from zhuti.features.vectors import CharacterGrams, CodebookTerms, Headings, Position, Words

TABLE = pd.DataFrame(
    {
        "text": ["新建小学两所。", "新建中学一所。", "引进项目三个。", "签约项目九个。"],
        "document": ["d", "d", "e", "e"],
        "heading": ["一、民生", "一、民生", "二、产业", "二、产业"],
    }
)
TRANSFORMERS = [
    CharacterGrams(),
    CharacterGrams(low=2, high=3, min_count=2),
    Words(),
    Words(dictionary=("新建小学",)),
    CodebookTerms({"小学": "education", "项目": "investment"}),
    Headings(),
    Position(),
]

with warnings.catch_warnings():
    # Checks that need numbers are left out for an estimator of texts, and scikit-learn says so.
    warnings.simplefilter("ignore", SkipTestWarning)
    contract = parametrize_with_checks([CharacterGrams(), Words()])


@contract
def test_scikit_learn_contract(estimator, check):  # type: ignore[no-untyped-def]
    check(estimator)


@pytest.mark.parametrize("transformer", TRANSFORMERS, ids=repr)
def test_a_clone_gives_the_same_and_every_column_has_a_name(transformer) -> None:  # type: ignore[no-untyped-def]
    first = transformer.fit(TABLE).transform(TABLE)
    second = clone(transformer).fit_transform(TABLE)
    dense = [m.toarray() if hasattr(m, "toarray") else m for m in (first, second)]
    np.testing.assert_array_equal(*dense)
    names = transformer.get_feature_names_out()
    assert dense[0].shape == (4, len(names)) == (4, len(set(names)))


def test_they_work_in_a_pipeline_and_a_search() -> None:
    pipeline = make_pipeline(CharacterGrams(), LogisticRegression(C=100))
    search = GridSearchCV(pipeline, {"charactergrams__high": [1, 2]}, cv=2)
    y = ["livelihood", "livelihood", "industry", "industry"]
    assert search.fit(TABLE["text"].tolist(), y).best_score_ == 1


@pytest.mark.parametrize("transformer", [Headings(), Position()], ids=repr)
def test_a_list_has_no_place(transformer) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TableError, match="expected a table with the column"):
        transformer.fit(TABLE["text"].tolist()).transform(TABLE["text"].tolist())
