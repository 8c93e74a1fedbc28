"""Tables of differences of all pairs of groups and of ranks."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from zhuti.reports.differences import PairFamily, rank_intervals
from zhuti.reports.shares import Shares
from zhuti.reports.sums import Floats

# Beyond this number of groups the table of all pairs is left out: nobody reads 1,225 rows a theme.
MOST_PAIRED = 50
LARGER, SMALLER, UNSURE = "larger", "smaller", "cannot tell"

DIFFERENCES = (
    "theme", "group_a", "group_b", "difference", "low", "high", "log_ratio", "log_ratio_low", "log_ratio_high",
    "p_value", "verdict",
)  # fmt: skip


def compared_groups(
    shares: Shares, groups: Sequence[str], themes: Sequence[str], *, level: float, random_state: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare all pairs of groups theme by theme, and rank the groups.

    The error of a difference is that of its two shares and that of having written these sentences and no others of
    the kind, so that random halves of one text are not told apart. Paragraphs keep to a theme: halves that were
    drawn paragraph by paragraph may be.

    Parameters
    ----------
    shares : Shares
    groups, themes : sequences of str
        Names of rows and columns of `shares`.
    level : float
        Chance that all intervals of the table hold at once.
    random_state : int

    Returns
    -------
    differences : DataFrame
        See `zhuti.reports.Comparison`; empty for more than 50 groups.
    ranks : DataFrame
        group, theme, rank, low, high.
    """
    pairs: list[pd.DataFrame] = []
    ranks: list[pd.DataFrame] = []
    between = shares.error_between
    for k, theme in enumerate(themes):
        share, error = shares.share[:, k], between[:, k]
        family = PairFamily.of(error, shares.freedom, themes=len(themes), random_state=random_state)
        quantile = family.quantile(level)
        rank, low, high = rank_intervals(share, error, quantile)
        ranks.append(pd.DataFrame({"group": list(groups), "theme": theme, "rank": rank, "low": low, "high": high}))
        if 2 <= len(groups) <= MOST_PAIRED:
            pairs.append(_pairs(share, error, family, quantile, groups).assign(theme=theme))
    table = pd.concat(pairs, ignore_index=True) if pairs else pd.DataFrame(columns=list(DIFFERENCES))
    return table[list(DIFFERENCES)], pd.concat(ranks, ignore_index=True)


def verdict_of(difference: Floats, margin: Floats) -> list[str]:
    """Say of each difference whether it is surely positive, surely negative, or cannot be told.

    >>> verdict_of(np.array([0.1, -0.1, 0.1]), np.array([0.05, 0.05, 0.2]))
    ['larger', 'smaller', 'cannot tell']
    """
    return [
        LARGER if gap > width else SMALLER if -gap > width else UNSURE
        for gap, width in zip(difference, margin, strict=True)
    ]


def _pairs(share: Floats, error: Floats, family: PairFamily, quantile: float, groups: Sequence[str]) -> pd.DataFrame:
    a, b = np.triu_indices(len(share), k=1)
    gap, spread = share[a] - share[b], np.hypot(error[a], error[b])
    # A share that is not larger than its error may be nought: its logarithm says nothing.
    known = (share > error) & (share > 0)
    logs = np.log(np.where(known, share, np.nan))
    ratio = logs[a] - logs[b]
    relative = error / np.where(known, share, np.nan)
    width = quantile * np.hypot(relative[a], relative[b])
    names = np.array(groups, dtype=object)
    return pd.DataFrame(
        {
            "group_a": names[a],
            "group_b": names[b],
            "difference": gap,
            "low": np.maximum(gap - quantile * spread, -1.0),
            "high": np.minimum(gap + quantile * spread, 1.0),
            "log_ratio": ratio,
            "log_ratio_low": ratio - width,
            "log_ratio_high": ratio + width,
            "p_value": family.p_value(gap / spread),
            "verdict": verdict_of(gap, quantile * spread),
        }
    )
