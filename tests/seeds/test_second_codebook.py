"""A user's own codebook works wherever one is used: seven departments in a flat list, and lists of other depth."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from openpyxl import load_workbook
from pandas.testing import assert_frame_equal

import zhuti
from zhuti.commands import main
from zhuti.features import read_table, write_table
from zhuti.seeds import Codebook, read_codebook

HERE = Path(__file__).parent / "messages"
BOOK, MESSAGES = HERE / "departments.toml", HERE / "messages.csv"
DEPARTMENTS = ("城乡建设", "环境保护", "交通运输", "教育文体", "劳动和社会保障", "商贸旅游", "卫生计生")
# By chance one message of seven would be right; a department's own words give far more.
LEAST = 0.45


@pytest.fixture(scope="module")
def book() -> Codebook:
    return read_codebook(BOOK)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "departments.skops"
    assert main(["train", str(MESSAGES), "--codebook", str(BOOK), "--out", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def report(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "report"
    assert main(["report", str(MESSAGES), "--model", str(model), "--out", str(out)]) == 0
    return out


def test_the_messages_are_enough_and_each_stands_once() -> None:
    table = read_table(MESSAGES)
    assert set(table["theme"]) == set(DEPARTMENTS)
    assert table["theme"].value_counts().min() >= 20
    assert table["text"].is_unique
    assert table["text"].str[:8].is_unique


def test_check_finds_only_that_nothing_is_left_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "check", str(BOOK)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "other: no theme is named for units without a policy object; such units will be forced into one",
        "departments 1.0: 1 fault",
    ]


def test_check_with_a_model_reads_examples_and_counterexamples(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = BOOK.read_text(encoding="utf-8")
    path = tmp_path / "wrong.toml"
    path.write_text(
        text.replace('examples = ["医院挂不上号。"]', 'examples = ["工厂废水排进河里。"]'), encoding="utf-8"
    )
    assert main(["codebook", "check", str(path), "--model", str(model)]) == 1
    assert "卫生计生: the classifier codes its example “工厂废水排进河里。” as 环境保护" in capsys.readouterr().out
    path.write_text(
        text.replace('counterexamples = ["医院不给退费。"]', 'counterexamples = ["超市商家拒绝退货。"]'),
        encoding="utf-8",
    )
    assert main(["codebook", "check", str(path), "--model", str(model)]) == 1
    assert (
        "商贸旅游: the classifier codes its counterexample “超市商家拒绝退货。” as 商贸旅游" in capsys.readouterr().out
    )


def test_show_names_every_department(book: Codebook, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "show", str(BOOK), "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert all(f"{name}  {book.label(name, 'en')}" in shown for name in DEPARTMENTS)


@pytest.mark.parametrize("ending", ["md", "html", "qdc"])
def test_export_writes_every_department(ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"manual.{ending}"
    assert main(["codebook", "export", str(BOOK), "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert all(name in text for name in DEPARTMENTS)
    if ending == "qdc":
        space = "{urn:QDA-XML:codebook:1.0}"
        codes = list(ElementTree.fromstring(text.encode()).iter(f"{space}Code"))
        assert [code.get("name") for code in codes] == list(DEPARTMENTS)


def test_the_trained_model_keeps_the_codebook(model: Path, book: Codebook, capsys: pytest.CaptureFixture[str]) -> None:
    assert zhuti.load_model(model).codebook == book
    assert main(["model", "show", str(model)]) == 0
    assert "departments 1.0" in capsys.readouterr().out


def test_evaluate_compares_classifiers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["evaluate", str(MESSAGES), "--codebook", str(BOOK), "--classifiers", "context,dictionary,bayes"]
    assert main([*command, "--folds", "3", "--out", str(tmp_path / "evaluation")]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in ("context", "dictionary", "bayes", *DEPARTMENTS))
    assert {path.suffix for path in (tmp_path / "evaluation").rglob("*")} >= {".csv", ".html", ".png"}


def test_most_messages_reach_their_department(book: Codebook) -> None:
    labels = zhuti.read_labels(MESSAGES, book)
    found = zhuti.evaluate(labels, codebook=book, classifiers=("context",), folds=4)
    scores = found.scores.set_index(["classifier", "measure"])["value"]
    assert scores["context", "accuracy"] >= LEAST
    assert set(found.per_theme["theme"]) == set(DEPARTMENTS)


def test_classify_codes_a_table_with_departments(model: Path, tmp_path: Path) -> None:
    out = tmp_path / "coded.csv"
    rows = pd.DataFrame({"text": ["孩子的学籍转不过来。", "老板拖欠工资。", "河水又黑又臭。"]})
    write_table(rows, tmp_path / "rows.csv")
    assert main(["classify", str(tmp_path / "rows.csv"), "--model", str(model), "--out", str(out)]) == 0
    coded = read_table(out)
    assert coded["theme"].tolist() == ["教育文体", "劳动和社会保障", "环境保护"]
    assert coded["theme"].tolist() == coded["subtheme"].tolist()


def test_the_report_shows_seven_shares_a_district_and_its_charts(report: Path) -> None:
    shares = read_table(report / "shares.csv")
    assert set(shares["theme"]) == set(DEPARTMENTS)
    for _, rows in shares.groupby("group"):
        assert pd.to_numeric(rows["share"]).sum() == pytest.approx(1, abs=1e-4)
    page = (report / "report.html").read_text(encoding="utf-8")
    assert all(name in page for name in DEPARTMENTS)
    assert {"shares.png", "shares.svg", "differences.png"} <= {path.name for path in (report / "charts").iterdir()}
    assert all(name in (report / "charts" / "shares.svg").read_text(encoding="utf-8") for name in DEPARTMENTS)


def test_sample_agree_and_audit_know_the_departments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample, second = tmp_path / "labels.csv", tmp_path / "labels-2.csv"
    table, model = read_table(MESSAGES), tmp_path / "half.skops"
    write_table(table[:70], tmp_path / "learned.csv")
    write_table(table[70:].drop(columns="theme"), tmp_path / "new.csv")
    assert main(["train", str(tmp_path / "learned.csv"), "--codebook", str(BOOK), "--out", str(model)]) == 0
    assert main(["report", str(tmp_path / "new.csv"), "--model", str(model), "--out", str(tmp_path / "report")]) == 0
    command = ["sample", str(tmp_path / "report" / "sentences.csv"), "--model", str(model), "--size", "50", "--out"]
    assert main([*command, str(tmp_path / "labels.xlsx")]) == 0
    lists = load_workbook(tmp_path / "labels.xlsx")["lists"]
    assert tuple(row[0] for row in lists.iter_rows(values_only=True)) == DEPARTMENTS
    assert main([*command, str(sample)]) == 0
    drawn = read_table(sample)
    assert list(drawn["theme"].unique()) == [""]
    drawn["theme"] = drawn["text"].map(table.set_index("text")["theme"])
    write_table(drawn, sample)
    write_table(drawn.assign(theme=[DEPARTMENTS[-1], *drawn["theme"][1:]]), second)
    capsys.readouterr()
    assert main(["agree", str(sample), str(second), "--codebook", str(BOOK)]) == 0
    compared = capsys.readouterr().out
    assert all(name in compared for name in set(drawn["theme"]))
    command = ["report", str(tmp_path / "new.csv"), "--model", str(model), "--audit", str(sample)]
    assert main([*command, "--out", str(tmp_path / "audited")]) == 0
    shares = read_table(tmp_path / "audited" / "shares.csv")
    assert set(shares["theme"]) == set(DEPARTMENTS)
    assert set(shares["method"]) != {""}


def test_compare_takes_the_codebook_of_the_model(model: Path) -> None:
    trained = zhuti.load_model(model)
    coded = zhuti.classify(read_table(MESSAGES), trained)
    compared = zhuti.compare(coded, by="district", codebook=trained.codebook, card=trained.card)
    assert compared.themes == DEPARTMENTS
    again = zhuti.compare(coded, by="district", codebook=trained.codebook, card=trained.card)
    assert_frame_equal(compared.shares, again.shares)


DEEP = """
format = 1
id = "deep"
version = "2"
title = {{ zh = "留言大类" }}
themes = [{themes}]
"""


def _with_three_themes() -> str:
    """Three themes with the departments below them, one of them two levels down."""
    leaf = "{{ id = '{0}' }}".format
    below = {
        "建设": f"{leaf('城乡建设')}, {{ id = '管护', subthemes = [{leaf('环境保护')}, {leaf('交通运输')}] }}",
        "民生": ", ".join(map(leaf, ("教育文体", "劳动和社会保障", "卫生计生"))),
        "市场": leaf("商贸旅游"),
    }
    themes = ", ".join(
        f"{{ id = '{theme}', definition = {{ zh = '{theme}' }}, subthemes = [{codes}] }}"
        for theme, codes in below.items()
    )
    return DEEP.format(themes=themes)


def _with_21_themes() -> str:
    """Return 21 themes under no other: each department cut in three by the district that the message came from."""
    places = ("松澜区", "榆渚区", "汀阳县")
    names = [f"{department}-{place}" for department in DEPARTMENTS for place in places]
    return DEEP.format(themes=", ".join(f"{{ id = '{name}', definition = {{ zh = '{name}' }} }}" for name in names))


@pytest.mark.parametrize(("written", "n_themes", "n_codes"), [(_with_three_themes, 3, 7), (_with_21_themes, 21, 21)])
def test_a_codebook_of_other_depth_is_checked_trained_and_reported(
    written: Callable[[], str], n_themes: int, n_codes: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, table = tmp_path / "book.toml", read_table(MESSAGES)
    path.write_text(written(), encoding="utf-8")
    book = read_codebook(path)
    assert (len(book.theme_ids), len(book.subtheme_ids)) == (n_themes, n_codes)
    flat = n_themes == n_codes
    labels = table["theme"] + ("-" + table["district"] if flat else "")
    write_table(
        table.drop(columns="theme").assign(**{"theme" if flat else "subtheme": labels}), tmp_path / "labels.csv"
    )
    assert main(["codebook", "check", str(path)]) == 1
    assert "says nothing of what it leaves out" in capsys.readouterr().out
    model = tmp_path / "model.skops"
    assert main(["train", str(tmp_path / "labels.csv"), "--codebook", str(path), "--out", str(model)]) == 0
    coded = tmp_path / "coded.csv"
    assert main(["classify", str(MESSAGES), "--model", str(model), "--out", str(coded)]) == 0
    found = read_table(coded)
    assert (found["subtheme"].map(book.parents) == found["theme"]).all()
    assert (found["subtheme"] == labels).mean() >= LEAST
    assert main(["report", str(MESSAGES), "--model", str(model), "--out", str(tmp_path / "report")]) == 0
    shares = read_table(tmp_path / "report" / "shares.csv")
    assert set(shares["theme"]) == set(book.theme_ids)
    assert (tmp_path / "report" / "charts" / "shares.png").stat().st_size > 0
