"""Measure classifiers on documents they have not seen."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

import numpy as np
import pandas as pd

from zhuti.errors import TableError
from zhuti.models.calibration import expected_calibration_error
from zhuti.models.coding import classify
from zhuti.models.named import build_classifier, named_classifiers
from zhuti.models.scores import count_confusion, score_confusion, score_themes
from zhuti.models.training import TrainedModel, gather_terms
from zhuti.seeds import Codebook, read_codebook

_DRAWS = 1000


@dataclass(frozen=True)
class Evaluation:
    """Facts about classifiers on labelled sentences.

    Attributes
    ----------
    scores : DataFrame
        classifier, measure (accuracy, macro_f1, kappa, subtheme_accuracy, calibration_error), value, low, high.
    per_theme : DataFrame
        classifier, theme, and precision, recall and f1 with their bounds, and the number of sentences.
    confusion : DataFrame
        classifier, truth, predicted, count.
    calibration : DataFrame
        classifier, bin, n, confidence, accuracy: the reliability diagram.
    predictions : DataFrame
        The labels with classifier, predicted, predicted_subtheme and probability.
    """

    scores: pd.DataFrame
    per_theme: pd.DataFrame
    confusion: pd.DataFrame
    calibration: pd.DataFrame
    predictions: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def evaluate(
    labels: pd.DataFrame,
    *,
    codebook: Codebook | None = None,
    classifiers: Sequence[str] = ("context",),
    groups: str = "document",
    folds: int = 5,
    random_state: int = 0,
    level: float = 0.95,
    model: TrainedModel | None = None,
    progress: bool = False,
) -> Evaluation:
    """Measure classifiers by cross-validation that never splits a document, or a trained model as it is.

    Parameters
    ----------
    labels : DataFrame
        As `read_labels` returns it.
    codebook : Codebook, optional
        By default the model's, or the one that zhuti ships.
    classifiers : sequence of str
        Names to compare; ('all',) for all. Not used with a model.
    groups : str
        Column whose values no fold splits; the intervals resample the same groups.
    folds : int
    random_state : int
    level : float
        Of the intervals.
    model : TrainedModel, optional
        Measured as it is: on labels that it learned from, the result says nothing.
    progress : bool

    Returns
    -------
    Evaluation
    """
    book = codebook or (model.codebook if model else read_codebook())
    if groups not in labels:
        raise TableError(f"groups {groups!r}: no such column; the labels have {', '.join(map(str, labels.columns))}")
    if model is not None:
        parts = [_test(labels, model)]
    else:
        parts = [_cross_predict(labels, book, name, groups, folds) for name in _names(classifiers)]
    predictions = pd.concat(parts, ignore_index=True)
    results = [_measure(part, book, groups, level, random_state) for part in parts]
    scores, per_theme, confusion, calibration = (
        pd.concat(tables, ignore_index=True) for tables in zip(*results, strict=True)
    )
    return Evaluation(scores, per_theme, confusion, calibration, predictions)


def _test(labels: pd.DataFrame, model: TrainedModel) -> pd.DataFrame:
    coded = classify(labels, model)
    found = {"predicted": coded["theme"], "predicted_subtheme": coded["subtheme"], "probability": coded["probability"]}
    return labels.assign(classifier=model.card["name"], **found)


def _names(classifiers: Sequence[str]) -> list[str]:
    """Return the names to compare; `all` stands for those that need no folder with a model."""
    every = [name for name in named_classifiers if name != "embeddings"]
    return list(dict.fromkeys(found for name in classifiers for found in (every if name == "all" else [name])))


def _cross_predict(labels: pd.DataFrame, book: Codebook, name: str, groups: str, folds: int) -> pd.DataFrame:
    classifier: Any = build_classifier(name, terms=gather_terms(book), other=book.other, folds=folds)
    classifier.fit(
        labels, labels["theme"], subtheme=labels["subtheme"], secondary=labels["secondary"], groups=labels[groups]
    )
    themes = classifier.out_of_fold_.themes
    best, inside = classifier.coder_.levels.best(classifier.out_of_fold_)
    return labels.assign(
        classifier=name,
        predicted=classifier.classes_[best],
        predicted_subtheme=classifier.subclasses_[inside],
        probability=themes.max(axis=1),
    )


def _measure(
    part: pd.DataFrame, book: Codebook, groups: str, level: float, random_state: int
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    name, themes = part["classifier"].iloc[0], list(book.theme_ids)
    counts = np.stack([count_confusion(g["theme"], g["predicted"], themes) for _, g in part.groupby(groups, sort=True)])
    draws = _resample(counts, random_state)
    whole = counts.sum(axis=0)
    tail = (1 - level) / 2
    drawn = score_confusion(draws)
    scores = [
        (name, measure, value, *np.quantile(drawn[measure], [tail, 1 - tail]))
        for measure, value in score_confusion(whole).items()
    ]
    correct = (part["theme"] == part["predicted"]).to_numpy()
    confidence = part["probability"].to_numpy()
    scores.append(
        (name, "subtheme_accuracy", float((part["subtheme"] == part["predicted_subtheme"]).mean()), np.nan, np.nan)
    )
    scores.append((name, "calibration_error", expected_calibration_error(confidence, correct), np.nan, np.nan))
    confusion = [(name, t, p, int(whole[i, j])) for i, t in enumerate(themes) for j, p in enumerate(themes)]
    return (
        pd.DataFrame(scores, columns=["classifier", "measure", "value", "low", "high"]),
        _per_theme(name, themes, whole, draws, tail),
        pd.DataFrame(confusion, columns=["classifier", "truth", "predicted", "count"]),
        _reliability(name, confidence, correct),
    )


def _resample(counts: Any, random_state: int) -> Any:
    """Return the confusion of as many documents drawn with replacement, `_DRAWS` times."""
    random = np.random.default_rng(random_state)
    times = random.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=_DRAWS)
    return np.einsum("rd,dij->rij", times, counts)


def _per_theme(name: str, themes: list[str], whole: Any, draws: Any, tail: float) -> pd.DataFrame:
    table = pd.DataFrame({"classifier": name, "theme": themes})
    for measure, value, drawn in zip(
        ("precision", "recall", "f1"), score_themes(whole), score_themes(draws), strict=True
    ):
        table[measure] = value
        table[f"{measure}_low"], table[f"{measure}_high"] = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return table.assign(n=whole.sum(axis=1))


def _reliability(name: str, confidence: Any, correct: Any, bins: int = 10) -> pd.DataFrame:
    place = np.clip((confidence * bins).astype(int), 0, bins - 1)
    table = pd.DataFrame({"bin": place, "confidence": confidence, "accuracy": correct.astype(float)})
    means = table.groupby("bin").agg(
        n=("confidence", "size"), confidence=("confidence", "mean"), accuracy=("accuracy", "mean")
    )
    return means.reset_index().assign(classifier=name)[["classifier", "bin", "n", "confidence", "accuracy"]]


def render_evaluation(evaluation: Evaluation, *, as_json: bool = False, lang: Literal["zh", "en"] = "zh") -> str:
    """Return the scores as text for a terminal, or all but the predictions as JSON."""
    if as_json:
        tables = {n: t.to_dict("records") for n, t in evaluation.tables().items() if n != "predictions"}
        return json.dumps(tables, ensure_ascii=False, indent=2, default=_plain).replace("NaN", "null")
    lines = []
    for name, scores in evaluation.scores.groupby("classifier", sort=False):
        lines.append(str(name))
        for row in scores.to_numpy():
            bounds = "" if np.isnan(row[-2]) else f"  [{row[-2]:.3f}, {row[-1]:.3f}]"
            lines.append(f"  {row[1]:<20}{row[2]:.3f}{bounds}")
    lines.append(evaluation.per_theme.round(3).to_string(index=False))
    return "\n".join(lines)


def _plain(value: Any) -> Any:
    return value.item()
