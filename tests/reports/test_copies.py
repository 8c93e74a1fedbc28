"""Sentences that documents share, and how differences split into mix and wording."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from zhuti.reports.copies import copied_sentences, similar_pairs
from zhuti.reports.mixture import split_differences


def test_exact_and_near_copies_in_other_documents_only() -> None:
    coded = pd.DataFrame(
        {
            "sentence_id": list("abcdef"),
            "document": ["甲", "乙", "丙", "甲", "甲", "乙"],
            "text": [
                "帮助乡镇小店减租降本，让街坊买得起也愿意买。",
                "帮助乡镇小店减租降本，让街坊买得起也愿意买！",
                "开展专项行动，帮助乡镇小店减租降本，让街坊买得起也愿意买。",
                "同一份文件里的这一句话说了两遍而已。",
                "同一份文件里的这一句话说了两遍而已。",
                "持续打造。",
            ],
        }
    )
    copies = copied_sentences(coded)
    assert copies["sentence_id"].tolist() == ["a", "b", "c"]
    assert copies["cluster"].nunique() == 1
    assert copies["documents"].tolist() == [3, 3, 3]
    assert copies.set_index("sentence_id")["similarity"].round(2).to_dict()["a"] == 1.0


@given(
    st.lists(st.frozensets(st.integers(0, 12), min_size=1, max_size=9), max_size=12), st.sampled_from([0.5, 0.7, 0.9])
)
def test_no_similar_pair_is_missed(sets: list[frozenset[int]], threshold: float) -> None:
    every = [
        (a, b)
        for a in range(len(sets))
        for b in range(a + 1, len(sets))
        if len(sets[a] & sets[b]) >= threshold * len(sets[a] | sets[b])
    ]
    assert [(a, b) for a, b, _ in similar_pairs(sets, threshold)] == every


def words(rng: np.random.Generator, stock: list[str], n: int) -> str:
    return " ".join(rng.choice(stock, n))


def test_mix_and_wording_are_told_apart() -> None:
    rng = np.random.default_rng(0)
    stock = {theme: [f"{theme}{chr(0x4E00 + i)}" for i in range(10)] for theme in ("产业", "城市")}
    stock["别样"] = [f"别样{chr(0x4E00 + i)}" for i in range(10)]

    def table(shares: dict[str, float], *, wording: bool) -> pd.DataFrame:
        rows = []
        for district, share in shares.items():
            for n in range(200):
                theme = "产业" if n < 200 * share else "城市"
                own = wording and district == "乙区"
                rows.append((district, theme, words(rng, stock["别样" if own else theme], 12)))
        return pd.DataFrame(rows, columns=["district", "theme", "text"])

    mixed = split_differences(table({"甲区": 0.8, "乙区": 0.2}, wording=False), tokenize=str.split).iloc[0]
    worded = split_differences(table({"甲区": 0.5, "乙区": 0.5}, wording=True), tokenize=str.split).iloc[0]
    assert mixed["mix_part"] > 0.9
    assert worded["mix_part"] < 0.05
    assert mixed["wording"] < 2 * mixed["wording_chance"]
