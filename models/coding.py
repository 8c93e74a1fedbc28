"""Give sentences themes: batch in, batch out, and the same for a table."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from zhuti.errors import TableError
from zhuti.models.sentences import Sentences
from zhuti.models.shipped import default_model
from zhuti.models.training import TrainedModel

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
    coder = model.coder
    columns = {name: batch[name].to_pylist() for name in ("document", "heading") if name in batch.column_names}
    sentences = Sentences(batch["text"].to_pylist(), columns.get("document"), columns.get("heading"))
    coded = coder.code(sentences)
    best = coded.themes.argmax(axis=1)
    inside = np.where(coder.parents == best[:, None], coded.subthemes, -1.0).argmax(axis=1)
    rounded = coded.themes.round(_DIGITS)
    added: dict[str, Any] = {
        "theme": np.array(coder.classes, dtype=object)[best],
        "subtheme": np.array(coder.subclasses, dtype=object)[inside],
        "secondary": coder.second(coded.themes),
        "probability": rounded[np.arange(len(best)), best],
    }
    for theme in model.codebook.theme_ids:
        known = theme in coder.classes
        added[f"p_{theme}"] = rounded[:, coder.classes.index(theme)] if known else np.zeros(len(best))
    added["terms"] = [""] * len(best)
    for name, values in added.items():
        kind = pa.float64() if name.startswith("p_") or name == "probability" else pa.string()
        batch = batch.append_column(name, pa.array(values, kind))
    return batch
