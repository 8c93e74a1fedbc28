"""PDFs whose pages are pictures, wholly or in part, say so and name OCR; what has text is read."""

import sys
from pathlib import Path

import pypdfium2
import pytest

from zhuti.features import read_documents

sys.path.insert(0, str(Path(__file__).parent))
from pdfs import Set, as_pictures, join_pdfs, write_pdf

BODY = [
    ["泉坪县2023年政府工作报告", "　　一、工作回顾", "　　建成学校三所，新增学位两千个。"],
    ["　　改造老旧小区十二个。", "　　二、工作安排", "　　新建医院两家；改造卫生室六所。"],
    ["　　让我们一起努力。", "　　整修农村道路四十公里。"],
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = [
        [Set(72, 90 + 20 * n, line) for n, line in enumerate(page)] + [Set(290, 800, f"- {number} -", 10)]
        for number, page in enumerate(BODY, 1)
    ]
    return write_pdf(tmp_path_factory.mktemp("written") / "report.pdf", pages)


@pytest.fixture(scope="module")
def scanned(written: Path) -> Path:
    return as_pictures(written, written.with_name("scan.pdf"))


def test_pages_that_are_pictures_are_refused_with_the_way_out(scanned: Path) -> None:
    said = r"scan\.pdf: its pages are pictures \(scanned\); run OCR on it first, for instance ocrmypdf -l chi_sim"
    with pytest.raises(ValueError, match=said):
        read_documents(scanned)


@pytest.mark.parametrize("stamp", ["- 1 -", "第 3 页 共 9 页", "扫描全能王 创建", "Scanned with CamScanner"])
def test_a_number_or_a_mark_upon_a_picture_is_no_text(scanned: Path, tmp_path: Path, stamp: str) -> None:
    upper = write_pdf(tmp_path / "stamp.pdf", [[Set(270, 820, stamp, 8)]])
    stamped = lay_upon(scanned, upper, tmp_path / "stamped.pdf")
    with pytest.raises(ValueError, match=r"its pages are pictures \(scanned\)"):
        read_documents(stamped)


def lay_upon(lower: Path, upper: Path, path: Path) -> Path:
    """Set the first page of a PDF upon each page of another."""
    document, stamp = pypdfium2.PdfDocument(lower), pypdfium2.PdfDocument(upper)
    captured = stamp.page_as_xobject(0, document)
    for page in document:
        page.insert_obj(captured.as_pageobject())
        page.gen_content()
    document.save(str(path))
    return path


def test_the_pages_with_text_are_read_and_the_others_named(written: Path, scanned: Path, tmp_path: Path) -> None:
    mixed = join_pdfs(tmp_path / "mixed.pdf", [(written, [0]), (scanned, [1]), (written, [2]), (scanned, [0, 2])])
    corpus = read_documents(mixed)
    texts = [unit.text for unit in corpus.documents[0].sentences() if unit.kind != "page"]
    assert texts == [line.strip() for page in (BODY[0], BODY[2]) for line in page]
    said = (
        "3 of 5 pages are missing from the text, as pictures (scanned): 2, 4, 5; "
        "run OCR on it first, for instance ocrmypdf -l chi_sim --skip-text"
    )
    assert corpus.table()["notes"].tolist() == [said]
    assert [warning.error for warning in corpus.warnings] == [f"{mixed}: {said}"]


def test_blank_pages_are_nothing_to_speak_of(written: Path, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(written)
    document.new_page(595, 842, 1)
    document.save(str(tmp_path / "blank.pdf"))
    corpus = read_documents(tmp_path / "blank.pdf")
    assert (corpus.warnings, corpus.documents[0].lost) == ((), ())
    empty = pypdfium2.PdfDocument.new()
    empty.new_page(595, 842)
    empty.save(str(tmp_path / "empty.pdf"))
    with pytest.raises(ValueError, match=r"empty\.pdf: the file is empty, its pages are blank"):
        read_documents(tmp_path / "empty.pdf")


def test_letters_that_are_drawn_are_told_from_scans(tmp_path: Path) -> None:
    from matplotlib.figure import Figure
    from matplotlib.patches import PathPatch
    from matplotlib.textpath import TextPath

    figure = Figure(figsize=(8, 11))
    for row in range(30):
        figure.add_artist(PathPatch(TextPath((60, 60 + row * 20), f"Line {row}", size=12)))
    figure.savefig(tmp_path / "drawn.pdf")
    with pytest.raises(ValueError, match=r"its letters are drawn, no text; run OCR on it first"):
        read_documents(tmp_path / "drawn.pdf")


def test_a_picture_with_a_sentence_upon_it_is_read(scanned: Path, tmp_path: Path) -> None:
    upper = write_pdf(tmp_path / "title.pdf", [[Set(200, 100, "泉坪县生态保护规划", 20)]])
    document = read_documents(lay_upon(scanned, upper, tmp_path / "cover.pdf")).documents[0]
    assert "泉坪县生态保护规划" in document.text
