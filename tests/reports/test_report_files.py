import json
from pathlib import Path

import pandas as pd
import pytest
from coded import PLACES, coded_sentences, comparison_of, model_card, report_facts
from docx import Document
from openpyxl import load_workbook

from zhuti.reports import write_report
from zhuti.reports.findings import write_findings
from zhuti.reports.strings import STRINGS
from zhuti.reports.words import Words


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


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        Words("zh")("no such text")
