import io
import json
import os
import pickle
import re
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.preprocessing import FunctionTransformer

from zhuti.errors import ModelError
from zhuti.models import TrainedModel, classify, load_model, save_model, train
from zhuti.models.storage import VersionWarning, _content_digest
from zhuti.models.training import FORMAT, LIBRARIES


@pytest.fixture
def path(model: TrainedModel, tmp_path: Path) -> Path:
    save_model(model, tmp_path / "mine.skops")
    return tmp_path / "mine.skops"


def test_a_model_comes_back_as_it_was(model: TrainedModel, path: Path, labels: pd.DataFrame) -> None:
    again = load_model(path)
    assert again.card == model.card
    assert again.codebook == model.codebook
    pd.testing.assert_frame_equal(classify(labels, again), classify(labels, model))
    assert again.classifier.predict(["新建小学。"]).tolist() == ["livelihood"]


def test_the_same_model_is_the_same_file(model: TrainedModel, path: Path, tmp_path: Path) -> None:
    save_model(model, tmp_path / "again.skops")

    def members(file: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(file) as archive:
            return {name: archive.read(name) for name in archive.namelist() if name.endswith(".npy")}

    assert sorted(members(path).values()) == sorted(members(tmp_path / "again.skops").values())


def test_a_file_holds_no_type_of_ours(path: Path) -> None:
    assert skops.io.get_untrusted_types(file=path) == []


def _rewrite(path: Path, change: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (content | change).items():
            archive.writestr(name, data)


def test_a_changed_array_is_refused(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".npy"))
    buffer = io.BytesIO()
    np.save(buffer, np.zeros(3))
    _rewrite(path, {name: buffer.getvalue()})
    with pytest.raises(ModelError, match="was changed after zhuti wrote it"):
        load_model(path)


def test_another_format_is_refused(path: Path) -> None:
    _rewrite(path, {"zhuti-seal.json": json.dumps({"format": 99, "sha256": ""}).encode()})
    with pytest.raises(ModelError, match="has format 99, this zhuti reads format"):
        load_model(path)


def test_a_pickle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evil.skops"
    path.write_bytes(pickle.dumps({"a": 1}))
    with pytest.raises(ModelError, match="is no model file of zhuti"):
        load_model(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no such file"):
        load_model(tmp_path / "none.skops")


def test_the_name_must_end_in_skops(model: TrainedModel, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"ends in \.skops"):
        save_model(model, tmp_path / "mine.pkl")


def test_a_planted_pickle_is_refused_though_the_archive_is_ours(path: Path) -> None:
    _rewrite(path, {"evil.pkl": pickle.dumps({"a": 1})})
    with pytest.raises(ModelError, match="was changed after zhuti wrote it"):
        load_model(path)


class Planted:
    """A type that no model of zhuti holds."""


def _seal_again(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("zhuti-seal.json", json.dumps({"format": FORMAT, "sha256": _content_digest(archive)}))


def test_a_foreign_type_is_refused_by_its_name_even_under_a_right_seal(tmp_path: Path) -> None:
    path = tmp_path / "evil.skops"
    skops.io.dump({"format": FORMAT, "coder": Planted()}, path)
    _seal_again(path)
    with pytest.raises(ModelError, match=r"holds .*Planted, which zhuti never writes; it is not loaded"):
        load_model(path)


def test_a_callable_of_a_library_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "evil.skops"
    skops.io.dump({"format": FORMAT, "coder": FunctionTransformer(func=os.system)}, path)
    _seal_again(path)
    with pytest.raises(ModelError, match="system, which zhuti never writes"):
        load_model(path)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_model_of_other_versions_loads_with_a_warning_that_names_both(
    library: str, model: TrainedModel, tmp_path: Path, labels: pd.DataFrame
) -> None:
    versions = model.card["versions"] | {library: "0.0.1"}
    old = TrainedModel(model.coder, model.codebook, {**model.card, "versions": versions})
    save_model(old, tmp_path / "old.skops")
    here = model.card["versions"][library]
    with pytest.warns(VersionWarning, match=rf"trained with {library} 0\.0\.1 \(here {re.escape(here)}\)"):
        again = load_model(tmp_path / "old.skops")
    pd.testing.assert_frame_equal(classify(labels, again), classify(labels, model))


def test_a_pipeline_of_another_scikit_learn_is_refused(labels: pd.DataFrame, tmp_path: Path) -> None:
    model = train(labels, classifier="bayes")
    versions = model.card["versions"] | {"scikit-learn": "0.24.2"}
    save_model(TrainedModel(model.coder, model.codebook, {**model.card, "versions": versions}), tmp_path / "old.skops")
    with pytest.raises(ModelError, match=r"pipeline trained with scikit-learn 0\.24\.2 \(here .*train it again"):
        load_model(tmp_path / "old.skops")
