"""The default classifier: words and characters, read in the context of the document."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from zhuti.errors import TableError
from zhuti.models.calibration import Scaling, fit_scaling
from zhuti.models.coder import Coded, ContextCoder, name_second
from zhuti.models.lesson import Lesson, TaughtTerm, build_lesson
from zhuti.models.sentences import Sentences, assign_folds, gather_sentences
from zhuti.models.sequence import find_runs, learn_lift
from zhuti.models.softmax import Floats


class ThemeClassifier(ClassifierMixin, BaseEstimator):
    """Code sentences by theme and subtheme, from their words and from where they stand.

    Parameters
    ----------
    C : float, default=10.0
        Inverse strength of the penalty on weights.
    neighbours, headings : float, default=0.2 and 0.1
        Weight of the vectors of the sentences before and after, and of the heading's, beside the sentence's own.
    sequence : float, default=0.3
        Power of the lift with which one theme follows another; 0 leaves the sequence out.
    terms : tuple of (term, subtheme, elsewhere), default=()
        Words by which a subtheme is recognised, `elsewhere` the other subthemes they stand for. They are kept
        whole as words, and each is a tiny training example.
    term_weight : float, default=0.3
        Weight of such an example beside a sentence.
    other : str, default='other'
        Theme of units without a policy object; never a second theme.
    folds : int, default=3
        Folds for calibration and thresholds; groups are never split.
    tol : float, default=0.01
        Where the optimiser stops, as part of the first gradient.

    Attributes
    ----------
    classes_, subclasses_ : ndarray of str
    parents_ : dict
        Theme of each subtheme.
    coder_ : ContextCoder
        All that was learned, as plain arrays.
    out_of_fold_ : ndarray, shape (n_sentences, n_themes)
        Calibrated probabilities of the training sentences by folds that did not see their document.

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
        C: float = 10.0,
        neighbours: float = 0.2,
        headings: float = 0.1,
        sequence: float = 0.3,
        terms: tuple[TaughtTerm, ...] = (),
        term_weight: float = 0.3,
        other: str = "other",
        folds: int = 3,
        tol: float = 1e-2,
    ) -> None:
        self.C = C
        self.neighbours = neighbours
        self.headings = headings
        self.sequence = sequence
        self.terms = terms
        self.term_weight = term_weight
        self.other = other
        self.folds = folds
        self.tol = tol

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags

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
        """
        sentences, themes = gather_sentences(X), np.asarray(y)
        fine = themes if subtheme is None else np.asarray(subtheme)
        for name, values in {"y": themes, "subtheme": fine}.items():
            if values.shape != (len(sentences),):
                raise TableError(f"{name} has the shape {values.shape}, X has {len(sentences)} sentences")
        self.classes_, theme = np.unique(themes, return_inverse=True)
        self.subclasses_, leaf = np.unique(fine, return_inverse=True)
        if len(self.classes_) < 2:
            raise TableError(f"one class ({themes[:1]}): a classifier needs sentences of at least two themes")
        parents = find_parents(leaf, theme, self.subclasses_)
        self.parents_ = dict(zip(self.subclasses_.tolist(), self.classes_[parents].tolist(), strict=True))
        weights = np.ones(len(sentences)) if sample_weight is None else np.asarray(sample_weight, dtype=float)
        known = set(self.subclasses_.tolist())
        terms = [term for term in self.terms if term[1] in known]
        lesson = build_lesson(sentences, terms, neighbours=self.neighbours, headings=self.headings)
        targets, weight = self._targets(leaf, weights, terms)
        fold = assign_folds(_groups(groups, sentences), self.folds)
        coefficients, scores = self._solve(lesson, targets, weight, fold, callback)
        lift = learn_lift(theme, find_runs(sentences.documents, len(sentences)), len(self.classes_))
        coder = self._coder(lesson, lesson.weights(coefficients), parents, lift)
        self.out_of_fold_ = np.full((len(sentences), len(self.classes_)), np.nan)
        if fold.max() > 0:
            raw = coder.weigh_sequence(scores, sentences).themes
            coder = replace(coder, scaling=fit_scaling(raw, theme))
            left_out = coder.weigh_sequence(scores, sentences)
            self.out_of_fold_, self.out_of_fold_subthemes_ = left_out.themes, left_out.subthemes
            if secondary is not None:
                coder = replace(coder, threshold=find_threshold(self.out_of_fold_, np.asarray(secondary), coder))
        self.coder_ = coder
        return self

    @classmethod
    def from_coder(cls, coder: ContextCoder) -> Self:
        """Return the fitted classifier whose `coder_` this is."""
        classifier = cls(sequence=coder.power, other=coder.other)
        classifier.classes_ = np.array(coder.classes)
        classifier.subclasses_ = np.array(coder.subclasses)
        parents = classifier.classes_[coder.parents].tolist()
        classifier.parents_ = dict(zip(coder.subclasses, parents, strict=True))
        classifier.coder_ = coder
        return classifier

    def _targets(
        self, leaf: NDArray[np.int64], weights: NDArray[np.float64], terms: list[TaughtTerm]
    ) -> tuple[Floats, NDArray[np.float64]]:
        """Return what each row is to be, and its weight: subthemes count alike, ambiguous terms less."""
        places = {name: place for place, name in enumerate(self.subclasses_.tolist())}
        taught = np.array([places[code] for _, code, _ in terms], dtype=np.int64)
        share = np.array([self.term_weight / (1 + len(elsewhere)) for _, _, elsewhere in terms])
        balance = len(leaf) / (len(places) * np.bincount(leaf, minlength=len(places)))
        targets = np.eye(len(places), dtype=np.float32)[np.concatenate([leaf, taught])]
        return targets, np.concatenate([weights * balance[leaf], share])

    def _solve(
        self,
        lesson: Lesson,
        targets: Floats,
        weight: NDArray[np.float64],
        fold: NDArray[np.int64],
        callback: Callable[[int], object] | None,
    ) -> tuple[Floats, Floats]:
        """Return the coefficients of all rows, and the scores of each sentence by weights that did not see its fold.

        The problems are solved side by side: the products of sparse matrices, which take the time, run without
        Python's lock. Each is solved in one thread, so that the numbers are the same on any machine.
        """
        scores = np.zeros((lesson.n_sentences, targets.shape[1]), dtype=np.float32)

        def left_out(number: int) -> None:
            out = np.flatnonzero(fold == number)
            kept = weight.copy()
            kept[out] = 0
            # Scores that are only counted and scaled need not be as exact as those that are kept.
            scores[out] = lesson.score(lesson.solve(targets, kept, C=self.C, tol=4 * self.tol))[out]
            if callback:
                callback(1)

        with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, 6)) as pool:
            whole = pool.submit(lesson.solve, targets, weight, C=self.C, tol=self.tol)
            list(pool.map(left_out, range(int(fold.max()) + 1) if fold.max() > 0 else ()))
            coefficients = whole.result()
        if callback:
            callback(1)
        return coefficients, scores

    def _coder(
        self, lesson: Lesson, weights: Floats, parents: NDArray[np.int64], lift: NDArray[np.float64]
    ) -> ContextCoder:
        return ContextCoder(
            classes=tuple(map(str, self.classes_)),
            subclasses=tuple(map(str, self.subclasses_)),
            parents=parents,
            blocks=lesson.blocks,
            weights=weights[:-1],
            near=self.neighbours,
            head=self.headings,
            bias=weights[-1],
            lift=lift,
            power=self.sequence,
            scaling=Scaling(1.0),
            threshold=0.25,
            other=self.other,
        )

    def _code(self, X: Any) -> Coded:
        check_is_fitted(self, "coder_")
        return self.coder_.code(gather_sentences(X))

    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """Return the probabilities of the themes, shape (n_sentences, n_themes), in the order of `classes_`."""
        return self._code(X).themes

    def predict_subtheme_proba(self, X: Any) -> NDArray[np.float64]:
        """Return the probabilities of the subthemes; those of a theme add up to the theme's."""
        return self._code(X).subthemes

    def predict(self, X: Any) -> NDArray[Any]:
        """Return the likeliest theme of each sentence."""
        themes: NDArray[Any] = self.classes_[self.predict_proba(X).argmax(axis=1)]
        return themes

    def predict_subtheme(self, X: Any) -> NDArray[Any]:
        """Return the likeliest subtheme within the likeliest theme."""
        coded = self._code(X)
        inside = self.coder_.parents == coded.themes.argmax(axis=1)[:, None]
        subthemes: NDArray[Any] = self.subclasses_[np.where(inside, coded.subthemes, -1).argmax(axis=1)]
        return subthemes

    def predict_secondary(self, X: Any) -> NDArray[Any]:
        """Return the second theme of each sentence, '' for none."""
        return np.array(self.coder_.second(self._code(X).themes), dtype=object)


def find_parents(leaf: NDArray[np.int64], theme: NDArray[np.int64], names: NDArray[Any]) -> NDArray[np.int64]:
    """Return the theme of each subtheme; a subtheme under two themes is refused."""
    parents = np.full(len(names), -1)
    parents[leaf] = theme
    stray = np.flatnonzero(parents[leaf] != theme)
    if len(stray):
        raise TableError(
            f"row {stray[0]}: subtheme {str(names[leaf[stray[0]]])!r} stands under two themes; it belongs to one"
        )
    return parents


def _groups(groups: ArrayLike | None, sentences: Sentences) -> list[str]:
    if groups is not None:
        return [str(group) for group in np.asarray(groups, dtype=object)]
    return sentences.documents or [str(row) for row in range(len(sentences))]


def find_threshold(themes: NDArray[np.float64], truth: NDArray[Any], coder: ContextCoder) -> float:
    """Return the threshold under which second themes are named best (F1 of naming the right one)."""
    known = np.array(["" if not isinstance(name, str) else name for name in truth])
    best, chosen = 0.0, 0.25
    for threshold in np.arange(0.02, 0.5, 0.01):
        named = np.array(name_second(themes, coder.classes, coder.other, float(threshold)))
        right = ((named == known) & (known != "")).sum()
        f1 = 2 * right / max(1, (named != "").sum() + (known != "").sum())
        if f1 > best:
            best, chosen = float(f1), float(threshold)
    return chosen
