"""The tables of the page behind the charts: every figure is the cell of the CSV that it names."""

import re
from pathlib import Path

import docx
import pandas as pd
import pytest
from coded import PLACES, coded_sentences, report_facts

from zhuti.features import read_table
from zhuti.reports import drawing, render_charts
from zhuti.reports.charts_targets import draw_targets, targets_height
from zhuti.reports.page.build import render_page
from zhuti.reports.words import percent
from zhuti.reports.writing import report_tables, write_files

CELL = re.compile(r'data-cell="(\w+):(\d+):(\w+)">(?:<a [^>]*>)?([^<]*)<')
WORDED = ("terms_within", "mixture", "copies", "without_copies")
SAID = {
    "share": lambda value: f"{value * 100:.1f}%",
    "distance": lambda value: f"{value:.3f}",
    "per_100_sentences": lambda value: f"{value:.1f}",
    "rate_per_1000": lambda value: f"{value:.1f}",
    "rest_per_1000": lambda value: f"{value:.1f}",
    "z": lambda value: f"{value:.1f}",
    "count": lambda value: f"{value:,}",
    "rank": str,
    "term": str,
    "document": str,
    "mix": lambda value: f"{value:.3f}",
    "wording": lambda value: f"{value:.3f}",
    "mix_part": lambda value: percent(value),
    "similarity": lambda value: f"{value:.2f}",
    "share_without": lambda value: percent(value, 1),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report")
    write_files(report_facts(PLACES[:3], years=(2022, 2023, 2024)), path, {})
    return path


@pytest.mark.parametrize("table", ["terms", "years", "distances", "target_counts", "ranks", "subthemes", *WORDED])
def test_each_figure_is_its_cell(folder: Path, table: str) -> None:
    cells = [cell for cell in CELL.findall((folder / "report.html").read_text(encoding="utf-8")) if cell[0] == table]
    kept = read_table(folder / f"{table}.csv")
    assert cells
    for _, row, column, shown in cells:
        value = kept[column].iloc[int(row)]
        number = pd.to_numeric(value, errors="coerce")
        assert shown.strip() == SAID[column](
            value if column in ("term", "document") else int(number) if column in ("rank", "count") else number
        )


def test_every_chart_of_numbers_has_its_table(folder: Path) -> None:
    html = (folder / "report.html").read_text(encoding="utf-8")
    for name in ("shares", "differences", "ranks", "subthemes", "similarity", "years", "terms", "targets"):
        section = html.split(f'<section id="{name}"')[1].split("</section>")[0]
        assert "<table>" in section, name


@pytest.mark.parametrize("groups", [2, 31, 120])
def test_targets_are_drawn_for_few_and_many_groups(groups: int) -> None:
    facts = report_facts(tuple(f"第{number}区" for number in range(groups)))
    from matplotlib.figure import Figure

    with drawing():
        height = targets_height(facts, 7.2)
        ax = Figure(figsize=(7.2, height)).add_axes((0, 0, 1, 1))
        draw_targets(facts, ax)
    names = [text.get_text() for text in ax.texts if text.get_text().startswith("第")]
    assert len(names) == groups
    bars = [bar for bar in ax.patches if bar.get_url()]
    counts = facts.target_counts
    assert len(bars) == (counts["planned"] > 0).sum() + (counts["done"] > 0).sum()


def test_documents_go_by_their_titles_where_those_tell_them_apart() -> None:
    facts = report_facts()
    names = [str(name) for name in dict.fromkeys(facts.coded["document"])]
    titled = pd.DataFrame({"document": names, "title": ["建设美丽家园——访区委书记", "政府工作报告"]})
    from dataclasses import replace

    facts = replace(facts, documents=titled)
    assert facts.document_name(names[0]) == "建设美丽家园——访区委书记"
    same = replace(facts, documents=titled.assign(title="政府工作报告"))
    assert same.document_name(names[0]) == names[0]
    assert '"document":{"' in render_page(facts, list(render_charts(facts))[:1])


def test_the_word_file_has_the_tables_and_no_title_twice(folder: Path) -> None:
    document = docx.Document(str(folder / "report.docx"))
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert sum(text.startswith("表") for text in captions) == len(document.tables) == 8
    assert sum(text.startswith("图") for text in captions) == len(document.inline_shapes)
    shares = read_table(folder / "shares.csv")
    first = document.tables[0]
    assert len(first.rows) == 1 + shares["group"].nunique()
    assert first.rows[1].cells[1].text.startswith(f"{float(shares['share'].iloc[0]) * 100:.1f}%")


def test_one_table_of_targets_on_the_page_and_in_the_folder() -> None:
    facts = report_facts(codebook=None)
    tables = report_tables(facts)
    assert tables["target_counts"]["targets"].sum() <= len(tables["targets"])
    assert len(coded_sentences()) > 0
