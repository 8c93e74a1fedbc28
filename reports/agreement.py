"""Measure how far coders agree beyond chance, and list what to settle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from zhuti.errors import TableError
from zhuti.reports.agreement_intervals import interval
from zhuti.reports.sums import Floats, Ints
from zhuti.seeds import Codebook, read_codebook


@dataclass(frozen=True)
class Agreement:
    """How far coders agree.

    Attributes
    ----------
    coders : tuple of str
    level : float
    scores : DataFrame
        A row for all themes together (theme empty) and one a theme (that theme against all others): theme,
        units (coded by two or more), alpha, alpha_low, alpha_high, kappa, kappa_low, kappa_high (mean over pairs
        of coders), percent, percent_low, percent_high.
    pairs : DataFrame
        coder_a, coder_b, units, alpha, kappa, percent.
    confusion : DataFrame
        coder_a, coder_b, theme_a, theme_b, count.
    disagreements : DataFrame
        Sentences on which coders differ: sentence_id, document, text, and a column a coder.
    """

    coders: tuple[str, ...]
    level: float
    scores: pd.DataFrame
    pairs: pd.DataFrame
    confusion: pd.DataFrame
    disagreements: pd.DataFrame


def agreement(
    codings: Mapping[str, pd.DataFrame],
    *,
    codebook: Codebook | None = None,
    column: str = "theme",
    level: float = 0.95,
    random_state: int = 0,
) -> Agreement:
    """Compare the codings of two coders or more.

    Parameters
    ----------
    codings : mapping of str to DataFrame
        Name of a coder and the table with columns sentence_id and `column`; empty cells are not coded.
    codebook : Codebook, optional
    column : {'theme', 'subtheme'}
    level : float
        Nominal coverage of the intervals, which come from resampling sentences.
    random_state : int

    Returns
    -------
    Agreement

    Raises
    ------
    TableError
        When a column is missing, a code is unknown, a coder codes a sentence twice, or no sentence has two codes.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability; Cohen (1960), A coefficient of agreement for
    nominal scales; Efron and Tibshirani (1993), An introduction to the bootstrap.
    """
    codebook = codebook or read_codebook()
    codes = codebook.theme_ids if column == "theme" else codebook.subtheme_ids
    table = _joined(codings, codebook, column)
    values = np.column_stack([pd.Categorical(table[name], categories=list(codes)).codes for name in codings])
    values = values[(values >= 0).sum(axis=1) >= 2]
    if not len(values):
        raise TableError(f"no sentence_id is coded by two of {', '.join(codings)}: are these codings of one sample?")
    coders, n_codes = tuple(codings), len(codes)
    rows = [_scored("", values, n_codes, level, random_state)]
    for code, name in enumerate(codes):
        if (values == code).any():
            rows.append(_scored(name, np.where(values < 0, -1, values == code), 2, level, random_state))
    return Agreement(
        coders=coders,
        level=level,
        scores=pd.DataFrame(rows),
        pairs=_pairs(values, coders, n_codes),
        confusion=_confusions(values, coders, codes),
        disagreements=_differing(table, codings),
    )


def krippendorff_alpha(values: Ints, n_codes: int, weight: Floats | None = None) -> Floats:
    """Krippendorff's α for nominal codes, missing codes allowed.

    Parameters
    ----------
    values : int array of shape (n_units, n_coders)
        -1 where a coder did not code a unit.
    n_codes : int
    weight : array of shape (n_draws, n_units), optional
        How often each unit counts, a draw of the bootstrap a row.

    Returns
    -------
    array of shape (n_draws,)
        NaN where all codes are the same, so that nothing could disagree.

    >>> krippendorff_alpha(np.array([[0, 0], [1, 1], [0, 1], [0, -1]]), 2).round(3)
    array([0.444])
    """
    counts = code_counts(values, n_codes)
    coded = counts.sum(axis=1)
    counts = np.where(coded[:, None] >= 2, counts, 0.0)
    coded = counts.sum(axis=1)
    weight = np.ones((1, len(values))) if weight is None else weight
    # A unit's pairs of codes that agree, over the codes it could be paired with.
    agree = (counts * (counts - 1.0)).sum(axis=1) / np.maximum(coded - 1.0, 1.0)
    total = weight @ coded
    margin = weight @ counts
    observed = 1.0 - (weight @ agree) / np.maximum(total, 1.0)
    expected = 1.0 - (margin * (margin - 1.0)).sum(axis=1) / np.maximum(total * (total - 1.0), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha: Floats = np.where(expected > 1e-15, 1.0 - observed / expected, np.nan)
    return alpha


def cohen_kappa(values: Ints, n_codes: int, weight: Floats | None = None) -> Floats:
    """Cohen's κ, the mean over pairs of coders.

    Parameters
    ----------
    values : int array of shape (n_units, n_coders)
    n_codes : int
    weight : array of shape (n_draws, n_units), optional

    >>> cohen_kappa(np.array([[0, 0], [1, 1], [0, 1], [0, 0]]), 2).round(3)
    array([0.5])
    """
    weight = np.ones((1, len(values))) if weight is None else weight
    found = []
    for a in range(values.shape[1]):
        for b in range(a + 1, values.shape[1]):
            both = (values[:, a] >= 0) & (values[:, b] >= 0)
            w = weight[:, both]
            one, two = np.eye(n_codes)[values[both, a]], np.eye(n_codes)[values[both, b]]
            total = np.maximum(w.sum(axis=1), 1e-12)
            same = (w @ (values[both, a] == values[both, b]).astype(float)) / total
            chance = ((w @ one) * (w @ two)).sum(axis=1) / total**2
            with np.errstate(divide="ignore", invalid="ignore"):
                found.append(np.where(chance < 1 - 1e-15, (same - chance) / (1.0 - chance), np.nan))
    kappa: Floats = np.mean(found, axis=0)
    return kappa


def percent_agreement(values: Ints, n_codes: int, weight: Floats | None = None) -> Floats:
    """Return the share of pairs of codes of a unit that are the same, all units counting alike."""
    counts = code_counts(values, n_codes)
    coded = counts.sum(axis=1)
    kept = coded >= 2
    same = (counts * (counts - 1.0)).sum(axis=1)[kept] / (coded * (coded - 1.0))[kept]
    weight = np.ones((1, len(values))) if weight is None else weight
    share: Floats = (weight[:, kept] @ same) / np.maximum(weight[:, kept].sum(axis=1), 1e-12)
    return share


def code_counts(values: Ints, n_codes: int) -> Floats:
    """Count how many coders gave each code to each unit."""
    counts = np.zeros((len(values), n_codes))
    for coder in range(values.shape[1]):
        known = np.flatnonzero(values[:, coder] >= 0)
        np.add.at(counts, (known, values[known, coder]), 1.0)
    return counts


def _scored(theme: str, values: Ints, n_codes: int, level: float, random_state: int) -> dict[str, object]:
    row: dict[str, object] = {"theme": theme, "units": len(values)}
    for name, score in (("alpha", krippendorff_alpha), ("kappa", cohen_kappa), ("percent", percent_agreement)):
        row[name] = float(score(values, n_codes)[0])
        low, high = interval(score, values, n_codes, level=level, random_state=random_state)
        row[f"{name}_low"], row[f"{name}_high"] = max(low, 0.0) if name == "percent" else low, high
    return row


def _joined(codings: Mapping[str, pd.DataFrame], codebook: Codebook, column: str) -> pd.DataFrame:
    if len(codings) < 2:
        raise TableError("agreement needs the codings of two coders at least")
    find = codebook.theme_of if column == "theme" else codebook.subtheme_of
    parts, shown = [], []
    for coder, table in codings.items():
        missing = [name for name in ("sentence_id", column) if name not in table]
        if missing:
            raise TableError(
                f"{coder}: agreement needs the column {', '.join(missing)}; it has {', '.join(map(str, table))}"
            )
        given = table[column].astype("string").fillna("").str.strip()
        coded = table[given.ne("")].assign(**{column: [find(code) for code in given[given.ne("")]]})
        twice = coded["sentence_id"].astype(str)[coded["sentence_id"].duplicated()]
        if len(twice):
            raise TableError(f"{coder}: codes {len(twice)} sentences twice, such as {twice.iloc[0]}; keep one row each")
        parts.append(coded.set_index(coded["sentence_id"].astype(str))[column].rename(coder))
        shown.append(table.assign(sentence_id=table["sentence_id"].astype(str))[["sentence_id", *_shown(table)]])
    joined = pd.concat(parts, axis=1)
    texts = pd.concat(shown).drop_duplicates("sentence_id").set_index("sentence_id")
    return joined.join(texts).rename_axis("sentence_id").reset_index()


def _shown(table: pd.DataFrame) -> list[str]:
    return [name for name in ("document", "heading", "text") if name in table]


def _pairs(values: Ints, coders: Sequence[str], n_codes: int) -> pd.DataFrame:
    rows = []
    for a in range(len(coders)):
        for b in range(a + 1, len(coders)):
            both = values[:, [a, b]]
            both = both[(both >= 0).all(axis=1)]
            scores = [float(score(both, n_codes)[0]) if len(both) else np.nan
                      for score in (krippendorff_alpha, cohen_kappa, percent_agreement)]  # fmt: skip
            rows.append((coders[a], coders[b], len(both), *scores))
    return pd.DataFrame(rows, columns=["coder_a", "coder_b", "units", "alpha", "kappa", "percent"])


def _confusions(values: Ints, coders: Sequence[str], codes: Sequence[str]) -> pd.DataFrame:
    rows = []
    for a in range(len(coders)):
        for b in range(a + 1, len(coders)):
            both = values[(values[:, a] >= 0) & (values[:, b] >= 0)]
            found, counts = np.unique(both[:, [a, b]], axis=0, return_counts=True)
            rows += [
                (coders[a], coders[b], codes[x], codes[y], int(count))
                for (x, y), count in zip(found, counts, strict=True)
            ]
    return pd.DataFrame(rows, columns=["coder_a", "coder_b", "theme_a", "theme_b", "count"])


def _differing(table: pd.DataFrame, coders: Mapping[str, object]) -> pd.DataFrame:
    names = list(coders)
    found = table[table[names].nunique(axis=1) > 1]
    return found[["sentence_id", *_shown(found), *names]].reset_index(drop=True)
