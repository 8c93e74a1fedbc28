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

# Above this many rows their inner products are not kept in memory (12,000² of them take 576 MB).
_DENSE = 12_000

Blocks = tuple[GramBlock, WordBlock]
TaughtTerm = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Lesson:
    """The vectors to learn from, one row a sentence, then one row a term.

    Attributes
    ----------
    vectors : sparse array, shape (n_sentences + n_terms, 3 × n_features + 1)
        Own features, the neighbours', the heading's, and one for the bias.
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
        """Return the weights of the features, shape (3 × n_features + 1, n_classes)."""
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
    blocks = learn_grams([*sentences.texts, *names]), learn_words([*sentences.texts, *names], dictionary=names)
    own = stack_vectors(sentences.texts, blocks)
    runs = find_runs(sentences.documents, len(sentences))
    near = _neighbours(runs, len(sentences)) @ own * np.float32(neighbours)
    head = stack_vectors(sentences.headings or [""] * len(sentences), blocks) * np.float32(headings)
    vectors = sparse.hstack([own, near, head, _ones(len(sentences))], format="csr")
    if names:
        blank = sparse.csr_array((len(names), 2 * own.shape[1]), dtype=np.float32)
        below = sparse.hstack([stack_vectors(names, blocks), blank, _ones(len(names))], format="csr")
        vectors = sparse.vstack([vectors, below], format="csr")
    return Lesson(vectors, blocks, len(sentences), _similarity(vectors))


def stack_vectors(texts: Sequence[str], blocks: Blocks) -> sparse.csr_array:
    """Return the vectors of texts, the vocabularies side by side."""
    found = [(block, block.find(texts)) for block in blocks]
    return sparse.hstack([f.matrix(f.weigh(b.idf), len(b.idf)) for b, f in found], format="csr")


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
    if vectors.shape[0] <= _DENSE:
        products = (vectors @ vectors.T).toarray()
        return lambda coefficients: products @ coefficients
    turned = vectors.T.tocsr()
    return lambda coefficients: vectors @ (turned @ coefficients)
