"""The tables of an evaluation as a reader sees them: named columns, rounded cells, few rows."""

from dataclasses import dataclass
from typing import Any

from zhuti.reports.evaluation_facts import EvaluationFacts

_SCORES = ("macro_f1", "accuracy", "kappa", "subtheme_accuracy", "calibration_error")


@dataclass(frozen=True)
class Shown:
    """A table to show: headings, rows of cells, and the columns that hold texts."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def number(value: Any, digits: int = 3) -> str:
    """Write a number with so many digits; a dash where there is none.

    >>> number(0.91239), number(float("nan")), number(-0.02, 2)
    ('0.912', '—', '−0.02')
    """
    if value is None or value != value:
        return "—"
    return f"{value:,.{digits}f}".replace("-", "−")


def bracketed(row: Any, name: str, digits: int = 3) -> str:
    """Write a number with its interval behind it, where it has one."""
    low = row[f"{name}_low"] if name != "value" else row["low"]
    high = row[f"{name}_high"] if name != "value" else row["high"]
    value = number(row[name], digits)
    return value if low != low else f"{value} [{number(low, digits)}, {number(high, digits)}]"


def _headings(facts: EvaluationFacts, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(facts.words(f"evaluation.column.{name}") for name in names)


def score_rows(facts: EvaluationFacts) -> Shown:
    """Scores: a row a classifier, the best first."""
    table = facts.evaluation.scores
    present = tuple(name for name in _SCORES if name in set(table["measure"]))
    rows = []
    for name in facts.ranking:
        mine = table[table["classifier"] == name].set_index("measure").to_dict("index")
        cells = [bracketed(mine[measure], "value") if measure in mine else "—" for measure in present]
        rows.append((facts.name(name), *cells))
    return Shown(_headings(facts, ("classifier", *present)), tuple(rows))


def comparison_rows(facts: EvaluationFacts) -> Shown:
    """Differences from the best."""
    rows = []
    for row in facts.evaluation.comparisons.sort_values("difference", kind="stable").to_dict("records"):
        verdict = facts.words("evaluation.worse" if row["verdict"] == "worse" else "evaluation.unsure")
        low, high = number(-row["high"]), number(-row["low"])
        gap = number(-row["difference"]) + ("" if row["low"] != row["low"] else f" [{low}, {high}]")
        p = [number(row[name], 4) for name in ("p_value", "p_holm")]
        rows.append((facts.name(row["classifier"]), gap, *p, verdict))
    return Shown(_headings(facts, ("classifier", "difference", "p_value", "p_holm", "verdict")), tuple(rows))


def theme_rows(facts: EvaluationFacts) -> Shown:
    """Precision, recall and F1 of the best classifier, a row a theme."""
    rows = [
        (facts.theme(row["theme"]), *(bracketed(row, name) for name in ("precision", "recall", "f1")), f"{row['n']:,}")
        for row in facts.of_best(facts.evaluation.per_theme).to_dict("records")
    ]
    return Shown(_headings(facts, ("theme", "precision", "recall", "f1", "n")), tuple(rows))


def calibration_rows(facts: EvaluationFacts) -> Shown:
    """Show the reliability diagram of the best classifier."""
    rows = [
        (f"{row['bin'] / 10:.1f}–{row['bin'] / 10 + 0.1:.1f}", f"{row['n']:,}", number(row["confidence"]),
         bracketed({**row, "value": row["accuracy"]}, "value"))
        for row in facts.of_best(facts.evaluation.calibration).to_dict("records")
    ]  # fmt: skip
    return Shown(_headings(facts, ("bin", "n", "confidence", "accuracy")), tuple(rows))


def curve_rows(facts: EvaluationFacts) -> Shown:
    """Macro-F1 of every classifier by the number of documents learned from."""
    table = facts.evaluation.learning_curve
    table = table[table["measure"] == "macro_f1"]
    rows = [
        (facts.name(row["classifier"]), f"{row['documents']:,}", f"{row['sentences']:,}", bracketed(row, "value"))
        for name in facts.ranking
        for row in table[table["classifier"] == name].to_dict("records")
    ]
    return Shown(_headings(facts, ("classifier", "documents", "sentences", "macro_f1")), tuple(rows))


def cost_rows(facts: EvaluationFacts) -> Shown:
    """Time and memory of every classifier."""
    names = ("train_seconds", "train_cpu_seconds", "sentences_per_second", "peak_megabytes")
    table = facts.evaluation.costs.set_index("classifier")
    rows = [
        (facts.name(name), *(number(table.loc[name, column], k) for column, k in zip(names, (2, 2, 0, 0), strict=True)))
        for name in facts.ranking
        if name in table.index
    ]
    return Shown(_headings(facts, ("classifier", *names)), tuple(rows))


def error_rows(facts: EvaluationFacts) -> Shown:
    """Show the errors of the best classifier with the highest probability."""
    rows = [
        (str(row["text"]), facts.theme(row["truth"]), facts.theme(row["predicted"]), number(row["probability"], 2),
         str(row["terms"]))
        for row in facts.of_best(facts.evaluation.errors).to_dict("records")
    ]  # fmt: skip
    return Shown(_headings(facts, ("text", "truth", "predicted", "probability", "terms")), tuple(rows))


def confusion_rows(facts: EvaluationFacts) -> Shown:
    """Show the confusion of the best classifier, a row a true theme."""
    table = facts.of_best(facts.evaluation.confusion).to_dict("records")
    counts = {(row["truth"], row["predicted"]): int(row["count"]) for row in table}
    themes = [theme for theme in facts.codebook.theme_ids if (theme, theme) in counts]
    rows = [(facts.theme(a), *(f"{counts[a, b]:,}" for b in themes)) for a in themes]
    return Shown(("", *map(facts.theme, themes)), tuple(rows))
