"""A file that cannot be read is named, the rest goes on, and exit code and last line say so."""

from pathlib import Path

import pandas as pd
import pytest

from zhuti.commands import main
from zhuti.features import read_table
from zhuti.seeds import read_codebook


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, book = tmp_path_factory.mktemp("model"), read_codebook()
    texts = {"education": "新建小学{}所。", "investment": "引进项目{}个。"}
    rows = [(f"d{n}", text.format(n), book.parents[code], code) for n in range(6) for code, text in texts.items()]
    pd.DataFrame(rows, columns=["document", "text", "theme", "subtheme"]).to_csv(folder / "labels.csv", index=False)
    assert main(["train", str(folder / "labels.csv"), "--out", str(folder / "m.skops")]) == 0
    return folder / "m.skops"


@pytest.fixture
def options(model: Path) -> list[str]:
    return ["--model", str(model), "--max-megabytes", "1"]


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    folder = tmp_path / "messy"
    folder.mkdir()
    for name in ("张店区", "淄川区"):
        (folder / f"{name}2020.txt").write_text(
            f"{name}2020年工作总结\n新建小学3所。引进项目5个。\n", encoding="gb18030"
        )
    (folder / "坏.docx").write_bytes(b"PK\x03\x04no")
    (folder / "大.txt").write_bytes(b"a" * 2_000_000)
    return folder


def test_a_report_says_what_it_left_out(
    model: Path, messy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report"
    options = ["--model", str(model), "--lang", "en", "--max-megabytes", "1", "--out", str(out)]
    assert main(["report", str(messy), *options]) == 1
    printed = capsys.readouterr()
    last = printed.out.splitlines()[-1]
    assert last == "2 of the files could not be read and are not in this report; documents.csv says why."
    assert f"Could not read {messy / '坏.docx'}: is no Word file" in printed.err
    table = read_table(out / "documents.csv")[["file", "error", "reasons"]].fillna("")
    rows = {Path(row["file"]).name: row for row in table.to_dict("records")}
    assert "has 2 MB, more than the limit of 1 MB" in rows["大.txt"]["error"]
    assert rows["张店区2020.txt"]["error"] == ""
    assert "title “张店区2020年工作总结”" in rows["张店区2020.txt"]["reasons"]


def test_classify_says_what_it_left_out(
    model: Path, messy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "coded.csv"
    options = ["--model", str(model), "--max-megabytes", "1", "--out", str(out)]
    assert main(["classify", str(messy), *options]) == 1
    assert capsys.readouterr().out.splitlines()[-1].endswith("; 2 of the files left out, see above")
    (messy / "坏.docx").unlink()
    (messy / "大.txt").unlink()
    assert main(["classify", str(messy), *options]) == 0
    assert "left out" not in capsys.readouterr().out


def test_classify_into_a_folder_says_what_it_left_out(
    options: list[str], messy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["classify", str(messy), *options, "--workers", "1", "--out", str(tmp_path / "coded")]
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert printed.out.splitlines()[-1].endswith("coded; 2 of the files left out, see above")
    assert "zhuti: left out" in printed.err
    assert "坏.docx: is no Word file" in printed.err


@pytest.mark.parametrize("design", ["audit", "uncertain", "disagreement"])
def test_sample_says_what_it_left_out(
    options: list[str], messy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], design: str
) -> None:
    out = tmp_path / "labels.csv"
    assert main(["sample", str(messy), *options, "--size", "4", "--design", design, "--out", str(out)]) == 1
    printed = capsys.readouterr()
    assert printed.out.splitlines()[-1] == "2 of the files left out, see above"
    assert f"left out {messy / '大.txt'}: has 2 MB, more than the limit of 1 MB" in printed.err
    assert out.is_file()
    (messy / "坏.docx").unlink()
    (messy / "大.txt").unlink()
    assert main(["sample", str(messy), *options, "--size", "4", "--design", design, "--out", str(out)]) == 0
    assert "left out" not in capsys.readouterr().out


OUT = {"report": ["--out", "r"], "sample": ["--size", "2", "--out", "s.csv"], "classify": ["--out", "c.csv"]}


@pytest.mark.parametrize("command", OUT)
def test_where_no_file_can_be_read_nothing_is_written(
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "坏.docx").write_bytes(b"PK\x03\x04no")
    assert main([command, "in", *options, *OUT[command]]) == 2
    printed = capsys.readouterr()
    assert printed.err.splitlines()[-1].startswith("zhuti: in/坏.docx: is no Word file")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("command", [*OUT, "classify into a folder"])
def test_a_row_of_metadata_that_names_no_file_is_one_line(
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in ("张店区", "淄川区"):
        (tmp_path / "in" / f"{name}.txt").write_text("新建小学3所。引进项目5个。\n", encoding="utf-8")
    (tmp_path / "in" / "metadata.csv").write_text("file,year\n张店区.txt,2020\n淄川.txt,2020\n", encoding="utf-8")
    out = OUT.get(command, ["--workers", "1", "--out", "coded"])
    assert main([command.split()[0], "in", *options, *out]) == 0
    lines = [line for line in capsys.readouterr().err.splitlines() if "metadata.csv" in line]
    said = "in/metadata.csv: 1 of its 2 rows name no file that was read: 淄川.txt (did you mean 淄川区.txt?)"
    assert [line.removeprefix("zhuti: ") for line in lines] == [said]
