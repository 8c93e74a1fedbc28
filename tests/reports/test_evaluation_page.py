"""An evaluation in the terminal, as JSON, and as a page with charts; and the command that makes them."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from zhuti.commands import main
from zhuti.models import Evaluation, evaluate, read_labels
from zhuti.reports import render_evaluation, write_evaluation

PATTERNS = {
    "livelihood": ["新建小学{}所。", "引进教师{}名。", "新建医院{}所。", "引进医生{}名。"],
    "industry": ["引进项目{}个。", "园区签约{}家。", "培育产业集群{}个。", "钢铁产量{}万吨。"],
}


def table(documents: int = 8) -> pd.DataFrame:
    rows = [
        (f"d{number}", pattern.format(number * 3 + 2), theme)
        for number in range(documents)
        for theme, patterns in PATTERNS.items()
        for pattern in patterns
    ]
    found = pd.DataFrame(rows, columns=["document", "text", "theme"])
    found.loc[3, "text"] = "引进项目<script>alert(1)</script>&三个。"
    return found


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return evaluate(read_labels(table()), classifiers=("bayes", "context", "dictionary"), folds=4, curve=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_whole_and_safe(found: Evaluation, tmp_path: Path, lang: str) -> None:
    page = write_evaluation(found, tmp_path / "out", lang=lang)  # type: ignore[arg-type]
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "default-src &#39;none&#39;" in html
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)
    assert "{" not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    charts = {path.name for path in (tmp_path / "out" / "charts").iterdir()}
    for name in ("scores", "comparisons", "per_theme", "confusion", "calibration", "learning_curve"):
        assert {f"{name}.png", f"{name}.svg"} <= charts
        assert html.count(f'id="{name}-n-') and html.count(f'id="{name}-w-')  # noqa: PT018


def test_numbers_of_the_page_are_cells_of_the_tables(found: Evaluation, tmp_path: Path) -> None:
    html = write_evaluation(found, tmp_path / "out").read_text(encoding="utf-8")
    scores = pd.read_csv(tmp_path / "out" / "scores.csv")
    for value in scores.loc[scores["measure"] == "macro_f1", "value"]:
        assert f"{value:.3f}" in html
    errors = pd.read_csv(tmp_path / "out" / "errors.csv")
    assert {"text", "truth", "predicted", "probability", "terms"} <= set(errors)


def test_the_same_evaluation_gives_the_same_bytes(found: Evaluation, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_evaluation(found, tmp_path / name)
    for path in (tmp_path / "a").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes(), path


def test_the_terminal_tells_the_best_and_the_json_all(found: Evaluation) -> None:
    text = render_evaluation(found, lang="en")
    assert "has the highest macro-F1" in text
    assert "p (Holm)" in text
    data = json.loads(render_evaluation(found, as_json=True))
    assert data["best"] == found.best
    assert {"scores", "per_theme", "confusion", "calibration", "comparisons", "learning_curve", "errors"} <= set(data)


def test_the_command_prints_json_alone_and_writes_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table().to_csv(tmp_path / "labels.csv", index=False)
    out = tmp_path / "out"
    assert main(["evaluate", str(tmp_path / "labels.csv"), "--json", "--out", str(out), "--classifiers", "bayes"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["costs"][0]["train_seconds"] > 0
    assert (out / "evaluation.html").is_file()
    assert (out / "costs.csv").is_file()


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        ({"columns": ["document", "text"]}, [], "labels need the columns text and theme; there are document, text"),
        ({}, ["--groups", "district_name"], "--groups district_name: there is no such column; the labels have"),
        ({}, ["--classifiers", "forest"], "classifier 'forest' is not known; there are dictionary"),
        ({"index": range(4)}, [], "all 4 rows have the same document"),
    ],
)
def test_what_cannot_be_evaluated_is_refused_in_one_line(
    change: dict[str, object], options: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table().reindex(**change).to_csv(tmp_path / "labels.csv", index=False)  # type: ignore[arg-type]
    assert main(["evaluate", str(tmp_path / "labels.csv"), "--quick", *options]) == 2
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert words in said


def test_a_flat_codebook_of_seven_themes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["交通", "教育", "医疗", "住房", "环保", "治安", "社保"]
    lines = ['id = "departments"', 'version = "1"', 'title = { zh = "部门" }']
    lines += [f'[[themes]]\nid = "{name}"' for name in names]
    (tmp_path / "book.toml").write_text("\n".join(lines), encoding="utf-8")
    rows = [{"text": f"{name}问题反映第{k}次。", "theme": name} for name in names for k in range(6)]
    pd.DataFrame(rows).to_csv(tmp_path / "labels.csv", index=False)
    options = ["--codebook", str(tmp_path / "book.toml"), "--quick", "--out", str(tmp_path / "out")]
    assert main(["evaluate", str(tmp_path / "labels.csv"), *options]) == 0
    said = capsys.readouterr().out
    assert "没有 document 列" in said
    assert "治安" in said
