"""Count the words of blocks of text: whole documents, sections of a document, themes of a document."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from zhuti.reports.sums import Floats, Ints

Tokenizer = Callable[[str], Sequence[str]]

# Where a document has no headings, so many sentences in a row count as one block.
STRETCH = 20
# Words of two characters and more; single characters are mostly particles, and numbers are targets, not words.
WORD = re.compile(r"[^\W\d_]{2,}", re.UNICODE)


@dataclass(frozen=True)
class Bags:
    """Counts of words in blocks.

    Attributes
    ----------
    counts : sparse array of shape (n_blocks, n_terms)
    terms : array of str, shape (n_terms,)
        In the order of the columns.
    totals : array of shape (n_blocks,)
        All words of a block, the rare ones too.
    group : int array of shape (n_blocks,)
        What a block belongs to.
    stratum : int array of shape (n_blocks,)
        Blocks are exchangeable within a stratum only; all 0 where they are exchangeable throughout.
    """

    counts: sparse.csr_array
    terms: np.ndarray[Any, np.dtype[np.object_]]
    totals: Floats
    group: Ints
    stratum: Ints


def document_blocks(frame: pd.DataFrame) -> pd.Series:
    """Name the document of each row; rows without one belong to the document ``.

    Parameters
    ----------
    frame : DataFrame
        Sentence table.
    """
    if "document" not in frame:
        return pd.Series("", index=frame.index)
    return frame["document"].astype("string").fillna("")


def section_blocks(frame: pd.DataFrame) -> pd.Series:
    """Name the section of each row: its document and headings, or every 20 sentences where there are none.

    Parameters
    ----------
    frame : DataFrame
        Sentence table in reading order.

    >>> rows = pd.DataFrame({"document": ["a", "a", "b"], "heading": ["一", "二", ""]})
    >>> section_blocks(rows).tolist()
    ['a/一', 'a/二', 'b/0']
    """
    document = document_blocks(frame)
    stretch = (frame.groupby(document, sort=False).cumcount() // STRETCH).astype("string")
    if "heading" not in frame:
        return document + "/" + stretch
    heading = frame["heading"].astype("string").fillna("")
    return document + "/" + heading.where(heading.ne(""), stretch)


def count_words(
    texts: Iterable[Sequence[str]], block: "pd.Series[Any]", group: Ints, *, least: int, stratify: Ints | None = None
) -> Bags:
    """Count the words of blocks.

    Parameters
    ----------
    texts : iterable of list of str, length n
        Tokens of each sentence.
    block : Series of str, length n
        Block of each text.
    group : int array of shape (n,)
        Group of each text; a block that spans groups is split.
    least : int
        Words with fewer occurrences in all are left out.
    stratify : int array of shape (n,), optional
        Stratum of each text.
    """
    stratum = np.zeros(len(group), dtype=np.intp) if stratify is None else stratify
    key = pd.MultiIndex.from_arrays([stratum, block.to_numpy(dtype=object), group])
    codes, unique = pd.factorize(key)
    found: dict[int, Counter[str]] = {}
    for code, words in zip(codes, texts, strict=True):
        found.setdefault(int(code), Counter()).update(word for word in words if WORD.fullmatch(word))
    overall: Counter[str] = Counter()
    for bag in found.values():
        overall.update(bag)
    terms = np.array(sorted(term for term, count in overall.items() if count >= least), dtype=object)
    index = {term: column for column, term in enumerate(terms)}
    rows, columns, values = [], [], []
    for row, bag in found.items():
        kept = [(index[term], count) for term, count in bag.items() if term in index]
        rows += [row] * len(kept)
        columns += [column for column, _ in kept]
        values += [count for _, count in kept]
    shape = (len(unique), len(terms))
    counts = sparse.csr_array((np.array(values, dtype=float), (rows, columns)), shape=shape)
    totals = np.array([sum(found[row].values()) for row in range(len(unique))], dtype=float)
    of_block = [np.array([key[level] for key in unique], dtype=np.intp) for level in (2, 0)]
    return Bags(counts, terms, totals, of_block[0], of_block[1])
