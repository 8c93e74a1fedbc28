"""Write the tables of a report into one workbook."""

from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

# What a spreadsheet would run as a formula is marked as text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST_CHARACTERS = 32_767


def write_workbook(tables: dict[str, pd.DataFrame], path: Path) -> None:
    """Write one sheet a table, with a frozen head, a filter, and numbers as numbers.

    Parameters
    ----------
    tables : dict of DataFrame
        By the name of the sheet.
    path : Path
    """
    book = Workbook(write_only=True)
    for name, table in tables.items():
        sheet = book.create_sheet(name[:31])
        sheet.freeze_panes = "A2"
        for number, column in enumerate(table.columns, start=1):
            wide = 60 if column == "text" else min(max(len(str(column)) + 2, 10), 30)
            sheet.column_dimensions[_letter(number)].width = wide
        sheet.append([_head(sheet, str(column)) for column in table.columns])
        for row in table.itertuples(index=False, name=None):
            sheet.append([_plain(value) for value in row])
        if len(table.columns):
            sheet.auto_filter.ref = f"A1:{_letter(len(table.columns))}{len(table) + 1}"
    book.properties.created = book.properties.modified = _epoch()
    book.save(path)


def _epoch() -> Any:
    import datetime

    return datetime.datetime(2000, 1, 1)


def _head(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    if hasattr(value, "item"):
        return value.item()
    if isinstance(value, bool | int | float):
        return value
    text = "".join(char for char in str(value) if char >= " " or char in "\t\n")[:_MOST_CHARACTERS]
    return "'" + text if text.startswith(_FORMULA) else text
