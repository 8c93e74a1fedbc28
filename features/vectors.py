"""The features as transformers of scikit-learn, for pipelines of one's own.

>>> vectorizer = CharacterGrams(low=2).fit(["新建小学", "新建医院"])
>>> vectorizer.get_feature_names_out().tolist()
['医院', '小学', '建医', '建小', '新建']
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from zhuti.errors import TableError
from zhuti.features.blocks import Block, learn_grams, learn_words
from zhuti.features.terms import TermFinder


def _texts(X: Any) -> list[str]:
    if isinstance(X, str):
        raise TableError("expected a list of texts, got one text; put it into a list")
    texts = X["text"].tolist() if hasattr(X, "columns") else X.tolist() if hasattr(X, "tolist") else list(X)
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            raise TableError(f"row {row}: expected a text, got {text!r}; fill empty cells with ''")
    return texts


class _TextTransformer(TransformerMixin, BaseEstimator):
    """What the transformers of texts share: tags, and matrices of a learned block."""

    block_: Block

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags

    def transform(self, X: Any) -> Any:
        """Return the weights of the features, rows scaled to length 1.

        Parameters
        ----------
        X : list of str, or table with a column `text`

        Returns
        -------
        sparse array of float32, shape (n_texts, n_features)
        """
        check_is_fitted(self, "block_")
        found = self.block_.find(_texts(X))
        matrix = found.matrix(found.weigh(self.block_.weights), len(self.block_.weights))
        matrix.sum_duplicates()
        return matrix

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return the features as texts."""
        check_is_fitted(self, "block_")
        return np.array(self.block_.names, dtype=object)


class CharacterGrams(_TextTransformer):
    """Runs of characters, weighted by rarity; digits count as 0, letters as small ones.

    Parameters
    ----------
    low, high : int, default=1 and 2
        Shortest and longest run; at most 3.
    min_count : int, default=1
        Leave out runs that stand in fewer texts.
    rarity : float, default=1.0
        Power of the inverse document frequency.

    See Also
    --------
    Words : words instead of characters.
    """

    def __init__(self, *, low: int = 1, high: int = 2, min_count: int = 1, rarity: float = 1.0) -> None:
        self.low = low
        self.high = high
        self.min_count = min_count
        self.rarity = rarity

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn the runs of the texts."""
        if not 1 <= self.low <= self.high <= 3:
            raise TableError(f"low={self.low}, high={self.high}: runs have 1 to 3 characters, the shortest first")
        options: dict[str, Any] = {"min_count": self.min_count, "rarity": self.rarity}
        self.block_ = learn_grams(_texts(X), low=self.low, high=self.high, **options)
        return self


class Words(_TextTransformer):
    """Words of jieba's dictionary and of one's own, weighted by rarity.

    Parameters
    ----------
    dictionary : sequence of str, default=()
        Words to keep whole, such as the terms of a codebook.
    min_count : int, default=1
    rarity : float, default=1.0

    See Also
    --------
    zhuti.features.tokenize : the words of one text.

    Examples
    --------
    >>> Words(dictionary=("产业园区",)).fit(["推进产业园区建设。"]).get_feature_names_out().tolist()
    ['产业园区', '建设', '推进']
    """

    def __init__(self, *, dictionary: Sequence[str] = (), min_count: int = 1, rarity: float = 1.0) -> None:
        self.dictionary = dictionary
        self.min_count = min_count
        self.rarity = rarity

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn the words of the texts."""
        options: dict[str, Any] = {"min_count": self.min_count, "rarity": self.rarity}
        self.block_ = learn_words(_texts(X), dictionary=self.dictionary, **options)
        return self


class CodebookTerms(_TextTransformer):
    """Count the characters that a text spends on the terms of each code.

    Parameters
    ----------
    terms : mapping of str to str
        Code of each term.

    Examples
    --------
    >>> counter = CodebookTerms({"小学": "education", "医院": "health"}).fit([])
    >>> counter.transform(["新建小学2所、医院1所。"]).toarray().tolist(), counter.get_feature_names_out().tolist()
    ([[2.0, 2.0]], ['education', 'health'])
    """

    def __init__(self, terms: Mapping[str, str]) -> None:
        self.terms = terms

    def fit(self, X: Any, y: Any = None) -> Self:
        """Sort the terms; the texts teach nothing."""
        self.codes_ = np.array(sorted(set(self.terms.values())), dtype=object)
        self.finder_ = TermFinder(self.terms)
        return self

    def transform(self, X: Any) -> sparse.csr_array:
        """Return the counts, shape (n_texts, n_codes)."""
        check_is_fitted(self, "finder_")
        texts, place = _texts(X), {code: number for number, code in enumerate(self.codes_)}
        counts = np.zeros((len(texts), len(place)), dtype=np.float32)
        for row, found in enumerate(self.finder_.find_all(texts)):
            for term in found:
                counts[row, place[self.terms[term]]] += len(term)
        return sparse.csr_array(counts)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return the codes."""
        check_is_fitted(self, "codes_")
        return self.codes_


class Headings(_TextTransformer):
    """Runs of characters of the heading under which a sentence stands.

    Parameters
    ----------
    low, high : int, default=1 and 2

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"text": ["新建小学。"], "heading": ["一、民生"]})
    >>> Headings(low=2).fit(table).get_feature_names_out().tolist()
    ['heading:、民', 'heading:一、', 'heading:民生']
    """

    def __init__(self, *, low: int = 1, high: int = 2) -> None:
        self.low = low
        self.high = high

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn the runs of the headings."""
        self.block_ = learn_grams(_column(X, "heading"), low=self.low, high=self.high)
        return self

    def transform(self, X: Any) -> Any:
        """Return the weights of the headings' runs, shape (n_sentences, n_features)."""
        check_is_fitted(self, "block_")
        return super().transform(_column(X, "heading"))

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return the runs, marked as those of a heading."""
        return np.array([f"heading:{name}" for name in super().get_feature_names_out()], dtype=object)


class Position(_TextTransformer):
    """Where a sentence stands in its document: part of the way through, first, last.

    Examples
    --------
    >>> import pandas as pd
    >>> Position().fit_transform(pd.DataFrame({"text": ["一。", "二。", "三。"], "document": ["d"] * 3})).tolist()
    [[0.0, 1.0, 0.0], [0.5, 0.0, 0.0], [1.0, 0.0, 1.0]]
    """

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn nothing."""
        self.n_features_out_ = 3
        return self

    def transform(self, X: Any) -> Any:
        """Return the positions, shape (n_sentences, 3); rows of a document stand together, in reading order."""
        names = np.array(_column(X, "document"), dtype=object)
        change = np.flatnonzero(names[1:] != names[:-1]) + 1
        found = np.zeros((len(names), 3))
        for rows in np.split(np.arange(len(names)), change):
            found[rows, 0] = np.linspace(0, 1, len(rows)) if len(rows) > 1 else 0
            found[rows[:1], 1] = found[rows[-1:], 2] = 1
        return found

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return the names of the three columns."""
        return np.array(["position", "first", "last"], dtype=object)


def _column(X: Any, name: str) -> list[str]:
    if not hasattr(X, "columns") or name not in X.columns:
        raise TableError(f"expected a table with the column {name}; a list of texts does not say where they stand")
    return [value if isinstance(value, str) else "" for value in X[name].tolist()]
