"""The default classifier: words and characters, read in the context of the document."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhuti.errors import ModelError
from zhuti.models.coder import Doubles, Integers
from zhuti.models.context import ContextCoder
from zhuti.models.lesson import Lesson, TaughtTerm, build_lesson
from zhuti.models.margins import SHARPNESS, fit_sharpness
from zhuti.models.sequence import count_pairs, find_runs, learn_lift
from zhuti.models.softmax import Floats
from zhuti.models.two_levels import Task, TwoLevelClassifier, leave_out

# How many pairs expected by chance the lift between themes is worth beside that between subthemes.
_STRENGTH = 10.0
# Length of words beside characters where no terms are taught.
_WORDS_ALONE = 0.25


class ThemeClassifier(TwoLevelClassifier):
    """Code sentences by theme and subtheme, from their words and from where they stand.

    Parameters
    ----------
    loss : {'logistic', 'squared_hinge'}, optional
        What is learned: multinomial logistic regression, or a support vector machine a subtheme, whose decisions
        are scaled to probabilities on sentences left out. By default the first where there are terms and the
        second where there are none: it makes more of few sentences (`benchmarks/other_codebooks.py`).
    C : float, optional
        Inverse strength of the penalty on weights; by default 10 for the logistic loss, 0.3 for the other.
    neighbours : float, default=0.15
        Part with which the features of the sentences before and after count beside the sentence's own.
    headings : float, default=0.2
        Power of the lift with which a sentence's theme follows its heading's; 0 leaves headings out.
    sequence : float, default=0.3
        Power of the lift with which one subtheme follows another; 0 leaves the sequence out.
    words : float, optional
        Length of a sentence's words beside its characters and pairs of characters, which are of length 1. By
        default 1 where there are terms, whose words are kept whole, and 0.25 where there are none: sentences
        alone say little of whole words, the less the fewer they are (`benchmarks/other_codebooks.py`).
    balance : float, default=1.0
        Power with which rare subthemes are weighted up: at 1 all count alike, at 0 each sentence does.
    terms : tuple of (term, subtheme, elsewhere), default=()
        Words by which a subtheme is recognised, `elsewhere` the other subthemes they stand for. They are kept
        whole as words, and each is a tiny training example.
    term_weight : float, default=0.5
        Weight of such an example beside a sentence.
    other : str, default='other'
        Theme of units without a policy object; never a second theme.
    folds : int, default=5
        Folds for calibration and thresholds; groups are never split.
    random_state : int, optional
        Deals groups to folds by chance; by default they are dealt by size.
    tol : float, default=0.02
        Where the optimiser stops, as part of the first gradient.

    Attributes
    ----------
    classes_, subclasses_ : ndarray of str
    parents_ : dict
        Theme of each subtheme.
    coder_ : ContextCoder
        All that was learned, as plain arrays.
    out_of_fold_ : Coded
        Probabilities of the training sentences by folds that did not see their group.
    fold_coders_, folds_ : list of ContextCoder, ndarray of int
        What learned without each fold, and the fold of each sentence; only where `fit` is told to keep them.

    Examples
    --------
    >>> texts = ["新建小学两所。", "新建中学一所。", "引进项目三个。", "签约项目九个。"]
    >>> classifier = ThemeClassifier().fit(texts, ["livelihood", "livelihood", "industry", "industry"])
    >>> classifier.predict(["改建小学五所。"]).tolist()
    ['livelihood']
    """

    def __init__(
        self,
        *,
        loss: str | None = None,
        C: float | None = None,
        neighbours: float = 0.15,
        headings: float = 0.2,
        sequence: float = 0.3,
        words: float | None = None,
        balance: float = 1.0,
        terms: tuple[TaughtTerm, ...] = (),
        term_weight: float = 0.5,
        other: str = "other",
        folds: int = 5,
        random_state: int | None = None,
        tol: float = 2e-2,
    ) -> None:
        self.loss = loss
        self.C = C
        self.neighbours = neighbours
        self.headings = headings
        self.sequence = sequence
        self.words = words
        self.balance = balance
        self.terms = terms
        self.term_weight = term_weight
        self.other = other
        self.folds = folds
        self.random_state = random_state
        self.tol = tol

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
        keep_folds: bool = False,
    ) -> Self:
        """Learn from sentences and their themes.

        Parameters
        ----------
        X : list of str, or table with `text` and optionally `document` and `heading`, in reading order
            A list of texts is taken as sentences that have nothing to do with each other.
        y : array-like of str, shape (n_sentences,)
            Themes.
        subtheme : array-like of str, optional
            Subthemes; each belongs to one theme. Without them the themes are their own.
        secondary : array-like of str, optional
            Second themes, '' for none; they set the threshold.
        groups : array-like, optional
            What folds must not split; by default the documents.
        sample_weight : array-like of float, optional
        callback : callable, optional
            Called with 1 after each of the `folds` + 1 problems that are solved.
        keep_folds : bool
            Keep what learned without each fold, so that errors on sentences left out can be explained.
        """
        task = self._gather(X, y, subtheme, secondary, groups, sample_weight)
        terms = [term for term in self.terms if term[1] in self.parents_]
        words = self.words if self.words is not None else 1.0 if terms else _WORDS_ALONE
        lesson = build_lesson(task.sentences, terms, neighbours=self.neighbours, words=words)
        learn = self._machines if self._loss(terms) == "squared_hinge" else self._regressions
        learned = learn(lesson, task, terms, callback or (lambda solved: None))
        folds = range(-1, task.n_folds)
        coder, *without = (
            self._coder(lesson, task, *found, task.fold != fold) for fold, found in zip(folds, learned, strict=True)
        )
        self._settle(coder, task, leave_out(task, without), least=1.0)
        if keep_folds:
            self.fold_coders_, self.folds_ = without, task.fold
        return self

    def _loss(self, terms: list[TaughtTerm]) -> str:
        if self.loss not in {None, "logistic", "squared_hinge"}:
            raise ModelError(f"loss {self.loss!r} is not known; there are logistic and squared_hinge")
        return self.loss or ("logistic" if terms else "squared_hinge")

    def _regressions(
        self, lesson: Lesson, task: Task, terms: list[TaughtTerm], solved: Callable[[int], object]
    ) -> list[tuple[Floats, Floats]]:
        """Return weights and bias by logistic regression: of all sentences, then without each fold."""
        classes, weights, balance = self._targets(task, terms)
        targets = np.eye(len(balance), dtype=np.float32)[classes]
        weights[: len(task.leaf)] *= balance[task.leaf]

        def learn(fold: int) -> tuple[Floats, Floats]:
            # What is only counted and scaled need not be as exact as what is kept.
            tol = self.tol if fold < 0 else 2 * self.tol
            found = lesson.solve(
                targets, weights * _kept(task, terms, fold), C=10.0 if self.C is None else self.C, tol=tol
            )
            solved(1)
            return found

        # Side by side: the products of sparse matrices run without Python's lock, each in one thread, so that
        # the numbers are the same however many there are.
        with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, self.folds + 1)) as pool:
            return list(pool.map(learn, range(-1, task.n_folds)))

    def _machines(
        self, lesson: Lesson, task: Task, terms: list[TaughtTerm], solved: Callable[[int], object]
    ) -> list[tuple[Floats, Floats]]:
        """Return the same by support vector machines, all with the sharpness found on the sentences left out."""
        classes, weights, balance = self._targets(task, terms)
        learned, left_out = [], np.zeros((len(task.leaf), len(balance)), dtype=np.float32)
        for fold in range(-1, task.n_folds):
            kept = weights * _kept(task, terms, fold)
            found, bias, decisions = lesson.separate(classes, kept, balance, C=0.3 if self.C is None else self.C)
            learned.append((found, bias))
            left_out[task.fold == fold] = decisions[task.fold == fold]
            solved(1)
        sharpness = np.float32(fit_sharpness(left_out, task.leaf) if task.n_folds else SHARPNESS)
        return [(found * sharpness, bias * sharpness) for found, bias in learned]

    def _targets(self, task: Task, terms: list[TaughtTerm]) -> tuple[Integers, Doubles, Doubles]:
        """Return what each row is to be, its weight, ambiguous terms less, and what makes subthemes count alike."""
        places = {name: place for place, name in enumerate(task.levels.subclasses)}
        taught = np.array([places[code] for _, code, _ in terms], dtype=np.int64)
        share = np.array([self.term_weight / (1 + len(elsewhere)) for _, _, elsewhere in terms])
        rarity = len(task.leaf) / (len(places) * np.bincount(task.leaf, minlength=len(places)))
        classes = np.concatenate([task.leaf, taught])
        return classes, np.concatenate([task.weights, share]), rarity**self.balance

    def _coder(self, lesson: Lesson, task: Task, weights: Floats, bias: Floats, known: Integers) -> ContextCoder:
        """Return the coder of the weights; its lifts are counted on the rows that are known."""
        runs = find_runs(task.sentences.documents, len(task.leaf))
        n_themes, parents = len(self.classes_), task.levels.parents
        leaf, theme = np.where(known, task.leaf, -1), np.where(known, task.theme, -1)
        between = learn_lift(count_pairs(theme, runs, n_themes))
        prior = between[parents][:, parents]
        coder = ContextCoder(
            levels=task.levels,
            blocks=lesson.blocks,
            weights=weights,
            bias=bias,
            neighbours=self.neighbours,
            lift=learn_lift(count_pairs(leaf, runs, len(parents)), prior=prior, strength=_STRENGTH),
            heading_lift=np.ones((n_themes, n_themes)),
            sequence=self.sequence,
            headings=self.headings,
        )
        if not self.headings or task.sentences.headings is None:
            return coder
        under = np.flatnonzero(known & (np.array(task.sentences.headings, dtype=object) != ""))
        named = coder.read_themes([task.sentences.headings[row].rpartition(" / ")[2] for row in under])
        return replace(coder, heading_lift=learn_lift(named.T @ np.eye(n_themes)[task.theme[under]]))


def _kept(task: Task, terms: list[TaughtTerm], fold: int) -> NDArray[np.bool_]:
    """Return which rows take part where a fold is left out; the terms always do."""
    return np.concatenate([task.fold != fold, np.ones(len(terms), dtype=bool)])
