"""Train a classifier on labelled sentences, with a card that says what it learned and how well."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from tqdm import tqdm

from zhuti.errors import CodebookError
from zhuti.files import digest
from zhuti.models.coder import Coder
from zhuti.seeds import Codebook, read_codebook

if TYPE_CHECKING:
    from zhuti.models.classifier import ThemeClassifier
    from zhuti.models.two_levels import TwoLevelClassifier

FORMAT = 1
# What a label of the user's own counts beside a shipped one. At 2 and more, some 200 labels of real reports made the
# classifier worse on other real reports than it is without them (benchmarks/own_labels.py).
OWN_WEIGHT = 1.0
# What decides on the numbers a model gives: other versions may cut or count otherwise.
LIBRARIES = ("zhuti", "scikit-learn", "numpy", "scipy", "rjieba", "jieba", "skops")


@dataclass(frozen=True)
class TrainedModel:
    """A fitted classifier with its codebook and its card.

    Attributes
    ----------
    coder : Coder
        What was learned, as plain data.
    codebook : Codebook
    card : mapping
        Format, name, what it was trained on, digests, versions, scores, confusion; nothing but JSON's types,
        and no dates: the same inputs give the same card.
    """

    coder: Coder
    codebook: Codebook
    card: Mapping[str, Any] = field(repr=False)

    @property
    def classifier(self) -> "ThemeClassifier":
        """The model as an estimator of scikit-learn, fitted."""
        from zhuti.models.classifier import ThemeClassifier

        classifier: ThemeClassifier = ThemeClassifier.from_coder(self.coder)
        return classifier


def train(
    labels: pd.DataFrame,
    *,
    codebook: Codebook | None = None,
    classifier: str = "context",
    with_default: bool = False,
    terms: pd.DataFrame | None = None,
    progress: bool = False,
) -> TrainedModel:
    """Train a classifier on labelled sentences.

    Parameters
    ----------
    labels : DataFrame
        As `read_labels` returns it.
    codebook : Codebook, optional
        By default the one that zhuti ships.
    classifier : str
        One of `named_classifiers`.
    with_default : bool
        Learn from the sentences that zhuti ships too; the codebook must be zhuti's.
    terms : DataFrame, optional
        Columns `term, code` and optionally `elsewhere` (codes with spaces between); by default the codebook's.
    progress : bool
        Show a progress bar.

    Returns
    -------
    TrainedModel
    """
    from zhuti.models.named import build_classifier

    book = codebook or read_codebook()
    estimator: Any = build_classifier(classifier, terms=gather_terms(book, terms), other=book.other)
    weight = None
    if with_default:
        labels, weight = _add_shipped(labels, book)
    with tqdm(total=estimator.folds + 1, desc="training", unit="fit", disable=not progress, leave=False) as bar:
        estimator.fit(
            labels,
            labels["theme"].to_numpy(),
            subtheme=labels["subtheme"].to_numpy(),
            secondary=labels["secondary"].to_numpy(),
            sample_weight=weight,
            callback=bar.update,
        )
    return TrainedModel(estimator.coder_, book, make_card(labels, book, classifier, estimator))


def _add_shipped(labels: pd.DataFrame, book: Codebook) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """Return the shipped labels and the user's behind them, with the weight of each row."""
    from zhuti.models.labels import read_shipped_labels

    if book.digest != read_codebook().digest:
        raise CodebookError(
            f"the codebook {book.id} {book.version} is not the one of zhuti's own labels, so they cannot be added; "
            "train without --with-default"
        )
    shipped = read_shipped_labels()
    weight = np.concatenate([np.ones(len(shipped)), np.full(len(labels), OWN_WEIGHT)])
    return pd.concat([shipped, labels], ignore_index=True), weight


def gather_terms(book: Codebook, terms: pd.DataFrame | None = None) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return the terms to teach, of a table or of the codebook."""
    if terms is None:
        return tuple((term.term, term.code, term.elsewhere) for term in book.terms)
    elsewhere = terms["elsewhere"] if "elsewhere" in terms else pd.Series("", index=terms.index)
    return tuple(
        (str(term), book.subtheme_of(str(code)), tuple(str(others).split()))
        for term, code, others in zip(terms["term"], terms["code"], elsewhere.fillna(""), strict=True)
    )


def make_card(labels: pd.DataFrame, book: Codebook, name: str, estimator: "TwoLevelClassifier") -> dict[str, Any]:
    """Return the card of a fitted classifier, from its inputs and its predictions out of fold alone."""
    from zhuti.models.scores import count_errors, score_confusion

    order = list(book.theme_ids)
    left_out = estimator.out_of_fold_
    tested = measured_rows(labels) & ~np.isnan(left_out.themes[:, 0])
    best, inside = estimator.coder_.levels.best(left_out)
    documents = labels["document"].to_numpy()[tested]
    errors = count_errors(documents, labels["theme"].to_numpy()[tested], estimator.classes_[best][tested], order)
    fine = labels["subtheme"].to_numpy()[tested], estimator.subclasses_[inside][tested]
    return {
        "format": FORMAT,
        "name": name,
        "n_sentences": len(labels),
        "n_documents": int(labels["document"].nunique()),
        "codebook": {"id": book.id, "version": book.version, "digest": book.digest},
        "digests": {"labels": digest_labels(labels)},
        "versions": {library: version(library) for library in LIBRARIES},
        "parameters": _plain_parameters(estimator),
        "n_terms": len(getattr(estimator, "terms", ())),
        "themes": order,
        **errors,
        **name_subtheme_errors(documents, *fine, book),
        "scores": {name: round(value, 4) for name, value in score_confusion(np.array(errors["confusion"])).items()},
    }


def name_subtheme_errors(documents: Any, truth: Any, guess: Any, book: Codebook) -> dict[str, Any]:
    """Return the errors of subthemes as a card holds them; nothing where labels have none of the codebook's.

    Parameters
    ----------
    documents, truth, guess : arrays of str, shape (n_sentences,)
        Document, true and predicted subtheme of each sentence.
    book : Codebook

    Returns
    -------
    dict
        subthemes (their order), subtheme_confusion, subtheme_document_counts.
    """
    from zhuti.models.scores import count_errors

    order = list(book.subtheme_ids)
    if order == list(book.theme_ids) or not {*truth, *guess} <= {*order}:
        return {}
    errors = count_errors(documents, truth, guess, order)
    return {"subthemes": order, **{f"subtheme_{name}": counts for name, counts in errors.items()}}


def _plain_parameters(estimator: "TwoLevelClassifier") -> dict[str, Any]:
    """Return the parameters that JSON can hold; a pipeline of scikit-learn is known by the classifier's name."""
    found = estimator.get_params(deep=False).items()
    return {key: value for key, value in found if value is None or isinstance(value, bool | int | float | str)}


def measured_rows(labels: pd.DataFrame) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Return which rows measure the error: sentences of whole documents, or all where there are none."""
    size = labels.groupby("document")["text"].transform("size").to_numpy()
    rows: np.ndarray[Any, np.dtype[np.bool_]] = (labels["kind"] == "sentence").to_numpy() & (size >= 5)
    return rows if rows.any() else np.ones(len(labels), dtype=bool)


def digest_labels(labels: pd.DataFrame) -> str:
    """Return the SHA-256 of what training sees of the labels."""
    columns = [name for name in ("document", "heading", "text", "theme", "subtheme", "secondary") if name in labels]
    return digest(*(cell for name in columns for cell in (name, *labels[name].astype(str))))
