"""Split the difference between two groups' words into priorities (mix of themes) and wording within themes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from zhuti.errors import TableError
from zhuti.features import tokenize as split_words
from zhuti.reports.bags import WORD, Tokenizer
from zhuti.reports.evidence import group_names
from zhuti.reports.sums import Floats, Ints

EXCHANGES = 30
COLUMNS = ("group_a", "group_b", "mix", "mix_chance", "wording", "wording_chance", "mix_part")


def split_differences(
    coded: pd.DataFrame,
    *,
    by: str = "district",
    themes: Sequence[str] | None = None,
    least: int = 5,
    tokenize: Tokenizer | None = None,
    random_state: int = 0,
) -> pd.DataFrame:
    """Tell how much of the difference between groups is mix of themes, and how much wording within themes.

    How much a word and its theme tell about which of two groups they come from is, by the chain rule, what
    the theme tells (mix) plus what the word tells once the theme is known (wording). Both are inflated in
    finite texts; what sentences exchanged between the groups at random would give stands beside them.

    Parameters
    ----------
    coded : DataFrame
        Sentence table with `text` and `theme`.
    by : str
    themes : sequence of str, optional
        Themes that count; by default all but `other`.
    least : int
        Words with fewer occurrences are left out.
    tokenize : callable, optional
    random_state : int

    Returns
    -------
    DataFrame
        Two groups are compared with each other, more of them each with the rest: group_a, group_b (`*` for the
        rest), mix, mix_chance, wording, wording_chance (bits, 0 to 1), mix_part (of what is beyond chance, 0 to
        1; NaN where neither mix nor wording is above what any of 30 random exchanges gives).

    References
    ----------
    Lin (1991), Divergence measures based on the Shannon entropy; Cover and Thomas (2006), Elements of
    Information Theory, ch. 2 (chain rule).
    """
    missing = [name for name in (by, "text", "theme") if name not in coded]
    if missing:
        raise TableError(f"splitting differences needs the column {', '.join(missing)}")
    frame = coded[coded["kind"].eq("sentence")] if "kind" in coded else coded
    frame = frame[frame["theme"].ne("other") if themes is None else frame["theme"].isin(list(themes))]
    words = _word_matrix([(tokenize or split_words)(text) for text in frame["text"].astype(str)], least)
    theme, names = pd.factorize(frame["theme"])
    group, groups = pd.factorize(group_names(frame, [by]))
    sides = (
        [(groups[0], groups[1], group == 0)]
        if len(groups) == 2
        else [(g, "*", group == i) for i, g in enumerate(groups)]
    )
    rng = np.random.default_rng(random_state)
    rows = [
        (a, b, *_split(words, theme.astype(np.intp), len(names), side, rng)) for a, b, side in sides if len(groups) > 1
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _split(
    words: sparse.csr_array,
    theme: Ints,
    n_themes: int,
    side: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    rng: np.random.Generator,
) -> tuple[float, ...]:
    mix, wording = _information(words, theme, n_themes, side)
    drawn = []
    for _ in range(EXCHANGES):
        anywhere = rng.permutation(side)
        within = side.copy()
        for code in range(n_themes):
            rows = np.flatnonzero(theme == code)
            within[rows] = rng.permutation(side[rows])
        drawn.append(
            (_information(words, theme, n_themes, anywhere)[0], _information(words, theme, n_themes, within)[1])
        )
    mix_chance, wording_chance = np.mean(drawn, axis=0)
    parts = max(mix - mix_chance, 0.0), max(wording - wording_chance, 0.0)
    sure = bool((np.array([mix, wording]) > np.max(drawn, axis=0)).any())
    part = parts[0] / sum(parts) if sure and sum(parts) > 0 else float("nan")
    return mix, float(mix_chance), wording, float(wording_chance), part


def _information(
    words: sparse.csr_array, theme: Ints, n_themes: int, side: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
) -> tuple[float, float]:
    cell = np.where(side, 0, n_themes) + theme
    member = sparse.csr_array((np.ones(len(cell)), (cell, np.arange(len(cell)))), shape=(2 * n_themes, len(cell)))
    counts = (member @ words).toarray().reshape(2, n_themes, -1)
    joint = counts / np.maximum(counts.sum(axis=(1, 2), keepdims=True), 1.0)
    mix = _divergence(joint.sum(axis=2))
    return mix, max(_divergence(joint.reshape(2, -1)) - mix, 0.0)


def _divergence(pair: Floats) -> float:
    middle = pair.mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        bits = np.where(pair > 0, pair * np.log2(pair / middle), 0.0)
    return float(bits.sum() / 2.0)


def _word_matrix(sentences: Sequence[Sequence[str]], least: int) -> sparse.csr_array:
    flat = [(row, word) for row, words in enumerate(sentences) for word in words if WORD.fullmatch(word)]
    rows = np.array([row for row, _ in flat], dtype=np.intp)
    codes, _ = pd.factorize(np.array([word for _, word in flat], dtype=object))
    frequent = np.bincount(codes) >= least if len(codes) else np.zeros(0, dtype=bool)
    kept = frequent[codes]
    place = np.cumsum(frequent) - 1
    shape = (len(sentences), int(frequent.sum()))
    return sparse.csr_array((np.ones(int(kept.sum())), (rows[kept], place[codes[kept]])), shape=shape)
