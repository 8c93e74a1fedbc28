"""Sums known word by word are those of features looked up one by one."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhuti.features import learn_grams, learn_words, read_characters
from zhuti.models.word_sums import WordSums, join_rows

LEARNED = ["新建小学2所", "约谈谈心谈话", "改造ＡＢ区11条城市干道", "引进项目，签约项目"]
BLOCKS = learn_grams(LEARNED), learn_words(LEARNED)
N_GRAMS, N_WORDS = (len(block.weights) for block in BLOCKS)
WEIGHTS = np.random.default_rng(0).normal(size=(N_GRAMS + N_WORDS, 3)).astype(np.float32)
SUMS = WordSums.of(BLOCKS, WEIGHTS)


@given(st.lists(st.text(st.sampled_from("新建小学谈心话约2，项目引进签改造城市干道x ")), min_size=1, max_size=5))
@example(["谈心谈话和约谈", "", "改造1111条干道", "未知"])
def test_scores_are_those_of_features_one_by_one(texts: list[str]) -> None:
    parts = WEIGHTS[:N_GRAMS], WEIGHTS[N_GRAMS:]
    matrices = []
    for block in BLOCKS:
        entries = block.find(texts)
        matrices.append(entries.matrix(entries.weigh(block.weights), len(block.weights)))
    expected = sum(matrix @ part for matrix, part in zip(matrices, parts, strict=True))
    characters = read_characters(texts)
    found = SUMS.find(characters)
    sums = SUMS.sum(found, characters.rows, len(texts))
    assert sums.scaled() == pytest.approx(expected, abs=1e-5)

    shares = np.random.default_rng(1).normal(size=(len(texts), 3)).astype(np.float32)
    weights = SUMS.weigh(found, shares, sums.scales)
    added = np.bincount(found.cut.rows, weights=weights, minlength=len(texts))
    assert added == pytest.approx((expected * shares).sum(axis=1), abs=1e-5)


def test_a_run_of_characters_across_words_counts_half_for_each() -> None:
    characters = read_characters(["小学项目"])
    found = SUMS.find(characters)
    assert found.cut.words == ["小学", "项目"]
    assert [len(entries.starts) for entries in found.grams] == [0, 0], "学项 was never learned"
    together = SUMS.find(read_characters(["新建小学"]))
    (across,) = (entries for entries in together.grams if len(entries.starts))
    weights = SUMS.weigh(together, np.ones((1, 3), dtype=np.float32), np.ones((1, 2), dtype=np.float32))
    alone = [SUMS.table[place, :6].sum() for place in together.places]
    half = BLOCKS[0].weights[across.places[0]] * SUMS.grams[across.places[0]].sum() / 2
    assert weights == pytest.approx([alone[0] + half, alone[1] + half], abs=1e-5)


def test_rows_are_joined_in_order() -> None:
    values = np.arange(8.0).reshape(4, 2)
    assert join_rows(values, np.array([0, 0, 2, 2]), 3).tolist() == [[2, 4], [0, 0], [10, 12]]
