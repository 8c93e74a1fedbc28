"""Every named classifier can be trained, measured, saved and loaded; the user's labels join the shipped ones."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from zhuti.errors import CodebookError, ModelError
from zhuti.models import classify, evaluate, load_model, read_labels, save_model, train
from zhuti.models.named import build_classifier, named_classifiers
from zhuti.seeds import read_codebook

NAMES = [name for name in named_classifiers if name != "embeddings"]


@pytest.fixture(scope="module")
def labels() -> pd.DataFrame:
    from zhuti.models.labels import read_shipped_labels

    shipped = read_shipped_labels()
    chosen = list(dict.fromkeys(shipped["document"]))[:8]
    return shipped[shipped["document"].isin(chosen)].reset_index(drop=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_model_codes_as_the_trained_one(name: str, labels: pd.DataFrame, tmp_path: Path) -> None:
    model = train(labels, classifier=name)
    assert model.card["name"] == name
    save_model(model, tmp_path / "m.skops")
    texts = pd.DataFrame({"text": ["新建小学两所。", "打通断头路三条。", ""]})
    columns = [f"p_{theme}" for theme in model.codebook.theme_ids]
    again = classify(texts, load_model(tmp_path / "m.skops"))
    np.testing.assert_allclose(again[columns], classify(texts, model)[columns])
    np.testing.assert_allclose(again[columns].sum(axis=1), 1, atol=1e-5)


def test_all_are_compared_on_the_same_folds(labels: pd.DataFrame) -> None:
    found = evaluate(labels, classifiers=("all",), folds=3)
    scores = found.scores[found.scores["measure"] == "macro_f1"].set_index("classifier")["value"]
    assert list(scores.index) == NAMES
    assert scores["context"] == scores.max()


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ModelError, match="'forest' is not known; there are dictionary, bayes"):
        build_classifier("forest")
    with pytest.raises(ModelError, match="needs a folder"):
        build_classifier("embeddings")


def test_labels_of_ones_own_join_the_shipped_ones(tmp_path: Path) -> None:
    rows = [
        {"text": f"第{n}号蓝图甲乙丙。", "theme": "governance", "subtheme": "law", "document": "own"}
        for n in "一二三四五六"
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "own.csv", index=False)
    own = read_labels(tmp_path / "own.csv", read_codebook())
    model = train(own, with_default=True)
    assert model.card["n_sentences"] > 5000
    coded = classify(pd.DataFrame({"text": ["第九号蓝图甲乙丙。", "新建小学两所。"]}), model)
    assert coded["theme"].tolist() == ["governance", "livelihood"]


def test_shipped_labels_do_not_join_another_codebook(labels: pd.DataFrame) -> None:
    other = read_codebook().model_copy(update={"version": "mine"})
    with pytest.raises(CodebookError, match="train without --with-default"):
        train(labels, codebook=other, with_default=True)
