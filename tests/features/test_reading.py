"""The seed article is read by the general mechanism, in any encoding and with any line ends."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document as WordDocument

from zhuti.errors import ReadError
from zhuti.features import read_documents, read_table, write_table
from zhuti.seeds import seed_path

SEED = next(seed_path("documents").glob("*.txt"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("crlf", [False, True])
def test_two_interviews_in_one_file(tmp_path: Path, encoding: str, crlf: bool) -> None:
    text = SEED.read_bytes().decode("utf-8")
    if crlf:
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    path = tmp_path / "article.txt"
    path.write_bytes(text.encode(encoding))
    corpus = read_documents(path)
    assert [document.district for document in corpus] == ["张店区", "淄川区"]
    table = corpus.sentences()
    assert table["kind"].value_counts().to_dict() == {"sentence": 53, "title": 2, "byline": 2}
    assert table["text"][table["kind"] == "sentence"].str.match(r".*[。；！？]”?$").all()
    source = corpus.documents[0].source
    for row in table.itertuples():
        spans = [tuple(map(int, span.split("-"))) for span in str(row.spans).split()]
        assert "".join(source[a:b] for a, b in spans) == row.text
        assert (spans[0][0], spans[-1][1]) == (row.start, row.end)
    mended = table[table["spans"].str.contains(" ")]["text"].tolist()
    assert [("划分为14个更新单元" in mended[0]), ("县域科技创新" in mended[1]), len(mended)] == [True, True, 2]


def test_word_files_keep_tables_and_insertions(tmp_path: Path) -> None:
    word = WordDocument()
    word.add_paragraph("泉坪县2024年政府工作报告")
    word.add_paragraph("新建幼儿园4处；改造村卫生室6所。")
    word.add_table(1, 2).cell(0, 1).text = "新增学位800个。"
    word.save(str(tmp_path / "泉坪县2024.docx"))
    corpus = read_documents(tmp_path)
    assert (corpus.documents[0].district, corpus.documents[0].year) == ("泉坪县", 2024)
    assert corpus.sentences()["text"].tolist()[1:] == ["新建幼儿园4处；", "改造村卫生室6所。", "新增学位800个。"]


def test_what_is_not_said_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("加快改造老旧小区。", encoding="utf-8")
    document = read_documents(tmp_path).documents[0]
    assert (document.district, document.year, document.genre) == ("", None, "")
    assert document.reasons == dict.fromkeys(("district", "year", "genre"), "nothing names it")
    assert read_documents(tmp_path, district="张店区").documents[0].district == "张店区"


def test_metadata_beside_the_files_overrules(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("加快改造老旧小区。", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text("file,district,year\nnote.txt,淄川区,2021\n", encoding="utf-8")
    document = read_documents(tmp_path).documents[0]
    assert (document.district, document.year) == ("淄川区", 2021)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("blank.txt", b" \n\n", "the file is empty"),
        ("binary.txt", bytes(range(256)) * 40, "binary data|no encoding"),
        ("broken.docx", b"no zip at all", "is no Word file"),
        ("notext.csv", b"a,b\n1,2\n", "lacks the column text; it has a, b"),
        ("ragged.csv", b"text\n1,2\n", "row 2 has 2 cells"),
        ("picture.png", b"\x89PNG", r"zhuti reads no \.png files; run OCR on the picture; it reads \.txt"),
    ],
)
def test_unusable_files_are_named(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ValueError, match=words) as caught:
        read_documents(path)
    assert name in str(caught.value)


def test_missing_paths_and_empty_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file or folder"):
        read_documents(tmp_path / "gone")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match="the folder holds no file"):
        read_documents(tmp_path / "empty")


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text("新建小学两所。", encoding="utf-8")
    corpus = read_documents(tmp_path)
    assert len(corpus) == 1
    assert "the file is empty" in corpus.failures[0].error
    assert corpus.table()["error"].tolist()[1] == corpus.failures[0].error


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet", ".xlsx"])
def test_tables_come_back_as_they_were_written(tmp_path: Path, ending: str) -> None:
    import pandas as pd

    frame = pd.DataFrame({"text": ["新建小学两所。", "含,逗号\n与换行"], "note": ["001", "甲"]})
    write_table(frame, tmp_path / f"t{ending}")
    back = read_table(tmp_path / f"t{ending}")
    assert back.astype(str).to_dict("list") == frame.to_dict("list")


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(tmp_path: Path) -> None:
    import pandas as pd

    write_table(pd.DataFrame({"text": ["=cmd|'/c calc'!A1"]}), tmp_path / "t.csv")
    assert "'=cmd" in (tmp_path / "t.csv").read_text(encoding="utf-8-sig")


def test_one_bad_file_of_any_kind_never_stops_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("加强建设。", encoding="utf-8")
    (tmp_path / "b.csv").write_text("content\n无\n", encoding="utf-8")
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04no")
    (tmp_path / "d.xlsx").write_bytes(b"PK\x03\x04no")
    with ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("metadata.csv", "file,year\nf.txt,soon\n")
        archive.writestr("f.txt", "修路。")
        archive.writestr("g.csv", "content\n无\n")
    corpus = read_documents(tmp_path)
    assert [document.id for document in corpus] == ["a", "f"]
    assert [failure.path.name for failure in corpus.failures] == ["b.csv", "c.docx", "d.xlsx", "metadata.csv", "g.csv"]
    table = corpus.table()
    assert (table["error"] != "").tolist() == [False, False, True, True, True, True, True]
    assert "lacks the column text" in table["error"].iloc[2]
    assert "must have four digits" in table["error"].iloc[5]


HTML = "<html><head><meta charset='gb2312'><title>河湾区总结</title></head><body><p>新建学校3所。</p></body></html>"


@pytest.mark.parametrize(
    ("name", "content", "encoding"),
    [
        ("export.doc", HTML.encode("gbk"), "html (gb18030)"),  # what sites offer as a Word file
        ("source.txt", HTML.encode("gbk"), "html (gb18030)"),
        ("plain.html", "河湾区总结\n\n新建学校3所。\n".encode("gbk"), "gb18030"),
    ],
)
def test_files_under_the_ending_of_another_kind(tmp_path: Path, name: str, content: bytes, encoding: str) -> None:
    (tmp_path / name).write_bytes(content)
    (document,) = read_documents(tmp_path).documents
    assert document.encoding == encoding
    assert [unit.text for unit in document.sentences()] == ["河湾区总结", "新建学校3所。"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.rar", "unpack it, or pack it as .zip"),
        ("a.xls", "save it as .xlsx or .csv"),
        ("a.caj", "save or print it as .pdf"),
        ("a.json", "one object a line"),
        ("a", "zhuti reads no files without an ending; give it the ending of what it is"),
    ],
)
def test_files_of_other_kinds_are_refused_with_what_to_do(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf")
    with pytest.raises(ReadError, match=words):
        read_documents(tmp_path)


def test_a_page_that_a_script_fills_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<title>总结</title><script>f('新建学校')</script><div id=app></div>", "utf-8")
    with pytest.raises(ReadError, match="the page holds no text, a script fills it; save it from the browser as it is"):
        read_documents(tmp_path)


@pytest.mark.parametrize("tag", ["<pre>{}</pre>", '<div style="white-space: pre-wrap">{}</div>'])
def test_line_breaks_that_a_page_shows_are_kept(tmp_path: Path, tag: str) -> None:
    text = "会议纪要\n时间另行通知\n一、办好学校\n新建学校3所，\n新增学位800个。"
    (tmp_path / "a.html").write_text(f"<body>{tag.format(text)}</body>", "utf-8")
    assert read_documents(tmp_path).documents[0].text == text


def test_a_line_of_the_source_of_a_page_that_ends_within_chinese_text_leaves_no_blank(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>新建\n  学校3所，\r\n新增 800 个\nseat of\nlearning，完成。</p>", "utf-8")
    (sentence,) = read_documents(tmp_path).sentences()["text"]
    assert sentence == "新建学校3所，新增 800 个 seat of learning，完成。"


@pytest.mark.parametrize(
    "data",
    [
        "text;year\n新建学校3所，到位资金5万元。;2020\n".encode(),
        "text\tyear\n新建学校3所，到位资金5万元。\t2020\n".encode("utf-16"),
        'text,year\n"新建学校3所，到位资金5万元。",2020\n'.encode("gbk"),
    ],
)
def test_tables_with_other_signs_between_cells(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    (document,) = read_documents(tmp_path).documents
    assert (document.text, document.year) == ("新建学校3所，到位资金5万元。", 2020)


def test_the_sheet_with_the_texts_is_found_behind_a_cover(tmp_path: Path) -> None:
    import pandas as pd

    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        pd.DataFrame({"说明": ["数据见下一张表"]}).to_excel(book, sheet_name="说明", index=False)
        pd.DataFrame({"text": ["新建学校3所。"]}).to_excel(book, sheet_name="数据", index=False)
    assert read_documents(tmp_path).documents[0].text == "新建学校3所。"
