"""The dictionary classifier: the codebook's terms alone, no training."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from zhuti.features import TermFinder
from zhuti.models.coder import Coded, Doubles, Levels, read_lines
from zhuti.models.lesson import TaughtTerm
from zhuti.models.sentences import Sentences
from zhuti.models.two_levels import TwoLevelClassifier, leave_out

# Characters' worth of terms that every code has before a text is read; it keeps all probabilities above 0.
_FLOOR = 0.2


@dataclass(frozen=True)
class DictionaryCoder:
    """Terms, the codes they stand for, and the theme of texts without any.

    Attributes
    ----------
    levels : Levels
    terms : tuple of str
        A term and its codes in a line, the first the one that it stands for most, with tabs between.
    """

    levels: Levels
    terms: tuple[str, ...]

    @cached_property
    def _codes(self) -> dict[str, list[int]]:
        place = {code: number for number, code in enumerate(self.levels.subclasses)}
        table = (line.split("\t") for line in self.terms)
        return {term: [place[code] for code in codes if code in place] for term, *codes in table}

    @cached_property
    def _finder(self) -> TermFinder:
        return TermFinder(term for term, codes in self._codes.items() if codes)

    def code(self, sentences: Sentences) -> Coded:
        """Return the part of each text that is spent on terms of each code."""
        counts = np.full((len(sentences), len(self.levels.subclasses)), _FLOOR / len(self.levels.subclasses))
        for row, found in enumerate(self._finder.find_all(sentences.texts)):
            for term in found:
                codes = self._codes[term]
                for rank, code in enumerate(codes):
                    counts[row, code] += len(term) / len(codes) * (1 if rank == 0 else 0.5)
        other = [self.levels.classes[parent] == self.levels.other for parent in self.levels.parents]
        counts[:, other] += _FLOOR / max(1, sum(other))
        shares: Doubles = counts / counts.sum(axis=1, keepdims=True)
        return self.levels.scale(shares)

    def state(self) -> dict[str, Any]:
        """Return the content as texts, for a file."""
        return {**self.levels.state(), "terms": "\n".join(self.terms)}

    @classmethod
    def from_state(cls, state: Any) -> Self:
        """Return the coder whose `state` this is."""
        return cls(Levels.from_state(state), read_lines(state["terms"]))


class DictionaryClassifier(TwoLevelClassifier):
    """Code sentences by the terms of a codebook; only the scaling of probabilities is learned.

    Parameters
    ----------
    terms : tuple of (term, subtheme, elsewhere), default=()
    other, folds, random_state
        As in `ThemeClassifier`.

    Examples
    --------
    >>> terms = (("小学", "livelihood", ()), ("项目", "industry", ()))
    >>> classifier = DictionaryClassifier(terms=terms).fit(["办好学校。", "办好工厂。"], ["livelihood", "industry"])
    >>> classifier.predict(["改建小学五所。"]).tolist()
    ['livelihood']
    """

    def __init__(
        self,
        *,
        terms: tuple[TaughtTerm, ...] = (),
        other: str = "other",
        folds: int = 5,
        random_state: int | None = None,
    ) -> None:
        self.terms = terms
        self.other = other
        self.folds = folds
        self.random_state = random_state

    def fit(
        self,
        X: Any,
        y: ArrayLike,
        *,
        subtheme: ArrayLike | None = None,
        secondary: ArrayLike | None = None,
        groups: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
        callback: Callable[[int], object] | None = None,
    ) -> Self:
        """Learn the names of the codes and scale the probabilities; parameters as in `ThemeClassifier.fit`."""
        task = self._gather(X, y, subtheme, secondary, groups, sample_weight)
        lines = tuple("\t".join([term, code, *elsewhere]) for term, code, elsewhere in self.terms)
        coder = DictionaryCoder(task.levels, lines)
        # Nothing is learned, so nothing has to be left out: every fold has the same coder.
        self._settle(coder, task, leave_out(task, [coder] * task.n_folds), least=0.05)
        if callback:
            callback(1 + task.n_folds)
        return self
