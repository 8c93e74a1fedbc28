"""Comparisons at the edges: equal halves, one group, one sentence, none, types of document, thousands of groups."""

import numpy as np
import pandas as pd
import pytest
from coded import coded_sentences, comparison_of, model_card

from zhuti.errors import TableError
from zhuti.reports import compare
from zhuti.reports.findings import write_findings
from zhuti.reports.writing import gather_facts, report_tables
from zhuti.seeds.codebook import Language


def halves(size: int = 120) -> pd.DataFrame:
    """Deal the sentences of one document out to two groups in turn, theme by theme."""
    coded = coded_sentences(("张店区",), size=size)
    coded = coded[coded["kind"].eq("sentence")].sort_values("theme", kind="stable").reset_index(drop=True)
    return coded.assign(district=np.where(np.arange(len(coded)) % 2, "乙半", "甲半"))


@pytest.mark.parametrize(("lang", "words"), [("zh", "分不出高下"), ("en", "cannot tell")])
def test_findings_on_equal_halves_say_that_one_cannot_tell(lang: Language, words: str) -> None:
    coded = halves()
    found = comparison_of(coded)
    assert set(found.differences["verdict"]) == {"cannot tell"}
    assert (found.ranks["low"] == 1).all()
    assert (found.ranks["high"] == 2).all()
    said = write_findings(gather_facts(found, coded, lang=lang, card=model_card(), versions={"zhuti": ""}))
    assert words in said[0].text


def test_an_audit_of_equal_halves_cannot_tell_either() -> None:
    coded = halves()
    audit = coded.iloc[::5][["sentence_id", "theme"]].rename(columns={"theme": "label"})
    found = compare(coded, audit=audit.assign(inclusion_probability=0.2), with_terms=False)
    assert found.method == "audited"
    assert set(found.differences["verdict"]) == {"cannot tell"}


def test_one_group_has_shares_and_no_differences() -> None:
    found = comparison_of(coded_sentences(("张店区",)))
    assert len(found.shares) == 4
    assert found.differences.empty
    assert found.distances.empty
    assert found.ranks["rank"].tolist() == [1] * 4
    assert found.terms.empty


def test_a_district_with_one_sentence_gets_a_wide_flagged_interval() -> None:
    coded = coded_sentences(("张店区", "淄川区"), size=60)
    one = coded[(coded["district"] == "淄川区") & (coded["theme"] != "other")].head(1)
    coded = pd.concat([coded[coded["district"] == "张店区"], one])
    found = comparison_of(coded)
    shares = found.shares.set_index("group")
    assert shares.loc["淄川区", "thin"].all()
    assert set(shares.loc["淄川区", "flag"]) == {"few sentences"}
    assert shares["share"].notna().all()
    width = (shares["high"] - shares["low"]).groupby("group").mean()
    assert width["淄川区"] > 2 * width["张店区"]
    audit = coded.iloc[1:30:2][["sentence_id", "theme"]].rename(columns={"theme": "label"})
    audited = compare(coded, audit=audit.assign(inclusion_probability=0.25), with_terms=False).shares
    assert set(audited.loc[audited["group"] == "淄川区", "flag"]) == {"no labels"}
    assert audited[["share", "low", "high"]].notna().all(axis=None)


def test_a_district_without_policy_sentences_has_no_share() -> None:
    coded = coded_sentences(("张店区", "淄川区"))
    coded.loc[coded["district"] == "淄川区", "theme"] = "other"
    shares = comparison_of(coded).shares.set_index("group")
    assert shares.loc["淄川区", ["share", "low", "high"]].isna().all(axis=None)
    assert set(shares.loc["淄川区", "flag"]) == {"no sentences"}


def test_any_column_can_be_compared_by() -> None:
    coded = coded_sentences(("张店区", "淄川区"), years=(2023, 2024))
    coded["genre"] = np.where(coded["year"].eq(2023), "访谈", "政府工作报告")
    assert comparison_of(coded, by="genre").groups == ("访谈", "政府工作报告")
    assert comparison_of(coded, by="year").groups == ("2023", "2024")
    both = comparison_of(coded, by=["genre", "district"])
    assert both.groups == ("访谈 / 张店区", "政府工作报告 / 张店区", "访谈 / 淄川区", "政府工作报告 / 淄川区")
    assert len(both.differences) == 6 * 4


def test_a_report_writes_copies_and_shares_without_them() -> None:
    coded = coded_sentences(("张店区", "淄川区"))
    found = comparison_of(coded)
    tables = report_tables(gather_facts(found, coded, card=model_card(), versions={"zhuti": ""}))
    assert tables["copies"]["documents"].min() >= 2
    assert tables["without_copies"]["copied"].sum() > 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"by": []}, "name one column"),
        ({"by": ["district", "district"]}, "two different ones"),
        ({"level": 95}, "level 95: the coverage of an interval is over 0 and below 1"),
        ({"weights": "pages"}, "weights must be sentence, character or document"),
    ],
)
def test_impossible_options_are_named(options: dict[str, object], words: str) -> None:
    with pytest.raises(TableError, match=words):
        comparison_of(coded_sentences(), **options)


def test_two_columns_may_stand_in_one_word() -> None:
    found = comparison_of(coded_sentences(), by="district,year", with_terms=False)
    assert found.groups == ("张店区 / 2024", "淄川区 / 2024")
    assert found.columns == ("district", "year")


@pytest.mark.parametrize("value", [-0.2, 1.7, np.nan])
def test_a_probability_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(TableError, match=r"p_urban holds .* a probability is a number from 0 to 1"):
        comparison_of(coded_sentences().assign(p_urban=value))


def first_labels(coded: pd.DataFrame) -> pd.DataFrame:
    rows = coded[coded["kind"].eq("sentence")].iloc[::3]
    return rows[["sentence_id"]].assign(label=rows["theme"], inclusion_probability=1 / 3)


def test_labels_that_are_twice_there_are_refused() -> None:
    coded = coded_sentences()
    audit = first_labels(coded)
    with pytest.raises(TableError, match=r"the audit labels the sentence .* twice"):
        compare(coded, audit=pd.concat([audit, audit.head(1)]))
    with pytest.raises(TableError, match=r"sentence_id .* twice, so that its label fits two sentences"):
        compare(pd.concat([coded, coded.iloc[[5]]]), audit=audit)


@pytest.mark.parametrize("chance", [0.0, 1.5, np.nan])
def test_a_chance_of_being_chosen_that_is_none_is_refused(chance: float) -> None:
    coded = coded_sentences()
    with pytest.raises(TableError, match=r"inclusion_probability .* over 0 and up to 1"):
        compare(coded, audit=first_labels(coded).assign(inclusion_probability=chance))


def test_halves_drawn_by_lot_are_seldom_told_apart() -> None:
    coded = coded_sentences(("张店区",), size=300)
    coded = coded[coded["kind"].eq("sentence")].drop(columns=["text", "subtheme"])
    told = 0
    for number in range(10):
        side = np.random.default_rng(number).permutation(len(coded)) % 2
        halves = coded.assign(district=np.where(side == 0, "甲半", "乙半"))
        audit = halves.groupby("district", group_keys=False).sample(75, random_state=number)
        audit = audit[["sentence_id"]].assign(label=audit["theme"], inclusion_probability=0.5)
        found = compare(halves, audit=audit, with_terms=False)
        told += int((found.differences["verdict"] != "cannot tell").any())
    assert told <= 2
