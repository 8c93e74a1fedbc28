"""Check what a comparison is made of, and name what is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from zhuti.errors import TableError
from zhuti.reports.evidence import UNKNOWN, refuse_learned
from zhuti.seeds import Codebook


def columns_to_compare(by: str | Sequence[str]) -> tuple[str, ...]:
    """Return the columns to compare by; two in one word have a comma between.

    >>> columns_to_compare("district,year"), columns_to_compare(["genre"])
    (('district', 'year'), ('genre',))
    """
    names = by.split(",") if isinstance(by, str) else by
    columns = tuple(str(name).strip() for name in names)
    if not columns or "" in columns or len(set(columns)) < len(columns):
        raise TableError(f"by={by!r}: name one column, such as district, or two different ones, such as district,year")
    return columns


def check_level(level: float) -> None:
    """Refuse a coverage that no interval can have."""
    if not 0.0 < level < 1.0:
        raise TableError(f"level {level}: the coverage of an interval is over 0 and below 1, such as 0.95")


def checked_sentences(coded: pd.DataFrame, by: Sequence[str], codebook: Codebook) -> pd.DataFrame:
    """Return the coded table with a fresh index, or say which column or theme it lacks."""
    wanted = [*by, "theme", *(f"p_{theme}" for theme in codebook.theme_ids)]
    missing = [name for name in wanted if name not in coded]
    if missing:
        raise TableError(
            f"the coded table lacks the column {', '.join(missing)}; it has {', '.join(map(str, coded.columns))}; "
            "code it with zhuti classify first"
        )
    strange = set(coded["theme"].dropna()) - set(codebook.theme_ids)
    if strange or coded["theme"].isna().any():
        found = ", ".join(sorted(map(str, strange))) or "an empty cell"
        raise TableError(
            f"the column theme holds {found}; it must hold one of {', '.join(codebook.theme_ids)} in each row"
        )
    _check_probabilities(coded, [f"p_{theme}" for theme in codebook.theme_ids])
    return coded.reset_index(drop=True)


def _check_probabilities(coded: pd.DataFrame, names: Sequence[str]) -> None:
    rows = coded[coded["kind"].eq("sentence")] if "kind" in coded else coded
    numbers = rows[list(names)].apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    wrong = ~((numbers >= -1e-6) & (numbers <= 1.0 + 1e-6))
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        found = rows[names[column]].iloc[row]
        raise TableError(
            f"the column {names[column]} holds {found} for a sentence, the {row + 1}. of them; a probability is a number from 0 to "
            "1; code the table with zhuti classify"
        )


def check_audit(audit: pd.DataFrame, sentences: pd.DataFrame, card: Mapping[str, Any] | None) -> None:
    """Refuse an audit that lacks a column or a label, or whose documents the model learned from."""
    for name, table in (("audit", audit), ("coded table", sentences)):
        if "sentence_id" not in table:
            raise TableError(f"the {name} lacks the column sentence_id, by which labels find their sentence")
    missing = [name for name in ("label", "inclusion_probability") if name not in audit]
    if missing:
        raise TableError(f"the audit lacks the column {', '.join(missing)}; read it with read_audit()")
    if audit.empty:
        raise TableError("the audit holds no label; fill in its column theme")
    _check_chance(audit)
    twice = sentences["sentence_id"].duplicated()
    if twice.any():
        name = sentences.loc[twice, "sentence_id"].iloc[0]
        raise TableError(f"the coded table holds the sentence_id {name} twice, so that its label fits two sentences")
    if "document" in sentences:
        chosen = sentences.loc[sentences["sentence_id"].isin(audit["sentence_id"]), "document"]
        refuse_learned(card, chosen)


def _check_chance(audit: pd.DataFrame) -> None:
    twice = audit["sentence_id"].duplicated()
    if twice.any():
        name = audit.loc[twice, "sentence_id"].iloc[0]
        raise TableError(
            f"the audit labels the sentence {name} twice; keep one row of each, or read it with read_audit()"
        )
    chance = pd.to_numeric(audit["inclusion_probability"], errors="coerce")
    wrong = ~((chance > 0.0) & (chance <= 1.0))
    if wrong.any():
        name, found = audit.loc[wrong, ["sentence_id", "inclusion_probability"]].iloc[0]
        raise TableError(
            f"the audit gives the sentence {name} the inclusion_probability {found}; it must be over 0 and up to 1: the "
            "chance with which zhuti sample chose it"
        )


def ordered_names(names: "pd.Series[str]") -> tuple[str, ...]:
    """Return the names of groups as they come, numbers by size and what is unknown last."""
    found = [str(name) for name in dict.fromkeys(names)]
    numeric = all(name == UNKNOWN or name.lstrip("-").isdigit() for name in found)
    return tuple(
        sorted(found, key=lambda name: (name == UNKNOWN, int(name) if name != UNKNOWN else 0)) if numeric else found
    )
