"""Deal labelled sentences to folds: no document is split; where there are no documents, themes are spread evenly."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zhuti.errors import TableError
from zhuti.models.sentences import assign_folds

Integers = NDArray[np.int64]


def group_names(labels: pd.DataFrame, groups: str) -> pd.Series:
    """Return the group of each row as text: what no fold splits, and what intervals draw anew.

    Raises
    ------
    TableError
        When there is no such column, or a cell of it is empty.
    """
    if groups not in labels:
        raise TableError(
            f"--groups {groups}: there is no such column; the labels have {', '.join(map(str, labels.columns))}"
        )
    column = labels[groups].astype(object)
    blank = np.flatnonzero((column.isna() | (column.astype(str).str.strip() == "")).to_numpy())
    if len(blank):
        raise TableError(
            f"--groups {groups}: {len(blank)} rows have nothing there, the first is row {blank[0] + 1}; "
            "fill them or name another column"
        )
    return column.astype(str)


def stand_alone(names: pd.Series) -> bool:
    """Tell whether each row is a group of its own, as where a table has no column `document`."""
    return bool(names.is_unique)


def deal_folds(labels: pd.DataFrame, groups: str, folds: int, *, random_state: int = 0) -> Integers:
    """Return the fold of each row, 0 … folds − 1.

    Parameters
    ----------
    labels : DataFrame
        With `theme` and the column of groups.
    groups : str
        Column whose values no fold splits. Where each row has a value of its own, rows are dealt theme by
        theme, so that each fold has its part of every theme.
    folds : int
        Never more than there are groups.
    random_state : int

    Raises
    ------
    TableError
        When there are fewer than two groups, or what is left to learn from has a single theme.
    """
    names = group_names(labels, groups)
    n_groups = names.nunique()
    if n_groups < 2:
        raise TableError(
            f"all {len(labels)} rows have the same {groups} ({names.iloc[0]!r}), and evaluating needs two at least, "
            "one to learn from and one to test on; add documents, or name another column with --groups"
        )
    if stand_alone(names):
        fold = _deal_rows(labels["theme"].to_numpy(), min(folds, n_groups), random_state)
    else:
        fold = assign_folds(names.tolist(), folds, random_state=random_state)
    _check(labels["theme"].to_numpy(), fold, groups)
    return fold


def _deal_rows(themes: NDArray[Any], folds: int, random_state: int) -> Integers:
    shuffled = np.random.default_rng(random_state).permutation(len(themes))
    order = shuffled[np.argsort(themes[shuffled], kind="stable")]
    fold = np.zeros(len(themes), dtype=np.int64)
    fold[order] = np.arange(len(themes)) % folds
    return fold


def _check(themes: NDArray[Any], fold: Integers, groups: str) -> None:
    if len(set(themes.tolist())) < 2:
        raise TableError(f"all {len(themes)} rows have the theme {themes[0]!r}; a classifier tells themes apart")
    for number in range(int(fold.max()) + 1):
        left = sorted(set(themes[fold != number].tolist()))
        if len(left) < 2:
            raise TableError(
                f"fold {number + 1} of {fold.max() + 1}: with its part of the column {groups} left out, all sentences "
                f"to learn from have the theme {left[0]!r}; add labels of other themes, or group by another column"
            )
