"""Tables of any size in ranges of whole documents: cut in one pass, then read range by range."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from zhuti.errors import ReadError, TableError
from zhuti.features.ranges_lines import LINES, cut_lines, read_lines
from zhuti.features.tables import read_table

_BATCH, _SCANNED = 4_096, 65_536
_RANGES_A_GROUP = 8
_BUFFER = 1 << 20


@dataclass(frozen=True)
class TableRange:
    """Rows of a table that hold whole documents, as far as the rows of a document follow one another.

    Attributes
    ----------
    path : str
    start, stop : int
        First row and the one behind the last; bytes of a file of lines (CSV, JSON Lines).
    size : int
        About how many bytes of the file it is.
    schema : pyarrow.Schema
        Columns and their types, the same in all ranges of a table.
    encoding, delimiter : str
        Of a file of lines.
    """

    path: str
    start: int
    stop: int
    size: int
    schema: pa.Schema
    encoding: str = ""
    delimiter: str = ","


def cut_table(path: Path, rows: int) -> tuple[TableRange, ...]:
    """Cut a table into ranges, each of at least `rows` rows but the last, none within a document.

    Of Parquet only the column `document` is read; CSV and JSON Lines are gone through once. An Excel file is one
    range, and so is a CSV file in UTF-16.

    Parameters
    ----------
    path : Path
    rows : int

    Raises
    ------
    ReadError, TableError
        When the file is not what its ending says, or lacks the column `text`.
    """
    try:
        return _cut(path, rows)
    except (OSError, ValueError, pa.ArrowException) as error:
        if isinstance(error, ReadError | TableError):
            raise
        reason = " ".join(str(error).split())[:200]
        raise ReadError(f"{path}: cannot be read ({type(error).__name__}: {reason}); save it anew") from error


def _cut(path: Path, rows: int) -> tuple[TableRange, ...]:
    if path.stat().st_size == 0:
        raise ReadError(f"{path}: the file is empty")
    if path.suffix.lower() == ".parquet":
        with pq.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False) as file:
            schema, total = file.schema_arrow.remove_metadata(), file.metadata.num_rows
            _require_text(schema, path)
            groups = [file.metadata.row_group(number).num_rows for number in range(file.metadata.num_row_groups)]
            # A range is read from the beginning of its row group on: too many in one would cost more than coding.
            bounds = list(_cut_parquet(file, max(rows, max(groups, default=0) // _RANGES_A_GROUP)))
        size = path.stat().st_size
        sizes = [size * (stop - start) // max(total, 1) for start, stop in bounds]
        return tuple(TableRange(str(path), *pair, size, schema) for pair, size in zip(bounds, sizes, strict=True))
    lines = cut_lines(path, rows) if path.suffix.lower() in LINES else None
    if lines is not None:
        _require_text(lines.schema, path)
        known = (lines.schema, lines.encoding, lines.delimiter)
        return tuple(TableRange(str(path), start, stop, stop - start, *known) for start, stop in lines.bounds)
    table = _as_arrow(read_table(path))
    _require_text(table.schema, path)
    return (TableRange(str(path), 0, len(table), path.stat().st_size, table.schema),) if len(table) else ()


def read_range(part: TableRange, rows: int) -> Iterator[pa.Table]:
    """Yield the rows of a range as tables of whole documents, each of at least `rows` rows but the last.

    Raises
    ------
    ReadError
        When the table was changed or damaged since it was cut.
    """
    yield from join_documents(_read_batches(part), rows)


def join_documents(batches: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
    """Yield batches cut anew: of at least `rows` rows but the last, and none within a document.

    >>> parts = [pa.table({"document": list("aab")}), pa.table({"document": list("bbc")})]
    >>> [table["document"].to_pylist() for table in join_documents(parts, 2)]
    [['a', 'a'], ['b', 'b', 'b'], ['c']]
    """
    held: list[pa.Table] = []
    for batch in batches:
        held.append(batch)
        if sum(map(len, held)) < rows:
            continue
        table, done = pa.concat_tables(held), 0
        for cut in _changes(table):
            if cut - done >= rows:
                yield table.slice(done, cut - done)
                done = cut
        held = [table.slice(done)]
    rest = pa.concat_tables(held) if held else None
    if rest is not None and len(rest):
        yield rest


def _changes(table: pa.Table) -> list[int]:
    """Return the rows at which another document begins; every row where there are no documents."""
    if "document" not in table.column_names:
        return list(range(1, len(table)))
    names = np.array(table["document"].to_pylist(), dtype=object)
    return [int(row) + 1 for row in np.flatnonzero(names[1:] != names[:-1])]


def _cut_parquet(file: Any, rows: int) -> Iterator[tuple[int, int]]:
    total, start, end = file.metadata.num_rows, 0, 0
    if "document" not in file.schema_arrow.names:
        yield from ((start, min(start + rows, total)) for start in range(0, total, rows))
        return
    last: list[Any] = []
    for batch in file.iter_batches(batch_size=_SCANNED, columns=["document"]):
        names = np.array([*last, *batch.column(0).to_pylist()], dtype=object)
        for place in np.flatnonzero(names[1:] != names[:-1]):
            cut = end - len(last) + int(place) + 1
            if cut - start >= rows:
                yield start, cut
                start = cut
        last, end = [names[-1]] if len(names) else last, end + len(batch)
    if end > start:
        yield start, end


def _read_batches(part: TableRange) -> Iterator[pa.Table]:
    path = Path(part.path)
    if path.suffix.lower() == ".parquet":
        yield from _read_parquet(part)
    elif part.encoding:
        yield read_lines(path, part.start, part.stop, part.schema, part.encoding, part.delimiter)
    else:
        yield _as_arrow(read_table(path))


def _read_parquet(part: TableRange) -> Iterator[pa.Table]:
    with pq.ParquetFile(part.path, buffer_size=_BUFFER, pre_buffer=False) as file:
        sizes = [file.metadata.row_group(number).num_rows for number in range(file.metadata.num_row_groups)]
        firsts = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
        groups = [n for n, size in enumerate(sizes) if firsts[n] < part.stop and firsts[n] + size > part.start]
        row = int(firsts[groups[0]]) if groups else 0
        for batch in file.iter_batches(batch_size=_BATCH, row_groups=groups):
            start, stop = max(part.start - row, 0), min(part.stop - row, len(batch))
            row += len(batch)
            if start < stop:
                batch.validate(full=True)
                yield pa.Table.from_batches([batch.slice(start, stop - start)]).replace_schema_metadata(None)
            if row >= part.stop:
                return


def _as_arrow(frame: pd.DataFrame) -> pa.Table:
    """Return a table; what is of several types in a column becomes text."""
    columns = {}
    for name in frame.columns:
        cells = frame[name].astype(object).where(frame[name].notna(), None).tolist()
        kinds = {type(cell) for cell in cells if cell is not None}
        one = kinds <= {int} or kinds <= {int, float} or kinds <= {bool} or kinds <= {str}
        columns[str(name)] = pa.array(cells if one else [None if c is None else str(c) for c in cells])
    return pa.table(columns)


def _require_text(schema: pa.Schema, path: Path) -> None:
    if "text" not in schema.names:
        raise TableError(f"{path} lacks the column text; it has {', '.join(schema.names) or 'none'}")
