"""Vocabularies that turn texts into weighted sparse rows: runs of characters, and words.

A block is what a vectorizer has learned, as plain arrays: it can be stored without an object of ours
and used without scikit-learn. The transformers of `zhuti.features.vectors` are made of these.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhuti.features.grams import CodeTable, Floats, Integers, fold, name_gram, pack_grams, read_characters
from zhuti.features.words import build_tokenizer


@dataclass(frozen=True)
class Entries:
    """Where the features of a vocabulary stand: one entry an occurrence, ordered by text.

    Attributes
    ----------
    rows, places, starts, lengths : arrays of int64, shape (n_entries,)
        Number of the text, number of the feature, first character within the text, and length in characters.
    n_rows : int
        Number of texts.
    """

    rows: Integers
    places: Integers
    starts: Integers
    lengths: Integers
    n_rows: int

    def weigh(self, idf: Floats) -> Floats:
        """Return the weight of each entry: its inverse document frequency, the texts scaled to length 1."""
        weights = idf[self.places]
        norms = np.sqrt(np.bincount(self.rows, weights=weights * weights, minlength=self.n_rows))
        scaled: Floats = (weights / norms[self.rows]).astype(np.float32)
        return scaled

    def matrix(self, values: Floats, n_features: int) -> sparse.csr_array:
        """Return a sparse matrix of shape (n_rows, n_features); a feature that stands twice has two entries."""
        ends = np.zeros(self.n_rows + 1, dtype=np.int32)
        np.cumsum(np.bincount(self.rows, minlength=self.n_rows), out=ends[1:])
        return sparse.csr_array((values, self.places.astype(np.int32), ends), shape=(self.n_rows, n_features))


class Block(Protocol):
    """A learned vocabulary with the weights of its features."""

    @property
    def idf(self) -> Floats:
        """Inverse document frequencies, shape (n_features,)."""

    @property
    def names(self) -> list[str]:
        """Readable names of the features."""

    def find(self, texts: Sequence[str]) -> Entries:
        """Return where the features stand in the texts."""


@dataclass(frozen=True)
class GramBlock:
    """Runs of `low` to `high` characters (at most 3), digits taken as 0 and letters as small ones."""

    low: int
    high: int
    codes: Integers
    idf: Floats

    @cached_property
    def _table(self) -> CodeTable:
        return CodeTable(self.codes)

    @property
    def names(self) -> list[str]:
        """The runs of characters."""
        return [name_gram(code) for code in self.codes.tolist()]

    def find(self, texts: Sequence[str]) -> Entries:
        """Return where the known runs stand in the texts."""
        return _find_grams(texts, self.low, self.high, self._table)


@dataclass(frozen=True)
class WordBlock:
    """Words as jieba's dictionary and a codebook's terms cut them, punctuation left out."""

    dictionary: tuple[str, ...]
    words: tuple[str, ...]
    idf: Floats

    @cached_property
    def _places(self) -> dict[str, int]:
        return {word: place for place, word in enumerate(self.words)}

    @property
    def names(self) -> list[str]:
        """The words."""
        return list(self.words)

    def find(self, texts: Sequence[str]) -> Entries:
        """Return where the known words stand in the texts."""
        return _find_words(split_words(texts, self.dictionary), self._places)


def _find_grams(texts: Sequence[str], low: int, high: int, table: CodeTable | None) -> Entries:
    characters = read_characters(texts)
    rows = characters.rows
    found: list[tuple[Integers, Integers, Integers, Integers]] = []
    for length, index, codes in pack_grams(characters, low, high):
        places = codes if table is None else table.find(codes).astype(np.int64)
        known = np.flatnonzero(places >= 0)
        index = index[known]
        starts = index - characters.offsets[rows[index]]
        found.append((rows[index], places[known], starts, np.full(len(index), length, dtype=np.int64)))
    columns = [np.concatenate(parts) for parts in zip(*found, strict=True)]
    order = np.argsort(columns[0], kind="stable")
    rows, places, starts, lengths = (column[order] for column in columns)
    return Entries(rows, places, starts, lengths, len(texts))


def split_words(texts: Sequence[str], dictionary: tuple[str, ...] = ()) -> list[list[str]]:
    """Cut texts as the features see them (digits as 0, small letters), with the compiled engine alone."""
    split = build_tokenizer(dictionary).split_fast
    return [split(fold(text)) for text in texts]


def _find_words(tokens: list[list[str]], places: dict[str, int]) -> Entries:
    counts = np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens))
    total = int(counts.sum())
    flat = [word for words in tokens for word in words]
    place = np.fromiter(map(places.get, flat, repeat(-1)), dtype=np.int64, count=total)
    lengths = np.fromiter(map(len, flat), dtype=np.int64, count=total)
    rows = np.repeat(np.arange(len(tokens)), counts)
    ends = np.cumsum(lengths)
    first = np.zeros(len(tokens) + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, weights=lengths, minlength=len(tokens)).astype(np.int64), out=first[1:])
    starts = ends - lengths - first[rows]
    known = np.flatnonzero(place >= 0)
    return Entries(rows[known], place[known], starts[known], lengths[known], n_rows=len(tokens))


def _frequencies(entries: Entries, n_features: int) -> NDArray[np.int64]:
    """Return in how many texts each feature stands."""
    pairs = np.unique(entries.rows * np.int64(max(1, n_features)) + entries.places)
    return np.bincount(pairs % max(1, n_features), minlength=n_features)


def _inverse(frequencies: NDArray[np.int64], n_texts: int) -> Floats:
    idf: Floats = (np.log((1 + n_texts) / (1 + frequencies)) + 1).astype(np.float32)
    return idf


def learn_grams(texts: Sequence[str], *, low: int = 1, high: int = 2, min_count: int = 1) -> GramBlock:
    """Learn the runs of characters of texts, those that stand in at least `min_count` of them."""
    entries = _find_grams(texts, low, high, None)
    codes, places = np.unique(entries.places, return_inverse=True)
    frequencies = _frequencies(Entries(entries.rows, places, places, places, len(texts)), len(codes))
    kept = frequencies >= min_count
    return GramBlock(low, high, codes[kept], _inverse(frequencies[kept], len(texts)))


def learn_words(texts: Sequence[str], *, dictionary: Iterable[str] = (), min_count: int = 1) -> WordBlock:
    """Learn the words of texts, those that stand in at least `min_count` of them and hold a letter or a digit."""
    kept_whole = tuple(sorted(set(dictionary)))
    tokens = split_words(texts, kept_whole)
    words = sorted({word for row in tokens for word in row if any(map(str.isalnum, word))})
    entries = _find_words(tokens, {word: place for place, word in enumerate(words)})
    frequencies = _frequencies(entries, len(words))
    kept = np.flatnonzero(frequencies >= min_count)
    return WordBlock(kept_whole, tuple(words[place] for place in kept), _inverse(frequencies[kept], len(texts)))
