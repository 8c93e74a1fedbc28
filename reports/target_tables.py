"""Compare groups by their commitments: how many, how many with numbers, done or planned, theme by theme."""

from collections.abc import Sequence

import pandas as pd

from zhuti.errors import TableError
from zhuti.reports.evidence import group_names

COLUMNS = ("group", "theme", "sentences", "targets", "planned", "done", "goals", "per_100_sentences")


def count_targets(coded: pd.DataFrame, targets: pd.DataFrame, *, by: str | Sequence[str] = "district") -> pd.DataFrame:
    """Count the targets of each group and theme.

    Parameters
    ----------
    coded : DataFrame
        Sentence table with theme and the column `by`.
    targets : DataFrame
        What `find_targets` found in it.
    by : str or sequence of str

    Returns
    -------
    DataFrame
        group, theme, sentences (of kind sentence), targets, planned, done, goals (without a number),
        per_100_sentences.

    Warnings
    --------
    Rules find targets, with errors of their own: compare rates only between documents of one kind.
    """
    columns = (by,) if isinstance(by, str) else tuple(by)
    missing = [name for name in (*columns, "theme", "sentence_id") if name not in coded]
    if missing:
        raise TableError(f"counting targets needs the column {', '.join(missing)}")
    frame = coded[coded["kind"].eq("sentence")] if "kind" in coded else coded
    frame = frame.assign(group=group_names(frame, columns))[["sentence_id", "group", "theme"]]
    cells = frame.groupby(["group", "theme"], sort=False)["sentence_id"].size().rename("sentences").reset_index()
    found = targets[["sentence_id", "kind", "status"]].merge(frame, on="sentence_id", how="inner")
    flags = found.assign(
        targets=1,
        planned=found["status"].eq("planned").astype(int),
        done=found["status"].eq("done").astype(int),
        goals=found["kind"].eq("goal").astype(int),
    )
    counts = flags.groupby(["group", "theme"])[["targets", "planned", "done", "goals"]].sum().reset_index()
    table = cells.merge(counts, on=["group", "theme"], how="left")
    numbers = ["targets", "planned", "done", "goals"]
    table[numbers] = table[numbers].fillna(0).astype(int)
    table["per_100_sentences"] = 100.0 * table["targets"] / table["sentences"]
    return table[list(COLUMNS)]
