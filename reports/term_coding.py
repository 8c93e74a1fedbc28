"""A second opinion on themes, from the codebook's terms alone: where it disagrees with a classifier, a label teaches."""

import re

import numpy as np
import pandas as pd

from zhuti.seeds import Codebook

# Added to the count of terms of each theme.
PRIOR = 0.2


def code_by_terms(coded: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Give sentences probabilities of themes by counting the codebook's terms in them, longest first.

    Parameters
    ----------
    coded : DataFrame
        Sentence table with `text` and `p_<theme>`.
    codebook : Codebook

    Returns
    -------
    DataFrame
        The table with other `p_<theme>`; a sentence without a term keeps those it had.
    """
    owner = {term.term: codebook.parents.get(term.code, term.code) for term in codebook.terms}
    if not owner:
        return coded
    pattern = re.compile("|".join(re.escape(term) for term in sorted(owner, key=lambda term: (-len(term), term))))
    column = {theme: k for k, theme in enumerate(codebook.theme_ids)}
    counts = np.zeros((len(coded), len(column)))
    for row, text in enumerate(coded["text"].astype(str)):
        for found in pattern.findall(text):
            counts[row, column[owner[found]]] += 1.0
    known = counts.sum(axis=1) > 0
    names = [f"p_{theme}" for theme in codebook.theme_ids]
    probability = coded[names].to_numpy(dtype=float).copy()
    smoothed = counts + PRIOR
    probability[known] = (smoothed / smoothed.sum(axis=1, keepdims=True))[known]
    return coded.assign(**{name: probability[:, k] for k, name in enumerate(names)})
