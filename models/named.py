"""The classifiers that can be compared by name."""

from collections.abc import Callable
from typing import Any

from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import Normalizer
from sklearn.svm import SVC, LinearSVC

from zhuti.errors import ModelError
from zhuti.models.classifier import ThemeClassifier
from zhuti.models.dictionary import DictionaryClassifier
from zhuti.models.lesson import TaughtTerm
from zhuti.models.plain import SentenceClassifier
from zhuti.models.two_levels import TwoLevelClassifier

_SEED = 0


def _words(**options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(token_pattern=r"\S+", lowercase=False, **options)


def _words_and_characters() -> Any:
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3), lowercase=False, sublinear_tf=True)
    return make_union(_words(sublinear_tf=True), characters)


# Pipelines of scikit-learn by name; each gets words joined by spaces, or vectors of sentences.
_PIPELINES: dict[str, Callable[[], Any]] = {
    "bayes": lambda: make_pipeline(
        CountVectorizer(token_pattern=r"\S+", lowercase=False, ngram_range=(1, 2), binary=True), ComplementNB(alpha=0.3)
    ),
    "logistic": lambda: make_pipeline(_words(), LogisticRegression(C=10, class_weight="balanced", max_iter=300)),
    "svm": lambda: make_pipeline(
        _words_and_characters(), LinearSVC(C=0.5, class_weight="balanced", random_state=_SEED)
    ),
    "lsa": lambda: make_pipeline(
        _words_and_characters(),
        TruncatedSVD(150, random_state=_SEED),
        Normalizer(),
        SVC(C=10, class_weight="balanced", decision_function_shape="ovr"),
    ),
    "embeddings": lambda: make_pipeline(Normalizer(), LogisticRegression(C=30, class_weight="balanced", max_iter=500)),
}

# What each name stands for; `evaluate --classifiers all` takes all but the last, which needs a folder.
named_classifiers = {
    "dictionary": "the codebook's terms alone, no training",
    "bayes": "complement naive Bayes on words and pairs of words",
    "logistic": "logistic regression on words, as a short script would do it",
    "svm": "linear support vector machine on words and characters, scaled to probabilities",
    "lsa": "support vector machine with a Gaussian kernel on latent semantic vectors",
    "context": "words, characters and terms, read with neighbours, heading and sequence (the default)",
    "embeddings": "logistic regression on vectors of a model on disk; write embeddings:FOLDER",
}


def build_pipeline(name: str) -> Any:
    """Return the unfitted pipeline of scikit-learn behind a name."""
    return _PIPELINES[name]()


def build_classifier(
    name: str,
    *,
    terms: tuple[TaughtTerm, ...] = (),
    other: str = "other",
    folds: int = 5,
    random_state: int | None = None,
) -> TwoLevelClassifier:
    """Return an unfitted classifier by its name.

    Parameters
    ----------
    name : str
        One of `named_classifiers`; `embeddings:FOLDER` names the folder too.
    terms : tuple of (term, subtheme, elsewhere)
        The codebook's terms; the dictionary consists of them, and the default classifier learns from them.
    other, folds, random_state
        As in `ThemeClassifier`.

    Raises
    ------
    ModelError
        When there is no classifier of that name.
    """
    kind, _, folder = name.partition(":")
    options: dict[str, Any] = {"other": other, "folds": folds, "random_state": random_state}
    if kind not in named_classifiers or (folder and kind != "embeddings"):
        raise ModelError(f"classifier {name!r} is not known; there are {', '.join(named_classifiers)}")
    if kind == "embeddings" and not folder:
        raise ModelError("classifier 'embeddings' needs a folder with a sentence-transformers model: embeddings:FOLDER")
    if kind == "context":
        return ThemeClassifier(terms=terms, **options)
    if kind == "dictionary":
        return DictionaryClassifier(terms=terms, **options)
    return SentenceClassifier(build_pipeline(kind), folder=folder, **options)
