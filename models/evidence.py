"""What speaks for a theme in a sentence: additive weights of its words, in whole batches."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhuti.features import Entries
from zhuti.models.coder import Doubles, Floats, Integers
from zhuti.models.context import ContextCoder, Reading

# Rows for which the weights of all features are held at once.
_CHUNK = 2048


@dataclass(frozen=True)
class Pieces:
    """The words of a batch of sentences, with what each adds to a theme's log odds.

    Attributes
    ----------
    rows, starts, ends : arrays of int, shape (n_words,)
        Number of the sentence, first character and the character behind the last.
    weights : array, shape (n_words,)
    """

    rows: Integers
    starts: Integers
    ends: Integers
    weights: Doubles


def contrast(coder: ContextCoder, reading: Reading, theme: Integers) -> Doubles:
    """Return what each subtheme's score counts for the theme, shape (n_sentences, n_subthemes).

    Subthemes of the theme count by their share in it, all others by minus their share in the rest: the scores
    times these, added up, are the theme's log odds but for what the sequence adds.
    """
    parents, coded = coder.levels.parents, reading.coded
    inside = parents == theme[:, None]
    mine = np.where(inside, coded.subthemes, 0)
    rest = np.where(inside, 0, coded.subthemes)
    total = np.maximum(mine.sum(axis=1, keepdims=True), 1e-300), np.maximum(rest.sum(axis=1, keepdims=True), 1e-300)
    shares: Doubles = mine / total[0] - rest / total[1]
    return shares


def weigh_pieces(coder: ContextCoder, reading: Reading, shares: Doubles) -> Pieces:
    """Join what characters, runs of characters and words add to the words in which they stand.

    A run of characters is spread evenly over its characters, so that each word has its part.
    """
    lengths = [np.fromiter(map(len, words), dtype=np.int64, count=len(words)) for words in reading.tokens]
    rows = np.repeat(np.arange(len(lengths)), [len(found) for found in lengths])
    flat = np.concatenate([np.zeros(0, dtype=np.int64), *lengths])
    ends = np.cumsum(flat)
    first = np.concatenate([[0], ends])[np.searchsorted(rows, np.arange(len(lengths) + 1))]
    along = np.zeros(int(flat.sum()) + 1)
    for found, (block, part) in zip(reading.entries, coder.parts(), strict=True):
        values = _values(found, found.weigh(block.weights), part, shares) / found.lengths
        begin = first[found.rows] + found.starts
        along += np.bincount(begin, weights=values, minlength=len(along))
        along -= np.bincount(begin + found.lengths, weights=values, minlength=len(along))
    # Once added up, `along` is the weight of each character; twice, that of all before it.
    before = np.concatenate([[0], np.cumsum(np.cumsum(along))])
    return Pieces(rows, ends - flat - first[rows], ends - first[rows], before[ends] - before[ends - flat])


def _values(found: Entries, values: Floats, part: Floats, shares: Doubles) -> Doubles:
    """Return what each entry adds: its value times its feature's weights times the shares of its row."""
    added = np.empty(len(values))
    narrow = shares.astype(np.float32)
    cuts = np.searchsorted(found.rows, np.arange(0, found.n_rows + _CHUNK, _CHUNK))
    for low, high in pairwise(cuts):
        some = slice(low, high)
        added[some] = np.einsum("ij,ij->i", part[found.places[some]], narrow[found.rows[some]]) * values[some]
    return added


def name_strongest(texts: list[str], pieces: Pieces, n: int = 3) -> list[str]:
    """Return the `n` words that speak most for the theme in each text, joined by spaces.

    Single characters, numbers and words that speak against the theme are left out.
    """
    long = (pieces.ends - pieces.starts >= 2) & (pieces.weights > 0)
    order = np.flatnonzero(long)
    order = order[np.lexsort((-pieces.weights[order], pieces.rows[order]))]
    names: list[list[str]] = [[] for _ in texts]
    columns = (pieces.rows[order].tolist(), pieces.starts[order].tolist(), pieces.ends[order].tolist())
    for row, start, end in zip(*columns, strict=True):
        chosen = names[row]
        if len(chosen) < n:
            word = texts[row][start:end]
            if word not in chosen and _says_something(word):
                chosen.append(word)
    return [" ".join(chosen) for chosen in names]


def _says_something(word: str) -> bool:
    return any(character.isalpha() for character in word)


def sum_by_row(pieces: Pieces, n_rows: int) -> NDArray[np.float64]:
    """Return what the words of each sentence add up to."""
    sums: NDArray[np.float64] = np.bincount(pieces.rows, weights=pieces.weights, minlength=n_rows).astype(np.float64)
    return sums
