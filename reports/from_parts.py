"""Compare groups from a folder of coded parts: counts and sums alone, never all sentences in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from zhuti.errors import ModelError, TableError
from zhuti.reports.comparison_checks import checked_sentences, ordered_names
from zhuti.reports.counted import ErrorModel, counted_shares
from zhuti.reports.evidence import gather, group_names
from zhuti.reports.share_tables import share_table
from zhuti.reports.sums import Floats, GroupSums, Ints, sum_by
from zhuti.seeds import Codebook, read_codebook


@dataclass(frozen=True)
class PartsComparison:
    """Shares of groups in a folder of parts.

    Attributes
    ----------
    by : str
        What was compared; two columns are joined by a comma.
    level : float
    shares : DataFrame
        A row a group and theme, as `Comparison.shares`: share, low, high, sentences and flag.
    subthemes : DataFrame
        group, subtheme, sentences, share: of the sentences with a policy theme; without intervals, since the
        model's card tells its error for themes.
    """

    by: str
    level: float
    shares: pd.DataFrame
    subthemes: pd.DataFrame


def compare_parts(
    parts: Sequence[Path | str],
    *,
    card: Mapping[str, Any],
    by: str | Sequence[str] = "district",
    codebook: Codebook | None = None,
    level: float = 0.95,
) -> PartsComparison:
    """Compare groups of the sentences in Parquet files, a file at a time.

    Parameters
    ----------
    parts : sequence of path
        Files of coded sentences such as `sorted(Path("coded").glob("part-*.parquet"))`.
    card : mapping
        The model's card; its confusion measures the classifier's error.
    by : str or sequence of str
        Columns to compare by.
    codebook : Codebook, optional
    level : float
        Nominal coverage of the intervals, 0 to 1.

    Returns
    -------
    PartsComparison
        Its shares are those that `compare` gives for the same sentences at once.

    Raises
    ------
    TableError
        When a file lacks a column, or no sentence carries a policy theme.
    ModelError
        When the card does not tell the model's error.
    """
    book = codebook or read_codebook()
    columns = (by,) if isinstance(by, str) else tuple(by)
    if not card:
        raise ModelError("shares without an interval are not shown: give the model's card (card=model.card)")
    found = [_sum_part(Path(path), columns, book) for path in parts]
    names = [name for part in found for name in part.groups]
    if not names:
        raise TableError("no part holds a sentence, so there is nothing to compare")
    groups = ordered_names(pd.Series(names, dtype="string"))
    place = pd.Index(groups).get_indexer(pd.Index(names))
    sums = _added([part.sums for part in found], place, len(groups))
    counts = sum_by(place, np.concatenate([part.counts for part in found]), len(groups))
    policy = np.array([book.theme_ids.index(theme) for theme in book.policy_theme_ids], dtype=np.intp)
    if not counts.sum():
        raise TableError("no sentence carries a policy theme, so there is nothing to compare")
    shares = counted_shares(sums, ErrorModel.of(card), policy, level=level)
    subthemes = sum_by(place, np.concatenate([part.subthemes for part in found]), len(groups))
    return PartsComparison(
        by=",".join(columns),
        level=level,
        shares=share_table(shares, counts, groups, book.policy_theme_ids),
        subthemes=_subtheme_table(subthemes, groups, book),
    )


@dataclass(frozen=True)
class _Part:
    groups: tuple[str, ...]
    sums: GroupSums
    counts: Floats
    subthemes: Floats


def _sum_part(path: Path, by: Sequence[str], book: Codebook) -> _Part:
    wanted = [*by, "kind", "theme", "subtheme", *(f"p_{theme}" for theme in book.theme_ids)]
    file = pq.ParquetFile(path)
    frame = file.read(columns=[name for name in dict.fromkeys(wanted) if name in file.schema_arrow.names]).to_pandas()
    frame = checked_sentences(frame, by, book)
    frame = frame.assign(group=group_names(frame, by))
    # A group whose part holds no sentence is a group all the same, as in `compare`.
    groups = ordered_names(frame["group"])
    sentences = frame[frame["kind"].eq("sentence")] if "kind" in frame else frame
    evidence = gather(sentences, groups, book)
    codes = _policy_subthemes(book)
    cell = pd.crosstab(sentences["group"], sentences["subtheme"]) if "subtheme" in sentences else pd.DataFrame()
    subthemes = cell.reindex(index=list(groups), columns=codes, fill_value=0).to_numpy(dtype=float)
    return _Part(groups, evidence.sums(), evidence.counts(), subthemes)


def _policy_subthemes(book: Codebook) -> list[str]:
    return [code for code in book.subtheme_ids if book.parents[code] in book.policy_theme_ids]


def _added(sums: Sequence[GroupSums], place: Ints, n_groups: int) -> GroupSums:
    names = ("size", "weight", "square", "predicted", "probability", "spread")
    tables = {name: np.concatenate([getattr(one, name) for one in sums]) for name in names}
    return GroupSums(**{name: sum_by(place, table, n_groups) for name, table in tables.items()})


def _subtheme_table(counts: Floats, groups: Sequence[str], book: Codebook) -> pd.DataFrame:
    codes = _policy_subthemes(book)
    total = np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
    return pd.DataFrame(
        {
            "group": np.repeat(list(groups), len(codes)),
            "subtheme": np.tile(codes, len(groups)),
            "sentences": counts.ravel().astype(int),
            "share": (counts / total).ravel(),
        }
    )
