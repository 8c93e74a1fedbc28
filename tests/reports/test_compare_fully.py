"""What else a comparison tells: years, weights, emphasis, diversity, distance, homogeneity, many groups."""

import time

import numpy as np
import pandas as pd
import pytest

from zhuti.errors import ModelError, TableError
from zhuti.reports.comparison import compare
from zhuti.reports.copies import shares_without_copies

THEMES = ("industry", "livelihood", "urban", "governance", "other")
CARD = {
    "confusion": (np.full((5, 5), 5) + np.eye(5, dtype=int) * 175).tolist(),
    "document_counts": {str(d): {"truth": [20] * 5, "predicted": [19, 21, 20, 20, 20]} for d in range(20)},
}


def corpus(groups: int, size: int, *, years: int = 1, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    n = groups * size * years
    p = rng.dirichlet(np.full(5, 0.5), n)
    cell = np.repeat(np.arange(groups * years), size)
    frame = pd.DataFrame(p, columns=[f"p_{theme}" for theme in THEMES])
    theme = np.array(THEMES)[p.argmax(axis=1)]
    leaves = {"industry": "macro", "livelihood": "care", "urban": "renewal", "governance": "law", "other": "slogan"}
    names = pd.Series(theme)
    frame = frame.assign(sentence_id=[str(i) for i in range(n)], document=cell.astype(str), kind="sentence")
    frame = frame.assign(district=[f"d{i:04d}" for i in cell // years], year=2020 + cell % years, text="字" * 10)
    return frame.assign(theme=theme, subtheme=names.map(leaves), probability=p.max(axis=1))


def test_three_thousand_districts_in_seconds() -> None:
    coded = corpus(3000, 30)
    start = time.process_time()
    found = compare(coded, card=CARD, with_terms=False)
    assert time.process_time() - start < 30
    assert len(found.shares) == 12_000
    assert found.differences.empty
    assert (found.ranks["low"] <= found.ranks["rank"]).all()


def test_two_columns_make_groups_of_both() -> None:
    found = compare(corpus(2, 40, years=2), by=["district", "year"], card=CARD, with_terms=False)
    assert found.by == "district,year"
    assert found.groups == ("d0000 / 2020", "d0000 / 2021", "d0001 / 2020", "d0001 / 2021")


def test_years_are_in_order_and_changes_are_between_them() -> None:
    coded = corpus(2, 40, years=3)
    assert compare(coded.iloc[::-1], by="year", card=CARD, with_terms=False).groups == ("2020", "2021", "2022")
    found = compare(coded, card=CARD, with_terms=False)
    steps = found.changes[["year_a", "year_b"]].drop_duplicates().to_numpy().tolist()
    assert steps == [[2020, 2021], [2021, 2022], [2020, 2022]]
    by_year = found.years.set_index(["group", "year", "theme"])["share"]
    row = found.changes.iloc[0]
    gap = by_year[row["group"], row["year_b"], row["theme"]] - by_year[row["group"], row["year_a"], row["theme"]]
    assert row["difference"] == pytest.approx(gap)


def test_sentences_without_a_year_make_no_change() -> None:
    coded = corpus(2, 40).assign(year=pd.array([None] * 80, dtype="Int64"))
    assert compare(coded, card=CARD, with_terms=False).changes.empty


def test_weights() -> None:
    coded = corpus(1, 40, years=2)
    coded = coded[(coded["year"] == 2020) | (coded.groupby("year").cumcount() < 10)]
    each = coded["theme"].ne("other").groupby(coded["document"]).transform("sum")
    shares = compare(coded, card=CARD, weights="document", with_terms=False).shares.set_index("theme")["share"]
    weight = 1.0 / coded.groupby("document")["document"].transform("size")
    expected = weight[coded["theme"] == "urban"].sum() / weight[coded["theme"] != "other"].sum()
    assert shares["urban"] == pytest.approx(expected)
    assert each.gt(0).all()
    long = coded.assign(text=np.where(coded["theme"] == "urban", "字" * 100, "字" * 10))
    by_length = compare(long, card=CARD, weights="character", with_terms=False).shares.set_index("theme")["share"]
    assert by_length["urban"] > shares["urban"]
    emphasis = compare(long, card=CARD, with_terms=False).emphasis.set_index("theme")
    assert emphasis.loc["urban", "by_characters"] == pytest.approx(by_length["urban"])
    with pytest.raises(TableError, match="weights must be sentence, character or document"):
        compare(coded, card=CARD, weights="words", with_terms=False)  # type: ignore[arg-type]


def test_equal_groups_are_at_no_distance_that_is_sure() -> None:
    one = corpus(1, 100)
    both = pd.concat([one, one.assign(district="other", sentence_id=one["sentence_id"] + "b")])
    found = compare(both, card=CARD, with_terms=False)
    assert found.distances["distance"].tolist() == [0.0]
    assert found.distances["low"].tolist() == [0.0]
    assert set(found.differences["verdict"]) == {"cannot tell"}
    assert found.diversity["diversity"].between(0, 1).all()
    assert (found.diversity["low"] <= found.diversity["diversity"]).all()


def test_homogeneity_with_labels_and_not_without() -> None:
    coded = corpus(4, 100)
    assert compare(coded, card=CARD, with_terms=False).homogeneity.empty
    audit = (
        coded.groupby("district")
        .head(40)[["sentence_id"]]
        .assign(label=coded["theme"], inclusion_probability=np.linspace(0.3, 0.5, 160))
    )
    table = compare(coded, audit=audit, with_terms=False).homogeneity
    assert table["theme"].tolist() == ["", *THEMES]
    assert table["p_value"].between(0, 1).all()


def test_a_group_without_labels_is_flagged_wide_and_no_exception() -> None:
    coded = corpus(3, 60)
    labelled = coded[(coded["district"] == "d0000") & (coded.index % 2 == 0) | (coded["sentence_id"] == "70")]
    audit = labelled[["sentence_id"]].assign(label=labelled["theme"], inclusion_probability=0.5)
    shares = compare(coded, audit=audit, with_terms=False).shares
    flags = shares.drop_duplicates("group").set_index("group")["flag"].to_dict()
    assert flags == {"d0000": "", "d0001": "few labels", "d0002": "no labels"}
    width = (shares["high"] - shares["low"]).groupby(shares["group"]).mean()
    assert width["d0002"] > 2 * width["d0000"]
    assert shares.groupby("group")["share"].sum().tolist() == pytest.approx([1, 1, 1])


def test_shares_without_copies() -> None:
    coded = corpus(2, 40)
    coded["text"] = [
        f"这是第{'甲乙丙丁戊己庚辛壬癸'[i % 10]}{i}句没有副本的普通句子内容{'abcdefghij'[i // 8]}" * 2
        for i in range(80)
    ]
    coded.loc[[3, 50], "text"] = "帮助乡镇小店减租降本，让街坊买得起也愿意买。"
    coded.loc[[3, 50], "theme"] = "urban"
    table = shares_without_copies(coded, card=CARD).set_index(["group", "theme"])
    assert table.loc[("d0000", "urban"), "copied"] == 1
    assert table.loc[("d0000", "urban"), "share_without"] < table.loc[("d0000", "urban"), "share"]


def test_shares_with_and_without_copies_are_facts_of_a_comparison() -> None:
    coded = corpus(2, 40).assign(
        text=[f"第{chr(0x4E00 + i)}{chr(0x5E00 + 3 * i)}{chr(0x6E00 + 5 * i)}句" * 4 for i in range(80)]
    )
    assert compare(coded, card=CARD, with_terms=False).copies.empty
    coded.loc[[3, 50], "text"] = "帮助乡镇小店减租降本，让街坊买得起也愿意买。"
    found = compare(coded, card=CARD, with_terms=False)
    assert found.copies["sentence_id"].tolist() == ["3", "50"]
    table = found.without_copies
    policy = coded.loc[[3, 50], "theme"].ne("other").sum()
    assert table["copied"].sum() == policy
    assert table.groupby("group")[["share", "share_without"]].sum().to_numpy().ravel().tolist() == pytest.approx(
        [1] * 4
    )
    rest = compare(coded.drop(index=[3, 50]), card=CARD, with_terms=False).shares
    assert table["share_without"].tolist() == pytest.approx(rest["share"].tolist())
    audit = coded.loc[[3, 50], ["sentence_id"]].assign(label="urban", inclusion_probability=0.05)
    audited = compare(coded, audit=audit, with_terms=False).without_copies
    assert audited["share_without"].isna().all()


def test_all_copied_leaves_nothing_without() -> None:
    coded = corpus(2, 1).assign(text="帮助乡镇小店减租降本，让街坊买得起也愿意买。", theme="urban")
    assert compare(coded, card=CARD, with_terms=False).without_copies["share_without"].isna().all()


def test_the_larger_error_of_two_measurements_counts() -> None:
    coded = corpus(3, 60)
    poor = {"confusion": (np.full((5, 5), 20) + np.eye(5, dtype=int) * 60).tolist()}
    narrow, wide = (compare(coded, card=card, with_terms=False).shares for card in (CARD, {**CARD, "real": poor}))
    sure = {"confusion": np.diag([1000] * 5).tolist()}
    same = compare(coded, card={**CARD, "real": sure}, with_terms=False).shares
    assert (wide["error"] >= narrow["error"]).all()
    assert wide["error"].mean() > narrow["error"].mean()
    assert same["error"].tolist() == narrow["error"].tolist()
    off = {"truth": [40, 10, 10, 10, 10], "predicted": [10, 40, 10, 10, 10]}
    drifting = {**CARD, "real": {**sure, "document_counts": {str(d): off for d in range(9)}}}
    assert compare(coded, card=drifting, with_terms=False).shares["error"].max() > narrow["error"].max()


def test_never_a_bare_share() -> None:
    with pytest.raises(TableError, match="shares without an interval are not shown"):
        compare(corpus(2, 10))
    with pytest.raises(ModelError, match="card lacks confusion, document_counts"):
        compare(corpus(2, 10), card={"name": "x"})


def test_a_strange_theme_is_named() -> None:
    with pytest.raises(TableError, match="the column theme holds 农业"):
        compare(corpus(2, 10).assign(theme="农业"), card=CARD)
