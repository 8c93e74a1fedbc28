"""From `zhuti sample` to `zhuti report --audit`, as a user goes it."""

from pathlib import Path

import pandas as pd
import pytest

from zhuti.commands import main
from zhuti.features import read_table, write_table
from zhuti.seeds import seed_path

SEED = str(seed_path("documents"))


def test_round_trip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = tmp_path / "labels.csv"
    assert main(["sample", SEED, "--precision", "0.1", "--out", str(labels)]) == 0
    shown = capsys.readouterr().out
    assert "张店区" in shown
    assert "每多编码一些" in shown
    assert (tmp_path / "labels-2.csv").is_file()
    table = read_table(labels)
    assert {"theme", "inclusion_probability", "before", "order"} <= set(table)
    assert "predicted" not in table
    write_table(table.assign(theme="产业发展"), labels)
    out = tmp_path / "report"
    assert main(["report", SEED, "--audit", str(labels), "--out", str(out)]) == 0
    shares = pd.read_csv(out / "shares.csv").set_index(["group", "theme"])
    assert set(shares["method"]) == {"audited"}
    assert (shares.xs("industry", level="theme")["share"] > 0.8).all()


def test_the_first_labels_plan_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, rest = tmp_path / "first.csv", tmp_path / "rest.csv"
    assert main(["sample", SEED, "--size", "30", "--lang", "en", "--out", str(first)]) == 0
    assert "Reckoned by the probabilities that the model gives" in capsys.readouterr().out
    table = read_table(first)
    table.loc[:24, "theme"] = "产业发展"
    write_table(table, first)
    options = ["--precision", "0.1", "--lang", "en", "--audit", str(first)]
    assert main(["sample", SEED, *options, "--out", str(rest)]) == 0
    shown = capsys.readouterr()
    assert "Reckoned by the errors that 25 labels show." in shown.out
    assert "5 of 30 rows are not labelled yet" in shown.err
    for out, words in ((first, "would write over the labels"), (tmp_path / "x.txt", "a sample ends in .xlsx")):
        assert main(["sample", SEED, *options, "--out", str(out)]) == 2
        assert words in capsys.readouterr().err
    assert (read_table(first)["theme"] == "产业发展").sum() == 25
    chosen = ["--design", "uncertain", "--size", "5", "--audit", str(first), "--out", str(rest)]
    assert main(["sample", SEED, *chosen]) == 2
    assert "it says nothing of what --design uncertain chooses" in capsys.readouterr().err


def test_a_training_sample_is_refused_as_an_audit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = tmp_path / "train.csv"
    assert main(["sample", SEED, "--design", "uncertain", "--size", "8", "--double", "0", "--out", str(labels)]) == 0
    assert not (tmp_path / "train-2.csv").exists()
    write_table(read_table(labels).assign(theme="urban"), labels)
    capsys.readouterr()
    assert main(["report", SEED, "--audit", str(labels), "--out", str(tmp_path / "report")]) == 2
    assert "REFUSED as an audit" in capsys.readouterr().err
    assert not (tmp_path / "report").exists()


def test_each_fault_of_an_audit_is_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = tmp_path / "labels.csv"
    assert main(["sample", SEED, "--size", "20", "--out", str(labels)]) == 0
    table = read_table(labels).assign(theme="urban")
    table.loc[0, "theme"], table.loc[1, "text"], table.loc[2, "sentence_id"] = "农业", "改了", "x:1"
    write_table(table, labels)
    capsys.readouterr()
    assert main(["report", SEED, "--audit", str(labels), "--out", str(tmp_path / "report")]) == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("zhuti: labels.csv: row")]
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--out", "a.csv"], "give either --precision 0.03"),
        (["--size", "5", "--precision", "0.1", "--out", "a.csv"], "give either --precision 0.03"),
        (["--size", "5", "--out", "a.txt"], "a sample ends in .xlsx, .csv or .jsonl"),
        (["--precision", "0.1", "--design", "uncertain", "--out", "a.csv"], "--design uncertain needs --size"),
        (["--size", "5000", "--out", "a.csv"], "there are 53 sentences to label"),
    ],
)
def test_refusals(options: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", SEED, *options]) == 2
    assert words in capsys.readouterr().err
