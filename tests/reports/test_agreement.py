"""Agreement of coders: against the krippendorff package, by hand, and what is refused."""

import krippendorff
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from zhuti.commands.agree import command
from zhuti.errors import CodebookError, TableError
from zhuti.reports.agreement import agreement, cohen_kappa, krippendorff_alpha, percent_agreement
from zhuti.reports.agreement_text import read_codings

THEMES = ["industry", "livelihood", "urban", "governance", "other"]


def coding(themes: list[str]) -> pd.DataFrame:
    ids = [f"d:{n:04d}" for n in range(len(themes))]
    return pd.DataFrame({"sentence_id": ids, "text": [f"句子{n}" for n in range(len(themes))], "theme": themes})


@pytest.mark.parametrize("coders", [2, 4])
def test_alpha_equals_the_package(coders: int) -> None:
    rng = np.random.default_rng(coders)
    for _ in range(20):
        truth = rng.integers(0, 5, 40)
        values = np.where(rng.random((40, coders)) < 0.8, truth[:, None], rng.integers(0, 5, (40, coders)))
        values[rng.random(values.shape) < 0.2] = -1
        theirs = krippendorff.alpha(np.where(values < 0, np.nan, values).T, level_of_measurement="nominal")
        assert krippendorff_alpha(values, 5)[0] == pytest.approx(theirs, abs=1e-12)


def test_kappa_and_percent_by_hand() -> None:
    # Cohen (1960): 2 × 2 table with 20, 5, 10, 15.
    values = np.repeat([[0, 0], [0, 1], [1, 0], [1, 1]], [20, 5, 10, 15], axis=0)
    assert percent_agreement(values, 2)[0] == pytest.approx(0.7)
    assert cohen_kappa(values, 2)[0] == pytest.approx(0.4)


def test_perfect_agreement_is_not_certain() -> None:
    same = coding(THEMES * 10)
    scores = agreement({"a": same, "b": same}).scores.iloc[0]
    assert scores["alpha"] == pytest.approx(1.0)
    assert 0.8 < scores["alpha_low"] < 1.0
    assert scores["alpha_high"] == 1.0


def test_themes_disagreements_and_confusion() -> None:
    found = agreement({"a": coding(THEMES * 8), "b": coding(["urban", *(THEMES * 8)[1:]])})
    assert found.scores["theme"].tolist() == ["", *THEMES]
    assert found.disagreements[["sentence_id", "a", "b"]].to_numpy().tolist() == [["d:0000", "industry", "urban"]]
    confused = found.confusion[found.confusion["theme_a"] != found.confusion["theme_b"]]
    assert confused[["theme_a", "theme_b", "count"]].to_numpy().tolist() == [["industry", "urban", 1]]
    assert (
        (found.scores["alpha_low"] <= found.scores["alpha"]) & (found.scores["alpha"] <= found.scores["alpha_high"])
    ).all()


def test_names_of_themes_are_codes_too_and_blanks_are_missing() -> None:
    found = agreement({"a": coding(["产业发展", "urban", ""]), "b": coding(["industry", "urban", "other"])})
    assert found.scores["units"].iloc[0] == 2


def test_refusals() -> None:
    with pytest.raises(TableError, match="no sentence_id is coded by two"):
        agreement({"a": coding(["urban"]), "b": coding(["urban"]).assign(sentence_id="x")})
    with pytest.raises(TableError, match="codes 1 sentences twice"):
        agreement({"a": pd.concat([coding(["urban"])] * 2), "b": coding(["urban"])})
    with pytest.raises(CodebookError, match="theme '农业' is not in the codebook"):
        agreement({"a": coding(["农业"]), "b": coding(["urban"])})
    with pytest.raises(TableError, match="needs the column theme"):
        agreement({"a": coding(["urban"]).drop(columns="theme"), "b": coding(["urban"])})


def test_one_file_may_hold_several_coders(tmp_path) -> None:  # type: ignore[no-untyped-def]
    both = pd.concat([coding(THEMES).assign(coder="甲"), coding(THEMES).assign(coder="乙")])
    both.to_csv(tmp_path / "both.csv", index=False)
    assert list(read_codings([tmp_path / "both.csv"])) == ["甲", "乙"]


def test_the_command(tmp_path) -> None:  # type: ignore[no-untyped-def]
    coding(THEMES * 4).to_csv(tmp_path / "a.csv", index=False)
    coding(["urban", *(THEMES * 4)[1:]]).to_csv(tmp_path / "b.csv", index=False)
    done = CliRunner().invoke(
        command, [str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 0
    assert "待商定的句子：1" in done.output
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {
        "agreement.csv",
        "confusion.csv",
        "disagreements.xlsx",
    }


def test_bounds_of_few_sentences_stay_in_their_range() -> None:
    one = pd.DataFrame({"sentence_id": list("abcd"), "theme": ["urban", "urban", "industry", "other"]})
    two = one.assign(theme=["industry", "urban", "urban", "other"])
    scores = agreement({"a": one, "b": two}).scores
    assert (scores[["alpha_low", "kappa_low"]].min() >= -1.0).all()
    assert (scores["percent_low"] >= 0.0).all()
    assert (scores[["alpha_high", "kappa_high", "percent_high"]].max() <= 1.0).all()
