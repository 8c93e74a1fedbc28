"""Vocabularies that turn texts into weighted sparse rows: runs of characters, and words.

A block is what a vectorizer has learned, as plain arrays: it can be stored without an object of ours
and used without scikit-learn. The transformers of `zhuti.features.vectors` are made of these.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from zhuti.features.entries import Entries, count_texts
from zhuti.features.grams import (
    Characters,
    CodeTable,
    Floats,
    Integers,
    fold_all,
    hash_runs,
    name_gram,
    pack_grams,
    read_characters,
)
from zhuti.features.words import build_tokenizer

Tokens = list[list[str]]


class Block(Protocol):
    """A learned vocabulary with the weights of its features."""

    @property
    def weights(self) -> Floats:
        """Weights by rarity, shape (n_features,)."""

    @property
    def names(self) -> list[str]:
        """Readable names of the features."""

    def find(self, texts: Sequence[str]) -> Entries:
        """Return where the features stand in the texts."""


@dataclass(frozen=True)
class CutWords:
    """The words of many texts, one after the other, punctuation included.

    Attributes
    ----------
    characters : Characters
        Of the texts.
    rows, starts, lengths : arrays of int64, shape (n_words,)
        Number of the text, first character, counted over all texts, and length in characters.
    """

    characters: Characters
    rows: Integers
    starts: Integers
    lengths: Integers

    @property
    def n_rows(self) -> int:
        """Number of texts."""
        return len(self.characters.offsets) - 1

    @property
    def words(self) -> list[str]:
        """The words as the features see them."""
        text = self.characters.text()
        spans = zip(self.starts.tolist(), (self.starts + self.lengths).tolist(), strict=True)
        return [text[start:end] for start, end in spans]

    @cached_property
    def codes(self) -> Integers:
        """A number for each word, the same for the same word."""
        return hash_runs(self.characters.points, self.starts, self.lengths)


@dataclass(frozen=True)
class GramBlock:
    """Runs of `low` to `high` characters (at most 3), digits taken as 0 and letters as small ones."""

    low: int
    high: int
    codes: NDArray[np.int64]
    weights: Floats

    @cached_property
    def _table(self) -> CodeTable:
        return CodeTable(self.codes)

    @property
    def names(self) -> list[str]:
        """The runs of characters."""
        return [name_gram(code) for code in self.codes.tolist()]

    def find(self, texts: Sequence[str]) -> Entries:
        """Return where the known runs stand in the texts."""
        return _merge(self.find_each(read_characters(texts)))

    def find_each(self, characters: Characters, within: Integers | None = None) -> list[Entries]:
        """Return where the known runs of each length stand, those of a length in the order of the texts.

        Parameters
        ----------
        characters : Characters
        within : array of int64, shape (n_characters,), optional
            As in `pack_grams`.
        """
        return _find_grams(characters, self.low, self.high, self._table, within)


@dataclass(frozen=True)
class WordBlock:
    """Words as jieba's dictionary and a codebook's terms cut them, punctuation left out."""

    dictionary: tuple[str, ...]
    words: tuple[str, ...]
    weights: Floats

    @cached_property
    def _table(self) -> CodeTable:
        return CodeTable(_hash_words(self.words))

    @property
    def names(self) -> list[str]:
        """The words."""
        return list(self.words)

    def cut(self, characters: Characters) -> CutWords:
        """Cut texts into words; joined, those of a text are as long as it."""
        return cut_words(characters, self.dictionary)

    def find(self, texts: Sequence[str]) -> Entries:
        """Return where the known words stand in the texts."""
        return self.find_cut(self.cut(read_characters(texts)))

    def find_cut(self, cut: CutWords) -> Entries:
        """Return where the known words stand in texts that are cut already."""
        place = self.place(cut)
        known = np.flatnonzero(place >= 0)
        return Entries(cut.rows[known], place[known], cut.starts[known], cut.lengths[known], cut.n_rows)

    def place(self, cut: CutWords) -> Integers:
        """Return the number of each word in the vocabulary, -1 for one that is not in it, shape (n_words,)."""
        return self._table.find(cut.codes).astype(np.int64)


def _hash_words(words: Sequence[str]) -> Integers:
    characters = read_characters(words)
    return hash_runs(characters.points, characters.offsets[:-1], np.diff(characters.offsets))


def _find_grams(
    characters: Characters, low: int, high: int, table: CodeTable | None, within: Integers | None = None
) -> list[Entries]:
    text_of, found = characters.rows, []
    for length, index, codes in pack_grams(characters, low, high, within):
        places = codes if table is None else table.find(codes).astype(np.int64)
        known = np.flatnonzero(places >= 0)
        starts = index[known]
        lengths = np.full(len(starts), length, dtype=np.int64)
        found.append(Entries(text_of[starts], places[known], starts, lengths, len(characters.offsets) - 1))
    return found


def _merge(parts: Sequence[Entries]) -> Entries:
    """Return the entries of all parts, ordered by text."""
    names = ("rows", "places", "starts", "lengths")
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in names]
    order = np.argsort(columns[0], kind="stable")
    rows, places, starts, lengths = (column[order] for column in columns)
    return Entries(rows, places, starts, lengths, parts[0].n_rows)


def cut_words(characters: Characters, dictionary: tuple[str, ...] = ()) -> CutWords:
    """Cut texts into words in one step, with the compiled engine alone.

    It gets the texts as one, a line break between any two: no word reaches across it.
    """
    n_texts = len(characters.offsets) - 1
    flat = build_tokenizer(dictionary).split_fast(characters.joined())
    lengths = np.fromiter(map(len, flat), dtype=np.int64, count=len(flat))
    starts = np.cumsum(lengths) - lengths
    row_of = np.repeat(np.arange(n_texts), np.diff(characters.offsets) + 1)
    rows = row_of[starts]
    starts -= rows
    inside = starts < characters.offsets[rows + 1]
    return CutWords(characters, rows[inside], starts[inside], lengths[inside])


def split_words(texts: Sequence[str], dictionary: tuple[str, ...] = ()) -> Tokens:
    """Cut texts as the features see them (digits as 0, small letters), with the compiled engine alone."""
    split = build_tokenizer(dictionary).split_fast
    return list(map(split, fold_all(texts)))


def _weigh_rarity(counts: NDArray[np.int64], n_texts: int, rarity: float) -> Floats:
    """Return the inverse document frequency of each feature to the power `rarity`."""
    weights: Floats = ((np.log((1 + n_texts) / (1 + counts)) + 1) ** rarity).astype(np.float32)
    return weights


def learn_grams(
    texts: Sequence[str], *, low: int = 1, high: int = 2, min_count: int = 1, rarity: float = 1.0
) -> GramBlock:
    """Learn the runs of characters of texts, those that stand in at least `min_count` of them.

    Parameters
    ----------
    texts : sequence of str
    low, high : int
        Shortest and longest run; at most 3.
    min_count : int
    rarity : float
        Power of the inverse document frequency; above 1, rare runs count for still more.
    """
    entries = _merge(_find_grams(read_characters(texts), low, high, None))
    codes, places = np.unique(entries.places, return_inverse=True)
    counts = count_texts(Entries(entries.rows, places, places, places, len(texts)), len(codes))
    kept = counts >= min_count
    return GramBlock(low, high, codes[kept], _weigh_rarity(counts[kept], len(texts), rarity))


def learn_words(
    texts: Sequence[str], *, dictionary: Iterable[str] = (), min_count: int = 1, rarity: float = 1.0
) -> WordBlock:
    """Learn the words of texts, those that stand in at least `min_count` of them and hold a letter or a digit.

    Parameters
    ----------
    texts : sequence of str
    dictionary : iterable of str
        Words to keep whole.
    min_count : int
    rarity : float
        Power of the inverse document frequency.
    """
    kept_whole = tuple(sorted(set(dictionary)))
    cut = cut_words(read_characters(texts), kept_whole)
    words = tuple(sorted({word for word in cut.words if any(map(str.isalnum, word))}))
    entries = WordBlock(kept_whole, words, np.ones(len(words), dtype=np.float32)).find_cut(cut)
    counts = count_texts(entries, len(words))
    kept = np.flatnonzero(counts >= min_count)
    weights = _weigh_rarity(counts[kept], len(texts), rarity)
    return WordBlock(kept_whole, tuple(words[place] for place in kept), weights)
