"""Read labelled sentences and check every label against the codebook."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from zhuti.errors import CodebookError, TableError
from zhuti.features import read_table
from zhuti.seeds import Codebook, read_codebook, seed_path

# Columns that training knows, in the order of the sentence table; others are kept behind them.
COLUMNS = ("document", "district", "year", "genre", "heading", "kind", "text", "theme", "subtheme", "secondary")


def read_labels(source: Path | str | pd.DataFrame, codebook: Codebook | None = None) -> pd.DataFrame:
    """Read labelled sentences: a table with `text` and `theme` or `subtheme`.

    Parameters
    ----------
    source : path, str or DataFrame
        A file that `read_table` reads, or a table. `document` (with the rows of a document in reading order),
        `heading`, `kind`, `secondary` and `district` are used where they are there.
    codebook : Codebook, optional
        By default the one that zhuti ships.

    Returns
    -------
    DataFrame
        With the columns document, heading, kind, text, theme, subtheme and secondary, all filled, and the
        others of the source. Labels are identifiers of the codebook; where there is no subtheme, the theme
        stands in its place. Rows without a document stand alone.

    Raises
    ------
    TableError
        When a column is missing, a text is empty, a label is not in the codebook, or a subtheme belongs to
        another theme; the rows are named.
    """
    book = codebook or read_codebook()
    table = source.copy() if isinstance(source, pd.DataFrame) else read_table(source)
    what = "labels" if isinstance(source, pd.DataFrame) else str(source)
    if "text" not in table or not {"theme", "subtheme", "label"} & set(table):
        raise TableError(f"{what}: labels need the columns text and theme; there are {', '.join(map(str, table))}")
    if not len(table):
        raise TableError(f"{what}: the table has no rows")
    table = table.reset_index(drop=True)
    text = {name: _texts(table, name) for name in COLUMNS if name != "year"}
    if "theme" not in table and "label" in table:
        text["theme"] = _texts(table, "label")
    table["document"] = text["document"].where(text["document"] != "", "row " + table.index.astype(str))
    table["heading"], table["text"] = text["heading"], text["text"]
    table["kind"] = text["kind"].replace("", "sentence")
    table["subtheme"] = _coded(text["subtheme"], book.subtheme_of, what)
    table["theme"] = _coded(text["theme"], book.theme_of, what)
    table["secondary"] = _coded(text["secondary"].replace("-", ""), book.theme_of, what)
    _complete(table, book, what)
    known = [name for name in COLUMNS if name in table]
    return table[known + [name for name in table if name not in known]]


def read_shipped_labels() -> pd.DataFrame:
    """Read the labelled sentences that zhuti ships."""
    tables = [read_labels(path) for path in shipped_label_paths()]
    return pd.concat(tables, ignore_index=True)


def shipped_label_paths() -> list[Path]:
    """Return the files of labelled sentences that zhuti ships, in order."""
    return sorted(seed_path("labels").glob("*.jsonl"))


def _texts(table: pd.DataFrame, name: str) -> pd.Series:
    if name not in table:
        return pd.Series("", index=table.index, dtype=object)
    column = table[name].astype(object)
    return column.where(column.notna(), "").map(str).map(str.strip if name != "text" else str)


def _coded(labels: pd.Series, find: Callable[[str], str], what: str) -> pd.Series:
    """Return the identifiers of labels; all unknown ones are named at once."""
    codes, faults = {"": ""}, []
    for label in labels.unique():
        try:
            codes[label] = find(label) if label else ""
        except CodebookError as error:
            faults.append(f"{_rows(labels == label)}: {error}")
    if faults:
        raise TableError(f"{what}: {'; '.join(faults)}")
    return labels.map(codes)


def _complete(table: pd.DataFrame, book: Codebook, what: str) -> None:
    """Fill theme from subtheme and the other way round, and refuse what contradicts the codebook."""
    parents = table["subtheme"].map(lambda code: book.parents.get(code, ""))
    table["theme"] = table["theme"].where(table["theme"] != "", parents)
    table["subtheme"] = table["subtheme"].where(table["subtheme"] != "", table["theme"])
    faults = {
        "has no text; leave the row out": table["text"].str.strip() == "",
        "has no theme; code it or leave the row out": table["theme"] == "",
        "has a subtheme of another theme than its own": (parents != "") & (parents != table["theme"]),
        "has its own theme as the second one": (table["secondary"] == table["theme"]) & (table["theme"] != ""),
    }
    found = [f"{_rows(rows)} {fault}" for fault, rows in faults.items() if rows.any()]
    if found:
        raise TableError(f"{what}: {'; '.join(found)}")


def _rows(mask: pd.Series) -> str:
    """Name the rows, counted from 1 below the header."""
    numbers = [str(row + 1) for row in mask.index[mask]]
    shown = ", ".join(numbers[:5]) + (f" and {len(numbers) - 5} more" if len(numbers) > 5 else "")
    return f"row{'s' if len(numbers) > 1 else ''} {shown}"
