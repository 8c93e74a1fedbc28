"""Classifiers of single sentences, made of scikit-learn's parts: to compare the default one with."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import clone

from zhuti.features import split_words
from zhuti.models.calibration import Scaling, fit_scaling
from zhuti.models.coder import Coded, Doubles, Levels, read_lines
from zhuti.models.embeddings import embed_texts
from zhuti.models.sentences import Sentences
from zhuti.models.softmax import softmax
from zhuti.models.two_levels import TwoLevelClassifier, leave_out

# Lowest temperature: decisions become probabilities, which takes more than what is a probability already.
_SHARPEST = 0.05


@dataclass(frozen=True)
class PlainCoder:
    """A fitted pipeline of scikit-learn that codes each sentence by itself.

    Attributes
    ----------
    levels : Levels
    pipeline : estimator
        Fitted on the numbers of the subthemes; gives decisions or probabilities.
    dictionary : tuple of str
        Words that are kept whole.
    folder : str
        A sentence-transformers model whose vectors the pipeline gets; '' for words.
    sharpness : Scaling
        Of the subthemes' probabilities, before they are added up: those of many subthemes that are all unlikely
        would outweigh a likely one where they are made of decisions, which lie close together.
    """

    levels: Levels
    pipeline: Any
    dictionary: tuple[str, ...] = ()
    folder: str = ""
    sharpness: Scaling = field(default_factory=lambda: Scaling(1.0))

    def code(self, sentences: Sentences) -> Coded:
        """Return the probabilities of subthemes and themes."""
        if not len(sentences):
            return self.levels.scale(np.zeros((0, len(self.levels.subclasses))))
        vectors = vectorise(sentences.texts, self.dictionary, self.folder)
        return self.levels.scale(self.sharpness.apply(find_probabilities(self.pipeline, vectors, self.levels)))

    def state(self) -> dict[str, Any]:
        """Return the content for a file: arrays, texts, and a pipeline of scikit-learn's own types."""
        own = {"pipeline": self.pipeline, "dictionary": "\n".join(self.dictionary), "folder": self.folder}
        return {**self.levels.state(), **own, "sharpness": self.sharpness.temperature}

    @classmethod
    def from_state(cls, state: Any) -> Self:
        """Return the coder whose `state` this is."""
        levels, dictionary = Levels.from_state(state), read_lines(state["dictionary"])
        sharpness = Scaling(float(state["sharpness"]))
        return cls(levels, state["pipeline"], dictionary, str(state["folder"]), sharpness)


def vectorise(texts: list[str], dictionary: tuple[str, ...], folder: str) -> Any:
    """Return what a pipeline is fed with: words joined by spaces, or vectors of a sentence-transformers model.

    Words are cut here, outside the pipeline, so that it holds no function of ours and its file no strange type.
    """
    if folder:
        return embed_texts(texts, folder)
    return [" ".join(words) for words in split_words(texts, dictionary)]


def find_probabilities(pipeline: Any, vectors: Any, levels: Levels) -> Doubles:
    """Return a pipeline's probabilities of all subthemes, 0 for those that it has not seen."""
    if hasattr(pipeline, "predict_proba"):
        given = pipeline.predict_proba(vectors)
    else:
        decisions = pipeline.decision_function(vectors)
        given = softmax(np.column_stack([-decisions, decisions]) if decisions.ndim == 1 else decisions)
    found = np.zeros((len(given), len(levels.subclasses)))
    found[:, pipeline.classes_] = given
    return found


class SentenceClassifier(TwoLevelClassifier):
    r"""Code each sentence by itself with a pipeline of scikit-learn.

    Parameters
    ----------
    pipeline : estimator
        Gets words joined by spaces (`token_pattern=r"\S+"`), or vectors when there is a `folder`.
    dictionary : tuple of str, default=()
        Words that are kept whole.
    folder : str, default=''
        A folder on disk with a sentence-transformers model.
    other, folds, random_state
        As in `ThemeClassifier`.

    Attributes
    ----------
    classes_, subclasses_, parents_, coder_, out_of_fold_
        As in `ThemeClassifier`.

    Examples
    --------
    >>> from sklearn.feature_extraction.text import TfidfVectorizer
    >>> from sklearn.linear_model import LogisticRegression
    >>> from sklearn.pipeline import make_pipeline
    >>> pipeline = make_pipeline(TfidfVectorizer(token_pattern=r"\S+"), LogisticRegression())
    >>> texts = ["新建小学两所。", "新建中学一所。", "引进项目三个。", "签约项目九个。"]
    >>> classifier = SentenceClassifier(pipeline).fit(texts, ["livelihood", "livelihood", "industry", "industry"])
    >>> classifier.predict(["改建小学五所。"]).tolist()
    ['livelihood']
    """

    def __init__(
        self,
        pipeline: Any = None,
        *,
        dictionary: tuple[str, ...] = (),
        folder: str = "",
        other: str = "other",
        folds: int = 5,
        random_state: int | None = None,
    ) -> None:
        self.pipeline = pipeline
        self.dictionary = dictionary
        self.folder = folder
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
        """Learn from sentences and their themes; the parameters are those of `ThemeClassifier.fit`."""
        task = self._gather(X, y, subtheme, secondary, groups, sample_weight)
        vectors = vectorise(task.sentences.texts, self.dictionary, self.folder)
        if isinstance(vectors, list):
            vectors = np.array(vectors, dtype=object)

        def learn(fold: int) -> PlainCoder:
            kept = np.flatnonzero(task.fold != fold)
            pipeline = clone(self.pipeline if self.pipeline is not None else _default_pipeline())
            weigh = {} if sample_weight is None else {f"{pipeline.steps[-1][0]}__sample_weight": task.weights[kept]}
            pipeline.fit(vectors[kept], task.leaf[kept], **weigh)
            if callback:
                callback(1)
            return PlainCoder(task.levels, pipeline, self.dictionary, self.folder)

        coder, *without = [learn(fold) for fold in range(-1, task.n_folds)]
        if task.n_folds:
            sharpness = fit_scaling(leave_out(task, without).subthemes, task.leaf, least=_SHARPEST)
            coder, *without = [replace(one, sharpness=sharpness) for one in (coder, *without)]
        self._settle(coder, task, leave_out(task, without), least=_SHARPEST)
        return self


def _default_pipeline() -> Any:
    from zhuti.models.named import build_pipeline

    return build_pipeline("logistic")
