"""The numbers of one classifier: scores, themes, confusion and calibration, with intervals over documents."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zhuti.models.calibration import expected_calibration_error
from zhuti.models.coder import Integers
from zhuti.models.scores import count_by_group, draw_groups, score_confusion, score_themes, tail_bounds
from zhuti.seeds import Codebook

BINS = 10


@dataclass(frozen=True)
class Measured:
    """Tables of one classifier; see `Evaluation` for their columns.

    Attributes
    ----------
    counts : array of int, shape (n_groups, n_themes, n_themes)
        Confusion in each group, true themes being rows.
    """

    predictions: pd.DataFrame
    counts: NDArray[np.int64]
    scores: pd.DataFrame
    per_theme: pd.DataFrame
    confusion: pd.DataFrame
    calibration: pd.DataFrame


def measure_predictions(
    predictions: pd.DataFrame, groups: Integers, book: Codebook, *, level: float = 0.95, random_state: int = 0
) -> Measured:
    """Measure the predictions of one classifier.

    Parameters
    ----------
    predictions : DataFrame
        theme, subtheme, classifier, predicted, predicted_subtheme, probability.
    groups : array of int, shape (n_sentences,)
        Drawn anew for the intervals.
    book : Codebook
    level : float
    random_state : int
    """
    name = str(predictions["classifier"].iloc[0])
    seen = set(predictions["theme"]) | set(predictions["predicted"])
    counts = count_by_group(groups, predictions["theme"], predictions["predicted"], book.theme_ids)
    draws, whole = draw_groups(counts, random_state), counts.sum(axis=0)
    scores = _scores(predictions, groups, whole, draws, level, random_state)
    theme_table = _per_theme(name, list(book.theme_ids), whole, draws, level, len(counts))
    pairs = [(t, p, int(whole[i, j])) for i, t in enumerate(book.theme_ids) for j, p in enumerate(book.theme_ids)]
    confusion = pd.DataFrame(pairs, columns=["truth", "predicted", "count"])
    confusion.insert(0, "classifier", name)
    confusion = confusion[confusion["truth"].isin(seen) & confusion["predicted"].isin(seen)]
    return Measured(
        predictions,
        counts,
        pd.DataFrame(scores, columns=["measure", "value", "low", "high"]).pipe(_named, name),
        theme_table[theme_table["theme"].isin(seen)].reset_index(drop=True),
        confusion.reset_index(drop=True),
        _reliability(predictions, groups, level, random_state).pipe(_named, name),
    )


def _named(table: pd.DataFrame, name: str) -> pd.DataFrame:
    table.insert(0, "classifier", name)
    return table


def _scores(
    predictions: pd.DataFrame, groups: Integers, whole: Any, draws: Any, level: float, random_state: int
) -> list[tuple[str, float, float, float]]:
    n_groups, drawn = int(groups.max()) + 1, score_confusion(draws)
    rows = [
        (measure, value, *map(float, tail_bounds(drawn[measure], level, n_groups)))
        for measure, value in score_confusion(whole).items()
    ]
    fine = (predictions["subtheme"] == predictions["predicted_subtheme"]).to_numpy()
    if (predictions["subtheme"] != predictions["theme"]).any():
        hits = draw_groups(_sum_groups(groups, fine.astype(float), np.ones(len(fine))), random_state)
        bounds = tail_bounds(hits[:, 0] / np.maximum(hits[:, 1], 1), level, n_groups)
        rows.append(("subtheme_accuracy", float(fine.mean()), *map(float, bounds)))
    # Drawn anew, the calibration error grows by the draw's own noise: an interval of it would lie too high.
    correct = (predictions["theme"] == predictions["predicted"]).to_numpy()
    error = expected_calibration_error(predictions["probability"].to_numpy(), correct, bins=BINS)
    return [*rows, ("calibration_error", error, np.nan, np.nan)]


def _sum_groups(groups: Integers, *values: Any) -> Any:
    return np.stack([np.bincount(groups, weights=value) for value in values], axis=1)


def _per_theme(name: str, themes: list[str], whole: Any, draws: Any, level: float, n_groups: int) -> pd.DataFrame:
    table = pd.DataFrame({"classifier": name, "theme": themes})
    found = zip(("precision", "recall", "f1"), score_themes(whole), score_themes(draws), strict=True)
    for measure, value, drawn in found:
        table[measure] = value
        table[f"{measure}_low"], table[f"{measure}_high"] = tail_bounds(drawn, level, n_groups)
    return table.assign(n=whole.sum(axis=1))


def _reliability(predictions: pd.DataFrame, groups: Integers, level: float, random_state: int) -> pd.DataFrame:
    """Return confidence and accuracy in bins of equal width, with the accuracy's interval."""
    confidence = predictions["probability"].to_numpy()
    correct = (predictions["theme"] == predictions["predicted"]).to_numpy().astype(float)
    place = np.clip((confidence * BINS).astype(int), 0, BINS - 1)
    rows = []
    for number in np.unique(place):
        inside = place == number
        sums = draw_groups(_sum_groups(groups, inside * correct, inside.astype(float)), random_state)
        bounds = tail_bounds(sums[:, 0] / np.maximum(sums[:, 1], 1), level, int(groups.max()) + 1)
        rows.append((int(number), int(inside.sum()), confidence[inside].mean(), correct[inside].mean(), *bounds))
    return pd.DataFrame(rows, columns=["bin", "n", "confidence", "accuracy", "low", "high"])
