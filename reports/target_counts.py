"""Count targets by group and theme, so that long and short documents can be compared."""

import pandas as pd

from zhuti.reports.comparison import Comparison
from zhuti.reports.evidence import group_names

COUNT_COLUMNS = ("group", "theme", "planned", "done", "sentences", "per_100_sentences")


def count_targets(targets: pd.DataFrame, coded: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    """Count the targets of each group and theme, planned and done.

    Parameters
    ----------
    targets : DataFrame
        As `find_targets` gives them, with `sentence_id`.
    coded : DataFrame
        The sentence table that was compared.
    comparison : Comparison

    Returns
    -------
    DataFrame
        Columns as in `COUNT_COLUMNS`, a row a group and policy theme; `sentences` are the group's sentences
        that enter the shares, `per_100_sentences` is planned and done together over them. Empty where nothing
        was found or sentences have no ids.

    Warnings
    --------
    A count of what the patterns found: it is no measure of how ambitious a target is.
    """
    if targets.empty or "sentence_id" not in coded or targets["sentence_id"].isna().all():
        return pd.DataFrame(columns=list(COUNT_COLUMNS))
    by = tuple(name.strip() for name in comparison.by.split(","))
    group_of = dict(zip(coded["sentence_id"], group_names(coded, by), strict=True))
    found = pd.crosstab([targets["sentence_id"].map(group_of), targets["theme"]], targets["status"])
    sentences = comparison.counts.set_index("group")["in_shares"]
    rows = []
    for group in comparison.groups:
        for theme in comparison.themes:
            planned, done = (
                int(found[status].get((group, theme), 0)) if status in found else 0 for status in ("planned", "done")
            )
            n = int(sentences.get(group, 0))
            rate = 100.0 * (planned + done) / n if n else float("nan")
            rows.append((group, theme, planned, done, n, rate))
    return pd.DataFrame(rows, columns=list(COUNT_COLUMNS))
