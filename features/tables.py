"""Read and write tables: CSV, JSON Lines, Parquet and Excel, by the ending of the file's name."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any
from zipfile import ZipFile

import pandas as pd

from zhuti.errors import ReadError, TableError
from zhuti.features.encoding import decode
from zhuti.features.limits import Limits

ENDINGS = (".csv", ".jsonl", ".parquet", ".xlsx")
# Columns that hold numbers in our own tables; all others are kept as the texts they are.
_NUMBERS = ("position", "start", "end", "year", "probability", "inclusion_probability")
_LONGEST_CELL = 2**31 - 1
_BATCH = 4_096
MEGABYTES = 2_048
_SURROGATES = re.compile("[\ud800-\udfff]")
_LOCK = Lock()


def read_table(path: Path | str, *, name: str | None = None, max_megabytes: int = MEGABYTES) -> pd.DataFrame:
    """Read a table, all columns kept as they are.

    Parameters
    ----------
    path : path or str
        A .csv (UTF-8 with or without mark, or GB18030), .jsonl, .parquet or .xlsx file (the first
        sheet with a column `text`, else the first of all).
    name : str, optional
        How errors call it; by default its path.
    max_megabytes : int
        What the file may have, and what Excel and Parquet files may unpack to.

    Raises
    ------
    ReadError
        When the file is missing, empty, too large, or not what its ending says.
    """
    path, limits = Path(path), Limits(megabytes=max_megabytes)
    name = name or str(path)
    if path.suffix.lower() not in ENDINGS:
        raise ReadError(f"{name}: a table ends in {', '.join(ENDINGS)}, not in {path.suffix or 'nothing'}")
    if not path.is_file():
        raise ReadError(f"{name}: there is no such file")
    try:
        if path.stat().st_size == 0:
            raise ReadError(f"{name}: the file is empty")
        limits.check_bytes(name, path.stat().st_size)
        return _READERS[path.suffix.lower()](path, name, limits)
    except ReadError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:200]
        raise ReadError(
            f"{name}: cannot be read as {path.suffix[1:]} ({type(error).__name__}: {reason}); save it anew"
        ) from error


def _read_csv(path: Path, name: str, limits: Limits) -> pd.DataFrame:
    return parse_csv(path.read_bytes(), name)


def parse_csv(data: bytes, name: str) -> pd.DataFrame:
    """Read the bytes of a CSV file; every cell is a text, but for the columns of numbers in our own tables.

    Raises
    ------
    ReadError
        When a column is named twice, a row is longer than the header, or a quotation mark is never closed.
    """
    text = decode(data, name=name).text
    table: list[list[str]] = []
    with long_cells():
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text), strict=True)
        header = name_columns(next(rows, []), name)
        for row in rows:
            if len(row) > len(header):
                raise ReadError(f"{name}: row {rows.line_num} has {len(row)} cells, the header {len(header)}")
            if row:
                table.append(row + [""] * (len(header) - len(row)))
    return _typed(pd.DataFrame(table, columns=pd.Index(header), dtype="object"))


def find_delimiter(text: str) -> str:
    """Return what stands between the cells of the header: a comma, else what Excel writes in other countries or ways."""
    header = text[: text.find("\n") + 1] or text
    return "," if "," in header else max(("\t", ";"), key=header.count) if re.search("[\t;]", header) else ","


@contextmanager
def long_cells() -> Iterator[None]:
    """Let a cell hold a whole text; the module's limit of 131,072 characters is for the whole process."""
    with _LOCK:
        before = csv.field_size_limit(_LONGEST_CELL)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def name_columns(header: Sequence[Any], name: str) -> list[str]:
    """Return the columns of a header; one without a name is called by its number, none may come twice."""
    names = [str(cell).strip() for cell in header]
    doubled = sorted({cell for cell in names if names.count(cell) > 1 and cell})
    if doubled:
        raise ReadError(f"{name}: the header names a column twice: {', '.join(doubled)}")
    return [cell or f"column {number}" for number, cell in enumerate(names, 1)]


def _read_jsonl(path: Path, name: str, limits: Limits) -> pd.DataFrame:
    rows = []
    for number, line in enumerate(decode(path.read_bytes(), name=name).text.split("\n"), 1):
        if line.strip():
            rows.append(parse_json(line, f"line {number}", name))
    return pd.DataFrame(rows)


def parse_json(line: str, what: str, name: str) -> dict[str, Any]:
    """Read the object of a line of a file; halves of surrogate pairs in its texts become U+FFFD.

    Raises
    ------
    ReadError
        When the line is no JSON, or no object.
    """
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ReadError(f"{name}: {what} is no JSON ({error}); one object a line is wanted") from error
    if not isinstance(row, dict):
        raise ReadError(f"{name}: {what} is no JSON object; one object a line is wanted")
    return {_whole(key): _whole(value) for key, value in row.items()}


def _whole(value: Any) -> Any:
    """Return a text without halves of surrogate pairs, which JSON can spell and nothing else can hold."""
    return _SURROGATES.sub("\ufffd", value) if isinstance(value, str) else value


def _read_xlsx(path: Path, name: str, limits: Limits) -> pd.DataFrame:
    from python_calamine import CalamineWorkbook

    with ZipFile(path) as archive:
        limits.check_bytes(name, sum(part.file_size for part in archive.infolist()), unpacked=True)
    book = CalamineWorkbook.from_path(str(path))
    sheets = (book.get_sheet_by_index(n).to_python(skip_empty_area=True) for n in range(len(book.sheet_names)))
    first = next(sheets, [])
    # A cover sheet may stand before the one with the texts.
    rows = first if _has_text(first) else next(filter(_has_text, sheets), first)
    if not rows:
        raise ReadError(f"{name}: the first sheet is empty")
    # Excel knows no integers: 3.0 is how it says 3.
    cells = [[int(c) if isinstance(c, float) and c.is_integer() else c for c in row] for row in rows[1:]]
    return pd.DataFrame(cells, columns=pd.Index(name_columns(rows[0], name)))


def _has_text(rows: Sequence[Sequence[Any]]) -> bool:
    return bool(rows) and "text" in (str(cell).strip() for cell in rows[0])


def _read_parquet(path: Path, name: str, limits: Limits) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.parquet as pq

    batches, size = [], 0
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_BATCH):
            size += batch.nbytes
            limits.check_bytes(name, size, unpacked=True)
            batches.append(batch)
        table = pa.Table.from_batches(batches, schema=file.schema_arrow)
        table.validate(full=True)
        frame: pd.DataFrame = table.to_pandas()
    return frame


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    for name in frame.columns:
        if name in _NUMBERS or str(name).startswith("p_"):
            numbers = pd.to_numeric(frame[name].replace("", None), errors="coerce")
            if numbers.notna().sum() == (frame[name] != "").sum():
                frame[name] = numbers.astype("Int64") if name == "year" else numbers
    return frame


_READERS: dict[str, Callable[[Path, str, Limits], pd.DataFrame]] = {
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
    ".parquet": _read_parquet,
    ".xlsx": _read_xlsx,
}


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
