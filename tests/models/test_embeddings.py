"""Vectors of a sentence-transformers model: the real loading code on a tiny model that the test makes."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from zhuti.errors import ModelError
from zhuti.models import classify, load_model, save_model, train
from zhuti.models.embeddings import embed_texts

_NEEDED = "needs the extra embeddings (pip install 'zhuti[embeddings]')"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a folder with a model of two layers and random weights, its vocabulary single characters."""
    pytest.importorskip("sentence_transformers", reason=_NEEDED)
    import torch
    from sentence_transformers import SentenceTransformer

    try:
        from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    except ImportError:
        from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    place = tmp_path_factory.mktemp("tiny")
    signs = sorted(
        set(
            "新建小学所引进教师名改造校舍处普及高中教育年增位个医院生卫室接种疫苗剂床张工厂座制业长培产集群钢铁量万吨装备亿元项目招商资园区签约家外到美开"
            + "0123456789%。"
        )
    )
    (place / "vocab.txt").write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *signs]), encoding="utf-8"
    )
    tokenizer = BertTokenizer(str(place / "vocab.txt"))
    torch.manual_seed(0)
    shape = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    bert = BertModel(BertConfig(vocab_size=len(signs) + 5, **shape))
    bert.save_pretrained(place / "bert")
    tokenizer.save_pretrained(place / "bert")
    layers = [Transformer(str(place / "bert"), max_seq_length=64), Pooling(32)]
    SentenceTransformer(modules=layers, device="cpu").save(str(place / "model"))
    return str(place / "model")


def test_vectors_have_length_one_and_depend_on_the_text(folder: str) -> None:
    vectors = embed_texts(["新建小学", "新建医院", "新建小学"], folder)
    assert vectors.shape == (3, 32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors[0], vectors[2], atol=1e-6)
    assert np.abs(vectors[0] - vectors[1]).max() > 1e-3


def test_a_classifier_on_vectors_learns_and_comes_back_from_its_file(
    folder: str, labels: pd.DataFrame, tmp_path: Path
) -> None:
    model = train(labels, classifier=f"embeddings:{folder}")
    coded = classify(labels, model)
    assert (coded["theme"] == labels["theme"]).mean() > 0.8
    save_model(model, tmp_path / "m.skops")
    pd.testing.assert_frame_equal(classify(labels, load_model(tmp_path / "m.skops")), coded)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no such folder; name one with a sentence-transformers model"):
        embed_texts(["新建小学"], str(tmp_path / "none"))
