"""From labelled sentences and terms to the weights of the default classifier."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhuti.features import GramBlock, WordBlock, learn_grams, learn_words
from zhuti.models.sentences import Sentences
from zhuti.models.sequence import find_runs
from zhuti.models.softmax import Floats, Similarity, fit_softmax

Blocks = tuple[GramBlock, WordBlock]
TaughtTerm = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Lesson:
    """The vectors to learn from, one row a sentence, then one row a term.

    Attributes
    ----------
    vectors : sparse array, shape (n_sentences + n_terms, n_features + 1)
        Own features, with a part of the neighbours' and the heading's added, and one for the bias.
    blocks : tuple of GramBlock and WordBlock
    n_sentences : int
    """

    vectors: sparse.csr_array
    blocks: Blocks
    n_sentences: int
    similarity: Similarity

    def solve(self, targets: Floats, weights: NDArray[np.float64], *, C: float, tol: float) -> Floats:
        """Return the coefficients of the rows; a row of weight 0 takes no part."""
        return fit_softmax(self.similarity, targets, weights.astype(np.float32), C=C, tol=tol)

    def score(self, coefficients: Floats) -> Floats:
        """Return the scores of the sentences, also of those that took no part."""
        return self.similarity(coefficients)[: self.n_sentences]

    def weights(self, coefficients: Floats) -> Floats:
        """Return the weights of the features, shape (n_features + 1, n_classes)."""
        return np.asarray(self.vectors.T @ coefficients, dtype=np.float32)


def build_lesson(sentences: Sentences, terms: Sequence[TaughtTerm], *, neighbours: float, headings: float) -> Lesson:
    """Learn the vocabularies and return the vectors of sentences and terms.

    Parameters
    ----------
    sentences : Sentences
    terms : sequence of (term, subtheme, other subthemes)
        They are kept whole as words; each is a row without neighbours and heading.
    neighbours, headings : float
        Factors of these vectors beside the sentence's own, which have length 1 in each vocabulary.
    """
    names = [term for term, _, _ in terms]
    texts = [*sentences.texts, *names]
    rare = 2 if len(texts) > 200 else 1  # a run of characters seen once says nothing that its words do not
    blocks = learn_grams(texts, high=3, min_count=rare), learn_words(texts, dictionary=names)
    own = stack_vectors(sentences.texts, blocks)
    near = _neighbours(find_runs(sentences.documents, len(sentences)), len(sentences)) @ own
    head = stack_vectors(sentences.headings or [""] * len(sentences), blocks)
    context = own + near * np.float32(neighbours) + head * np.float32(headings)
    vectors = sparse.hstack([context, _ones(len(sentences))], format="csr")
    if names:
        below = sparse.hstack([stack_vectors(names, blocks), _ones(len(names))], format="csr")
        vectors = sparse.vstack([vectors, below], format="csr")
    return Lesson(vectors, blocks, len(sentences), _similarity(vectors))


def stack_vectors(texts: Sequence[str], blocks: Blocks) -> sparse.csr_array:
    """Return the vectors of texts, the vocabularies side by side."""
    found = [(block, block.find(texts)) for block in blocks]
    stacked: sparse.csr_array = sparse.hstack([f.matrix(f.weigh(b.idf), len(b.idf)) for b, f in found], format="csr")
    return stacked


def _ones(n: int) -> sparse.csr_array:
    return sparse.csr_array(np.ones((n, 1), dtype=np.float32))


def _neighbours(runs: list[tuple[int, int]], n: int) -> sparse.csr_array:
    """Return the matrix that adds up the rows before and after each row of a run."""
    inner = np.ones(n, dtype=bool)
    inner[[first for first, _ in runs]] = False
    later = np.flatnonzero(inner)
    rows, columns = np.concatenate([later, later - 1]), np.concatenate([later - 1, later])
    return sparse.coo_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(n, n)).tocsr()


def _similarity(vectors: sparse.csr_array) -> Similarity:
    """Return the product with the rows' inner products, without making these: in one thread, so always the same."""
    repeated = np.flatnonzero(np.bincount(vectors.indices, minlength=vectors.shape[1]) > 0)
    forward = vectors[:, repeated]
    backward = forward.T.tocsr()
    return lambda coefficients: forward @ (backward @ coefficients)
