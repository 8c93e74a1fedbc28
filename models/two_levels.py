"""What all classifiers of sentences share: two levels of codes, folds, calibration, and the methods that predict."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from zhuti.errors import TableError
from zhuti.models.calibration import fit_scaling
from zhuti.models.coder import Coded, Coder, Doubles, Integers, Levels
from zhuti.models.sentences import Sentences, assign_folds, gather_sentences


@dataclass(frozen=True)
class Task:
    """Labelled sentences, checked and in numbers.

    Attributes
    ----------
    sentences : Sentences
    theme, leaf, fold : arrays of int, shape (n_sentences,)
        Number of the theme, of the subtheme, and of the fold.
    weights : array of float, shape (n_sentences,)
    secondary : list of str or None
        Second themes, '' for none.
    levels : Levels
    """

    sentences: Sentences
    theme: Integers
    leaf: Integers
    fold: Integers
    weights: Doubles
    secondary: list[str] | None
    levels: Levels

    @property
    def n_folds(self) -> int:
        """Number of folds; 0 where there is but one group, so that nothing can be left out."""
        return int(self.fold.max()) + 1 if self.fold.max() > 0 else 0


class TwoLevelClassifier(ClassifierMixin, BaseEstimator):
    """The base of classifiers of sentences; not for use by itself.

    Attributes
    ----------
    classes_, subclasses_ : ndarray of str
    parents_ : dict
        Theme of each subtheme.
    coder_ : Coder
        All that was learned, as plain data.
    out_of_fold_ : Coded
        Probabilities of the training sentences by folds that did not see their group; NaN with a single group.
    """

    other: str
    folds: int
    random_state: int | None
    classes_: NDArray[Any]
    subclasses_: NDArray[Any]
    coder_: Coder
    out_of_fold_: Coded

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags

    def _gather(
        self,
        X: Any,
        y: ArrayLike,
        subtheme: ArrayLike | None,
        secondary: ArrayLike | None,
        groups: ArrayLike | None,
        sample_weight: ArrayLike | None,
    ) -> Task:
        """Check what is to be learned from, and learn the names of the codes."""
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
        levels = Levels(tuple(map(str, self.classes_)), tuple(map(str, self.subclasses_)), parents, self.other)
        weights = np.ones(len(sentences)) if sample_weight is None else np.asarray(sample_weight, dtype=float)
        seconds = None if secondary is None else [s if isinstance(s, str) else "" for s in np.asarray(secondary)]
        fold = assign_folds(_groups(groups, sentences), self.folds, random_state=self.random_state)
        return Task(sentences, theme, leaf, fold, weights, seconds, levels)

    def _settle(self, coder: Any, task: Task, left_out: Coded, *, least: float) -> None:
        """Set scaling and threshold on sentences left out, whose probabilities are not scaled yet."""
        levels = coder.levels
        if task.n_folds:
            levels = replace(levels, scaling=fit_scaling(left_out.themes, task.theme, least=least))
            left_out = levels.scale(left_out.subthemes, left_out.naming)
            if task.secondary is not None and any(task.secondary):
                levels = replace(levels, threshold=find_threshold(left_out, task.secondary, levels))
        self.out_of_fold_ = left_out
        self.coder_ = replace(coder, levels=levels)

    @classmethod
    def from_coder(cls, coder: Coder) -> Any:
        """Return the fitted classifier whose `coder_` this is; its parameters are not known any more."""
        classifier, levels = cls(), coder.levels
        classifier.classes_, classifier.subclasses_ = np.array(levels.classes), np.array(levels.subclasses)
        parents = classifier.classes_[levels.parents].tolist()
        classifier.parents_ = dict(zip(levels.subclasses, parents, strict=True))
        classifier.coder_ = coder
        return classifier

    def _code(self, X: Any) -> Coded:
        check_is_fitted(self, "coder_")
        return self.coder_.code(gather_sentences(X))

    def predict_proba(self, X: Any) -> Doubles:
        """Return the probabilities of the themes, shape (n_sentences, n_themes), in the order of `classes_`."""
        return self._code(X).themes

    def predict_subtheme_proba(self, X: Any) -> Doubles:
        """Return the probabilities of the subthemes; those of a theme add up to the theme's."""
        return self._code(X).subthemes

    def predict(self, X: Any) -> NDArray[Any]:
        """Return the likeliest theme of each sentence."""
        themes: NDArray[Any] = self.classes_[self.predict_proba(X).argmax(axis=1)]
        return themes

    def predict_subtheme(self, X: Any) -> NDArray[Any]:
        """Return the likeliest subtheme within the likeliest theme."""
        coded = self._code(X)
        subthemes: NDArray[Any] = self.subclasses_[self.coder_.levels.best(coded)[1]]
        return subthemes

    def predict_secondary(self, X: Any) -> NDArray[Any]:
        """Return the second theme of each sentence, '' for none."""
        return np.array(self.coder_.levels.second(self._code(X)), dtype=object)


def leave_out(task: Task, coders: list[Any]) -> Coded:
    """Return the probabilities of each sentence by the coder that did not see its fold; NaN without folds."""
    n, levels = len(task.leaf), task.levels
    blank = Coded(*(np.full((n, len(names)), np.nan) for names in (levels.subclasses, levels.classes, levels.classes)))
    for number, coder in enumerate(coders):
        out, coded = task.fold == number, coder.code(task.sentences)
        blank.subthemes[out] = coded.subthemes[out]
        blank.themes[out] = coded.themes[out]
        blank.named[out] = coded.named[out]
    return blank


def find_parents(leaf: Integers, theme: Integers, names: NDArray[Any]) -> Integers:
    """Return the theme of each subtheme; a subtheme under two themes is refused."""
    parents = np.full(len(names), -1)
    parents[leaf] = theme
    stray = np.flatnonzero(parents[leaf] != theme)
    if len(stray):
        name = str(names[leaf[stray[0]]])
        raise TableError(f"row {stray[0]}: subtheme {name!r} stands under two themes; it belongs to one")
    return parents


def _groups(groups: ArrayLike | None, sentences: Sentences) -> list[str]:
    if groups is not None:
        return [str(group) for group in np.asarray(groups, dtype=object)]
    return sentences.documents or [str(row) for row in range(len(sentences))]


def find_threshold(coded: Coded, truth: list[str], levels: Levels) -> float:
    """Return the threshold under which second themes are named best (F1 of naming the right one)."""
    known = np.array(truth)
    best, chosen = 0.0, levels.threshold
    for threshold in np.arange(0.02, 0.5, 0.01):
        named = np.array(replace(levels, threshold=float(threshold)).second(coded))
        right = ((named == known) & (known != "")).sum()
        f1 = 2 * right / max(1, (named != "").sum() + (known != "").sum())
        if f1 > best:
            best, chosen = float(f1), float(threshold)
    return chosen
