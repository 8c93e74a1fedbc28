"""Give sentences themes: batch in, batch out, and the same for a table."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from zhuti.errors import TableError
from zhuti.features import TermFinder
from zhuti.models.coder import Integers
from zhuti.models.context import ContextCoder, Reading
from zhuti.models.evidence import contrast, name_strongest, weigh_pieces
from zhuti.models.sentences import Sentences
from zhuti.models.shipped import default_model
from zhuti.models.training import TrainedModel
from zhuti.seeds import Codebook

if TYPE_CHECKING:
    import pandas as pd

# Digits of probabilities: enough for every use, few enough to be the same on every machine.
_DIGITS = 6


def classify(sentences: "pd.DataFrame", model: TrainedModel | None = None) -> "pd.DataFrame":
    """Give every row of a table a theme, a subtheme, a second theme, and probabilities.

    Parameters
    ----------
    sentences : DataFrame
        With a column `text`; where it has `document` and `heading` too, rows of a document that follow one
        another are read in context.
    model : TrainedModel, optional
        By default `default_model()`.

    Returns
    -------
    DataFrame
        The same rows in the same order with all their columns, and theme, subtheme, secondary, probability
        (of the theme), one column `p_<theme>` for each theme, and terms (the strongest for the theme). Columns
        of these names are replaced.
    """
    import pandas as pd

    if "text" not in sentences:
        raise TableError(f"the table lacks the column text; it has {', '.join(map(str, sentences.columns))}")
    known = [name for name in ("document", "heading", "kind") if name in sentences]
    batch = pa.table({name: pa.array(_filled(sentences[name]), pa.string()) for name in ("text", *known)})
    coded = classify_batch(batch, model).select(code_columns(model or default_model())).to_pandas()
    coded.index = sentences.index
    kept = sentences.drop(columns=[name for name in coded if name in sentences])
    table: pd.DataFrame = pd.concat([kept, coded], axis=1)
    return table


def _filled(column: "pd.Series[Any]") -> list[str]:
    return [value if isinstance(value, str) else "" if value is None or value != value else str(value)
            for value in column.astype(object).where(column.notna(), None)]  # fmt: skip


def code_columns(model: TrainedModel) -> list[str]:
    """Return the names of the columns that coding adds, in order."""
    themes = [f"p_{theme}" for theme in model.codebook.theme_ids]
    return ["theme", "subtheme", "secondary", "probability", *themes, "terms"]


def classify_batch(batch: pa.Table, model: TrainedModel | None = None) -> pa.Table:
    """Give every row of a batch its codes; a pure function of batch and model.

    Parameters
    ----------
    batch : pyarrow.Table
        With a column `text`, and optionally `document` and `heading`. Documents must be whole: what stands
        beside a sentence is part of what it means.
    model : TrainedModel, optional

    Returns
    -------
    pyarrow.Table
        The batch with the columns of `code_columns` behind its own.
    """
    model = model or default_model()
    coder, levels = model.coder, model.coder.levels
    columns = {name: batch[name].to_pylist() for name in ("document", "heading") if name in batch.column_names}
    sentences = Sentences(batch["text"].to_pylist(), columns.get("document"), columns.get("heading"))
    reading = coder.read(sentences) if isinstance(coder, ContextCoder) else None
    coded = reading.coded if reading else coder.code(sentences)
    best, inside = levels.best(coded)
    rounded = coded.themes.round(_DIGITS)
    added: dict[str, Any] = {
        "theme": np.array(levels.classes, dtype=object)[best],
        "subtheme": np.array(levels.subclasses, dtype=object)[inside],
        "secondary": levels.second(coded),
        "probability": rounded[np.arange(len(best)), best],
    }
    for theme in model.codebook.theme_ids:
        known = theme in levels.classes
        added[f"p_{theme}"] = rounded[:, levels.classes.index(theme)] if known else np.zeros(len(best))
    added["terms"] = _name_terms(model, sentences.texts, reading, best)
    for name, values in added.items():
        kind = pa.float64() if name.startswith("p_") or name == "probability" else pa.string()
        batch = batch.append_column(name, pa.array(values, kind))
    return batch


def classify_rows(table: pa.Table, model: TrainedModel | None = None) -> pa.Table:
    """Give every row of a table of any columns its codes, as `classify` does; columns of their names are replaced.

    Parameters
    ----------
    table : pyarrow.Table
        With a column `text`; documents must be whole.
    model : TrainedModel, optional
    """
    model = model or default_model()
    names = [name for name in ("text", "document", "heading") if name in table.column_names]
    added = code_columns(model)
    coded = classify_batch(pa.table({name: _as_texts(table[name]) for name in names}), model).select(added)
    kept = table.drop_columns([name for name in added if name in table.column_names])
    for name in added:
        kept = kept.append_column(name, coded[name])
    return kept


def _as_texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
    return column.cast(pa.string()).fill_null("")


def _name_terms(model: TrainedModel, texts: list[str], reading: Reading | None, theme: Integers) -> list[str]:
    """Return the three strongest words for the theme; the codebook's terms where a classifier tells nothing."""
    coder = model.coder
    if reading is None or not isinstance(coder, ContextCoder):
        return find_codebook_terms(model.codebook, texts, [coder.levels.classes[place] for place in theme])
    return name_strongest(texts, weigh_pieces(coder, reading, contrast(coder, reading, theme)))


def find_codebook_terms(book: Codebook, texts: list[str], themes: list[str]) -> list[str]:
    """Return the first three terms of each text that the codebook gives for its theme, joined by spaces."""
    theme_of = {term.term: book.parents[term.code] for term in book.terms}
    found = TermFinder(theme_of).find_all(texts)
    return [
        " ".join(list(dict.fromkeys(term for term in terms if theme_of[term] == theme))[:3])
        for terms, theme in zip(found, themes, strict=True)
    ]
