"""Code every sentence by a classifier that did not see its document, nor learned a word or a scale from it."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from zhuti.errors import ZhutiError
from zhuti.models.calibration import fit_scaling
from zhuti.models.coder import Coder, Doubles, Integers
from zhuti.models.named import build_classifier
from zhuti.models.sentences import gather_sentences
from zhuti.models.training import gather_terms
from zhuti.seeds import Codebook

# The lowest temperature that training gives the default classifier's probabilities, and the others'.
LEAST_TEMPERATURE = {"context": 1.0}
OTHERS_LEAST = 0.05


@dataclass(frozen=True)
class LeftOut:
    """What a classifier says of sentences that were left out when it learned.

    Attributes
    ----------
    name : str
        The classifier.
    themes : array, shape (n_sentences, n_themes)
        Calibrated probabilities of the codebook's themes.
    subthemes : array of object, shape (n_sentences,)
        Likeliest subtheme within the likeliest theme.
    coders : tuple of Coder
        What learned without each fold.
    """

    name: str
    themes: Doubles
    subthemes: NDArray[np.object_]
    coders: tuple[Coder, ...]


def code_left_out(
    labels: pd.DataFrame, fold: Integers, name: str, book: Codebook, *, callback: Callable[[int], object] | None = None
) -> LeftOut:
    """Train a classifier once a fold and let it code the fold.

    Each time it learns from the other folds alone, its vocabulary too; its probabilities are scaled on the
    sentences that the other folds left out, as training would do it.

    Raises
    ------
    ValueError
        Of scikit-learn, when the classifier cannot learn from so few sentences.
    """

    def learn(number: int) -> tuple[Coder, Doubles, NDArray[np.object_]]:
        out = fold == number
        coder = fit_once(labels[~out], name, book)
        found = coder, *code_rows(coder, labels[out], book)
        if callback:
            callback(1)
        return found

    n_folds = int(fold.max()) + 1
    with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, n_folds)) as pool:
        parts = list(pool.map(learn, range(n_folds)))
    raw = np.zeros((len(labels), len(book.theme_ids)))
    subthemes = np.empty(len(labels), dtype=object)
    for number, (_, themes, fine) in enumerate(parts):
        raw[fold == number], subthemes[fold == number] = themes, fine
    truth = places_of(labels["theme"], book)
    return LeftOut(name, _scale(raw, truth, fold, name), subthemes, tuple(coder for coder, _, _ in parts))


def fit_once(labels: pd.DataFrame, name: str, book: Codebook) -> Coder:
    """Train a classifier, with no more folds of its own than its themes depend on.

    Which theme the default classifier and the dictionary find likeliest does not depend on scaling; that of the
    others does, since they scale subthemes before adding them up. Where too few sentences are left for that,
    they are added up as they are.
    """
    own_folds = (1,) if name in ("context", "dictionary") else (2, 1)
    for folds in own_folds:
        classifier: Any = build_classifier(name, terms=gather_terms(book), other=book.other, folds=folds)
        try:
            classifier.fit(
                labels,
                labels["theme"].to_numpy(),
                subtheme=labels["subtheme"].to_numpy(),
                secondary=labels["secondary"].to_numpy(),
            )
            break
        except ValueError as error:
            if isinstance(error, ZhutiError) or folds == own_folds[-1]:
                raise
    coder: Coder = classifier.coder_
    return coder


def code_rows(coder: Coder, labels: pd.DataFrame, book: Codebook) -> tuple[Doubles, NDArray[np.object_]]:
    """Return the probabilities of the codebook's themes, 0 for those never learned, and the likeliest subtheme."""
    coded = coder.code(gather_sentences(labels))
    themes = np.zeros((len(labels), len(book.theme_ids)))
    themes[:, [book.theme_ids.index(theme) for theme in coder.levels.classes]] = coded.themes
    return themes, np.array(coder.levels.subclasses, dtype=object)[coder.levels.best(coded)[1]]


def places_of(themes: pd.Series, book: Codebook) -> Integers:
    """Return the place of each theme in the codebook."""
    place = {theme: number for number, theme in enumerate(book.theme_ids)}
    return np.array([place[theme] for theme in themes], dtype=np.int64)


def _scale(raw: Doubles, truth: Integers, fold: Integers, name: str) -> Doubles:
    """Scale the probabilities of each fold by the temperature of all others."""
    scaled = np.zeros_like(raw)
    for number in range(int(fold.max()) + 1):
        out = fold == number
        scaling = fit_scaling(raw[~out], truth[~out], least=LEAST_TEMPERATURE.get(name, OTHERS_LEAST))
        scaled[out] = scaling.apply(raw[out])
    return scaled
