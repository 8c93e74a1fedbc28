"""Plan how many sentences to label by hand, and which, so that each share is known to a wanted precision."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from zhuti.errors import TableError
from zhuti.reports.audited import freedom_of_smoothed
from zhuti.reports.comparison_checks import check_level, checked_sentences, columns_to_compare
from zhuti.reports.evidence import Evidence, gather, group_names
from zhuti.reports.strata import Strata, allocate, sum_strata
from zhuti.reports.sums import Floats
from zhuti.seeds import Codebook, read_codebook

# Labels of a group at least, where it has as many sentences: two make an interval, ten make it worth its place.
LEAST_LABELS = 10


@dataclass(frozen=True)
class Plan:
    """How many sentences to label, and how well the shares will then be known.

    Attributes
    ----------
    by : str
        Column whose groups are compared; two with a comma between.
    strata : DataFrame
        A row a group and predicted theme: group, predicted, sentences, sample, inclusion_probability.
    groups : DataFrame
        A row a group: group, sentences, sample, half_width (of its least well known share).
    gains : DataFrame
        labels, half_width (of the least well known share anywhere), gain: what the last step of 100 labels brought.
    half_width : float
        Of the least well known share anywhere.
    level : float
    """

    by: str
    strata: pd.DataFrame
    groups: pd.DataFrame
    gains: pd.DataFrame
    half_width: float
    level: float


def plan_sample(
    coded: pd.DataFrame,
    *,
    by: str | Sequence[str] = "district",
    precision: float | None = None,
    size: int | None = None,
    codebook: Codebook | None = None,
    level: float = 0.95,
    calibration: float = 1.0,
) -> Plan:
    """Plan an audit: as many labels as a precision needs, or as much precision as a number of labels gives.

    Within a group the labels are divided among predicted themes in proportion to their sentences and to the
    doubt of their predictions (Neyman's allocation, two at least of each theme), and over groups so that each
    group's least well known share is equally well known.

    Parameters
    ----------
    coded : DataFrame
        Sentence table with `theme` and `p_<theme>`.
    by : str or sequence of str
    precision : float, optional
        Wanted half-width of every interval, such as 0.03.
    size : int, optional
        Number of labels. One of the two must be given.
    codebook : Codebook, optional
    level : float
    calibration : float
        Variance of the errors over what the probabilities say of it; above 1 for texts unlike those that the
        model learned from. A first hundred labels tell.

    References
    ----------
    Neyman (1934), On the two different aspects of the representative method, JRSS 97.
    """
    if (precision is None) == (size is None):
        raise TableError("a plan needs either a precision (such as 0.03) or a size (number of labels)")
    if precision is not None and not 0.0 < precision < 1.0:
        raise TableError(f"precision {precision}: the half-width of an interval is over 0 and below 1, such as 0.03")
    check_level(level)
    columns, codebook = columns_to_compare(by), codebook or read_codebook()
    checked_sentences(coded, columns, codebook)
    sentences = coded[coded["kind"].eq("sentence")] if "kind" in coded else coded
    if sentences.empty:
        raise TableError("there is no sentence to sample from")
    frame = sentences.assign(group=group_names(sentences, columns))
    groups = tuple(dict.fromkeys(frame["group"]))
    evidence = gather(frame, groups, codebook)
    strata = sum_strata(evidence, calibration)
    curves = _Curves(strata, level)
    sample, half = _planned(strata, curves, precision=precision, size=size, level=level)
    return Plan(
        by=",".join(columns),
        strata=_strata_table(strata, sample, groups, codebook.theme_ids),
        groups=pd.DataFrame(
            {
                "group": list(groups),
                "sentences": strata.size.astype(int),
                "sample": sample.sum(axis=1).astype(int),
                "half_width": half,
            }
        ),
        gains=_gains(curves, int(sample.sum())),
        half_width=float(half.max()),
        level=level,
    )


def plan_evidence(
    evidence: Evidence, *, precision: float | None = None, size: int | None = None, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Plan on numbers alone.

    Returns
    -------
    sample : array of shape (n_groups, n_themes)
        Labels by group and predicted theme.
    half_width : array of shape (n_groups,)
        To be expected of the least well known share of each group.
    """
    strata = sum_strata(evidence)
    return _planned(strata, _Curves(strata, level), precision=precision, size=size, level=level)


def _planned(
    strata: Strata, curves: "_Curves", *, precision: float | None, size: int | None, level: float
) -> tuple[Floats, Floats]:
    wanted = precision if precision is not None else curves.precision_of(_possible(size or 0, strata))
    numbers = curves.sizes_for(wanted)
    if size is not None:
        numbers = _exactly(numbers, size, strata.size)
    sample = np.array([allocate(strata, group, int(n)) for group, n in enumerate(numbers)])
    half = np.array([half_width(strata, group, sample[group], level) for group in range(len(numbers))])
    return sample, half


def half_width(strata: Strata, group: int, sample: Floats, level: float) -> float:
    """Half-width to be expected of the least well known share of a group.

    Parameters
    ----------
    strata : Strata
    group : int
    sample : array of shape (n_strata,)
        Labels of each predicted theme.
    level : float
    """
    count, variance = strata.count[group], strata.variance[group]
    n, size = float(sample.sum()), float(count.sum())
    if n < 2:
        return 1.0
    kept = sample > 0
    part = (count[kept] / size) ** 2 * (1.0 - sample[kept] / count[kept]) / sample[kept]
    error = np.sqrt(np.maximum((part[:, None] * variance[kept]).sum(axis=0), 0.0)).max()
    df = freedom_of_smoothed(np.full(len(strata.count), n - 1.0))[0]
    return float(stats.t.ppf(0.5 + level / 2.0, df) * error)


class _Curves:
    """Half-width of each group against its number of labels, on a grid."""

    def __init__(self, strata: Strata, level: float) -> None:
        self.size = strata.size
        self.grids: list[Floats] = []
        self.widths: list[Floats] = []
        for group, size in enumerate(strata.size):
            least = min(LEAST_LABELS, int(size))
            grid = np.unique(np.round(np.geomspace(max(least, 1), max(int(size), 1), 30)))
            width = [half_width(strata, group, allocate(strata, group, int(n)), level) for n in grid]
            self.grids.append(grid)
            self.widths.append(np.minimum.accumulate(np.array(width)))

    def sizes_for(self, precision: float) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
        """Labels that each group needs."""
        found = [
            # Errors fall with the square root: interpolate in logarithms.
            grid[-1] if precision <= width[-1] else np.exp(np.interp(-precision, -width, np.log(grid)))
            for grid, width in zip(self.grids, self.widths, strict=True)
        ]
        return np.minimum(np.ceil(np.array(found) - 1e-9), self.size).astype(np.intp)

    def precision_of(self, labels: int) -> float:
        """Return the half-width that so many labels in all can give every group."""
        low, high = 0.0, 1.0
        for _ in range(40):
            middle = (low + high) / 2.0
            if self.sizes_for(middle).sum() > labels:
                low = middle
            else:
                high = middle
        return high


def _possible(size: int, strata: Strata) -> int:
    whole = int(strata.size.sum())
    if not 1 <= size <= whole:
        raise TableError(f"size {size}: there are {whole} sentences to label; ask for 1 to {whole}")
    return size


def _exactly(
    numbers: "np.ndarray[tuple[int], np.dtype[np.intp]]", size: int, most: Floats
) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    # Rounding leaves a few labels over, or a floor asks for more than there are: add or take them in proportion.
    numbers = numbers.copy()
    while (gap := size - int(numbers.sum())) != 0:
        room = (most - numbers > 0) if gap > 0 else (numbers > 0)
        order = np.argsort(
            np.where(room, numbers / np.maximum(most, 1.0), np.inf if gap > 0 else -np.inf), kind="stable"
        )
        chosen = order[: min(gap, int(room.sum()))] if gap > 0 else order[::-1][: min(-gap, int(room.sum()))]
        numbers[chosen] += 1 if gap > 0 else -1
    return numbers


def _strata_table(strata: Strata, sample: Floats, groups: Sequence[str], themes: Sequence[str]) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "group": np.repeat(np.array(groups, dtype=object), len(themes)),
            "predicted": list(themes) * len(groups),
            "sentences": strata.count.ravel().astype(int),
            "sample": sample.ravel().astype(int),
        }
    )
    table["inclusion_probability"] = table["sample"] / table["sentences"].where(table["sentences"] > 0, 1)
    return table[table["sentences"] > 0].reset_index(drop=True)


def _gains(curves: _Curves, planned: int) -> pd.DataFrame:
    whole, first = int(curves.size.sum()), int(sum(grid[0] for grid in curves.grids))
    steps = sorted({n for n in range(100, min(whole, max(2 * planned, 300)) + 1, 100) if n >= first} | {planned})
    if len(steps) > 40:
        steps = sorted({steps[round(i)] for i in np.linspace(0, len(steps) - 1, 40)} | {planned})
    width = [curves.precision_of(n) for n in steps]
    return pd.DataFrame({"labels": steps, "half_width": width, "gain": [np.nan, *(-np.diff(width))]})
