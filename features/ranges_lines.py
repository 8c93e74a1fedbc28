"""CSV and JSON Lines in ranges of bytes: gone through once for their columns and cuts, then read range by range."""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from zhuti.errors import ReadError
from zhuti.features.encoding import decode
from zhuti.features.tables import find_delimiter, long_cells, name_columns, parse_json

LINES = (".csv", ".jsonl")
# Columns of our own tables that hold numbers, if all their cells do; other columns of a CSV file are texts.
_WHOLE, _BROKEN = ("position", "start", "end", "year"), ("probability", "inclusion_probability")
_IS_WHOLE, _IS_BROKEN = re.compile(r"-?\d{1,18}"), re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
_CHUNK = 1_000_000


class Cut(NamedTuple):
    """How a file is cut: columns, encoding, first and last byte of each range, and what stands between cells."""

    schema: pa.Schema
    encoding: str
    bounds: list[tuple[int, int]]
    delimiter: str = ","


class _Lines:
    """The lines of an open file as texts; `end` is the byte behind those that were handed out."""

    def __init__(self, file: Any, encoding: str, start: int) -> None:
        self._file, self.encoding, self.end = file, encoding, start
        file.seek(start)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline()
        if not line:
            raise StopIteration
        self.end += len(line)
        return str(line.decode(self.encoding, errors="replace"))


def cut_lines(path: Path, rows: int) -> Cut | None:
    """Cut a file into ranges of at least `rows` rows but the last, none within a document.

    Returns
    -------
    Cut or None
        None where its lines cannot be told from bytes: UTF-16, UTF-32, and line ends of old Macintoshes.

    Raises
    ------
    ReadError
        When a row is longer than the header, a quotation mark is never closed, or a line is no JSON object.
    """
    found = _find_encoding(path)
    if found is None:
        return None
    encoding, start = found
    with path.open("rb") as file:
        lines = _Lines(file, encoding, start)
        return (_cut_csv if path.suffix.lower() == ".csv" else _cut_jsonl)(lines, path, rows)


def read_lines(path: Path, start: int, stop: int, schema: pa.Schema, encoding: str, delimiter: str) -> pa.Table:
    """Read a range of a file as `cut_lines` found it to be."""
    with path.open("rb") as file:
        file.seek(start)
        text = file.read(stop - start).decode(encoding, errors="replace")
    if path.suffix.lower() == ".csv":
        width = len(schema)
        with long_cells():
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            rows = [_filled(row, width, path) for row in reader if row]
        columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * width
        cells = [_typed(column, field.type) for column, field in zip(columns, schema, strict=True)]
    else:
        objects = [parse_json(line, "a line", str(path)) for line in text.split("\n") if line.strip()]
        cells = [[_plain(row.get(field.name), field.type) for row in objects] for field in schema]
    return pa.table([pa.array(cell, field.type) for cell, field in zip(cells, schema, strict=True)], schema=schema)


def _find_encoding(path: Path) -> tuple[str, int] | None:
    """Return the encoding and the length of the byte-order mark."""
    with path.open("rb") as file:
        head = file.read(_CHUNK)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)) or (
            b"\n" not in head and b"\r" in head
        ):
            return None
        mark = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
        if not mark and (odd := _first_odd(file)) is not None:
            # Beginnings are often ASCII alone: the place that is no UTF-8 tells what it is.
            file.seek(odd)
            sample = file.read(_CHUNK)
            encoding = decode(sample[: sample.rfind(b"\n") + 1] or sample, name=str(path)).encoding
        else:
            encoding = decode(head[: head.rfind(b"\n") + 1] or head, name=str(path)).encoding
    return None if encoding.startswith(("utf-16", "utf-32")) else (encoding, mark)


def _first_odd(file: Any) -> int | None:
    """Return where the line begins that is the first which is no UTF-8."""
    file.seek(0)
    start = 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    while chunk := file.read(_CHUNK):
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return int(start + chunk.rfind(b"\n", 0, error.start) + 1)
        start += len(chunk)
    return None


def _cut_csv(lines: _Lines, path: Path, rows: int) -> Cut:
    first = next(lines, "")
    delimiter = find_delimiter(first)
    with long_cells():
        try:
            reader = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
            header = name_columns(next(reader, []), str(path))
            place = header.index("document") if "document" in header else -1
            numbers = {
                n: _IS_WHOLE if name in _WHOLE else _IS_BROKEN
                for n, name in enumerate(header)
                if name in _WHOLE + _BROKEN
            }
            cuts = _Cuts(lines.end, rows)
            for row in reader:
                if row:
                    cells = _filled(row, len(header), path, reader.line_num)
                    cuts.add(cells[place] if place >= 0 else cuts, lines.end)
                    for n in [n for n, kind in numbers.items() if cells[n] and not kind.fullmatch(cells[n].strip())]:
                        del numbers[n]
                else:
                    cuts.before = lines.end
        except csv.Error as error:
            raise ReadError(f"{path}: row {reader.line_num}: cannot be read as csv ({error}); save it anew") from error
    kinds = {n: pa.int64() if kind is _IS_WHOLE else pa.float64() for n, kind in numbers.items()}
    schema = pa.schema([(name, kinds.get(n, pa.string())) for n, name in enumerate(header)])
    return Cut(schema, lines.encoding, cuts.bounds(lines.end), delimiter)


def _cut_jsonl(lines: _Lines, path: Path, rows: int) -> Cut:
    kinds: dict[str, set[type]] = {}
    cuts = _Cuts(lines.end, rows)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = parse_json(line, f"line {number}", str(path))
        for name, value in row.items():
            large = type(value) is int and abs(value) >= 2**63
            kinds.setdefault(name, set()).add(str if large else type(value))
        cuts.add(row.get("document", cuts), lines.end)
    schema = pa.schema([(name, _kind(found - {type(None)})) for name, found in kinds.items()])
    return Cut(schema, lines.encoding, cuts.bounds(lines.end))


class _Cuts:
    """Where ranges end: before a row that begins a document, once a range has rows enough."""

    def __init__(self, start: int, rows: int) -> None:
        self._rows, self._start, self._count = rows, start, 0
        self._last: Any = self
        self._bounds: list[tuple[int, int]] = []
        self.before = start

    def add(self, document: Any, end: int) -> None:
        """Take in a row that ends at a byte; the document of a row without one is these cuts themselves."""
        if self._count >= self._rows and (document is self or document != self._last):
            self._bounds.append((self._start, self.before))
            self._start, self._count = self.before, 0
        self._last, self._count, self.before = document, self._count + 1, end

    def bounds(self, end: int) -> list[tuple[int, int]]:
        """Return first and last byte of each range."""
        return [*self._bounds, (self._start, end)] if self._count else self._bounds


def _filled(row: list[str], width: int, path: Path, number: int = 0) -> list[str]:
    if len(row) > width:
        raise ReadError(f"{path}: row {number} has {len(row)} cells, the header {width}")
    return row + [""] * (width - len(row))


def _typed(column: Sequence[str], kind: pa.DataType) -> Sequence[Any]:
    if kind == pa.string():
        return column
    number: Callable[[str], Any] = int if kind == pa.int64() else float
    return [number(cell) if cell.strip() else None for cell in column]


def _kind(found: set[type]) -> pa.DataType:
    if found and found <= {int}:
        return pa.int64()
    if found and found <= {int, float}:
        return pa.float64()
    return pa.bool_() if found == {bool} else pa.string()


def _plain(value: Any, kind: pa.DataType) -> Any:
    if kind != pa.string() or value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
