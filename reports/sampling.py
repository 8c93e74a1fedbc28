"""Plan how many sentences to label by hand, and which, so that each share is known to a wanted precision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from zhuti.errors import TableError
from zhuti.reports.comparison_checks import check_audit, check_level, checked_sentences, columns_to_compare
from zhuti.reports.evidence import Evidence, gather, group_names
from zhuti.reports.half_widths import Curves, half_width
from zhuti.reports.strata import Strata, allocate, informative_labels, sum_strata
from zhuti.reports.sums import Floats, Ints
from zhuti.seeds import Codebook, read_codebook


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
    labels : int
        Labels by which the errors of predictions were measured; 0 where their probabilities were taken at their word.
    """

    by: str
    strata: pd.DataFrame
    groups: pd.DataFrame
    gains: pd.DataFrame
    half_width: float
    level: float
    labels: int = 0


def plan_sample(
    coded: pd.DataFrame,
    *,
    by: str | Sequence[str] = "district",
    precision: float | None = None,
    size: int | None = None,
    codebook: Codebook | None = None,
    level: float = 0.95,
    audit: pd.DataFrame | None = None,
    card: Mapping[str, Any] | None = None,
) -> Plan:
    """Plan an audit: as many labels as a precision needs, or as much precision as a number of labels gives.

    Within a group the labels are divided among predicted themes in proportion to their sentences and to the
    doubt of their predictions (Neyman's allocation, two at least of each theme), and over groups so that each
    group's least well known share is equally well known.

    How far predictions err is what their probabilities say. Those of zhuti's models are scaled on sentences that the
    models did not learn from; those of others may be too timid or too sure, and texts may be unlike any that a model
    has seen. Labels of a first chance sample show by how much: a hundred roughly, more of them better.

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
    audit : DataFrame, optional
        Labels that exist already, as `read_audit` gives them.
    card : mapping, optional
        Of the model, which must not have learned from the audited documents.

    Raises
    ------
    TableError
        When not one of `precision` and `size` is given, either cannot be, or the audit is none (see `compare`).

    References
    ----------
    Cochran (1977), Sampling Techniques, section 4.7 (advance estimates of variances; a sample in two steps).
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
    if audit is not None:
        check_audit(audit, sentences, card)
    frame = sentences.assign(group=group_names(sentences, columns))
    groups = tuple(dict.fromkeys(frame["group"]))
    evidence = gather(frame, groups, codebook, audit=audit)
    strata = sum_strata(evidence)
    curves = Curves(strata, level)
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
        labels=informative_labels(evidence),
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
    return _planned(strata, Curves(strata, level), precision=precision, size=size, level=level)


def _planned(
    strata: Strata, curves: Curves, *, precision: float | None, size: int | None, level: float
) -> tuple[Floats, Floats]:
    wanted = precision if precision is not None else curves.precision_of(_possible(size or 0, strata))
    numbers = curves.sizes_for(wanted)
    if size is not None:
        numbers = _exactly(numbers, size, strata.size)
    sample = np.array([allocate(strata, group, int(n)) for group, n in enumerate(numbers)])
    half = np.array([half_width(strata, group, sample[group], level) for group in range(len(numbers))])
    return sample, half


def _possible(size: int, strata: Strata) -> int:
    whole = int(strata.size.sum())
    if not 1 <= size <= whole:
        raise TableError(f"size {size}: there are {whole} sentences to label; ask for 1 to {whole}")
    return size


def _exactly(numbers: Ints, size: int, most: Floats) -> Ints:
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


def _gains(curves: Curves, planned: int) -> pd.DataFrame:
    whole, first = int(curves.size.sum()), int(sum(grid[0] for grid in curves.grids))
    steps = sorted({n for n in range(100, min(whole, max(2 * planned, 300)) + 1, 100) if n >= first} | {planned})
    if len(steps) > 40:
        steps = sorted({steps[round(i)] for i in np.linspace(0, len(steps) - 1, 40)} | {planned})
    width = [curves.precision_of(n) for n in steps]
    return pd.DataFrame({"labels": steps, "half_width": width, "gain": [np.nan, *(-np.diff(width))]})
