"""The command line, as a user meets it: what it prints, what it writes, and how it refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from zhuti.commands import COMMANDS, main
from zhuti.features import read_table
from zhuti.seeds import seed_path

SEED = next(seed_path("documents").glob("*.txt"))


def refused(capsys: pytest.CaptureFixture[str], *args: str | Path) -> str:
    """Run a command that must be refused with code 2, and return its one line on stderr."""
    assert main([str(arg) for arg in args]) == 2
    captured = capsys.readouterr()
    lines = [line for line in captured.err.splitlines() if line.startswith("zhuti:")]
    assert len(lines) == 1
    assert "Traceback" not in captured.err
    return lines[0]


def test_help_names_every_command() -> None:
    done = subprocess.run([sys.executable, "-m", "zhuti", "--help"], capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert "Usage: zhuti" in capsys.readouterr().out


def test_an_unknown_command_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no command 'repor'; there are report, classify" in refused(capsys, "repor")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("seed") / "report"
    assert main(["report", "--out", str(out)]) == 0
    return out


def test_the_seed_report_is_complete(report: Path) -> None:
    names = {path.relative_to(report).as_posix() for path in report.rglob("*") if path.is_file()}
    wanted = {"report.html", "sentences.csv", "shares.csv", "terms.csv", "run.json", "documents.csv"}
    assert wanted | {f"charts/{c}.{e}" for c in ("shares", "differences") for e in ("png", "svg")} <= names
    shares = read_table(report / "shares.csv")
    assert set(shares["group"]) == {"张店区", "淄川区"}
    assert set(shares["theme"]) == {"industry", "livelihood", "urban", "governance"}
    for _, rows in shares.groupby("group"):
        assert pd.to_numeric(rows["share"]).sum() == pytest.approx(1, abs=1e-5)
    assert (pd.to_numeric(shares["low"]) < pd.to_numeric(shares["high"])).all()


def test_the_same_input_gives_the_same_bytes(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "again"
    assert main(["report", "--out", str(out)]) == 0
    for path in sorted(report.rglob("*")):
        if path.suffix in {".csv", ".json", ".svg"}:
            assert path.read_bytes() == (out / path.relative_to(report)).read_bytes(), path.name


def test_run_json_holds_no_path_and_no_time(report: Path) -> None:
    text = (report / "run.json").read_text(encoding="utf-8")
    json.loads(text)
    assert str(report.parent) not in text
    assert str(SEED.parent) not in text


def test_a_table_is_coded_row_by_row(tmp_path: Path) -> None:
    rows = pd.DataFrame({"id": ["7", "3", "9"], "text": ["新建小学两所。", "打通断头路3条。", "新建小学两所。"]})
    rows.to_csv(tmp_path / "rows.csv", index=False)
    assert main(["classify", str(tmp_path / "rows.csv"), "--out", str(tmp_path / "coded.csv")]) == 0
    coded = read_table(tmp_path / "coded.csv")
    assert coded["id"].tolist() == ["7", "3", "9"]
    assert coded["theme"].tolist() == ["livelihood", "urban", "livelihood"]
    assert coded["subtheme"].tolist()[:2] == ["education", "transport"]
    assert {"secondary", "probability", "p_industry", "p_other"} <= set(coded)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_documents_are_split_and_coded(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"coded.{ending}"
    assert main(["classify", str(SEED), "--out", str(out)]) == 0
    coded = read_table(out)
    assert len(coded) == 57
    assert coded["district"].nunique() == 2


def test_training_evaluating_and_using_a_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = pd.DataFrame(
        {
            "text": ["新建小学两所。", "扩建中学一所。", "打通断头路三条。", "改造主干道四条。"] * 4,
            "theme": ["livelihood", "livelihood", "urban", "urban"] * 4,
            "document": [f"d{n // 4}" for n in range(16)],
        }
    )
    labels.to_csv(tmp_path / "labels.csv", index=False)
    model = tmp_path / "mine.skops"
    assert main(["train", str(tmp_path / "labels.csv"), "--out", str(model)]) == 0
    assert main(["evaluate", str(tmp_path / "labels.csv"), "--model", str(model), "--json"]) == 0
    assert main(["classify", str(SEED), "--model", str(model), "--out", str(tmp_path / "c.csv")]) == 0
    assert set(read_table(tmp_path / "c.csv")["theme"]) <= {"livelihood", "urban"}
    capsys.readouterr()
    assert main(["model", "show", str(model)]) == 0
    assert "16" in capsys.readouterr().out


def test_unusable_input_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "notext.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "labels.csv").write_text("text,theme\n新建小学。,经济\n", encoding="utf-8")
    (tmp_path / "model.skops").write_bytes(b"PK nothing of ours")
    out = tmp_path / "out"
    cases = [
        ("report", tmp_path / "gone.txt", "no such file or folder"),
        ("report", tmp_path / "folder", "holds no file"),
        ("report", tmp_path / "empty.txt", "is empty"),
        ("report", tmp_path / "binary.txt", "binary.txt"),
        ("report", tmp_path / "notext.csv", "lacks the column text; it has a, b"),
    ]
    for command, path, words in cases:
        assert words in refused(capsys, command, path, "--out", out)
        assert not out.exists()
    assert "lacks the column text" in refused(capsys, "classify", tmp_path / "notext.csv", "--out", tmp_path / "c.csv")
    assert "经济" in refused(capsys, "train", tmp_path / "labels.csv", "--out", tmp_path / "m.skops")
    assert "经济" in refused(capsys, "evaluate", tmp_path / "labels.csv")
    assert "model.skops" in refused(
        capsys, "classify", SEED, "--model", tmp_path / "model.skops", "--out", tmp_path / "c.csv"
    )
    assert "the ending says the format" in refused(capsys, "classify", SEED, "--out", tmp_path / "c.doc")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "binary.txt", "empty.txt", "folder", "labels.csv", "model.skops", "notext.csv",
    ]  # fmt: skip


def test_a_one_sentence_document_is_reported_on(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("打通断头路三条。", encoding="utf-8")
    assert main(["report", str(tmp_path / "one.txt"), "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    assert (tmp_path / "out" / "report.html").is_file()


def test_what_could_not_be_read_is_said_at_the_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("泉坪县打通断头路三条。新建小学两所。", encoding="utf-8")
    (tmp_path / "texts" / "b.txt").write_bytes(b"")
    assert main(["report", str(tmp_path / "texts"), "--out", str(tmp_path / "out")]) == 1
    captured = capsys.readouterr()
    assert "b.txt" in captured.out + captured.err
