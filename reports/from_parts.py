"""Compare groups from a folder of coded parts: counts and sums alone, never all sentences in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from zhuti.errors import ModelError, TableError
from zhuti.models import read_parts
from zhuti.reports.comparison_checks import check_level, checked_sentences, columns_to_compare, ordered_names
from zhuti.reports.counted import ErrorModel, counted_shares
from zhuti.reports.evidence import gather, group_names
from zhuti.reports.share_tables import share_table
from zhuti.reports.subtheme_counts import SubthemeSums, sum_subthemes
from zhuti.reports.subthemes import COLUMNS, counted_table
from zhuti.reports.sums import Floats, GroupSums, Ints, sum_by
from zhuti.seeds import Codebook, read_codebook

# Rows of sums that are held before they are added up.
_HELD = 50_000


@dataclass(frozen=True)
class PartsComparison:
    """Shares of groups in a folder of parts.

    Attributes
    ----------
    by : str
        What was compared; two columns are joined by a comma.
    level : float
    shares : DataFrame
        A row a group and theme, as `Comparison.shares`.
    subthemes : DataFrame
        A row a group and subtheme, as `Comparison.subthemes`; bounds are NaN where the card does not tell how the
        model errs in subthemes. Without rows where the parts have no subthemes.
    """

    by: str
    level: float
    shares: pd.DataFrame
    subthemes: pd.DataFrame


def compare_parts(
    parts: Path | str | Sequence[Path | str],
    *,
    card: Mapping[str, Any] | None = None,
    by: str | Sequence[str] = "district",
    codebook: Codebook | None = None,
    level: float = 0.95,
) -> PartsComparison:
    """Compare groups of the sentences in Parquet files, a file at a time.

    Parameters
    ----------
    parts : path, or sequence of path
        A folder that `classify_files` filled, or Parquet files of coded sentences.
    card : mapping, optional
        The model's card; its confusion measures the classifier's error. A folder holds the card of its model.
    by : str or sequence of str
        Columns to compare by.
    codebook : Codebook, optional
        By default that of the folder, else the one that zhuti ships.
    level : float
        Nominal coverage of the intervals, 0 to 1.

    Returns
    -------
    PartsComparison
        Its tables are those that `compare` gives for the same sentences at once.

    Raises
    ------
    TableError
        When a file lacks a column, or no sentence carries a policy theme.
    ZhutiError
        When a folder holds no parts, or not all of them yet.
    ModelError
        When the card does not tell the model's error.
    """
    if isinstance(parts, str | Path):
        found = read_parts(parts)
        parts, card, codebook = found.paths, card or found.card, codebook or found.codebook
    book = codebook or read_codebook()
    columns = columns_to_compare(by)
    check_level(level)
    if not card:
        raise ModelError("shares without an interval are not shown: give the model's card (card=model.card)")
    whole = _sum_parts([Path(path) for path in parts], columns, book)
    if whole is None:
        raise TableError("no part holds a sentence, so there is nothing to compare")
    if not whole.counts.sum():
        raise TableError("no sentence carries a policy theme, so there is nothing to compare")
    groups = ordered_names(pd.Series(whole.groups, dtype="string"))
    whole = _merged([whole], groups)
    policy = np.array([book.theme_ids.index(theme) for theme in book.policy_theme_ids], dtype=np.intp)
    shares = counted_shares(whole.sums, ErrorModel.of(card), policy, level=level)
    fine = whole.subthemes
    return PartsComparison(
        by=",".join(columns),
        level=level,
        shares=share_table(shares, whole.counts, groups, book.policy_theme_ids),
        subthemes=pd.DataFrame(columns=list(COLUMNS))
        if fine is None
        else counted_table(fine, groups, book, card, level=level),
    )


@dataclass(frozen=True)
class _Part:
    groups: tuple[str, ...]
    sums: GroupSums
    counts: Floats
    subthemes: SubthemeSums | None


def _sum_parts(paths: Sequence[Path], by: Sequence[str], book: Codebook) -> _Part | None:
    """Add up the parts; what is held grows with the groups, not with the parts."""
    found: list[_Part] = []
    for path in paths:
        found.append(_sum_part(path, by, book))
        if sum(len(part.groups) for part in found[1:]) > max(_HELD, len(found[0].groups)):
            found = [_merged(found)]
    return _merged(found) if any(part.groups for part in found) else None


def _sum_part(path: Path, by: Sequence[str], book: Codebook) -> _Part:
    wanted = [*by, "kind", "theme", "subtheme", "probability", *(f"p_{theme}" for theme in book.theme_ids)]
    with pq.ParquetFile(path) as file:
        known = [name for name in dict.fromkeys(wanted) if name in file.schema_arrow.names]
        frame = file.read(columns=known).to_pandas()
    frame = checked_sentences(frame, by, book)
    frame = frame.assign(group=group_names(frame, by))
    # A group whose part holds no sentence is a group all the same, as in `compare`.
    groups = tuple(dict.fromkeys(frame["group"]))
    sentences = frame[frame["kind"].eq("sentence")] if "kind" in frame else frame
    evidence = gather(sentences, groups, book)
    fine = None
    if "subtheme" in sentences:
        fine = sum_subthemes(sentences, evidence.group, len(groups), book.subtheme_ids, evidence.weight)
    return _Part(groups, evidence.sums(), evidence.counts(), fine)


def _merged(parts: Sequence[_Part], groups: Sequence[str] = ()) -> _Part:
    names = [name for part in parts for name in part.groups]
    groups = tuple(groups or dict.fromkeys(names))
    place = pd.Index(groups).get_indexer(pd.Index(names)).astype(np.intp)
    fine = [part.subthemes for part in parts if part.subthemes is not None]
    return _Part(
        groups=groups,
        sums=_added([part.sums for part in parts], place, len(groups)),
        counts=sum_by(place, np.concatenate([part.counts for part in parts]), len(groups)),
        subthemes=SubthemeSums.added(fine, place, len(groups)) if len(fine) == len(parts) else None,
    )


def _added(sums: Sequence[GroupSums], place: Ints, n_groups: int) -> GroupSums:
    names = ("size", "weight", "square", "predicted", "probability", "spread")
    tables = {name: np.concatenate([getattr(one, name) for one in sums]) for name in names}
    return GroupSums(**{name: sum_by(place, table, n_groups) for name, table in tables.items()})
