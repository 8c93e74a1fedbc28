import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhuti.features import learn_grams, learn_words, split_words
from zhuti.features.blocks import cut_words
from zhuti.features.grams import CodeTable, fold, name_gram, pack_grams, read_characters

TEXTS = ["新建小学2所", "", "新建ＡＢ", "学"]


def test_grams_are_those_of_a_plain_loop() -> None:
    for length, index, codes in pack_grams(read_characters(TEXTS), 1, 3):
        expected = [fold(t)[i : i + length] for t in TEXTS for i in range(len(t) - length + 1)]
        assert [name_gram(code) for code in codes.tolist()] == expected
        assert len(index) == len(expected)


def test_the_table_finds_what_a_dict_finds() -> None:
    random = np.random.default_rng(0)
    codes = np.unique(random.integers(0, 2**62, size=5000))
    queries = np.concatenate([codes[::3], random.integers(0, 2**62, size=5000)])
    places = {code: place for place, code in enumerate(codes.tolist())}
    assert CodeTable(codes).find(queries).tolist() == [places.get(code, -1) for code in queries.tolist()]


def test_an_empty_table_finds_nothing() -> None:
    assert CodeTable(np.zeros(0, dtype=np.int64)).find(np.array([0, 5])).tolist() == [-1, -1]


@pytest.mark.parametrize("learn", [learn_grams, learn_words])
def test_rows_have_length_one_and_starts_point_at_the_feature(learn) -> None:  # type: ignore[no-untyped-def]
    block = learn(TEXTS)
    entries = block.find([*TEXTS, "未知"])
    matrix = entries.matrix(entries.weigh(block.weights), len(block.weights))
    assert matrix.shape == (5, len(block.names))
    lengths = np.sqrt(np.bincount(entries.rows, weights=entries.weigh(block.weights) ** 2, minlength=5))
    assert lengths[[0, 2, 3]] == pytest.approx(1)
    assert lengths[[1]] == 0
    together = fold("".join([*TEXTS, "未知"]))
    for row, place, start, length in zip(entries.rows, entries.places, entries.starts, entries.lengths, strict=True):
        assert together[start : start + length] == block.names[place]
        assert len("".join(TEXTS[:row])) <= start < len("".join([*TEXTS, "未知"][: row + 1]))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
@example(["\r", "\n", "", "新建\r\n小学", "\n"])
def test_texts_cut_together_give_the_words_of_texts_cut_apart(texts: list[str]) -> None:
    cut = cut_words(read_characters(texts))
    apart = split_words(texts)
    assert [
        [word for word, r in zip(cut.words, cut.rows, strict=True) if r == row] for row in range(len(texts))
    ] == apart
    together = "".join(fold(text) for text in texts)
    spans = zip(cut.starts.tolist(), cut.lengths.tolist(), strict=True)
    assert [together[start : start + length] for start, length in spans] == cut.words


def test_rare_features_are_left_out() -> None:
    assert learn_grams(TEXTS, low=2, min_count=2).names == ["新建"]
    assert learn_words(["新建小学", "新建医院"], min_count=2).names == ["新建"]
