"""The way of a sample: planned, drawn, written, labelled, read back; and every fault that gets a line."""

import numpy as np
import openpyxl
import pandas as pd
import pytest

from zhuti.errors import TableError
from zhuti.reports import compare, draw_sample, plan_sample, read_audit, write_sample
from zhuti.reports.drawing_lots import choose_for_training
from zhuti.reports.plan_text import render_plan
from zhuti.reports.sample_files import copy_path
from zhuti.reports.term_coding import code_by_terms
from zhuti.seeds import read_codebook

THEMES = ("industry", "livelihood", "urban", "governance", "other")


def corpus(size: int = 200, districts: tuple[str, ...] = ("甲区", "乙区"), seed: int = 0) -> pd.DataFrame:
    """Make a coded corpus; the column `truth` is the theme that a coder would give."""
    rng = np.random.default_rng(seed)
    rows = []
    for district in districts:
        p = rng.dirichlet(np.full(5, 0.4), size)
        truth = np.array([rng.choice(5, p=row) for row in p])
        for n in range(size):
            row = {"sentence_id": f"{district}:{n:04d}", "document": district, "district": district, "year": 2025}
            row |= {"kind": "sentence", "text": f"{district}第{n}句话，推进工作。"}
            row |= {"theme": THEMES[p[n].argmax()], "truth": THEMES[truth[n]]}
            rows.append(row | {f"p_{theme}": p[n, k] for k, theme in enumerate(THEMES)})
    return pd.DataFrame(rows)


def labelled(coded: pd.DataFrame, precision: float = 0.08) -> pd.DataFrame:
    return told(draw_sample(coded, plan_sample(coded, precision=precision)), coded)


def told(sample: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Fill in what a coder would say."""
    truth = coded.set_index("sentence_id")["truth"]
    return sample.assign(theme=truth.loc[sample["sentence_id"]].to_numpy())


def test_plan_says_how_many_and_how_well() -> None:
    coded = corpus()
    plan = plan_sample(coded, precision=0.05)
    assert plan.half_width <= 0.052
    strata = plan.strata
    assert (strata["sample"] <= strata["sentences"]).all()
    assert (strata["inclusion_probability"] * strata["sentences"]).round(6).tolist() == strata["sample"].tolist()
    assert (strata.loc[strata["sentences"] > 1, "sample"] >= 2).all()
    assert plan.gains["half_width"].is_monotonic_decreasing
    assert "每多编码一些" in render_plan(plan)


def test_plan_by_size_uses_it_all() -> None:
    assert plan_sample(corpus(), size=123).groups["sample"].sum() == 123


@pytest.mark.parametrize("size", [1, 3, 7, 400])
def test_plan_by_odd_sizes(size: int) -> None:
    assert plan_sample(corpus(), size=size).groups["sample"].sum() == size


def test_plan_refusals() -> None:
    with pytest.raises(TableError, match=r"either a precision .* or a size"):
        plan_sample(corpus())
    with pytest.raises(TableError, match="there are 400 sentences to label; ask for 1 to 400"):
        plan_sample(corpus(), size=401)


def claimed(coded: pd.DataFrame, power: float) -> pd.DataFrame:
    """Make the probabilities surer than they may be (power over 1), or more timid."""
    names = [f"p_{theme}" for theme in THEMES]
    p = coded[names].to_numpy() ** power
    return coded.assign(**dict(zip(names, (p / p.sum(axis=1, keepdims=True)).T, strict=True)))


@pytest.mark.parametrize(("power", "least", "most"), [(0.25, 0.6, 0.96), (1.0, 0.85, 1.15), (4.0, 1.7, 3.0)])
def test_the_first_labels_tell_how_many_are_needed(power: float, least: float, most: float) -> None:
    coded = claimed(corpus(600), power)
    blind = plan_sample(coded, precision=0.05)
    first = told(draw_sample(coded, blind).head(150), coded)
    first["inclusion_probability"] *= len(first) / blind.groups["sample"].sum()
    plan = plan_sample(coded, precision=0.05, audit=read_audit(first, coded).labels)
    assert least < plan.groups["sample"].sum() / blind.groups["sample"].sum() < most
    assert (blind.labels, plan.labels) == (0, 150)
    realised = []
    for seed in range(1, 6):
        audit = read_audit(told(draw_sample(coded, plan, random_state=seed), coded), coded).labels
        shares = compare(coded, audit=audit, with_terms=False).shares
        realised.append(((shares["high"] - shares["low"]) / 2).groupby(shares["group"]).max().mean())
    assert np.mean(realised) == pytest.approx(plan.groups["half_width"].mean(), rel=0.15)


def test_a_hundred_labels_tell_of_a_hundred_places() -> None:
    coded = claimed(corpus(40, tuple(f"{number}县" for number in range(100))), 4.0)
    blind = plan_sample(coded, size=1000)
    first = told(draw_sample(coded, blind).head(100), coded)
    plan = plan_sample(coded, size=1000, audit=read_audit(first, coded).labels)
    assert plan.labels == 100
    assert plan.half_width > 1.3 * blind.half_width


def test_a_plan_says_what_it_rests_on() -> None:
    coded = corpus()
    plan = plan_sample(coded, precision=0.03)
    assert "label the first 100, and zhuti sample --audit plans by the errors" in render_plan(plan, lang="en")
    few = render_plan(plan_sample(coded, size=50), lang="en")
    assert "Reckoned by the probabilities that the model gives." in few
    assert "label the first" not in few
    labels = read_audit(labelled(coded), coded).labels
    plan = plan_sample(coded, precision=0.03, audit=labels)
    assert f"Reckoned by the errors that {len(labels)} labels show." in render_plan(plan, lang="en")


def test_labels_that_tell_of_no_error_change_no_plan() -> None:
    coded = corpus()
    blind = plan_sample(coded, size=80)
    one = labelled(coded).groupby("district").head(1)
    whole = coded[coded["district"] == "甲区"].assign(label=lambda table: table["truth"], inclusion_probability=1.0)
    for audit in (read_audit(one, coded).labels, whole[["sentence_id", "label", "inclusion_probability"]]):
        plan = plan_sample(coded, size=80, audit=audit)
        assert plan.labels == 0
        assert plan.strata.equals(blind.strata)


def test_first_labels_of_documents_that_the_model_knows_are_refused() -> None:
    coded = corpus()
    card = {"document_counts": {"甲区": {"truth": [1] * 5, "predicted": [1] * 5}}}
    with pytest.raises(TableError, match="learned from 1 audited documents, such as 甲区"):
        plan_sample(coded, size=80, audit=read_audit(labelled(coded), coded).labels, card=card)


def test_drawing_is_repeatable_and_by_chance() -> None:
    coded = corpus()
    plan = plan_sample(coded, size=80)
    one, same, other = (draw_sample(coded, plan, random_state=seed)["sentence_id"].tolist() for seed in (0, 0, 1))
    assert one == same != other
    assert sorted(one) != one


def test_audit_gives_intervals_that_hold() -> None:
    held = []
    for seed in range(8):
        coded = corpus(seed=seed)
        audit = read_audit(labelled(coded), coded)
        shares = compare(coded, audit=audit.labels, with_terms=False).shares.set_index(["group", "theme"])
        truth = coded[coded["truth"] != "other"].groupby("district")["truth"].value_counts(normalize=True)
        held += [shares.loc[key, "low"] <= value <= shares.loc[key, "high"] for key, value in truth.items()]
        assert set(shares["method"]) == {"audited"}
    assert np.mean(held) > 0.85


def test_an_excel_file_comes_back_as_it_went(tmp_path) -> None:  # type: ignore[no-untyped-def]
    coded, path = corpus(), tmp_path / "labels.xlsx"
    sample = draw_sample(coded, plan_sample(coded, size=60))
    write_sample(sample, path, read_codebook())
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    hidden = {
        heads[openpyxl.utils.column_index_from_string(letter) - 1]
        for letter, d in sheet.column_dimensions.items()
        if d.hidden
    }
    assert hidden == {"predicted", "inclusion_probability", "design"}
    assert next(rule.formula1 for rule in sheet.data_validations.dataValidation) == "lists!$A$1:$A$5"
    assert book.sheetnames == ["编码", "编码手册", "lists"]
    truth = coded.set_index("sentence_id")["truth"]
    for row in sheet.iter_rows(min_row=2):
        row[heads.index("theme")].value = read_codebook().label(truth[row[heads.index("sentence_id")].value])
    book.save(path)
    labels = read_audit(path, coded).labels
    assert len(labels) == 60
    assert labels.set_index("sentence_id")["label"].to_dict() == truth.loc[labels["sentence_id"]].to_dict()
    assert labels["inclusion_probability"].tolist() == pytest.approx(sample["inclusion_probability"].tolist())


def test_coders_stay_blind_in_csv(tmp_path) -> None:  # type: ignore[no-untyped-def]
    coded = corpus()
    sample = draw_sample(coded, plan_sample(coded, size=30))
    write_sample(sample, tmp_path / "a.csv", read_codebook())
    assert "predicted" not in (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    with pytest.raises(TableError, match=r"a sample ends in \.xlsx, \.csv, \.jsonl"):
        write_sample(sample, tmp_path / "a.txt", read_codebook())


def test_the_same_excel_file_has_the_same_bytes(tmp_path) -> None:  # type: ignore[no-untyped-def]
    coded = corpus(60)
    sample = draw_sample(coded, plan_sample(coded, size=20))
    for name in ("a.xlsx", "b.xlsx"):
        write_sample(sample, tmp_path / name, read_codebook())
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert copy_path(tmp_path / "a.xlsx").name == "a-2.xlsx"


def first(table: pd.DataFrame, **cells: object) -> pd.DataFrame:
    """Change cells of the first row."""
    return table.assign(**{name: [value, *table[name][1:]] for name, value in cells.items()})


def contradicted(table: pd.DataFrame) -> pd.DataFrame:
    other = "urban" if table["theme"].iloc[0] == "other" else "other"
    return pd.concat([table, table.head(1).assign(theme=other)])


FAULTS = [
    (lambda t: first(t, theme="农业"), "row 2: theme '农业' is not in the codebook"),
    (lambda t: first(t, text="别的话"), "row 2 has another text than the corpus"),
    (lambda t: first(t, sentence_id=""), "row 2 has no sentence_id"),
    (lambda t: first(t, sentence_id="丙区:1"), "row 2: names the sentence 丙区:1, which is not in this corpus"),
    (contradicted, "row 2 codes a sentence that another row codes otherwise"),
    (lambda t: t.drop(columns="inclusion_probability"), "needs the column inclusion_probability"),
    (lambda t: first(t, inclusion_probability=None), "row 2 has no inclusion_probability"),
    (lambda t: t.assign(subtheme="education", theme="urban"), "the subtheme education is not one of the theme urban"),
    (lambda t: t.assign(design="uncertain"), "REFUSED as an audit"),
    (lambda t: t.assign(design="disagreement"), "REFUSED as an audit"),
    (lambda t: t.assign(theme=""), "no row is labelled yet"),
]


@pytest.mark.parametrize(("change", "words"), FAULTS)
def test_each_fault_has_its_line(change, words: str) -> None:  # type: ignore[no-untyped-def]
    coded = corpus()
    with pytest.raises(TableError) as caught:
        read_audit(change(labelled(coded)), coded)
    assert any(words in line for line in str(caught.value).splitlines())


def test_several_faults_are_all_told() -> None:
    coded = corpus()
    table = labelled(coded)
    table.loc[0, "theme"], table.loc[1, "text"], table.loc[2, "sentence_id"] = "农业", "别的", "x:1"
    with pytest.raises(TableError) as caught:
        read_audit(table, coded)
    assert len(str(caught.value).splitlines()) >= 3


def test_half_done_is_a_chance_sample_too() -> None:
    coded = corpus()
    table = labelled(coded)
    half = len(table) // 2
    table.loc[half:, "theme"] = ""
    audit = read_audit(table, coded)
    assert len(audit.labels) == half
    assert audit.labels["inclusion_probability"].tolist() == pytest.approx(
        (table["inclusion_probability"][:half] * half / len(table)).tolist()
    )
    assert "rows are not labelled yet" in audit.notes[0]
    assert not any("skipped" in note for note in audit.notes)


def test_skipping_and_doubling_are_told() -> None:
    coded = corpus()
    table = labelled(coded)
    table.loc[3, "theme"] = ""
    table = pd.concat([table, table.head(1)])
    notes = "\n".join(read_audit(table, coded).notes)
    assert "1 rows between labelled ones were skipped" in notes
    assert "repeats a sentence with the same label" in notes


def test_a_model_that_learned_from_the_documents_is_refused() -> None:
    coded = corpus()
    card = {"document_counts": {"甲区": {"truth": [1] * 5, "predicted": [1] * 5}}}
    with pytest.raises(TableError, match="learned from 1 audited documents, such as 甲区"):
        compare(coded, audit=read_audit(labelled(coded), coded).labels, card=card)


def test_sentences_for_training_are_the_doubtful_ones() -> None:
    coded = corpus()
    chosen = choose_for_training(coded, 10, design="uncertain")
    margins = np.sort(coded[[f"p_{t}" for t in THEMES]].to_numpy(), axis=1)
    doubt = pd.Series(margins[:, -1] - margins[:, -2], index=coded["sentence_id"])
    assert set(chosen["sentence_id"]) == set(doubt.nsmallest(10).index)
    assert chosen["inclusion_probability"].isna().all()
    with pytest.raises(TableError, match="disagreement with a second coding"):
        choose_for_training(coded, 10, design="disagreement")


def test_disagreement_with_the_terms_of_the_codebook() -> None:
    coded = corpus(20).assign(
        text="新建幼儿园和小学。", p_industry=0.96, p_livelihood=0.01, p_urban=0.01, p_governance=0.01, p_other=0.01
    )
    coded.loc[1:, "text"] = [f"第{n}句没有词。" for n in range(len(coded) - 1)]
    other = code_by_terms(coded, read_codebook())
    assert other.loc[0, "p_livelihood"] > 0.5
    assert choose_for_training(coded, 1, design="disagreement", other=other)["text"].tolist() == ["新建幼儿园和小学。"]


@pytest.mark.parametrize("precision", [0.0, -0.1, 3.0])
def test_a_precision_that_is_none_is_refused(precision: float) -> None:
    with pytest.raises(TableError, match="the half-width of an interval is over 0 and below 1"):
        plan_sample(corpus(), precision=precision)


def test_a_plan_by_two_columns_can_be_drawn() -> None:
    coded = corpus()
    plan = plan_sample(coded, by=["district", "year"], size=40)
    assert plan.by == "district,year"
    assert len(draw_sample(coded, plan)) == 40
    with pytest.raises(TableError, match="lacks the column place"):
        plan_sample(coded, by="place", size=40)
