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
        ("fake.docx", b"PK\x03\x04" + b"x" * 500, "is no Word file"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj<<", "is no PDF that can be read"),
        ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
        ("deep.jsonl", b'{"text":' + b"[" * 100_000, "line 1 is no JSON"),
        ("fake.parquet", b"PAR1" + b"x" * 100 + b"PAR1", "cannot be read as parquet"),
        ("fake.xlsx", b"PK\x03\x04" + b"x" * 100, "cannot be read as xlsx"),
        ("bomb.xlsx", _zip({"xl/worksheets/sheet1.xml": b" " * 3_000_000}), "unpacks to more than the limit of 2 MB"),
        ("open.csv", b'text\n"abc', "cannot be read as csv"),
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
    began = time.perf_counter()
    split_sentences(text + "全区努力。")
    assert time.perf_counter() - began < 10


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
