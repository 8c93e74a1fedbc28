"""What the charts, the page and the terminal show of an evaluation."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from zhuti.reports.words import Words
from zhuti.seeds import Codebook

if TYPE_CHECKING:
    from zhuti.models import Evaluation


@dataclass(frozen=True)
class EvaluationFacts:
    """An evaluation with the names and colours to show it in."""

    evaluation: "Evaluation"
    codebook: Codebook
    words: Words

    @cached_property
    def best(self) -> str:
        """The classifier that charts of one classifier show."""
        return self.evaluation.best

    @cached_property
    def ranking(self) -> list[str]:
        """The classifiers, that of the highest macro-F1 first."""
        scores = self.evaluation.scores
        macro = scores[scores["measure"] == "macro_f1"].sort_values("value", ascending=False, kind="stable")
        return [str(name) for name in macro["classifier"]]

    def of_best(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the best classifier."""
        return table[table["classifier"] == self.best]

    def name(self, classifier: str) -> str:
        """Return what a classifier is called; the folder of one with vectors is left out."""
        kind = classifier.partition(":")[0]
        key = f"classifier.{kind}"
        return self.words(key) if self.words.has(key) else classifier

    def theme(self, theme: str) -> str:
        """Return what a theme is called."""
        return self.codebook.label(theme, self.words.lang)

    def say(self, key: str, **values: object) -> str:
        """Return a text of the evaluation with what all texts may name: level, groups, best, folds."""
        found = self.evaluation
        known = {
            "level": f"{found.level * 100:g}%",
            "groups": self.groups,
            "best": self.name(self.best),
            "folds": len(found.folds),
            "n": len(self.of_best(found.errors)) if key.startswith("evaluation.errors") else len(self.one),
        }
        return self.words(key, **{**known, **values})

    @property
    def groups(self) -> str:
        """What folds keep whole, in the language of the page."""
        key = f"by.{self.evaluation.groups}"
        return self.words(key) if self.words.has(key) else self.evaluation.groups

    @cached_property
    def one(self) -> pd.DataFrame:
        """The predictions of one classifier: a row a sentence."""
        return self.of_best(self.evaluation.predictions)

    @property
    def n_groups(self) -> int:
        """Number of groups."""
        return int(self.evaluation.folds["documents"].sum())

    def notes(self) -> list[str]:
        """Return what bounds the numbers, as sentences."""
        themed = {"rare"}
        rows = self.evaluation.notes.to_dict("records")
        return [
            self.words(
                f"evaluation.note.{row['note']}",
                subject=self.theme(row["subject"]) if row["note"] in themed else row["subject"],
                value=row["value"],
            )
            for row in rows
        ]

    def findings(self) -> list[str]:
        """Return what was found, in one to three sentences."""
        scores = self.of_best(self.evaluation.scores).set_index("measure").loc["macro_f1"]
        known = scores["low"] == scores["low"]
        interval = (
            self.say("evaluation.interval", low=f"{scores['low']:.3f}", high=f"{scores['high']:.3f}") if known else ""
        )
        key = "evaluation.finding.best" if len(self.ranking) > 1 else "evaluation.finding"
        found = [self.say(key, value=f"{scores['value']:.3f}", interval=interval)]
        table = self.evaluation.comparisons.set_index("classifier")["verdict"]
        for verdict, text in (("cannot tell", "unsure"), ("worse", "worse")):
            names = [self.name(name) for name in self.ranking if table.get(name) == verdict]
            if names:
                found.append(self.words(f"evaluation.finding.{text}", names=self.words.listing(names)))
        return found

    def method(self) -> list[str]:
        """Return how it was measured, as sentences."""
        crossed = len(self.evaluation.folds) > 1
        keys = ["folds" if crossed else "model", "intervals", "test", "calibration", "terms"]
        if self.evaluation.comparisons.empty:
            keys.remove("test")
        return [self.say(f"evaluation.method.{key}") for key in keys]
