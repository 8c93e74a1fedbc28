"""What an evaluation finds: tables of facts about classifiers."""

from dataclasses import dataclass, fields

import pandas as pd


@dataclass(frozen=True)
class Evaluation:
    """Facts about classifiers on labelled sentences that they did not learn from.

    Attributes
    ----------
    scores : DataFrame
        classifier, measure (accuracy, macro_f1, kappa, subtheme_accuracy, calibration_error), value, low, high.
    per_theme : DataFrame
        classifier, theme, and precision, recall and f1 with their bounds, and n, the number of sentences.
    confusion : DataFrame
        classifier, truth, predicted, count.
    calibration : DataFrame
        classifier, bin, n, confidence, accuracy, low, high: the reliability diagram.
    comparisons : DataFrame
        Every classifier against the best: see `zhuti.models.paired.compare_with_best`.
    learning_curve : DataFrame
        classifier, documents, sentences, repeats, measure, value, low, high; the last step is the scores' own.
    costs : DataFrame
        Time and memory: see `zhuti.models.costs.measure_costs`. These numbers alone differ from run to run.
    errors : DataFrame
        The 30 errors a classifier was surest of: see `zhuti.models.confident_errors`.
    folds : DataFrame
        fold, documents, sentences.
    notes : DataFrame
        note, subject, value: what bounds the use of the numbers, such as a table without documents.
    predictions : DataFrame
        The labels with fold, classifier, predicted, predicted_subtheme and probability.
    groups : str
        Column that no fold split, and that intervals draw anew.
    level : float
        Of the intervals.
    """

    scores: pd.DataFrame
    per_theme: pd.DataFrame
    confusion: pd.DataFrame
    calibration: pd.DataFrame
    comparisons: pd.DataFrame
    learning_curve: pd.DataFrame
    costs: pd.DataFrame
    errors: pd.DataFrame
    folds: pd.DataFrame
    notes: pd.DataFrame
    predictions: pd.DataFrame
    groups: str = "document"
    level: float = 0.95

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: table for name, table in found.items() if isinstance(table, pd.DataFrame)}

    @property
    def best(self) -> str:
        """The classifier with the highest macro-F1."""
        macro = self.scores[self.scores["measure"] == "macro_f1"]
        return str(macro["classifier"].iloc[int(macro["value"].to_numpy().argmax())])
