"""Shares of subthemes by counting: intervals from the card's error, and what few sentences of a subtheme may say."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from zhuti.models.scores import count_errors
from zhuti.reports import compare, compare_parts
from zhuti.reports.counted import ErrorModel, misclassification_variance
from zhuti.reports.subtheme_counts import (
    SubthemeError,
    SubthemeSums,
    counted_subthemes,
    error_correlation,
    smoothed_confusion,
)
from zhuti.reports.subthemes import policy_codes
from zhuti.seeds import read_codebook

BOOK = read_codebook()
CODES, POLICY = BOOK.subtheme_ids, policy_codes(BOOK)
N = len(CODES)


def _confusion(accuracy: float) -> np.ndarray:
    rows = np.full((N, N), (1 - accuracy) / (N - 1))
    np.fill_diagonal(rows, accuracy)
    return rows


def _documents(sizes: np.ndarray, accuracy: float, correlation: float, seed: int) -> ErrorModel:
    """Draw documents whose errors go together: each has a confusion of its own."""
    rng, rows = np.random.default_rng(seed), _confusion(accuracy)
    confusion, truth, predicted = np.zeros((N, N)), np.zeros((len(sizes), N)), np.zeros((len(sizes), N))
    for place, size in enumerate(sizes):
        truth[place] = rng.multinomial(size, rng.dirichlet(np.linspace(0.05, 1.0, N)))
        for code in np.flatnonzero(truth[place]):
            errs = rng.dirichlet(rows[code] * (1 / correlation - 1)) if correlation else rows[code]
            coded = rng.multinomial(int(truth[place, code]), errs)
            confusion[code] += coded
            predicted[place] += coded
    return ErrorModel(confusion, truth, predicted)


def _sums(predicted: np.ndarray) -> SubthemeSums:
    size = predicted.sum(axis=1)
    return SubthemeSums(size, size, size, predicted, predicted, np.zeros_like(predicted))


def test_few_sentences_of_a_subtheme_say_little_of_its_error() -> None:
    confusion = 100 * _confusion(0.8)
    confusion[0], confusion[1] = 0, 0
    confusion[0, 2], confusion[1, 1] = 1, 1  # a sentence missed, a sentence found
    share, places = np.full(N, 0.1), np.arange(N)
    raw = misclassification_variance(confusion, share, places)
    smooth = misclassification_variance(smoothed_confusion(confusion), share, places)
    assert raw[0] > 2.5 * raw[5]
    assert smooth[0] == pytest.approx(smooth[5], rel=0.2)
    assert smooth[1] == pytest.approx(smooth[5], rel=0.2)
    assert smoothed_confusion(np.zeros((N, N))).sum() == pytest.approx(20 * N)


def test_correlation_is_that_of_the_documents() -> None:
    found = []
    for correlation in (0.0, 0.05, 0.2):
        errors = _documents(np.full(300, 60), 0.8, correlation, seed=3)
        truth, predicted = errors.truth[:, POLICY], errors.predicted[:, POLICY]
        found.append(error_correlation(errors.confusion, truth, predicted, POLICY))
        size = truth.sum(axis=1, keepdims=True)
        chance = misclassification_variance(errors.confusion, truth / size, POLICY) * (1 / size + found[-1])
        off = predicted / predicted.sum(axis=1, keepdims=True) - truth / size
        assert (off**2).mean() == pytest.approx(chance.mean(), rel=0.15)
    assert [one.shape for one in found] == [POLICY.shape] * 3
    least, some, most = map(np.median, found)
    assert least < 0.01
    assert 1.5 * least < some < 0.6 * most
    nothing = np.zeros((0, len(POLICY)))
    assert (error_correlation(np.eye(N), nothing, nothing, POLICY) == 0).all()


def test_intervals_hold_with_a_card_of_few_sentences_and_not_without_their_correlation() -> None:
    held: dict[str, list[float]] = {"all": [], "rare": [], "alone": []}
    for seed in range(12):
        card = _documents(np.full(40, 25), 0.83, 0.03, seed)
        district = _documents(np.random.default_rng(seed).integers(200, 600, 16), 0.83, 0.03, 1000 + seed)
        error = SubthemeError.of(card, POLICY)
        true = district.truth[:, POLICY] / district.truth[:, POLICY].sum(axis=1, keepdims=True)
        for name, one in (("all", error), ("alone", SubthemeError(error.confusion, 0 * error.correlation))):
            shares = counted_subthemes(_sums(district.predicted), [one], POLICY, level=0.95)
            inside = (shares.low <= true) & (true <= shares.high)
            held[name].append(inside.mean())
            if name == "all":
                held["rare"].append(inside[true < 0.02].mean())
    assert 0.93 <= np.mean(held["all"]) <= 0.995
    assert np.mean(held["rare"]) >= 0.93
    assert np.mean(held["alone"]) < 0.92


def test_doubtful_themes_and_a_larger_error_widen_intervals() -> None:
    predicted = np.full((1, N), 20.0)
    good, poor = (SubthemeError(1000 * _confusion(a), np.full(len(POLICY), 0.01)) for a in (0.95, 0.7))
    sums = _sums(predicted)
    widths = [
        (shares.high - shares.low).mean()
        for shares in (
            counted_subthemes(sums, errors, POLICY, level=0.95)
            for errors in ([good], [poor], [good, poor], [poor, good])
        )
    ]
    assert widths[0] < widths[1] == widths[2] == widths[3]
    doubtful = SubthemeSums(sums.size, sums.weight, sums.square, predicted, predicted, 0.24 * predicted)
    shares = counted_subthemes(doubtful, [good], POLICY, level=0.95)
    assert (shares.high - shares.low).mean() > 1.2 * widths[0]


@pytest.fixture(scope="module")
def coded() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    leaf = rng.integers(N, size=900)
    theme = np.array([BOOK.parents[code] for code in CODES], dtype=object)[leaf]
    table: dict[str, Any] = {
        "district": rng.choice(["甲区", "乙县", "丙市"], 900),
        "document": rng.choice([f"d{number}" for number in range(30)], 900),
        "kind": rng.choice(["sentence", "heading"], 900, p=[0.9, 0.1]),
        "theme": theme,
        "subtheme": np.array(CODES, dtype=object)[leaf],
        "probability": rng.uniform(0.4, 1.0, 900),
    }
    return pd.DataFrame(table | {f"p_{name}": (theme == name) * 0.9 + 0.02 for name in BOOK.theme_ids})


@pytest.fixture(scope="module")
def card() -> dict[str, Any]:
    rng = np.random.default_rng(1)
    truth = rng.integers(N, size=2000)
    guess = np.where(rng.random(2000) < 0.85, truth, rng.integers(N, size=2000))
    names, themes = np.array(CODES, dtype=object), np.array([BOOK.parents[code] for code in CODES], dtype=object)
    documents = [str(number // 50) for number in range(2000)]
    fine = count_errors(documents, names[truth], names[guess], CODES)
    return count_errors(documents, themes[truth], themes[guess], BOOK.theme_ids) | {
        "subthemes": list(CODES),
        **{f"subtheme_{name}": value for name, value in fine.items()},
    }


def test_bounds_are_there_where_the_card_tells_the_error(coded: pd.DataFrame, card: dict[str, Any]) -> None:
    known = compare(coded, card=card, with_terms=False).subthemes
    assert len(known) == 3 * len(POLICY)
    assert ((known["low"] <= known["share"]) & (known["share"] <= known["high"])).all()
    assert known.groupby("group")["share"].sum().round(9).eq(1).all()
    for without in (
        {name: value for name, value in card.items() if name != "subtheme_confusion"},
        {**card, "subthemes": CODES[::-1]},  # of another codebook
    ):
        unknown = compare(coded, card=without, with_terms=False).subthemes
        assert unknown[["low", "high", "error"]].isna().all(axis=None)
        pd.testing.assert_series_equal(unknown["share"], known["share"])


def test_the_error_on_real_text_counts_where_it_is_larger(coded: pd.DataFrame, card: dict[str, Any]) -> None:
    alone = compare(coded, card=card, with_terms=False).subthemes
    poor = [(100 * _confusion(0.6)).round().tolist(), card["subtheme_document_counts"]]
    real = dict(zip(("subtheme_confusion", "subtheme_document_counts"), poor, strict=True))
    both = compare(coded, card={**card, "real": real}, with_terms=False).subthemes
    assert ((both["high"] - both["low"]) >= (alone["high"] - alone["low"]) - 1e-12).all()
    assert (both["high"] - both["low"]).mean() > 1.2 * (alone["high"] - alone["low"]).mean()


def test_parts_give_the_same_and_may_lack_subthemes(coded: pd.DataFrame, card: dict[str, Any], tmp_path: Path) -> None:
    for number, rows in coded.groupby(np.arange(len(coded)) % 3):
        rows.to_parquet(tmp_path / f"part-{number}.parquet")
    parts = sorted(tmp_path.glob("*.parquet"))
    found, whole = compare_parts(parts, card=card), compare(coded, card=card, with_terms=False)
    order = ["group", "subtheme"]
    one, two = (table.subthemes.sort_values(order, ignore_index=True) for table in (found, whole))
    pd.testing.assert_frame_equal(one, two, check_exact=False, rtol=1e-9)
    coded.drop(columns="subtheme").to_parquet(tmp_path / "part-0.parquet")
    assert compare_parts(parts, card=card).subthemes.empty


def test_a_model_that_learned_no_subthemes_is_compared_by_themes(coded: pd.DataFrame, card: dict[str, Any]) -> None:
    flat = coded.assign(subtheme=coded["theme"])
    themes = {name: value for name, value in card.items() if not name.startswith("subtheme")}
    found = compare(flat, card=themes, with_terms=False)
    assert found.shares["share"].notna().all()
    assert found.subthemes["flag"].eq("no sentences").all()
