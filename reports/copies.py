"""Find sentences that documents share nearly word for word, and what shares look like without them."""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from zhuti.errors import TableError

# Characters of a shingle; Jaccard similarity of sets of shingles from which two sentences count as copies; and
# the fewest characters of a sentence that is looked at: short ones are formulas.
SHINGLE, THRESHOLD, LEAST = 4, 0.7, 10
COLUMNS = ("cluster", "sentence_id", "document", "similarity", "documents", "text")
WITHOUT = ("group", "theme", "copied", "share", "low", "high", "share_without", "low_without", "high_without")
# In larger corpora copies are not looked for.
MOST_SENTENCES = 200_000
_NOT_TEXT = re.compile(r"[\W_]+")


def copied_sentences(coded: pd.DataFrame, *, threshold: float = THRESHOLD) -> pd.DataFrame:
    """Find sentences with a near copy in another document: all of them, by exact comparison of shingles.

    Parameters
    ----------
    coded : DataFrame
        Sentence table with sentence_id, document and text.
    threshold : float
        Jaccard similarity of the sets of 4-character shingles, 0 to 1.

    Returns
    -------
    DataFrame
        A row a copied sentence: cluster (sentences that are copies of one another, over steps), sentence_id,
        document, similarity (to its nearest copy elsewhere), documents (in the cluster), text.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents; Chaudhuri, Ganti and Kaushik (2006), A
    primitive operator for similarity joins (prefix filter).
    """
    missing = [name for name in ("sentence_id", "document", "text") if name not in coded]
    if missing:
        raise TableError(f"copied sentences need the column {', '.join(missing)}")
    frame = coded[coded["kind"].eq("sentence")] if "kind" in coded else coded
    bare = frame["text"].astype(str).map(lambda text: _NOT_TEXT.sub("", text))
    frame, bare = frame[bare.str.len() >= LEAST], bare[bare.str.len() >= LEAST]
    number, unique = pd.factorize(bare)
    pairs = similar_pairs([_shingles(text) for text in unique], threshold)
    nearest, cluster = _clustered(number, frame["document"].to_numpy(), pairs, len(unique))
    kept = ~np.isnan(nearest)
    table = pd.DataFrame(
        {
            "cluster": pd.factorize(cluster[kept])[0],
            "sentence_id": frame["sentence_id"].to_numpy()[kept],
            "document": frame["document"].to_numpy()[kept],
            "similarity": nearest[kept],
            "text": frame["text"].to_numpy()[kept],
        }
    )
    table["documents"] = table.groupby("cluster")["document"].transform("nunique") if len(table) else 0
    return table[list(COLUMNS)].sort_values(["cluster", "sentence_id"], kind="stable").reset_index(drop=True)


def shares_without_copies(coded: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """Estimate shares with and without the sentences that documents share.

    Parameters
    ----------
    coded : DataFrame
    **options
        As for `compare`: by, card, audit, weights, level …

    Returns
    -------
    DataFrame
        Columns as in `WITHOUT`; see `Comparison.without_copies`. Empty where nothing is copied.
    """
    from zhuti.reports.comparison import compare

    return compare(coded, **{**options, "with_terms": False}).without_copies


def side_by_side(whole: pd.DataFrame, rest: pd.DataFrame, copied: pd.DataFrame) -> pd.DataFrame:
    """Put the shares of all sentences beside those of the sentences that have no copy.

    Parameters
    ----------
    whole, rest : DataFrame
        Tables of shares.
    copied : DataFrame
        The sentences that have a copy, with `group` and `theme`.

    Returns
    -------
    DataFrame
        group, theme, copied (sentences of the theme that have a copy), share, low, high, share_without,
        low_without, high_without (NaN where nothing is left).
    """
    key = ["group", "theme"]
    names = {"share": "share_without", "low": "low_without", "high": "high_without"}
    counts = copied.groupby(key).size().rename("copied").reset_index()
    joined = whole.merge(rest[[*key, *names]].rename(columns=names), on=key, how="left").merge(
        counts, on=key, how="left"
    )
    joined["copied"] = joined["copied"].fillna(0).astype(int)
    return joined[list(WITHOUT)]


def similar_pairs(sets: Sequence[frozenset[int]], threshold: float) -> list[tuple[int, int, float]]:
    """Return all pairs of sets whose Jaccard similarity reaches a threshold, with it.

    >>> similar_pairs([frozenset({1, 2, 3}), frozenset({1, 2, 3, 4}), frozenset({7, 8})], 0.7)
    [(0, 1, 0.75)]
    """
    frequency: dict[int, int] = defaultdict(int)
    for items in sets:
        for item in items:
            frequency[item] += 1
    index: dict[int, list[int]] = defaultdict(list)
    found: list[tuple[int, int, float]] = []
    for one in sorted(range(len(sets)), key=lambda number: (len(sets[number]), number)):
        size = len(sets[one])
        # Two sets that reach the threshold share one of their rarest items at least.
        rarest = sorted(sets[one], key=lambda item: (frequency[item], item))[: size - math.ceil(threshold * size) + 1]
        candidates = {other for item in rarest for other in index[item] if len(sets[other]) >= threshold * size}
        for other in sorted(candidates):
            common = len(sets[one] & sets[other])
            similarity = common / (size + len(sets[other]) - common)
            if similarity >= threshold:
                found.append((min(one, other), max(one, other), similarity))
        for item in rarest:
            index[item].append(one)
    return sorted(found)


def _shingles(text: str) -> frozenset[int]:
    return frozenset(hash_text(text[place : place + SHINGLE]) for place in range(max(len(text) - SHINGLE + 1, 1)))


def hash_text(text: str) -> int:
    """Return a number for up to four characters, the same in every run and different for different ones."""
    value = 0
    for char in text:
        value = value << 21 | ord(char)
    return value


def _clustered(number: Any, document: Any, pairs: list[tuple[int, int, float]], n_texts: int) -> tuple[Any, Any]:
    parent = list(range(n_texts))

    def root(text: int) -> int:
        while parent[text] != text:
            parent[text] = parent[parent[text]]
            text = parent[text]
        return text

    holders = pd.Series(document).groupby(number).agg(set).to_dict()
    best = {text: 1.0 if len(where) > 1 else math.nan for text, where in holders.items()}
    for one, other, similarity in pairs:
        if len(holders[one] | holders[other]) > 1:
            parent[root(one)] = root(other)
            for text in (one, other):
                best[text] = similarity if math.isnan(best[text]) else max(best[text], similarity)
    nearest = np.array([best[text] for text in number], dtype=float)
    return nearest, np.array([root(text) for text in number])
