"""The errors of which a classifier was surest, with the words that led it astray."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from zhuti.features import split_words
from zhuti.models.coder import Coder, Doubles, Integers
from zhuti.models.coding import find_codebook_terms
from zhuti.models.context import ContextCoder
from zhuti.models.dictionary import DictionaryCoder
from zhuti.models.evidence import contrast, name_strongest, weigh_pieces
from zhuti.models.plain import PlainCoder
from zhuti.models.sentences import Sentences, gather_sentences
from zhuti.seeds import Codebook

MOST_ERRORS = 30
COLUMNS = (
    "classifier", "document", "heading", "text", "truth", "secondary", "predicted", "probability", "terms",
)  # fmt: skip
_WORDS = 3


def find_confident_errors(
    predictions: pd.DataFrame, fold: Integers, coders: Sequence[Coder], book: Codebook, *, most: int = MOST_ERRORS
) -> pd.DataFrame:
    """Return the errors with the highest probability, the surest first.

    Parameters
    ----------
    predictions : DataFrame
        The labels of one classifier with `classifier`, `predicted` and `probability`, in reading order.
    fold : array of int, shape (n_sentences,)
    coders : sequence of Coder
        What coded each fold.
    book : Codebook
    most : int

    Returns
    -------
    DataFrame
        `COLUMNS`; `terms` are at most three words that spoke most for the wrong theme against the right one, as
        the classifier that was wrong weighs them.
    """
    wrong = (predictions["predicted"] != predictions["theme"]).to_numpy()
    place = np.flatnonzero(wrong)
    place = place[np.argsort(-predictions["probability"].to_numpy()[place], kind="stable")][:most]
    terms = np.full(len(predictions), "", dtype=object)
    for number in dict.fromkeys(fold[place].tolist()):
        rows = np.flatnonzero(fold == number)
        part = predictions.iloc[rows]
        asked = np.flatnonzero(np.isin(rows, place))
        terms[rows[asked]] = name_misleading(coders[number], part, asked, book)
    found = predictions.iloc[place].rename(columns={"theme": "truth"}).assign(terms=terms[place])
    return found[list(COLUMNS)].reset_index(drop=True)


def name_misleading(coder: Coder, part: pd.DataFrame, asked: Integers, book: Codebook) -> list[str]:
    """Return, for some rows of a part that one coder coded, the words that spoke for the wrong theme.

    The default classifier's decision is taken apart (see `zhuti.models.explanations`); of the dictionary it is
    the terms found; of all others the words without which the wrong theme would lose most against the right one.
    """
    rows = part.iloc[asked]
    predicted, truth = rows["predicted"].tolist(), rows["theme"].tolist()
    if isinstance(coder, ContextCoder):
        return _take_apart(coder, part, asked)
    if isinstance(coder, DictionaryCoder):
        return find_codebook_terms(book, rows["text"].tolist(), predicted)
    dictionary = coder.dictionary if isinstance(coder, PlainCoder) else ()
    pairs = zip(rows["text"].tolist(), split_words(rows["text"].tolist(), dictionary), predicted, truth, strict=True)
    return [_leave_words_out(coder, text, words, wrong, right) for text, words, wrong, right in pairs]


def _take_apart(coder: ContextCoder, part: pd.DataFrame, asked: Integers) -> list[str]:
    documents = part["document"].iloc[asked].unique()
    read = part["document"].isin(documents).to_numpy()
    near = part[read]
    classes = coder.levels.classes
    reading = coder.read(gather_sentences(near))
    wrong = np.array([classes.index(theme) for theme in near["predicted"]])
    right = np.array([classes.index(theme) if theme in classes else -1 for theme in near["theme"]])
    shares = contrast(coder, reading, wrong)
    known = right >= 0
    against = np.maximum(contrast(coder, reading, np.maximum(right, 0)), 0)
    shares[known] = (np.maximum(shares, 0) - against)[known]
    names = name_strongest(near["text"].tolist(), weigh_pieces(coder, reading, shares), _WORDS)
    place = np.cumsum(read) - 1
    return [names[place[row]] for row in asked]


def _leave_words_out(coder: Coder, text: str, words: list[str], wrong: str, right: str) -> str:
    """Return the words without which the odds of the wrong theme against the right one fall most."""
    ends = np.cumsum([len(word) for word in words]).tolist()
    spans = [(end - len(word), end) for word, end in zip(words, ends, strict=True)]
    spans = [(start, end) for start, end in spans if end - start >= 2 and any(map(str.isalpha, text[start:end]))]
    without = [text[:start] + "，" + text[end:] for start, end in spans]
    odds = _odds(coder.code(Sentences([text, *without])).themes, coder.levels.classes, wrong, right)
    fall = odds[0] - odds[1:]
    order = [place for place in np.argsort(-fall, kind="stable").tolist() if fall[place] > 1e-9]
    return " ".join(list(dict.fromkeys(text[slice(*spans[place])] for place in order))[:_WORDS])


def _odds(themes: Doubles, classes: tuple[str, ...], wrong: str, right: str) -> Doubles:
    mine = themes[:, classes.index(wrong)]
    other = themes[:, classes.index(right)] if right in classes else 1 - mine
    odds: Doubles = np.log(np.maximum(mine, 1e-12)) - np.log(np.maximum(other, 1e-12))
    return odds
