"""Cut sentences at commas and other marks, for whole batches at once."""

from dataclasses import dataclass

import numpy as np

from zhuti.features.grams import Characters, Integers

_MARKS = np.array(sorted(map(ord, "，、；：。！？“”（）《》…—,;:!?()\"'\n")), dtype=np.int64)
# The same as a table by code point; the last cell stands for all beyond it.
_IS_MARK = np.isin(np.arange(_MARKS[-1] + 2), _MARKS)


@dataclass(frozen=True)
class Clauses:
    """The clauses of many texts, one after the other.

    Attributes
    ----------
    clause_of : array of int, shape (n_characters,)
        Number of the clause of each character, over all texts.
    rows : array of int, shape (n_clauses,)
        Number of the text of each clause.
    lengths : array of int, shape (n_clauses,)
        Characters of each clause, marks left out.
    """

    clause_of: Integers
    rows: Integers
    lengths: Integers


def split_clauses(characters: Characters) -> Clauses:
    """Cut texts after each mark; marks in a row belong to the clause before them.

    Examples
    --------
    >>> from zhuti.features import read_characters
    >>> clauses = split_clauses(read_characters(["新建小学，改造医院。", "好"]))
    >>> clauses.rows.tolist(), clauses.lengths.tolist()
    ([0, 0, 1], [4, 4, 1])
    """
    n, rows = len(characters.points), characters.rows
    mark = _IS_MARK[np.minimum(characters.points, len(_IS_MARK) - 1)]
    begins = np.ones(n, dtype=bool)
    if n:
        begins[1:] = (mark[:-1] & ~mark[1:]) | (rows[1:] != rows[:-1])
    clause_of = np.cumsum(begins) - 1
    n_clauses = int(begins.sum())
    lengths = np.bincount(clause_of, weights=~mark, minlength=n_clauses).astype(np.int64)
    return Clauses(clause_of, rows[begins], lengths)
