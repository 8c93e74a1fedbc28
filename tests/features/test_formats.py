"""Every format gives the text that a reader sees, once, in order, and says what it left out."""

import importlib.util
import io
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from zhuti.features import Corpus, read_documents
from zhuti.features.formats_office import find_libreoffice

sys.path.insert(0, str(Path(__file__).parent))
from word import paragraph, run, word_file

PAGES = Path(__file__).parent / "pages"
STYLES = (
    "<w:styles NAMESPACES><w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>"
    "<w:style w:styleId='T'><w:name w:val='Title'/></w:style></w:styles>"
)
NOTES = (
    "<w:footnotes NAMESPACES><w:footnote w:type='separator'><w:p/></w:footnote>"
    f"<w:footnote w:id='2'>{paragraph(run('按可比价计算。'))}</w:footnote></w:footnotes>"
)


def kinds_and_texts(corpus: Corpus) -> list[tuple[str, str]]:
    return [(unit.kind, unit.text) for document in corpus for unit in document.sentences()]


def test_word_shows_what_is_visible_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph(run('文本框一句。'))}</w:txbxContent>"
    body = (
        paragraph(run("泉坪县报告"), style="T")
        + paragraph(run("农业"), style="1")
        + paragraph(
            run("增产"),
            "<w:del><w:r><w:delText>百分之二</w:delText></w:r></w:del>",
            f"<w:ins>{run('3%')}</w:ins>",
            run("。"),
        )
        + paragraph(
            "<w:r><mc:AlternateContent><mc:Choice>" + box + "</mc:Choice>"
            "<mc:Fallback><w:pict><v:shape>" + box + "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
        + f"<w:tbl><w:tr><w:tc>{paragraph(run('指标'))}</w:tc><w:tc>{paragraph(run('2020年'))}</w:tc></w:tr></w:tbl>"
        + f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>{run('结束。')}</w:p>"
    )
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(body, {"word/styles.xml": STYLES, "word/footnotes.xml": NOTES}))
    corpus = read_documents(path)
    assert kinds_and_texts(corpus) == [
        ("title", "泉坪县报告"),
        ("heading", "农业"),
        ("sentence", "增产3%。"),
        ("sentence", "文本框一句。"),
        ("table", "指标\t2020年"),
        ("sentence", "结束。"),
        ("footnote", "按可比价计算。"),
    ]
    assert corpus.documents[0].sentences()[2].heading == ("农业",)


def test_macros_are_left_out_and_said(tmp_path: Path) -> None:
    (tmp_path / "a.docm").write_bytes(word_file(paragraph(run("加强建设。")), {"word/vbaProject.bin": "Sub"}))
    assert read_documents(tmp_path).table()["notes"].tolist() == ["macros were left out"]


def test_a_word_file_under_the_wrong_name(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(word_file(paragraph(run("加强建设。"))))
    assert read_documents(tmp_path).documents[0].encoding == "docx"


@pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["a.rtf", "b.doc"])
def test_libreoffice_reads_what_old_word_wrote(tmp_path: Path, name: str) -> None:
    characters = "".join(f"\\u{ord(c)}?" for c in "加强建设。")
    (tmp_path / name).write_text(rf"{{\rtf1\ansi {characters}\par}}", encoding="ascii")
    corpus = read_documents(tmp_path)
    assert kinds_and_texts(corpus) == [("sentence", "加强建设。")]
    assert corpus.documents[0].notes == ("read by way of LibreOffice",)


def test_without_libreoffice_the_way_out_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhuti.features.formats_office.find_libreoffice", lambda: None)
    (tmp_path / "a.wps").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 20)
    with pytest.raises(ValueError, match=r"is read by way of LibreOffice; install it, or save the file as \.docx"):
        read_documents(tmp_path)


def test_a_government_page_without_its_furniture() -> None:
    corpus = read_documents(PAGES / "government.html")
    document = corpus.documents[0]
    assert (document.district, document.year, document.genre) == ("泉坪县", 2024, "政府工作报告")
    assert kinds_and_texts(corpus) == [
        ("title", "泉坪县2024年政府工作报告"),
        ("byline", "发布时间：2024-01-22 09:30 来源：县政府办公室"),
        ("byline", "——2024年1月15日在泉坪县第十八届人民代表大会第三次会议上"),
        ("byline", "县长\xa0\xa0沈知远"),
        ("greeting", "各位代表："),
        ("sentence", "现在，我代表县人民政府，向大会报告工作，请予审议。"),
        ("heading", "一、2023年工作回顾"),
        ("sentence", "全年地区生产总值增长6.2%，财政收入增长5%；"),
        ("sentence", "新建幼儿园4处。"),
        ("table", "指标\t2022年\t2023年"),
        ("table", "小学（所）\t31\t33"),
        ("heading", "二、2024年工作安排"),
        ("sentence", "改造老旧小区12个。"),
        ("sentence", "打通断头路3条！"),
        ("sentence", "让我们团结起来，为建设新泉坪而奋斗。"),
    ]
    dropped = " | ".join(document.dropped)
    for furniture in (
        "【字号：大 中 小】",
        "打印",
        "扫一扫",
        "责任编辑：张三丰",
        "相关报道",
        "上一篇",
        "分享到",
        "ICP备",
    ):
        assert furniture in dropped
    assert "不该出现的脚本" not in document.source + dropped
    assert corpus.table()["dropped"][0] == dropped


def test_a_wechat_page() -> None:
    corpus = read_documents(PAGES / "wechat.html")
    texts = [text for kind, text in kinds_and_texts(corpus) if kind in {"sentence", "heading"}]
    assert texts[0] == "“民之所盼，政之所向。"
    assert texts[3:5] == ["抓学位，让孩子上好学", "新建、改扩建学校6所，新增学位5400个；"]
    assert not any(word in text for text in texts for word in ("编辑", "审核", "喜欢此内容", "扫一扫", "在看"))


def test_a_newspaper_page_in_gb18030() -> None:
    corpus = read_documents(PAGES / "newspaper.html")
    document = corpus.documents[0]
    assert (document.encoding, document.district, document.genre) == ("html (gb18030)", "青岚县", "访谈")
    assert [kind for kind, _ in kinds_and_texts(corpus)] == ["title", "byline", "byline", *["sentence"] * 8]


def test_a_page_that_a_browser_saved_as_one_file(tmp_path: Path) -> None:
    page = "<html><body><h1>加快建设步伐</h1><p>全区上下加强建设，成效显著。</p></body></html>"
    (tmp_path / "a.mht").write_bytes(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/html; charset=gb18030\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + page.encode("gb18030")
        + b"\r\n--x--\r\n"
    )
    assert kinds_and_texts(read_documents(tmp_path))[1] == ("sentence", "全区上下加强建设，成效显著。")


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pages with running heads, page numbers, indents, and a sentence that goes on overleaf."""
    from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    spec = importlib.util.find_spec("zhplot")
    if spec is None or spec.origin is None:
        pytest.skip("zhplot with its font is not installed")
    font = FontProperties(fname=str(next(Path(spec.origin).parent.rglob("*.[ot]tf"))), size=12)
    body = "全区上下坚持稳中求进工作总基调统筹推进各项工作取得新的成绩人民生活水平持续"
    pages = [
        [
            "　　　　泉坪区2023年政府工作报告",
            "　　一、工作回顾",
            f"　　{body}",
            "提高。建成学校三所。",
            f"　　{body[:30]}，着力打造",
        ],
        [f"现代产业体系。{body[:20]}。", "　　二、工作安排", "　　新建医院两家。"],
        ["　　让我们一起努力。"],
    ]
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    with PdfPages(path) as file:
        for number, lines in enumerate(pages, 1):
            figure = Figure(figsize=(8.27, 11.69))
            FigureCanvasPdf(figure)
            for place, line in enumerate(["泉坪区政府文件", *lines, f"- {number} -"]):
                indent = len(line) - len(line.lstrip())
                figure.text(0.1 + indent * 12 / 595, 0.9 - place * 0.03, line.strip(), fontproperties=font)
            file.savefig(figure)
    return path


def test_a_pdf_with_page_numbers_and_running_heads(pdf: Path) -> None:
    corpus = read_documents(pdf)
    units = [(kind, text) for kind, text in kinds_and_texts(corpus) if kind != "page"]
    body = "全区上下坚持稳中求进工作总基调统筹推进各项工作取得新的成绩人民生活水平持续"
    assert units == [
        ("title", "泉坪区2023年政府工作报告"),
        ("heading", "一、工作回顾"),
        ("sentence", f"{body}提高。"),
        ("sentence", "建成学校三所。"),
        ("sentence", f"{body[:30]}，着力打造现代产业体系。"),
        ("sentence", f"{body[:20]}。"),
        ("heading", "二、工作安排"),
        ("sentence", "新建医院两家。"),
        ("sentence", "让我们一起努力。"),
    ]
    pages = [text for kind, text in kinds_and_texts(corpus) if kind == "page"]
    assert pages == ["泉坪区政府文件", "- 1 -", "泉坪区政府文件", "- 2 -", "泉坪区政府文件", "- 3 -"]


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_archives_with_folders_archives_tables_and_metadata(tmp_path: Path) -> None:
    inner = _zipped({"淄川2019.txt": "加强建设。".encode("gb18030")})
    archive = _zipped(
        {
            "metadata.csv": "file,district,year\na.txt,博山区,2018\n".encode(),
            "a.txt": "加强建设。".encode(),
            "__MACOSX/a.txt": b"junk",
            "old/inner.zip": inner,
            "rows.csv": "text,district\n新建小学。,张店区\n".encode(),
            "broken.docx": b"no",
            "../../up.txt": "修路。".encode(),
        }
    )
    (tmp_path / "all.zip").write_bytes(archive)
    corpus = read_documents(tmp_path)
    assert [(d.file, d.district, d.year) for d in corpus] == [
        ("all.zip/a.txt", "博山区", 2018),
        ("all.zip/old/inner.zip/淄川2019.txt", "淄川区", 2019),
        ("all.zip/rows.csv", "张店区", None),
        ("all.zip/up.txt", "", None),
    ]
    assert [failure.path.name for failure in corpus.failures] == ["broken.docx"]


def test_names_in_the_code_page_of_a_chinese_windows(tmp_path: Path) -> None:
    data = _zipped({"XXXX2019.txt": "加强建设。".encode()})
    (tmp_path / "a.zip").write_bytes(data.replace(b"XXXX", "淄川".encode("gb18030")))
    assert read_documents(tmp_path).documents[0].id == "淄川2019"


def test_several_articles_and_reports_in_one_file(tmp_path: Path) -> None:
    report = (
        "{0}年政府工作报告\n——{0}年1月5日在泉坪县第十八届人民代表大会上\n各位代表：\n"
        "现在，我代表县人民政府向大会报告工作，请予审议，并请委员提出意见。\n"
    )
    (tmp_path / "two.txt").write_text(report.format(2019) + report.format(2020), encoding="utf-8")
    assert [(d.id, d.year, d.district) for d in read_documents(tmp_path)] == [
        ("two#1", 2019, "泉坪县"),
        ("two#2", 2020, "泉坪县"),
    ]


def test_rows_of_one_document_are_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "document,text,year\nA,新建小学,2019\nB,修路。,2020\nA,改造医院；扩建图书馆。,2019\n", encoding="gb18030"
    )
    corpus = read_documents(tmp_path / "t.csv")
    assert [(d.id, d.year, [u.text for u in d.sentences()]) for d in corpus] == [
        ("A", 2019, ["新建小学", "改造医院；", "扩建图书馆。"]),
        ("B", 2020, ["修路。"]),
    ]


def test_patterns_and_the_results_of_an_earlier_run(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text("加强建设。", encoding="utf-8")
    out = tmp_path / "zhuti-report"
    out.mkdir()
    for name in ("run.json", "report.html", "sentences.csv"):
        (out / name).write_text("{}", encoding="utf-8")
    (tmp_path / "~$a.docx").write_bytes(b"lock")
    (tmp_path / ".hidden.txt").write_bytes(b"x")
    assert [d.id for d in read_documents(tmp_path)] == ["a", "b", "c"]
    assert [d.id for d in read_documents(str(tmp_path / "*.txt"))] == ["a", "b"]


def test_quotation_marks_of_another_font_are_put_back_in_their_place() -> None:
    from zhuti.features.pdf_places import read_by_place

    # As pdfium gives it: the marks behind the first word, or in a line of their own; x tells where they stand.
    text = "推进 一“ ” 带一路建设。\r\n坚持全民健身，\r\n“ ”\r\n"
    left = {"推": 0, "进": 10, "一": 30, "“": 20, "”": 60, "带": 40, "路": 55, "建": 70, "设": 80, "。": 90}
    second = {"坚": 0, "持": 10, "全": 30, "民": 40, "健": 50, "身": 60, "，": 80}
    edges = []
    for number, line in enumerate(text.split("\r\n")):
        places = second if number else left
        for place, character in enumerate(line):
            x = {("“", 2): 20, ("”", 2): 70}.get((character, number), places.get(character, 100))
            if character == "一" and number == 0 and place > 5:
                x = 50
            if character == " ":
                x = {2: 12, 5: 61, 7: 62}.get(place, 71) if number == 0 else 200
            low = 100 - 20 * min(number, 1)
            edges.append((x, low, x + 8, low + 10))
        edges += [(0, 0, 0, 0)] * 2
    lines = read_by_place(text, lambda place: edges[place])
    assert [line.text for line in lines] == ["推进“一带一路”建设。", "坚持“全民健身”，"]
