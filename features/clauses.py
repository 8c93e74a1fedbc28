"""Cut sentences at commas and other marks, for whole batches at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhuti.features.grams import Integers, read_characters

_MARKS = np.array(sorted(map(ord, "，、；：。！？“”（）《》…—,;:!?()\"'\n")), dtype=np.int64)


@dataclass(frozen=True)
class Clauses:
    """The clauses of many texts, one after the other.

    Attributes
    ----------
    clause_of : array of int, shape (n_characters,)
        Number of the clause of each character, over all texts.
    offsets : array of int, shape (n_texts + 1,)
        The characters of text i are `offsets[i]:offsets[i + 1]`.
    rows : array of int, shape (n_clauses,)
        Number of the text of each clause.
    lengths : array of int, shape (n_clauses,)
        Characters of each clause, marks left out.
    """

    clause_of: Integers
    offsets: Integers
    rows: Integers
    lengths: Integers

    def at(self, rows: Integers, starts: Integers) -> Integers:
        """Return the clauses in which features stand, by text and first character."""
        found: Integers = self.clause_of[self.offsets[rows] + starts]
        return found


def split_clauses(texts: Sequence[str]) -> Clauses:
    """Cut texts after each mark; marks in a row belong to the clause before them.

    Examples
    --------
    >>> clauses = split_clauses(["新建小学，改造医院。", "好"])
    >>> clauses.rows.tolist(), clauses.lengths.tolist()
    ([0, 0, 1], [4, 4, 1])
    """
    characters = read_characters(texts)
    n, rows = len(characters.points), characters.rows
    mark = _MARKS[np.minimum(np.searchsorted(_MARKS, characters.points), len(_MARKS) - 1)] == characters.points
    begins = np.ones(n, dtype=bool)
    if n:
        begins[1:] = (mark[:-1] & ~mark[1:]) | (rows[1:] != rows[:-1])
    clause_of = np.cumsum(begins) - 1
    n_clauses = int(begins.sum())
    lengths = np.bincount(clause_of, weights=~mark, minlength=n_clauses).astype(np.int64)
    return Clauses(clause_of, characters.offsets, rows[begins], lengths)
