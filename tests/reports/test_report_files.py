import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from coded import PLACES, coded_sentences, comparison_of, model_card, report_facts
from docx import Document
from openpyxl import load_workbook

from zhuti.reports import compare, write_report
from zhuti.reports.findings import write_findings, write_unknowns
from zhuti.reports.method import write_method
from zhuti.reports.strings import STRINGS
from zhuti.reports.words import Words, points


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    coded = coded_sentences(PLACES[:3])
    comparison = comparison_of(coded)
    out = [tmp_path_factory.mktemp("files") / name for name in ("one", "two")]
    for folder in out:
        write_report(comparison, coded, folder, card=model_card())
    return out


def test_the_same_input_gives_the_same_bytes(folders: list[Path]) -> None:
    names = sorted(path.relative_to(folders[0]) for path in folders[0].rglob("*") if path.is_file())
    assert Path("report.html") in names
    for name in names:
        if name.suffix not in (".docx", ".xlsx"):
            assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name


def test_the_run_names_no_folder_and_no_date(folders: list[Path]) -> None:
    text = (folders[0] / "run.json").read_text(encoding="utf-8")
    assert json.loads(text)["versions"]["zhuti"]
    assert str(folders[0].parent) not in text


def test_the_workbook_reads_back_equal_to_the_tables(folders: list[Path]) -> None:
    book = load_workbook(folders[0] / "tables.xlsx")
    for name in ("shares", "differences", "ranks"):
        table = pd.read_csv(folders[0] / f"{name}.csv")
        rows = list(book[name].iter_rows(values_only=True))
        assert rows[0] == tuple(table.columns)
        assert len(rows) == len(table) + 1
        assert book[name].freeze_panes == "A2"
    share = list(book["shares"].iter_rows(values_only=True))[1][3]
    assert share == pytest.approx(pd.read_csv(folders[0] / "shares.csv").loc[0, "share"])


def test_the_word_file_has_findings_charts_tables_and_chinese_fonts(folders: list[Path]) -> None:
    document = Document(str(folders[0] / "report.docx"))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "要点" in text
    assert "局限" in text
    assert len(document.inline_shapes) >= 5
    assert len(document.tables) >= 2
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert any(name.endswith("eastAsia") for name in fonts.attrib)
    assert not any(name.endswith("Theme") for name in fonts.attrib)


def test_both_languages_have_every_text_and_the_same_gaps() -> None:
    import string

    for key, (chinese, english) in STRINGS.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (chinese, english)]
        assert chinese or english, key
        assert not fields[0] ^ fields[1], key


@pytest.mark.parametrize("groups", [PLACES[:1], PLACES[:2], PLACES[:5]])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_findings_are_two_sentences(groups: list[str], lang: str) -> None:
    findings = write_findings(report_facts(groups, lang=lang))  # type: ignore[arg-type]
    assert len(findings) == 2
    assert all(finding.text.endswith("。" if lang == "zh" else ".") for finding in findings)
    assert all("{" not in finding.text for finding in findings)


def test_the_finding_on_many_counts_firsts_that_are_not_sure() -> None:
    facts = report_facts(PLACES[:3], lang="en")
    shares = facts.comparison.shares.sort_values("share", ascending=False).groupby("group", sort=False)
    tied = sum(own["low"].iloc[0] <= own["high"].iloc[1] for _, own in shares)
    text = write_findings(facts)[0].text
    assert ("cannot be told from the second" in text) == (tied > 0)
    assert f"for {tied} of them" in text or not tied
    assert "1 write most" not in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_second_finding_on_one_place_over_years_is_its_change(lang: str) -> None:
    facts = report_facts(PLACES[:1], years=(2022, 2023, 2024), lang=lang)  # type: ignore[arg-type]
    changes = facts.comparison.changes
    whole = changes[(changes["year_a"] == 2022) & (changes["year_b"] == 2024)]
    text = write_findings(facts)[1].text
    assert "2022" in text
    assert "2024" in text
    most = whole.loc[whole["difference"].abs().idxmax()]
    assert points(abs(most["difference"])) in text.replace("−", "")
    assert ("没有一个主题" in text or "no theme" in text) == bool((whole["verdict"] == "cannot tell").all())


def test_what_is_not_known_counts_the_pairs_that_cannot_be_told_apart() -> None:
    facts = report_facts(PLACES[:5])
    open_ = (facts.comparison.differences["verdict"] == "cannot tell").sum()
    pairs = len(facts.comparison.differences)
    said = f"{pairs} 对比较都分不出高下" if open_ == pairs else f"有 {open_} 对分不出高下"
    assert said in write_unknowns(facts)
    assert "没有人工核对" in write_unknowns(facts)


def test_the_method_of_an_audit_tells_correction_and_homogeneity() -> None:
    coded = coded_sentences(PLACES[:3])
    sentences = coded[coded["kind"] == "sentence"]
    chosen = sentences.groupby("district").sample(15, random_state=1)
    audit = pd.DataFrame({"sentence_id": chosen["sentence_id"], "label": chosen["theme"], "inclusion_probability": 0.5})
    comparison = compare(coded, audit=audit)
    facts = replace(report_facts(PLACES[:3]), comparison=comparison)
    method = "".join(write_method(facts))
    assert "45 句人工标签" in method
    assert "置换检验" in method
    shares = comparison.shares
    counted = shares["sentences"] / shares.groupby("group")["sentences"].transform("sum")
    assert f"最多修正 {points(float((shares['share'] - counted).abs().max()), 1)} 个百分点" in method
    assert "没有人工核对" not in write_unknowns(facts)


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        Words("zh")("no such text")
