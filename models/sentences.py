"""What a classifier is handed: texts alone, or a table of sentences in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from zhuti.errors import TableError


@dataclass(frozen=True)
class Sentences:
    """Texts with what is known of where they stand; `None` where nothing is known.

    Attributes
    ----------
    texts : list of str
    documents : list of str or None
        Document of each text; neighbours in the list with the same document stand side by side in it.
    headings : list of str or None
        Heading under which each text stands; '' for none.
    """

    texts: list[str]
    documents: list[str] | None = None
    headings: list[str] | None = None

    def __len__(self) -> int:
        return len(self.texts)

    def part(self, rows: slice) -> "Sentences":
        """Return some of the rows."""
        return Sentences(
            self.texts[rows],
            None if self.documents is None else self.documents[rows],
            None if self.headings is None else self.headings[rows],
        )


def gather_sentences(X: Any) -> Sentences:
    """Return the sentences of a list of texts, an array, a Series, or a table with a column `text`.

    Raises
    ------
    TableError
        When there is no column `text`, a cell is no text, or the array has more than one dimension.
    """
    if hasattr(X, "columns"):
        if "text" not in X.columns:
            raise TableError(f"the table lacks the column text; it has {', '.join(map(str, X.columns))}")
        return Sentences(_texts(X["text"]), _column(X, "document"), _column(X, "heading"))
    return Sentences(_texts(X))


def _texts(values: Any) -> list[str]:
    if isinstance(values, str):
        raise TableError("expected a list of texts, got one text; put it into a list")
    if getattr(values, "ndim", 1) != 1:
        raise TableError(f"expected a list of texts, got an array of {values.ndim} dimensions; Reshape your data")
    texts = values.tolist() if hasattr(values, "tolist") else list(values)
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            raise TableError(f"row {row}: expected a text, got {text!r}; fill empty cells with ''")
    return texts


def _column(table: Any, name: str) -> list[str] | None:
    if name not in table.columns:
        return None
    values: Sequence[Any] = table[name].tolist()
    return [value if isinstance(value, str) else "" if _missing(value) else str(value) for value in values]


def _missing(value: Any) -> bool:
    return value is None or value != value or type(value).__name__ == "NAType"


def assign_folds(groups: Sequence[str], folds: int, *, random_state: int | None = None) -> "np.ndarray[Any, Any]":
    """Return the fold of each row, 0 … folds − 1: groups stay whole, folds are about equally large.

    The largest group goes first, each to the smallest fold so far; ties fall as the groups stand, or by
    chance with a `random_state`. There are never more folds than groups.

    Examples
    --------
    >>> assign_folds(["a", "a", "a", "b", "c", "c"], 2).tolist()
    [0, 0, 0, 1, 1, 1]
    """
    names, group = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    sizes = np.bincount(group)
    first = np.full(len(names), len(group))
    np.minimum.at(first, group, np.arange(len(group)))
    tie = first if random_state is None else np.random.default_rng(random_state).permutation(len(names))
    load = np.zeros(min(folds, len(names)), dtype=np.int64)
    fold = np.zeros(len(names), dtype=np.int64)
    for name in np.lexsort((tie, -sizes)):
        fold[name] = int(load.argmin())
        load[fold[name]] += sizes[name]
    return fold[group]
