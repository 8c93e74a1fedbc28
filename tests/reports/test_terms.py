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


def themed(documents: int = 8, *, extra: int = 4, seed: int = 0) -> pd.DataFrame:
    """Make documents of two districts with both themes; 高速 marks a theme, 绿道 the first district within it."""
    rng = np.random.default_rng(seed)
    words = np.array([chr(0x4E00 + i) + chr(0x4F00 + i) for i in range(60)])
    rows = []
    for district in ("甲区", "乙区"):
        for d in range(documents):
            for theme in ("urban", "industry"):
                more = {
                    "高速": 2 + extra * (theme == "urban"),
                    "绿道": 1 + extra * (theme == "urban" and district == "甲区"),
                }
                text = [*rng.choice(words, 200), *(word for word, n in more.items() for _ in range(rng.poisson(n)))]
                rows.append((district, f"{district}{d}", theme, " ".join(text)))
    return pd.DataFrame(rows, columns=["district", "document", "theme", "text"])


def test_terms_of_themes_are_exchanged_within_documents() -> None:
    terms = distinctive_terms(themed(), by="theme", tokenize=str.split)
    found = terms[terms["verdict"] == "larger"]
    assert {("urban", "高速")} <= set(zip(found["group"], found["term"], strict=True))
    assert set(terms["group"]) == {"urban", "industry"}
    nothing = distinctive_terms(themed(extra=0), by="theme", tokenize=str.split)
    assert set(nothing["verdict"]) == {"cannot tell"}
    assert (nothing["p_value"].dropna() <= 0.05).mean() < 0.15


def test_a_district_within_a_theme() -> None:
    terms = distinctive_terms(themed(), within="urban", tokenize=str.split)
    found = terms[terms["verdict"] == "larger"]
    assert list(zip(found["group"], found["term"], strict=True)) == [("甲区", "绿道")]
    assert set(distinctive_terms(themed(), within="industry", tokenize=str.split)["verdict"]) == {"cannot tell"}


@pytest.mark.parametrize(("documents", "refused"), [(3, True), (4, False)])
def test_p_values_are_refused_below_four_blocks_a_side(documents: int, refused: bool) -> None:
    terms = distinctive_terms(corpus(documents, extra=4), tokenize=str.split)
    assert terms["p_value"].isna().all() == refused
    assert terms["log_odds"].notna().all()


def test_own_name_is_left_out_unless_wanted() -> None:
    assert own_name_parts("淄川区", ["淄川", "淄川区", "淄博"]) == {"淄川", "淄川区"}


def test_words_to_leave_out() -> None:
    kept, less = (
        set(distinctive_terms(corpus(5, extra=4), tokenize=str.split, leave_out=w)["term"]) for w in ((), ("高速",))
    )
    assert kept - less == {"高速"}


def test_a_districts_own_name_counts_only_when_wanted() -> None:
    coded = corpus(5, extra=0).replace({"甲区": "淄川区"})
    coded["text"] += np.where(coded["district"].eq("淄川区"), " 淄川" * 9, "")
    found = {}
    for own in (False, True):
        terms = distinctive_terms(coded, tokenize=str.split, own_names=own)
        found[own] = set(terms.loc[terms["group"].eq("淄川区"), "term"])
    assert found[True] - found[False] == {"淄川"}


def test_one_group_gives_an_empty_table() -> None:
    assert distinctive_terms(corpus(2, extra=0).query("district == '甲区'"), tokenize=str.split).empty


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="need the column text"):
        distinctive_terms(pd.DataFrame({"district": ["a"]}))
