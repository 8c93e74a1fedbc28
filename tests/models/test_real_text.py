"""The card of the default model tells how it errs on real sentences, as long as the counts are of this very model."""

import json

import numpy as np
import pytest

from zhuti.models import default_model, real_text
from zhuti.models.scores import score_confusion
from zhuti.seeds import read_codebook, seed_path


def test_the_counts_shipped_are_of_the_sentences_shipped() -> None:
    real = real_text.read_real_error()
    assert real, "seeds changed since the counts were taken: run python benchmarks/accuracy.py --write"
    confusion = real["confusion"]
    assert sum(map(sum, confusion)) == real["n_sentences"]
    assert len(real["document_counts"]) == real["n_documents"]
    for side, sums in (
        ("truth", list(map(sum, confusion))),
        ("predicted", [sum(c) for c in zip(*confusion, strict=True)]),
    ):
        assert [sum(c) for c in zip(*(row[side] for row in real["document_counts"].values()), strict=True)] == sums
    for name, value in real["scores"].items():
        assert value == pytest.approx(float(score_confusion(np.array(confusion))[name]), abs=1e-4)


def test_counts_of_another_model_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real_text, "learned_digest", lambda: "other")
    assert real_text.read_real_error() == {}


def test_the_file_holds_numbers_and_no_text() -> None:
    kept = json.loads(seed_path(real_text.REAL_TEXT).read_text(encoding="utf-8"))
    assert all(char.isascii() for char in json.dumps(kept, ensure_ascii=False))


def test_the_default_model_tells_how_it_errs_in_subthemes() -> None:
    card, codes = default_model().card, list(read_codebook().subtheme_ids)
    for source in (card, card["real"]):
        confusion = np.array(source["subtheme_confusion"])
        assert source["subthemes"] == codes
        assert confusion.shape == (len(codes), len(codes))
        assert confusion.sum() == np.array(source["confusion"]).sum()
        rows = source["subtheme_document_counts"]
        assert set(rows) == set(source["document_counts"])
        for side, axis in (("truth", 1), ("predicted", 0)):
            assert np.sum([row[side] for row in rows.values()], axis=0).tolist() == confusion.sum(axis=axis).tolist()
    right = [
        np.trace(np.array(s["subtheme_confusion"])) / np.sum(s["subtheme_confusion"]) for s in (card, card["real"])
    ]
    assert right[0] > 0.9 > right[1] > 0.75
