"""Characters and their neighbours as numbers: the vectorised half of the feature extraction.

All texts of a batch become one flat array of characters; pairs and triples of characters are then
arithmetic on shifted copies of it. Nothing here knows scikit-learn, so that a second start is quick.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]

# Three characters of 21 bits each fit into one 64-bit integer.
_BITS = 21
LONGEST = 3
_MIX = np.uint64(0x9E3779B97F4A7C15)
# Base of the hash of runs, odd so that its powers can be undone modulo 2^64; and what undoes it.
_BASE = 0xD6E8FEB86659FD93
_UNDO = pow(_BASE, -1, 1 << 64)


@dataclass(frozen=True)
class Characters:
    """The characters of many texts: `points` one after the other, text i at `offsets[i]:offsets[i + 1]`."""

    points: Integers
    offsets: Integers

    @cached_property
    def rows(self) -> Integers:
        """Number of the text of each character."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def text(self) -> str:
        """Return the texts as one, nothing between them."""
        return self.points.astype("<u4").tobytes().decode("utf-32-le")

    def joined(self) -> str:
        """Return the texts as one, line breaks between them."""
        n_texts = len(self.offsets) - 1
        points = np.full(len(self.points) + max(0, n_texts - 1), ord("\n"), dtype="<u4")
        points[np.arange(len(self.points)) + self.rows] = self.points
        return points.tobytes().decode("utf-32-le")


@lru_cache(maxsize=1)
def _folding() -> Integers:
    """Return the table code point → code point: digits to 0, small letters, half width; NUL and CR to a space."""
    table = np.arange(0x110000, dtype=np.int64)
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    table[0x3000] = table[0] = table[0x0D] = table[0xD800:0xE000] = 0x20
    table[ord("A") : ord("Z") + 1] += 32
    table[0xFF21:0xFF3B] = np.arange(ord("a"), ord("z") + 1)
    table[ord("0") : ord("9") + 1] = table[0xFF10:0xFF1A] = ord("0")
    return table


def fold(text: str) -> str:
    """Return the text as the features see it, of the same length: digits as 0, small letters, half width.

    >>> fold("ＧＤＰ增长5.8%")
    'gdp增长0.0%'
    """
    return text.translate(_translation())


def fold_all(texts: Sequence[str]) -> list[str]:
    """Return each text folded, all in one step.

    >>> fold_all(["ＧＤＰ", "", "增长5.8%"])
    ['gdp', '', '增长0.0%']
    """
    characters = read_characters(texts)
    folded = characters.text()
    ends = characters.offsets.tolist()
    return [folded[first:end] for first, end in pairwise(ends)]


@lru_cache(maxsize=1)
def _translation() -> dict[int, int]:
    table = _folding()
    changed = np.flatnonzero(table != np.arange(len(table)))
    return dict(zip(changed.tolist(), table[changed].tolist(), strict=True))


def read_characters(texts: Sequence[str]) -> Characters:
    """Turn texts into one flat array of folded code points."""
    offsets = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)), out=offsets[1:])
    raw = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return Characters(_folding()[raw], offsets)


def pack_grams(
    characters: Characters, low: int, high: int, within: Integers | None = None
) -> Iterator[tuple[int, Integers, Integers]]:
    """Yield (length, first character's index, code) for the runs of `low`…`high` characters inside each text.

    `within`, where given, has a number for each character; runs of characters with one number, -1 apart, are left out.
    """
    points, rows = characters.points, characters.rows
    codes = points
    for length in range(1, high + 1):
        if length > 1:
            codes = (codes[:-1] << _BITS) | points[length - 1 :]
        if length >= low:
            wanted = rows[: len(codes)] == rows[length - 1 :]
            if within is not None:
                first = within[: len(codes)]
                wanted &= (first < 0) | (first != within[length - 1 :])
            inside = np.flatnonzero(wanted)
            yield length, inside, codes[inside]


def hash_runs(points: Integers, starts: Integers, lengths: Integers) -> Integers:
    """Return a number for each run of characters, the same for the same characters and none negative.

    Parameters
    ----------
    points : array of int64, shape (n_characters,)
    starts, lengths : arrays of int64, shape (n_runs,)

    Notes
    -----
    A polynomial of the characters modulo 2^64, read off its running sums (Karp and Rabin 1987, Efficient
    randomized pattern-matching algorithms). Of a million runs and as many others, two that differ get the same
    number with a chance of one in ten million.

    Examples
    --------
    >>> first, second = hash_runs(read_characters(["教育和教育"]).points, np.array([0, 3]), np.array([2, 2]))
    >>> bool(first == second)
    True
    """
    up, down = _powers(len(points) + 1)
    sums = np.zeros(len(points) + 1, dtype=np.uint64)
    np.cumsum(points.view(np.uint64) * up[: len(points)], out=sums[1:])
    runs = (sums[starts + lengths] - sums[starts]) * down[starts] + lengths.astype(np.uint64)
    codes: Integers = ((runs ^ (runs >> np.uint64(29))) & np.uint64((1 << 63) - 1)).view(np.int64)
    return codes


@lru_cache(maxsize=2)
def _grown(n: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    up, down = (np.full(n, base, dtype=np.uint64) for base in (_BASE, _UNDO))
    up[0] = down[0] = 1
    return np.cumprod(up), np.cumprod(down)


def _powers(n: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return at least `n` powers of the base and of what undoes it; sizes go by doubling, so that few are made."""
    return _grown(1 << max(16, (n - 1).bit_length()))


def name_gram(code: int) -> str:
    """Return the characters of a packed run.

    >>> _, _, codes = list(pack_grams(read_characters(["教育"]), 2, 2))[0]
    >>> name_gram(int(codes[0]))
    '教育'
    """
    characters = []
    while code:
        characters.append(chr(code & ((1 << _BITS) - 1)))
        code >>= _BITS
    return "".join(reversed(characters))


class CodeTable:
    """Find the places of many 64-bit codes at once: open addressing, probed by whole arrays.

    Parameters
    ----------
    codes : array of int64, shape (n_codes,)
        Distinct, none negative; code i is found at place i.

    Examples
    --------
    >>> CodeTable(np.array([7, 9])).find(np.array([9, 8, 7])).tolist()
    [1, -1, 0]
    """

    def __init__(self, codes: Integers) -> None:
        bits = max(8, int(max(1, len(codes))).bit_length() + 2)
        self._shift = np.uint64(64 - bits)
        self._mask = (1 << bits) - 1
        self._keys = np.full(1 << bits, -1, dtype=np.int64)
        self._places = np.full(1 << bits, -1, dtype=np.int32)
        waiting = np.arange(len(codes))
        slots = self._slots(codes)
        while len(waiting):
            free = self._keys[slots] < 0
            self._keys[slots[free]] = codes[waiting[free]]
            # Where two codes met at one free slot the later one has won; the others look further.
            settled = self._keys[slots] == codes[waiting]
            self._places[slots[settled]] = waiting[settled]
            waiting, slots = waiting[~settled], (slots[~settled] + 1) & self._mask

    def _slots(self, codes: Integers) -> Integers:
        slots: Integers = ((codes.view(np.uint64) * _MIX) >> self._shift).astype(np.int64)
        return slots

    def find(self, codes: Integers) -> NDArray[np.int32]:
        """Return the place of each code, -1 where it is not in the table."""
        slots = self._slots(codes)
        keys = self._keys[slots]
        places = np.where(keys == codes, self._places[slots], np.int32(-1))
        unsure = np.flatnonzero((keys != codes) & (keys >= 0))
        slots = slots[unsure]
        while len(unsure):
            slots = (slots + 1) & self._mask
            keys = self._keys[slots]
            hit = keys == codes[unsure]
            places[unsure[hit]] = self._places[slots[hit]]
            more = ~hit & (keys >= 0)
            unsure, slots = unsure[more], slots[more]
        return places
