"""Read and write tables: CSV, JSON Lines, Parquet and Excel, by the ending of the file's name."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from zhuti.errors import ReadError, TableError
from zhuti.features.encoding import decode
from zhuti.files import whole_file

ENDINGS = (".csv", ".jsonl", ".parquet", ".xlsx")
# A spreadsheet runs a cell that begins with one of these; an apostrophe before it keeps it a text.
_RUNS = ("=", "+", "-", "@", "\t", "\r")
# Columns that hold numbers in our own tables; all others are kept as the texts they are.
_INTEGERS = ("position", "start", "end")


def read_table(path: Path | str) -> pd.DataFrame:
    """Read a table, all columns kept as they are.

    Parameters
    ----------
    path : path or str
        A .csv (UTF-8 with or without mark, or GB18030), .jsonl, .parquet or .xlsx file (first sheet).

    Raises
    ------
    ReadError
        When the file is missing, empty, or not what its ending says.
    """
    path = Path(path)
    if path.suffix.lower() not in ENDINGS:
        raise ReadError(f"{path}: a table ends in {', '.join(ENDINGS)}, not in {path.suffix or 'nothing'}")
    if not path.is_file():
        raise ReadError(f"{path}: there is no such file")
    if path.stat().st_size == 0:
        raise ReadError(f"{path}: the file is empty")
    try:
        return _READERS[path.suffix.lower()](path)
    except ReadError:
        raise
    except Exception as error:
        raise ReadError(
            f"{path}: cannot be read as {path.suffix[1:]} ({type(error).__name__}: {error}); save it anew"
        ) from error


def _read_csv(path: Path) -> pd.DataFrame:
    text = decode(path.read_bytes(), name=str(path)).text
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(rows, [])
    if len(set(header)) < len(header):
        raise ReadError(f"{path}: the header names a column twice: {', '.join(header)}")
    table = []
    for row in rows:
        if not row:
            continue
        if len(row) > len(header):
            raise ReadError(f"{path}: row {rows.line_num} has {len(row)} cells, the header {len(header)}")
        table.append(row + [""] * (len(header) - len(row)))
    return _typed(pd.DataFrame(table, columns=pd.Index(header), dtype="object"))


def _read_jsonl(path: Path) -> pd.DataFrame:
    rows = []
    for number, line in enumerate(decode(path.read_bytes(), name=str(path)).text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ReadError(f"{path}: line {number} is no JSON ({error.msg}); one object a line is wanted") from error
        if not isinstance(row, dict):
            raise ReadError(f"{path}: line {number} is no JSON object; one object a line is wanted")
        rows.append(row)
    return pd.DataFrame(rows)


def _read_xlsx(path: Path) -> pd.DataFrame:
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=True)
    if not rows:
        raise ReadError(f"{path}: the first sheet is empty")
    # Excel knows no integers: 3.0 is how it says 3.
    cells = [[int(c) if isinstance(c, float) and c.is_integer() else c for c in row] for row in rows[1:]]
    return pd.DataFrame(cells, columns=pd.Index([str(name) for name in rows[0]]))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    for name in frame.columns:
        if name in _INTEGERS or str(name).startswith("p_") or name in ("probability", "inclusion_probability"):
            numbers = pd.to_numeric(frame[name].replace("", None), errors="coerce")
            if numbers.notna().sum() == (frame[name] != "").sum():
                frame[name] = numbers
    return frame


_READERS: dict[str, Any] = {
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
    ".parquet": pd.read_parquet,
    ".xlsx": _read_xlsx,
}


def write_table(frame: pd.DataFrame, path: Path | str) -> None:
    """Write a table whole or not at all; the same table gives the same bytes.

    CSV is written as UTF-8 with a mark, so that Excel reads it. In CSV and Excel a text that a spreadsheet
    would run as a formula gets an apostrophe before it.

    Raises
    ------
    TableError
        When the ending names no format.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise TableError(f"{path}: a table ends in {', '.join(ENDINGS)}, not in {path.suffix or 'nothing'}")
    with whole_file(path) as part:
        if ending == ".csv":
            text = _harmless(frame).to_csv(index=False, lineterminator="\n", float_format="%.6g")
            part.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8", errors="replace"))
        elif ending == ".jsonl":
            lines = (json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in frame.to_dict("records"))
            part.write_bytes("".join(lines).encode("utf-8", errors="replace"))
        elif ending == ".parquet":
            frame.to_parquet(part, index=False)
        else:
            _harmless(frame).to_excel(part, index=False, engine="openpyxl")


def _harmless(frame: pd.DataFrame) -> pd.DataFrame:
    safe = frame.copy()
    for name in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[name]) and not pd.api.types.is_bool_dtype(frame[name]):
            safe[name] = [f"'{c}" if isinstance(c, str) and c.startswith(_RUNS) else c for c in frame[name]]
    return safe


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
            return None
        return value.item() if hasattr(value, "item") else value

    return {str(name): plain(value) for name, value in row.items()}


def require_columns(frame: pd.DataFrame, names: Sequence[str], what: str) -> None:
    """Raise a `TableError` that names the columns which `frame` lacks and those it has.

    >>> require_columns(pd.DataFrame({"text": []}), ["text", "theme"], "labels.csv")
    Traceback (most recent call last):
    zhuti.errors.TableError: labels.csv lacks the column theme; it has text
    """
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise TableError(
            f"{what} lacks the column {', '.join(missing)}; it has {', '.join(map(str, frame.columns)) or 'none'}"
        )
