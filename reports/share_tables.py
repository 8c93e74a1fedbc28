"""Tables of shares: by theme, by subtheme, by sentences and by characters, and what was left out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from zhuti.reports.shares import Shares
from zhuti.reports.sums import Floats

SHARES = ("group", "theme", "sentences", "share", "low", "high", "error", "labels", "method", "thin", "flag")
# Fewer labels in a group than this are flagged, though two are enough for an interval.
FEW_LABELS = 10


def share_table(shares: Shares, counts: Floats, groups: Sequence[str], codes: Sequence[str]) -> pd.DataFrame:
    """Tabulate shares, a row a group and code.

    Parameters
    ----------
    shares : Shares
    counts : array of shape (n_groups, n_codes)
        Number of sentences predicted to be of each code.
    groups, codes : sequences of str

    Returns
    -------
    DataFrame
        Columns as in `SHARES`; flag is one of empty, `no sentences`, `few sentences`, `no labels`, `few labels`.
    """
    audited = bool(shares.labels.sum())
    flags = [
        _flag(bool(thin), int(labels), audited=audited, empty=bool(np.isnan(share[0])))
        for thin, labels, share in zip(shares.thin, shares.labels, shares.share, strict=True)
    ]
    n_groups, n_codes = shares.share.shape
    return pd.DataFrame(
        {
            "group": np.repeat(np.array(groups, dtype=object), n_codes),
            "theme": list(codes) * n_groups,
            "sentences": counts.ravel().round().astype(int),
            "share": shares.share.ravel(),
            "low": shares.low.ravel(),
            "high": shares.high.ravel(),
            "error": shares.error.ravel(),
            "labels": np.repeat(shares.labels, n_codes).astype(int),
            "method": "audited" if audited else "counted",
            "thin": np.repeat(shares.thin, n_codes),
            "flag": np.repeat(np.array(flags, dtype=object), n_codes),
        }
    )


def emphasis_table(sentences: Shares, characters: Shares, groups: Sequence[str], themes: Sequence[str]) -> pd.DataFrame:
    """Tabulate shares of sentences beside shares of characters: what is said at length against what is said often.

    Returns
    -------
    DataFrame
        group, theme, by_sentences, by_sentences_low, by_sentences_high, by_characters, by_characters_low,
        by_characters_high.
    """
    n_groups, n_themes = sentences.share.shape
    columns: dict[str, object] = {
        "group": np.repeat(np.array(groups, dtype=object), n_themes),
        "theme": list(themes) * n_groups,
    }
    for name, shares in (("by_sentences", sentences), ("by_characters", characters)):
        columns[name] = shares.share.ravel()
        columns[f"{name}_low"] = shares.low.ravel()
        columns[f"{name}_high"] = shares.high.ravel()
    return pd.DataFrame(columns)


def count_table(frame: pd.DataFrame, groups: Sequence[str], policy: Sequence[str]) -> pd.DataFrame:
    """Count what entered the shares and what did not.

    Parameters
    ----------
    frame : DataFrame
        All rows of the coded table with the name of their `group`.
    groups, policy : sequences of str

    Returns
    -------
    DataFrame
        group, in_shares, without_theme, and a column for each other kind of unit (title, heading, …).
    """
    kind = frame["kind"].astype("string").fillna("") if "kind" in frame else pd.Series("sentence", index=frame.index)
    with_theme = frame["theme"].isin(list(policy))
    what = kind.where(kind.ne("sentence"), with_theme.map({True: "in_shares", False: "without_theme"}))
    table = pd.crosstab(frame["group"], what).reindex(index=list(groups), fill_value=0)
    first = ["in_shares", "without_theme"]
    table = table.reindex(columns=[*first, *(name for name in table.columns if name not in first)], fill_value=0)
    return table.astype(int).rename_axis(index="group", columns=None).reset_index()


def _flag(thin: bool, labels: int, *, audited: bool, empty: bool) -> str:
    if empty:
        return "no sentences"
    if not audited:
        return "few sentences" if thin else ""
    if labels == 0:
        return "no labels"
    return "few labels" if labels < FEW_LABELS else ""
