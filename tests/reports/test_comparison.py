"""Comparison of groups: shares, differences, ranks, terms, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from zhuti.errors import TableError
from zhuti.reports.comparison import Comparison, compare


def coded_table(sizes: dict[str, dict[str, int]], *, sure: float = 0.9) -> pd.DataFrame:
    """Make a coded table with so many sentences of each theme in each group."""
    leaves = {
        "industry": "structure",
        "livelihood": "care",
        "urban": "renewal",
        "governance": "party",
        "other": "slogan",
    }
    rows = []
    for group, counts in sizes.items():
        for theme, n in counts.items():
            p = {f"p_{t}": sure if t == theme else (1 - sure) / 4 for t in leaves}
            row = {"document": group, "district": group, "kind": "sentence", "text": "推进产业发展", "theme": theme}
            rows += [{**row, "subtheme": leaves[theme], **p}] * n
    return pd.DataFrame(rows)


CARD = {
    "confusion": (np.full((5, 5), 5) + np.eye(5, dtype=int) * 175).tolist(),
    "document_counts": {str(d): {"truth": [20] * 5, "predicted": [19, 21, 20, 20, 20]} for d in range(20)},
}


def two_groups() -> Comparison:
    coded = coded_table({"甲区": {"industry": 80, "urban": 20, "other": 10}, "乙区": {"industry": 40, "urban": 60}})
    return compare(coded, card=CARD)


def test_shares_leave_out_other_and_sum_to_one() -> None:
    shares = two_groups().shares.set_index(["group", "theme"])
    assert shares.loc[("甲区", "industry"), "share"] == pytest.approx(0.8)
    assert shares.groupby("group")["share"].sum().to_numpy() == pytest.approx([1.0, 1.0])
    assert (shares["low"] <= shares["share"]).all()
    assert (shares["share"] <= shares["high"]).all()
    assert (shares["high"] - shares["low"] > 0).all()
    assert shares[["low", "high"]].stack().between(0, 1).all()


def test_a_large_difference_is_sure_and_a_small_one_is_not() -> None:
    verdicts = two_groups().differences.set_index("theme")["verdict"]
    assert verdicts["industry"] == "larger"
    assert verdicts["urban"] == "smaller"
    assert verdicts["livelihood"] == "cannot tell"


def test_two_equal_halves_cannot_be_told_apart() -> None:
    half = {"industry": 30, "livelihood": 20, "urban": 10}
    assert set(compare(coded_table({"a": half, "b": half}), card=CARD).differences["verdict"]) == {"cannot tell"}


def test_terms_of_two_single_documents_have_effects_without_p_values() -> None:
    terms = compare(coded_table({"甲区": {"industry": 30}, "乙区": {"urban": 30}}), card=CARD).terms
    assert not terms.empty
    assert terms["p_value"].isna().all()
    assert set(terms["verdict"]) == {"cannot tell"}


def test_titles_are_counted_apart() -> None:
    coded = coded_table({"a": {"industry": 3}, "b": {"urban": 3}})
    coded.loc[0, "kind"] = "title"
    counts = compare(coded, card=CARD).counts.set_index("group")
    assert counts.loc["a", "in_shares"] == 2
    assert counts.loc["a", "title"] == 1


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="lacks the column district"):
        compare(coded_table({"a": {"industry": 3}}).drop(columns="district"), card=CARD)


def test_a_table_without_policy_sentences_is_refused() -> None:
    with pytest.raises(TableError, match="no sentence carries a policy theme"):
        compare(coded_table({"a": {"other": 3}}), card=CARD)
