"""Measure classifiers on documents they have not seen, and compare them."""

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from tqdm import tqdm

from zhuti.errors import ModelError, ZhutiError
from zhuti.models.coder import Integers
from zhuti.models.coding import classify
from zhuti.models.confident_errors import find_confident_errors
from zhuti.models.costs import COLUMNS as COST_COLUMNS
from zhuti.models.costs import measure_costs
from zhuti.models.curve import COLUMNS as CURVE_COLUMNS
from zhuti.models.curve import curve_steps, learn_curve
from zhuti.models.evaluated import Evaluation
from zhuti.models.folds import deal_folds, group_names
from zhuti.models.left_out import LeftOut, code_left_out
from zhuti.models.measures import Measured, measure_predictions
from zhuti.models.named import build_classifier, named_classifiers
from zhuti.models.notes import COLUMNS as NOTE_COLUMNS
from zhuti.models.notes import note_labels
from zhuti.models.paired import compare_with_best
from zhuti.models.training import TrainedModel
from zhuti.seeds import Codebook, read_codebook


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
    curve: bool = False,
    costs: bool = False,
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
        Column whose values no fold splits; intervals and tests draw and exchange the same groups. Where each row
        is a group of its own, folds spread the themes evenly.
    folds : int
        At most as many as there are groups.
    random_state : int
    level : float
        Of the intervals; the chance of any false verdict in `comparisons` is at most 1 − level.
    model : TrainedModel, optional
        Measured as it is: on labels that it learned from, the result says nothing.
    curve : bool
        Learn from parts of the documents too; about three times the work.
    costs : bool
        Measure time and memory, each classifier in a process of its own.
    progress : bool
        Show a progress bar on standard error.

    Returns
    -------
    Evaluation

    Raises
    ------
    TableError
        When a column is missing, or there are too few documents or themes.
    ModelError
        When a classifier is not known, or none of them can learn from so few sentences.
    """
    book = codebook or (model.codebook if model else read_codebook())
    labels = labels.reset_index(drop=True)
    names = group_names(labels, groups)
    place = pd.factorize(names)[0].astype(np.int64)
    if model is not None:
        return _measure_model(labels, model, book, groups, place, level, random_state)
    chosen = _names(classifiers)
    for name in chosen:
        build_classifier(name)
    fold = deal_folds(labels, groups, folds, random_state=random_state)
    run = _Run(labels, place, fold, book, level, random_state)
    n_folds, repeats = int(fold.max()) + 1, 2
    each = n_folds * (1 + curve * repeats * len(curve_steps(place, fold))) + costs
    bars: tqdm[Any] = tqdm(total=each * len(chosen), desc="evaluating", unit="step", disable=not progress, leave=False)
    with warnings.catch_warnings(), bars as bar:
        for name in chosen:
            bar.set_description(name.partition(":")[0])
            run.add(name, bar, repeats if curve else 0, costs)
            bar.update(each - (bar.n % each) if bar.n % each else 0)
    return run.finish(groups)


class _Run:
    """Gathers the tables of one classifier after the other."""

    def __init__(
        self, labels: pd.DataFrame, place: Integers, fold: Integers, book: Codebook, level: float, random_state: int
    ) -> None:
        self.labels, self.place, self.fold, self.book = labels, place, fold, book
        self.level, self.random_state = level, random_state
        self.measured: dict[str, Measured] = {}
        self.curves: list[pd.DataFrame] = []
        self.costs: list[dict[str, object]] = []
        self.errors: list[pd.DataFrame] = []
        self.notes: list[tuple[str, str, str]] = []

    def add(self, name: str, bar: "tqdm[Any]", repeats: int, costs: bool) -> None:
        """Measure a classifier; one that scikit-learn cannot fit to so few sentences is noted and left out."""
        # scikit-learn doubts that themes are classes where there are few sentences to each.
        warnings.filterwarnings("ignore", message="The number of unique classes is greater")
        try:
            found = code_left_out(self.labels, self.fold, name, self.book, callback=bar.update)
        except ZhutiError:
            raise
        except ValueError as error:
            self.notes.append(("left_out", name, " ".join(str(error).split())))
            return
        predictions = _predicted(self.labels, self.fold, found, self.book)
        self.add_predictions(name, predictions)
        self.errors.append(find_confident_errors(predictions, self.fold, found.coders, self.book))
        if repeats:
            self._add_curve(name, bar, repeats)
        if costs:
            cost = measure_costs(self.labels, name, self.book)
            bar.update(1)
            if cost is None:
                self.notes.append(("no_costs", name, ""))
            else:
                self.costs.append(cost)

    def add_predictions(self, name: str, predictions: pd.DataFrame) -> None:
        self.measured[name] = measure_predictions(
            predictions, self.place, self.book, level=self.level, random_state=self.random_state
        )

    def _add_curve(self, name: str, bar: "tqdm[Any]", repeats: int) -> None:
        try:
            table = learn_curve(
                self.labels, self.place, self.fold, name, self.book, repeats=repeats, level=self.level,
                random_state=self.random_state, callback=bar.update,
            )  # fmt: skip
        except ZhutiError:
            raise
        except ValueError as error:
            self.notes.append(("no_curve", name, " ".join(str(error).split())))
            return
        scores = self.measured[name].scores
        last = scores[scores["measure"].isin(["macro_f1", "accuracy"])].drop(columns="classifier")
        outside = [self.fold != number for number in range(int(self.fold.max()) + 1)]
        whole: dict[str, Any] = {
            "classifier": name,
            "documents": round(float(np.mean([len(np.unique(self.place[kept])) for kept in outside]))),
            "sentences": round(float(np.mean([kept.sum() for kept in outside]))),
            "repeats": 1,
        }
        end: pd.DataFrame = last.assign(**whole)[list(CURVE_COLUMNS)]
        parts = [table, end] if len(table) else [end]
        self.curves.append(pd.concat(parts, ignore_index=True))

    def finish(self, groups: str) -> Evaluation:
        if not self.measured:
            reasons = "; ".join(f"{name}: {reason}" for _, name, reason in self.notes)
            raise ModelError(
                f"no classifier could learn from these {len(self.labels)} sentences ({reasons}); add labels"
            )
        counts = {name: found.counts for name, found in self.measured.items()}
        parts = list(self.measured.values())
        notes = [*note_labels(self.labels, groups, self.place, self.fold), *self.notes]
        return Evaluation(
            scores=_stacked([found.scores for found in parts]),
            per_theme=_stacked([found.per_theme for found in parts]),
            confusion=_stacked([found.confusion for found in parts]),
            calibration=_stacked([found.calibration for found in parts]),
            comparisons=compare_with_best(counts, level=self.level, random_state=self.random_state),
            learning_curve=_stacked(self.curves, CURVE_COLUMNS),
            costs=pd.DataFrame(self.costs, columns=list(COST_COLUMNS)),
            errors=_stacked(self.errors),
            folds=_folds(self.place, self.fold),
            notes=pd.DataFrame(notes, columns=list(NOTE_COLUMNS)),
            predictions=_stacked([found.predictions for found in parts]),
            groups=groups,
            level=self.level,
        )


def _measure_model(
    labels: pd.DataFrame, model: TrainedModel, book: Codebook, groups: str, place: Integers, level: float, seed: int
) -> Evaluation:
    coded, name, fold = classify(labels, model), str(model.card["name"]), np.zeros(len(labels), dtype=np.int64)
    found = {"predicted": coded["theme"], "predicted_subtheme": coded["subtheme"], "probability": coded["probability"]}
    predictions = labels.assign(fold=1, classifier=name, **found)
    run = _Run(labels, place, fold, book, level, seed)
    run.add_predictions(name, predictions)
    run.errors.append(find_confident_errors(predictions, fold, [model.coder], book))
    run.notes.append(("as_it_is", name, str(model.card.get("n_sentences", ""))))
    return run.finish(groups)


def _names(classifiers: Sequence[str]) -> list[str]:
    """Return the names to compare; `all` stands for those that need no folder with a model."""
    every = [name for name in named_classifiers if name != "embeddings"]
    return list(dict.fromkeys(found for name in classifiers for found in (every if name == "all" else [name])))


def _predicted(labels: pd.DataFrame, fold: Integers, found: LeftOut, book: Codebook) -> pd.DataFrame:
    return labels.assign(
        fold=fold + 1,
        classifier=found.name,
        predicted=np.array(book.theme_ids, dtype=object)[found.themes.argmax(axis=1)],
        predicted_subtheme=found.subthemes,
        probability=found.themes.max(axis=1),
    )


def _folds(place: Integers, fold: Integers) -> pd.DataFrame:
    table = pd.DataFrame({"fold": fold + 1, "group": place})
    sizes = table.groupby("fold").agg(documents=("group", "nunique"), sentences=("group", "size"))
    return sizes.reset_index()


def _stacked(tables: list[pd.DataFrame], columns: Sequence[str] = ()) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(columns))
