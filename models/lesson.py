"""From labelled sentences and terms to the weights of the default classifier."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhuti.features import Block, GramBlock, WordBlock, learn_grams, learn_words
from zhuti.models.margins import Integers, fit_margins
from zhuti.models.sentences import Sentences
from zhuti.models.sequence import find_runs
from zhuti.models.softmax import Floats, fit_softmax

Blocks = tuple[GramBlock, WordBlock]
TaughtTerm = tuple[str, str, tuple[str, ...]]

# Power of the inverse document frequency: rare words say more of the object than common ones of the instrument.
RARITY = 1.5


@dataclass(frozen=True)
class Lesson:
    """The rows to learn from: first the sentences, then the terms.

    Attributes
    ----------
    own : sparse array, shape (n_sentences + n_terms, n_features)
        Features of each row.
    mixing : sparse array, shape (n_sentences, n_sentences)
        Adds to a sentence its neighbours' part.
    blocks : tuple of GramBlock and WordBlock
    words : float
        Length of a row's words beside its characters, which are of length 1.
    """

    own: sparse.csr_array
    turned: sparse.csr_array
    mixing: sparse.csr_array
    blocks: Blocks
    words: float

    @property
    def n_sentences(self) -> int:
        """Number of sentences; the rows after them are terms."""
        return int(self.mixing.shape[0])

    def solve(self, targets: Floats, weights: NDArray[np.float64], *, C: float, tol: float) -> tuple[Floats, Floats]:
        """Learn from the rows; one of weight 0 takes no part.

        Returns
        -------
        weights, bias : arrays of float32, shape (n_features, n_classes) and (n_classes,)
            For rows whose words are of length 1 too.
        """
        coefficients = fit_softmax(self._products, targets, weights.astype(np.float32), C=C, tol=tol)
        return self._for_whole_words(self._spread(coefficients)), coefficients.sum(axis=0)

    def separate(
        self, classes: Integers, weights: NDArray[np.float64], balance: NDArray[np.float64], *, C: float
    ) -> tuple[Floats, Floats, Floats]:
        """Learn support vector machines from the rows; one of weight 0 takes no part.

        Returns
        -------
        weights, bias : arrays of float32, as `solve` returns them
        decisions : array of float32, shape (n_sentences, n_classes)
            What they make of all sentences, with the neighbours' part.
        """
        learned, bias = fit_margins(self._mixed, classes, weights, balance, C=C)
        decisions: Floats = self._mixed[: self.n_sentences] @ learned + bias
        return self._for_whole_words(learned), bias, decisions

    @cached_property
    def _mixed(self) -> sparse.csr_array:
        """The rows with the neighbours' part in those of sentences."""
        n = self.n_sentences
        stacked: sparse.csr_array = sparse.vstack([self.mixing @ self.own[:n], self.own[n:]], format="csr")
        stacked.sum_duplicates()
        return stacked

    def _for_whole_words(self, learned: Floats) -> Floats:
        learned[len(self.blocks[0].weights) :] *= np.float32(self.words)
        return learned

    def _spread(self, coefficients: Floats) -> Floats:
        n = self.n_sentences
        mixed = np.concatenate([self.mixing.T @ coefficients[:n], coefficients[n:]])
        return np.asarray(self.turned @ mixed, dtype=np.float32)

    def _products(self, coefficients: Floats) -> Floats:
        """Multiply by the rows' inner products, without making these: in one thread, so always the same."""
        scores = self.own @ self._spread(coefficients)
        n = self.n_sentences
        products: Floats = np.concatenate([self.mixing @ scores[:n], scores[n:]]) + coefficients.sum(axis=0)
        return products


def build_lesson(sentences: Sentences, terms: Sequence[TaughtTerm], *, neighbours: float, words: float) -> Lesson:
    """Learn the vocabularies and return the rows of sentences and terms.

    Parameters
    ----------
    sentences : Sentences
    terms : sequence of (term, subtheme, other subthemes)
        They are kept whole as words; each is a row without neighbours.
    neighbours : float
        Factor of the features of the sentence before and of the one after, beside the sentence's own.
    words : float
        Length of a text's words beside its characters.
    """
    names = [term for term, _, _ in terms]
    texts = [*sentences.texts, *names]
    blocks = learn_grams(texts, rarity=RARITY), learn_words(texts, dictionary=names, rarity=RARITY)
    own = stack_vectors(texts, blocks, words)
    runs = find_runs(sentences.documents, len(sentences))
    return Lesson(own, own.T.tocsr(), _mix(runs, len(sentences), neighbours), blocks, words)


def stack_vectors(texts: Sequence[str], blocks: Blocks, words: float) -> sparse.csr_array:
    """Return the vectors of texts, the vocabularies side by side, words being of length `words`."""
    parts = []
    views: list[tuple[Block, float]] = [(blocks[0], 1.0), (blocks[1], words)]
    for block, length in views:
        entries = block.find(texts)
        parts.append(entries.matrix(entries.weigh(block.weights) * np.float32(length), len(block.weights)))
    stacked: sparse.csr_array = sparse.hstack(parts, format="csr")
    return stacked


def _mix(runs: list[tuple[int, int]], n: int, neighbours: float) -> sparse.csr_array:
    """Return the matrix that adds to each row a part of the rows before and after it in its run."""
    inner = np.ones(n, dtype=bool)
    inner[[first for first, _ in runs]] = False
    later = np.flatnonzero(inner)
    rows = np.concatenate([np.arange(n), later, later - 1])
    columns = np.concatenate([np.arange(n), later - 1, later])
    values = np.concatenate([np.ones(n), np.full(2 * len(later), neighbours)]).astype(np.float32)
    return sparse.coo_array((values, (rows, columns)), shape=(n, n)).tocsr()
