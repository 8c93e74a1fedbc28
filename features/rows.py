"""Tables as documents: rows of one `document` are its paragraphs, else every row is a document of its own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from zhuti.features.attribution import attribute
from zhuti.features.documents import Document
from zhuti.features.limits import Limits
from zhuti.features.metadata import overrule
from zhuti.features.tables import read_table, require_columns

_FACTS = ("district", "year", "genre")


def read_rows(path: Path, name: str, limits: Limits, *, data: bytes | None = None) -> Iterator[Document]:
    """Yield the documents of a table with a column `text`.

    Parameters
    ----------
    path, name
        The table, and its name within the folder or archive.
    limits
        What is refused.
    data
        The content of a table within an archive.

    Raises
    ------
    ReadError, TableError
        When the table cannot be read, is too large, or lacks a column `text`.
    """
    frame = read_table(path, max_megabytes=limits.megabytes) if data is None else _read_member(path, data, limits)
    require_columns(frame, ["text"], str(path))
    names = frame["document"] if "document" in frame else [f"{path.stem}#{n}" for n in range(1, len(frame) + 1)]
    for label, rows in frame.groupby(pd.Series(names, index=frame.index).astype(str), sort=False):
        text = limits.check_text(str(path), "\n".join(rows["text"].fillna("").astype(str)))
        document = Document(str(label), text, path, path.suffix[1:].lower(), 0, len(text), whole=True, file=name)
        yield overrule(attribute(document.keeping()), _facts(rows), None)


def _read_member(path: Path, data: bytes, limits: Limits) -> pd.DataFrame:
    with tempfile.TemporaryDirectory(prefix="zhuti-") as folder:
        copy = Path(folder, f"table{path.suffix}")
        copy.write_bytes(data)
        return read_table(copy, name=str(path), max_megabytes=limits.megabytes)


def _facts(rows: pd.DataFrame) -> dict[str, Any]:
    return {name: rows[name].iloc[0] for name in _FACTS if name in rows}
