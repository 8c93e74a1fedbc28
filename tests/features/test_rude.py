"""Rude files: each is a clear error or is read, in bounded time and memory; none is a crash."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd
import pytest

from zhuti.features import read_documents, read_table, split_sentences, write_table

sys.path.insert(0, str(Path(__file__).parent))
from word import paragraph, run, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
DEEP = "<w:p>" * 5000 + "</w:p>" * 5000


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _torn(archive: bytes) -> bytes:
    """Spoil the packed content of an archive's largest member."""
    with ZipFile(io.BytesIO(archive)) as opened:
        part = max(opened.infolist(), key=lambda part: part.compress_size)
    start = part.header_offset + 30 + len(part.filename)
    return archive[:start] + bytes([0xFF] * part.compress_size) + archive[start + part.compress_size :]


def _bad_parquet() -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame({"text": ["road"]}).to_parquet(buffer, index=False, compression=None)
    return buffer.getvalue().replace(b"road", b"r\xffad")


def _nested(depth: int) -> bytes:
    data = _zip({"a.txt": "加强建设。".encode()})
    for number in range(depth):
        data = _zip({f"{number}.zip": data})
    return data


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bomb.docx", word_file(paragraph(run("加" * 3_000_000))), "unpacks to more than the limit of 2 MB"),
        ("bomb.zip", _zip({"a.txt": b"a" * 3_000_000}), "unpacks to more than the limit of 2 MB"),
        ("many.zip", _zip({f"{n}.txt": b"a" for n in range(20_001)}), "20,001 members, more than the limit of 20,000"),
        ("deep.zip", _nested(6), "archives lie more than 3 deep"),
        ("deep.docx", word_file(DEEP), "is no Word file|nested too deep"),
        ("entity.docx", word_file(paragraph(run("&b;")), before=ENTITIES), "declares entities"),
        ("deep.html", b"<div>" * 50_000, "nested more than 1,000 deep"),
        ("long.txt", "加".encode() * 300_000, "300,000 characters, more than the limit of 131,072"),
        ("lines.txt", "加\n".encode() * 10_000, "10,000 lines, more than the limit of 8,192"),
        ("large.txt", b"a" * 3_000_000, "has 3 MB, more than the limit of 2 MB"),
        ("nul.txt", b"\x00" * 5000, "the file is empty"),
        ("random.txt", bytes(range(256)) * 20, "no encoding|binary"),
        ("fake.doc", OLE + b"x" * 3000, "holds no text of Word or WPS"),
        ("torn.docx", _torn(word_file(paragraph(run("加强建设。" * 200)))), "is no Word file"),
        ("torn.zip", _torn(_zip({"a.txt": "加强建设。".encode() * 200})), "is damaged"),
        ("no-text.csv", b"content\nabc\n", "lacks the column text; it has content"),
        ("fake.docx", b"PK\x03\x04" + b"x" * 500, "is no Word file"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj<<", "is no PDF that can be read"),
        ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
        ("deep.jsonl", b'{"text":' + b"[" * 100_000, "line 1 is no JSON"),
        ("fake.parquet", b"PAR1" + b"x" * 100 + b"PAR1", "cannot be read as parquet"),
        ("fake.xlsx", b"PK\x03\x04" + b"x" * 100, "cannot be read as xlsx"),
        ("bomb.xlsx", _zip({"xl/worksheets/sheet1.xml": b" " * 3_000_000}), "unpacks to more than the limit of 2 MB"),
        ("open.csv", b'text\n"abc', "cannot be read as csv"),
        ("text.parquet", _bad_parquet(), "cannot be read as parquet"),
        ("picture.jpg", b"\xff\xd8\xff", "zhuti reads"),
    ],
)
def test_refused_with_a_clear_line(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    began = time.perf_counter()
    with pytest.raises(ValueError, match=words) as caught:
        read_documents(tmp_path, max_megabytes=2)
    assert name.rpartition(".")[0] in str(caught.value)
    assert time.perf_counter() - began < 20


def test_a_file_of_two_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.docx", "c.pdf", "d.zip", "e.csv", "f.xlsx", "g.html"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(2 * 1024**3)
    (tmp_path / "z.txt").write_text("加强建设。", encoding="utf-8")
    began = time.process_time()
    corpus = read_documents(tmp_path)
    assert time.process_time() - began < 5
    assert [document.id for document in corpus] == ["z"]
    assert len(corpus.failures) == 7
    for failure in corpus.failures:
        assert "has 2,048 MB, more than the limit of 64 MB; split it, or raise max_megabytes" in failure.error


def test_an_endless_line_is_refused_with_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("加强建设".encode() * (50 * 1024**2 // 12))
    with pytest.raises(ValueError, match=r"characters, more than the limit of 4,194,304; split it, or raise"):
        read_documents(tmp_path)


def test_a_long_line_within_the_limit_is_split(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("加强建设，推进改革。" * 100_000, encoding="utf-8")
    began = time.process_time()
    corpus = read_documents(tmp_path)
    assert len(corpus.documents[0].sentences()) == 100_000
    assert time.process_time() - began < 30


def test_a_member_without_a_name_is_left_out(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x", b"x")
        archive.writestr("b.txt", "修路。")
        archive.filelist[0].filename = ""
    corpus = read_documents(tmp_path)
    assert [document.id for document in corpus] == ["b"]
    assert len(corpus.failures) == 1
    assert "is damaged" in corpus.failures[0].error


def test_a_table_with_an_empty_year_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,year\n修路。,\n建桥。,2020\n", encoding="utf-8")
    assert [document.year for document in read_documents(tmp_path)] == [None, 2020]


@pytest.mark.parametrize(
    "text",
    ["加强\x00建设。", "加强\u202e建设\u200f。", "\ufeff加强建设。", "加强建设。\u2028全区努力。", "加强\x1a建设。"],
)
def test_read_all_the_same(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert read_documents(tmp_path).documents[0].source == text.removeprefix("\ufeff")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names and files")
def test_names_with_newlines_and_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_text("加强建设。", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    corpus = read_documents(tmp_path)
    assert [document.id for document in corpus] == ["a b"]
    assert sorted(failure.path.name for failure in corpus.failures) == ["gone.txt", "pipe.txt", "zero.txt"]


def test_half_a_surrogate_pair_is_replaced_and_written(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text":"\\ud800 and \\ud83d\\ude00"}')
    assert read_table(tmp_path / "a.jsonl")["text"].tolist() == ["\ufffd and \U0001f600"]
    frame = pd.DataFrame({"text": pd.Series(["甲\ud800"], dtype="object")})
    for ending in (".csv", ".jsonl", ".parquet", ".xlsx"):
        write_table(frame, tmp_path / f"b{ending}")
        assert read_table(tmp_path / f"b{ending}")["text"].tolist() == ["甲\ufffd"]


@pytest.mark.parametrize(
    "piece",
    [
        "“",
        "（",
        "）",
        "a@",
        "&a",
        "一、",
        "1.",
        "各位代表、",
        "—",
        "。",
        ".",
        "|a",
        "a\t",
        "=",
        "　",
        "“”",
        "（）",
        '"',
        "A.",
    ],
)
def test_no_text_takes_more_than_its_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.process_time()
    split_sentences(text + "全区努力。")
    assert time.process_time() - began < 10


def test_a_killed_writer_leaves_the_old_table(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    write_table(pd.DataFrame({"text": ["旧"]}), path)
    code = (
        "import os, pandas as pd, zhuti.features.tables_out as out\n"
        "class Path(type(out.Path())):\n"
        "    def write_bytes(self, data):\n"
        "        super().write_bytes(data[: len(data) // 2]); os.kill(os.getpid(), 9)\n"
        "whole = out.whole_file\n"
        "import contextlib\n"
        "@contextlib.contextmanager\n"
        "def dying(path):\n"
        "    with whole(path) as part:\n"
        "        yield Path(part)\n"
        "out.whole_file = dying\n"
        f"out.write_table(pd.DataFrame({{'text': ['新' * 1000]}}), {str(path)!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode != 0
    assert read_table(path)["text"].tolist() == ["旧"]


@pytest.mark.parametrize("charset", ["utf\x00-8", "no-such", "gb2312"])
def test_a_saved_page_with_a_strange_encoding(tmp_path: Path, charset: str) -> None:
    page = "<html><body><p>全区上下加强建设，成效显著。朱镕基。</p></body></html>".encode("gbk")
    head = f"MIME-Version: 1.0\r\nContent-Type: text/html; charset={charset}\r\n\r\n"
    (tmp_path / "a.mht").write_bytes(head.encode() + page)
    assert "成效显著。朱镕基。" in read_documents(tmp_path).documents[0].source


def test_an_unknown_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("加强建设。", encoding="utf-8")
    for encoding in ("no-such", "utf\x008", "hex"):
        with pytest.raises(ValueError, match=r"no encoding .*; give one such as utf-8"):
            read_documents(tmp_path, encoding=encoding)


@pytest.mark.parametrize(
    "repeated",
    [
        "<p>相关阅读</p><p><a>链接链接</a></p>",
        "<p><a>链接链接</a></p><p>文字，文字。</p>",
        "<p><a>相关阅读</a></p>",
        "<h1>标题标题</h1>",
    ],
)
def test_pages_of_very_many_links_and_headings_take_bounded_time(tmp_path: Path, repeated: str) -> None:
    (tmp_path / "a.html").write_text(f"<title>{'标题-' * 9_000}</title><body>{repeated * 8_000}", "utf-8")
    began = time.process_time()
    read_documents(tmp_path)
    assert time.process_time() - began < 10
