import pytest

from zhuti.features import tokenize
from zhuti.features.words import Tokenizer, build_tokenizer


@pytest.mark.parametrize(
    ("text", "words", "tokens"),
    [
        ("推进产业园区建设。", ("产业园区",), ["推进", "产业园区", "建设", "。"]),
        ("推进产业园区建设。", (), ["推进", "产业园", "区", "建设", "。"]),
        ("", (), []),
        ("GDP增长5.8%", (), ["GDP", "增长", "5.8%"]),
        ("引进。，", ("进。",), ["引进", "。", "，"]),
    ],
)
def test_tokens(text: str, words: tuple[str, ...], tokens: list[str]) -> None:
    assert tokenize(text, words=words) == tokens


@pytest.mark.parametrize("text", ["㐀建设𠀀区。", "a.b_c 1.5万", "新建 1 所\n小学", "\ud800坏", "😀办好"])
def test_joined_tokens_are_the_text(text: str) -> None:
    assert "".join(tokenize(text, words=())) == text


def test_both_engines_cut_alike() -> None:
    tokenizer = Tokenizer(["产业园区", "接诉即办"])
    for text in ("推进产业园区建设，落实接诉即办。", "完善妇幼健康服务体系；", "加大欠薪整治力度！"):
        assert tokenizer._reference(text) == tokenizer.split_fast(text)


def test_policy_words_are_kept_by_default() -> None:
    assert "老旧小区" in tokenize("老旧小区12个。")


def test_the_same_words_share_a_tokenizer() -> None:
    assert build_tokenizer(("甲乙",)) is build_tokenizer(("甲乙",))
