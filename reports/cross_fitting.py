"""Code a corpus with models that learned from its labels, none of them from the document that it codes."""

from zlib import crc32

import pandas as pd

from zhuti.errors import TableError
from zhuti.models import TrainedModel, classify, default_model, read_labels, train
from zhuti.seeds import Codebook, read_codebook


def cross_fitted(
    sentences: pd.DataFrame,
    labels: pd.DataFrame,
    *,
    codebook: Codebook | None = None,
    classifier: str = "context",
    with_default: bool = True,
    folds: int = 5,
    progress: bool = False,
) -> pd.DataFrame:
    """Use the labels of an audit twice: to teach the classifier, and to measure it where it did not learn.

    Documents are divided into folds. Those of a fold are coded, all their sentences, by a model that learned
    from the labels of the other folds (and from the sentences that zhuti ships); so the errors at the labelled
    sentences are those of sentences that were not learned from, and `compare(coded, audit=labels)` holds.

    Parameters
    ----------
    sentences : DataFrame
        Sentence table with sentence_id, document and text.
    labels : DataFrame
        sentence_id and label, as `read_audit` gives them; subtheme where it was coded.
    codebook : Codebook, optional
    classifier : str
        See `zhuti.models.train`.
    with_default : bool
        Learn from the sentences that zhuti ships too.
    folds : int
        At most as many as there are documents with labels.
    progress : bool

    Returns
    -------
    DataFrame
        The sentences as `classify` codes them, in their order.

    References
    ----------
    Chernozhukov et al. (2018), Double/debiased machine learning, Econometrics Journal 21 (cross-fitting).
    """
    codebook = codebook or read_codebook()
    labelled = sentences.merge(labels.rename(columns={"label": "theme"}), on="sentence_id", how="inner")
    learned = read_labels(labelled.drop(columns=["inclusion_probability"], errors="ignore"), codebook)
    documents = list(dict.fromkeys(learned["document"]))
    if len(documents) < 2 and not with_default:
        raise TableError("cross-fitting without zhuti's own sentences needs labels in two documents at least")
    n_folds = max(min(folds, len(documents)), 1)
    place = {document: number % n_folds for number, document in enumerate(documents)}
    fold = sentences["document"].map(lambda name: place.get(name, crc32(str(name).encode()) % n_folds))
    parts = []
    for number in range(n_folds):
        others = learned[learned["document"].map(place) != number]
        model = _taught(others, codebook, classifier, with_default=with_default, progress=progress)
        parts.append(classify(sentences[fold == number], model))
    return pd.concat(parts).reindex(sentences.index)


def _taught(
    labels: pd.DataFrame, codebook: Codebook, classifier: str, *, with_default: bool, progress: bool
) -> TrainedModel:
    if labels.empty:
        return default_model(progress=progress)
    return train(labels, codebook=codebook, classifier=classifier, with_default=with_default, progress=progress)
