"""What bounds the use of an evaluation, found in the labels."""

import pandas as pd

from zhuti.models.coder import Integers
from zhuti.models.folds import group_names, stand_alone
from zhuti.models.paired import LEAST_GROUPS as LEAST_PAIRED
from zhuti.models.scores import LEAST_GROUPS

COLUMNS = ("note", "subject", "value")


def note_labels(labels: pd.DataFrame, groups: str, place: Integers, fold: Integers) -> list[tuple[str, str, str]]:
    """Return notes as (note, subject, value).

    - `alone`: each row is a group of its own; the value is the number of rows.
    - `few_groups`: too few groups for intervals or tests; the value is their number.
    - `cut`: some documents lie in several groups, so that neighbours of a sentence may be learned from.
    - `rare`: a theme whose sentences all lie in one group: where it is tested it was never learned.
    """
    names, n_groups = group_names(labels, groups), int(place.max()) + 1
    notes = []
    alone = stand_alone(names)
    if alone:
        notes.append(("alone", groups, str(len(labels))))
    if n_groups < max(LEAST_GROUPS, LEAST_PAIRED):
        notes.append(("few_groups", groups, str(n_groups)))
    if groups != "document" and "document" in labels:
        cut = int((names.groupby(labels["document"]).nunique() > 1).sum())
        if cut:
            notes.append(("cut", groups, str(cut)))
    if fold.max() > 0:
        notes += _rare_themes(labels["theme"], fold)
    return notes


def _rare_themes(themes: pd.Series, fold: Integers) -> list[tuple[str, str, str]]:
    table = pd.DataFrame({"theme": themes.to_numpy(), "fold": fold}).groupby("theme")["fold"]
    found = table.agg(["nunique", "size"])
    return [("rare", str(theme), str(row["size"])) for theme, row in found.iterrows() if row["nunique"] == 1]
