"""Check what a comparison is made of, and name what is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from zhuti.errors import TableError
from zhuti.reports.evidence import UNKNOWN, refuse_learned
from zhuti.seeds import Codebook


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
    return coded.reset_index(drop=True)


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
    if "document" in sentences:
        chosen = sentences.loc[sentences["sentence_id"].isin(audit["sentence_id"]), "document"]
        refuse_learned(card, chosen)


def ordered_names(names: "pd.Series[str]") -> tuple[str, ...]:
    """Return the names of groups as they come, numbers by size and what is unknown last."""
    found = [str(name) for name in dict.fromkeys(names)]
    numeric = all(name == UNKNOWN or name.lstrip("-").isdigit() for name in found)
    return tuple(
        sorted(found, key=lambda name: (name == UNKNOWN, int(name) if name != UNKNOWN else 0)) if numeric else found
    )
