"""How scores grow with the number of labelled documents."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd

from zhuti.models.coder import Integers
from zhuti.models.left_out import code_rows, fit_once
from zhuti.models.scores import count_by_group, draw_groups, score_confusion, tail_bounds
from zhuti.seeds import Codebook

# Parts of the documents to learn from; the whole is what cross-validation measures anyway.
PARTS = (1 / 16, 1 / 8, 1 / 4, 1 / 2)
LEAST_DOCUMENTS, LEAST_SENTENCES = 2, 20
COLUMNS = ("classifier", "documents", "sentences", "repeats", "measure", "value", "low", "high")


def curve_steps(groups: Integers, fold: Integers) -> list[int]:
    """Return the numbers of documents to learn from, smallest first, without the whole."""
    whole = int(np.mean([len(np.unique(groups[fold != number])) for number in range(int(fold.max()) + 1)]))
    steps = sorted({round(part * whole) for part in PARTS})
    size = len(groups) / len(np.unique(groups))
    return [step for step in steps if LEAST_DOCUMENTS <= step < whole and step * size >= LEAST_SENTENCES]


def learn_curve(
    labels: pd.DataFrame,
    groups: Integers,
    fold: Integers,
    name: str,
    book: Codebook,
    *,
    repeats: int = 2,
    level: float = 0.95,
    random_state: int = 0,
    callback: Callable[[int], object] | None = None,
) -> pd.DataFrame:
    """Measure a classifier that learns from a part of the documents.

    For each step, repeat and fold, so many documents are drawn from those outside the fold; the smaller draws of
    a repeat lie within the larger ones. What is coded are the same sentences as in cross-validation.

    Parameters
    ----------
    labels : DataFrame
    groups, fold : arrays of int, shape (n_sentences,)
    name : str
    book : Codebook
    repeats : int
    level : float
        Of the intervals, which draw documents and repeats anew.
    random_state : int
    callback : callable, optional
        Called with 1 after each training.

    Returns
    -------
    DataFrame
        `COLUMNS`, measure being `macro_f1` or `accuracy`, the value the mean over repeats; `documents` and
        `sentences` are means over folds.
    """
    steps = curve_steps(groups, fold)
    tasks = [(step, repeat, number) for step in steps for repeat in range(repeats) for number in range(fold.max() + 1)]

    def learn(task: tuple[int, int, int]) -> tuple[pd.Series, int, int]:
        step, repeat, number = task
        kept = choose_documents(labels, groups, fold != number, step, seed=(random_state, repeat, number))
        out = labels[fold == number]
        themes, _ = code_rows(fit_once(labels[kept], name, book), out, book)
        if callback:
            callback(1)
        predicted = pd.Series(np.array(book.theme_ids, dtype=object)[themes.argmax(axis=1)], index=out.index)
        return predicted, len(np.unique(groups[kept])), int(kept.sum())

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        done = dict(zip(tasks, pool.map(learn, tasks), strict=True))
    rows: list[tuple[object, ...]] = []
    for step in steps:
        parts = [[done[step, repeat, number] for number in range(fold.max() + 1)] for repeat in range(repeats)]
        guesses = [pd.concat([part[0] for part in one]).loc[labels.index] for one in parts]
        size = [np.mean([part[k] for one in parts for part in one]) for k in (1, 2)]
        head = (name, round(float(size[0])), round(float(size[1])), repeats)
        rows += [(*head, *row) for row in _measured(labels, groups, guesses, book, level, random_state)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def choose_documents(
    labels: pd.DataFrame, groups: Integers, allowed: "np.ndarray[tuple[int], np.dtype[np.bool_]]", n: int,
    *, seed: Sequence[int],
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":  # fmt: skip
    """Return the rows of `n` documents drawn by chance; of more, where they all had one theme."""
    order = np.random.default_rng(list(seed)).permutation(np.unique(groups[allowed]))
    themes = labels["theme"].to_numpy()
    for size in range(n, len(order) + 1):
        kept = allowed & np.isin(groups, order[:size])
        if len(set(themes[kept].tolist())) > 1:
            break
    return kept


def _measured(
    labels: pd.DataFrame, groups: Integers, guesses: list[pd.Series], book: Codebook, level: float, random_state: int
) -> list[tuple[str, float, float, float]]:
    themes = book.theme_ids
    counts = [count_by_group(groups, labels["theme"], guess, themes) for guess in guesses]
    values = [score_confusion(found.sum(axis=0)) for found in counts]
    drawn = [score_confusion(draw_groups(found, random_state + k)) for k, found in enumerate(counts)]
    rows: list[tuple[str, float, float, float]] = []
    for measure in ("macro_f1", "accuracy"):
        low, high = tail_bounds(np.concatenate([one[measure] for one in drawn]), level, len(counts[0]))
        rows.append((measure, float(np.mean([one[measure] for one in values])), float(low), float(high)))
    return rows
