"""Write tables whole or not at all, with the same bytes for the same table, and no cell that a spreadsheet runs."""

import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
import pandas as pd

from zhuti.errors import TableError
from zhuti.features.tables import ENDINGS
from zhuti.files import whole_file

# A spreadsheet runs a cell that begins with one of these; an apostrophe before it keeps it a text.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LONGEST_IN_EXCEL = 32_767
_ROWS_AT_ONCE = 100_000
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def write_table(frame: pd.DataFrame, path: Path | str) -> None:
    """Write a table whole or not at all; the same table gives the same bytes.

    CSV is written as UTF-8 with a mark, so that Excel reads it. In CSV and Excel a text that a spreadsheet
    would run as a formula gets an apostrophe before it. What no file can hold, such as half of a surrogate
    pair, is written as U+FFFD; Excel holds at most 32,767 characters a cell.

    Raises
    ------
    TableError
        When the ending names no format.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise TableError(f"{path}: a table ends in {', '.join(ENDINGS)}, not in {path.suffix or 'nothing'}")
    data = _WRITERS[ending](_writable(frame))
    with whole_file(path) as part:
        part.write_bytes(data)


def _writable(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table without halves of surrogate pairs, which are no text."""
    return _mapped(frame, lambda text: _SURROGATES.sub("\ufffd", text))


def _mapped(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    changed = frame.copy(deep=False)
    for name in frame.columns:
        column = frame[name]
        if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
            continue
        if pd.api.types.infer_dtype(column, skipna=False) == "string":
            places, texts = pd.factorize(column.to_numpy(dtype=object))  # names come again and again
            fresh = [change(text) for text in texts]
            if any(new != old for new, old in zip(fresh, texts, strict=True)):
                changed[name] = np.array(fresh, dtype=object)[places]
        else:
            changed[name] = [change(cell) if isinstance(cell, str) else cell for cell in column]
    return changed


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_RUNS) else text


def _to_csv(frame: pd.DataFrame) -> bytes:
    how: dict[str, Any] = {"index": False, "lineterminator": "\n", "float_format": "%.6g"}
    safe, blocks = _mapped(frame, _harmless), [b"\xef\xbb\xbf"]
    for start in range(0, max(len(safe), 1), _ROWS_AT_ONCE):
        text = safe.iloc[start : start + _ROWS_AT_ONCE].to_csv(header=start == 0, **how)
        blocks.append(str(text).encode("utf-8"))
    return b"".join(blocks)


def _to_jsonl(frame: pd.DataFrame) -> bytes:
    lines = (json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in frame.to_dict("records"))
    return "".join(lines).encode("utf-8")


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
            return None
        return value.item() if hasattr(value, "item") else value

    return {str(name): plain(value) for name, value in row.items()}


def _to_parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    return buffer.getvalue()


def _to_xlsx(frame: pd.DataFrame) -> bytes:
    from openpyxl import Workbook

    safe = _mapped(frame, lambda text: _harmless(_NOT_IN_XML.sub("\ufffd", text))[:_LONGEST_IN_EXCEL])
    book = Workbook(write_only=True)
    sheet = book.create_sheet("zhuti")
    sheet.append([_NOT_IN_XML.sub("\ufffd", str(name)) for name in safe.columns])
    columns = [[_cell(value) for value in safe[name]] for name in safe.columns]
    for row in zip(*columns, strict=True):
        sheet.append(row)
    book.properties.created = book.properties.modified = datetime(1980, 1, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_dates(buffer.getvalue())


def _cell(value: Any) -> Any:
    if value is pd.NA or value is None or (isinstance(value, float) and value != value):
        return None
    value = value.item() if hasattr(value, "item") else value
    return value if isinstance(value, str | int | float | bool) else str(value)


def _without_dates(data: bytes) -> bytes:
    """Pack an Excel file anew without the hour at which it was made."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", content)
            new.writestr(ZipInfo(part.filename, _NO_DATE), content, ZIP_DEFLATED)
    return buffer.getvalue()


_WRITERS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    ".csv": _to_csv,
    ".jsonl": _to_jsonl,
    ".parquet": _to_parquet,
    ".xlsx": _to_xlsx,
}
