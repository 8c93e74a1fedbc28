"""What speaks for a theme in a sentence: additive weights of its words, in whole batches."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhuti.models.coder import Doubles, Integers
from zhuti.models.context import ContextCoder, Reading


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
    """Join what characters, runs of characters and words add to the words in which they stand."""
    cut = reading.found.cut
    weights = coder.sums.weigh(reading.found, shares.astype(np.float32), reading.scales)
    begins = cut.starts - cut.characters.offsets[cut.rows]
    return Pieces(cut.rows, begins, begins + cut.lengths, weights)


def name_strongest(texts: list[str], pieces: Pieces, n: int = 3) -> list[str]:
    """Return the `n` words that speak most for the theme in each text, joined by spaces.

    Single characters, numbers and words that speak against the theme are left out.
    """
    order = np.flatnonzero((pieces.ends - pieces.starts >= 2) & (pieces.weights > 0))
    # By row, and within it the heaviest first: the bits of a positive float32 are ordered as it is.
    heavy = pieces.weights[order].astype(np.float32).view(np.int32).astype(np.int64)
    order = order[np.argsort((pieces.rows[order] << 32) - heavy, kind="stable")]
    ends = np.searchsorted(pieces.rows[order], np.arange(len(texts)), side="right").tolist()
    spans = list(zip(pieces.starts[order].tolist(), pieces.ends[order].tolist(), strict=True))
    names, first = [], 0
    for text, end in zip(texts, ends, strict=True):
        chosen: list[str] = []
        for start, stop in spans[first:end]:
            word = text[start:stop]
            if word not in chosen and _says_something(word):
                chosen.append(word)
                if len(chosen) == n:
                    break
        first = end
        names.append(" ".join(chosen))
    return names


def _says_something(word: str) -> bool:
    return word.isalpha() or any(map(str.isalpha, word))


def sum_by_row(pieces: Pieces, n_rows: int) -> NDArray[np.float64]:
    """Return what the words of each sentence add up to."""
    sums: NDArray[np.float64] = np.bincount(pieces.rows, weights=pieces.weights, minlength=n_rows).astype(np.float64)
    return sums
