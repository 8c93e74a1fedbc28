"""Distinctive terms: effects always, p-values only where blocks allow them, few false alarms."""

import numpy as np
import pandas as pd
import pytest

from zhuti.errors import TableError
from zhuti.reports.terms import distinctive_terms, own_name_parts


def corpus(documents: int, *, extra: int, seed: int = 0) -> pd.DataFrame:
    """Make documents of 300 words for two districts; the first uses 高速 `extra` times more a document."""
    rng = np.random.default_rng(seed)
    words = np.array([chr(0x4E00 + i) + chr(0x4F00 + i) for i in range(60)])
    rows = []
    for district in ("甲区", "乙区"):
        for d in range(documents):
            text = [*rng.choice(words, 300), *["高速"] * (2 + extra * (district == "甲区"))]
            rows.append((district, f"{district}{d}", " ".join(text)))
    return pd.DataFrame(rows, columns=["district", "document", "text"])


def test_a_word_used_more_is_found() -> None:
    terms = distinctive_terms(corpus(10, extra=4), tokenize=str.split)
    found = terms[terms["verdict"] == "larger"]
    assert found[["group", "term"]].to_numpy().tolist() == [["甲区", "高速"]]
    assert set(terms["unit"]) == {"document"}


def test_single_documents_get_effects_and_no_p_values() -> None:
    terms = distinctive_terms(corpus(1, extra=40), tokenize=str.split)
    assert terms.iloc[0][["group", "term"]].tolist() == ["甲区", "高速"]
    assert terms["p_value"].isna().all()
    assert set(terms["verdict"]) == {"cannot tell"}


def test_words_beyond_a_theme_do_not_count() -> None:
    coded = corpus(5, extra=4).assign(theme=["urban", "industry"] * 5)
    assert distinctive_terms(coded, within="urban", tokenize=str.split)["blocks"].max() <= 3


def test_own_name_is_left_out_unless_wanted() -> None:
    assert own_name_parts("淄川区", ["淄川", "淄川区", "淄博"]) == {"淄川", "淄川区"}


def test_one_group_gives_an_empty_table() -> None:
    assert distinctive_terms(corpus(2, extra=0).query("district == '甲区'"), tokenize=str.split).empty


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="need the column text"):
        distinctive_terms(pd.DataFrame({"district": ["a"]}))
