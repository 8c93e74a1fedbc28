"""Write a sample for coders: with a drop-down of themes and the codebook beside it, and no hint of the prediction."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from zhuti.errors import TableError
from zhuti.features import write_table
from zhuti.files import whole_file
from zhuti.seeds import Codebook
from zhuti.seeds.codebook import Language

ENDINGS = (".xlsx", ".csv", ".jsonl")
_WIDE = {"text": 70, "before": 40, "heading": 28, "document": 22, "theme": 16, "subtheme": 18, "secondary": 16}
_HIDDEN = ("inclusion_probability", "design", "predicted")
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_EPOCH = datetime(1980, 1, 1)


def write_sample(sample: pd.DataFrame, path: Path | str, codebook: Codebook, *, lang: Language = "zh") -> None:
    """Write sentences to be labelled.

    An .xlsx file has drop-downs for theme, subtheme and second theme, the codebook on a second sheet, and hides
    the columns that coders must not see; .csv and .jsonl leave the prediction out.

    Parameters
    ----------
    sample : DataFrame
        As `draw_sample` returns it.
    path : path or str
        Ending in .xlsx, .csv or .jsonl.
    codebook : Codebook
    lang : {'zh', 'en'}
        Language of the names in drop-downs and codebook.

    Raises
    ------
    TableError
        When the ending names no format.
    """
    path = Path(path)
    if path.suffix.lower() not in ENDINGS:
        raise TableError(f"{path}: a sample ends in {', '.join(ENDINGS)}, not in {path.suffix or 'nothing'}")
    if path.suffix.lower() != ".xlsx":
        write_table(sample.drop(columns="predicted", errors="ignore"), path)
        return
    with whole_file(path) as part:
        part.write_bytes(_workbook(sample, codebook, lang))


def copy_path(path: Path | str) -> Path:
    """Name the copy of the second coder.

    >>> copy_path("labels.xlsx").name
    'labels-2.xlsx'
    """
    path = Path(path)
    return path.with_name(f"{path.stem}-2{path.suffix}")


def _workbook(sample: pd.DataFrame, codebook: Codebook, lang: Language) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "编码" if lang == "zh" else "labels"
    _fill(sheet, sample)
    _codebook_sheet(book, codebook, lang)
    lists = book.create_sheet("lists")
    lists.sheet_state = "hidden"
    themes = [codebook.label(theme, lang) for theme in codebook.theme_ids]
    leaves = [
        f"{codebook.label(parent, lang)}/{codebook.label(leaf, lang)}" for leaf, parent in codebook.parents.items()
    ]
    for row in range(max(len(themes), len(leaves))):
        lists.append([names[row] if row < len(names) else None for names in (themes, leaves)])
    columns = list(sample.columns)
    for name, source in (("theme", ("A", themes)), ("secondary", ("A", themes)), ("subtheme", ("B", leaves))):
        if name in columns:
            _drop_down(
                sheet, columns.index(name) + 1, len(sample), f"lists!${source[0]}$1:${source[0]}${len(source[1])}"
            )
    book.properties.created = book.properties.modified = _EPOCH
    buffer = io.BytesIO()
    book.save(buffer)
    return _undated(buffer.getvalue())


def _fill(sheet: Any, sample: pd.DataFrame) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.append(list(sample.columns))
    for row in sample.itertuples(index=False, name=None):
        sheet.append([_cell(value) for value in row])
    for number, name in enumerate(sample.columns, 1):
        letter = get_column_letter(number)
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet.column_dimensions[letter].width = _WIDE.get(name, 12)
        sheet.column_dimensions[letter].hidden = name in _HIDDEN
        if name in ("text", "before", "heading"):
            for (cell,) in sheet.iter_rows(min_row=2, min_col=number, max_col=number):
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        if name in ("theme", "subtheme", "secondary", "coder"):
            for (cell,) in sheet.iter_rows(min_row=2, min_col=number, max_col=number):
                cell.fill = PatternFill("solid", fgColor="FFF7D6")
    sheet.freeze_panes = "A2"


def _drop_down(sheet: Any, column: int, rows: int, source: str) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    choice.error = "请从列表中选择 / choose from the list"
    sheet.add_data_validation(choice)
    letter = get_column_letter(column)
    choice.add(f"{letter}2:{letter}{max(rows + 1, 2)}")


def _codebook_sheet(book: Any, codebook: Codebook, lang: Language) -> None:
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet("编码手册" if lang == "zh" else "codebook")
    heads = ("主题", "子主题", "代码", "定义", "包括", "不包括", "例句") if lang == "zh" else (
        "theme", "subtheme", "code", "definition", "includes", "leaves out", "examples"
    )  # fmt: skip
    sheet.append(list(heads))
    for theme in codebook.themes:
        for code in (theme, *(leaf for leaf in theme.leaves() if leaf.id != theme.id)):
            sub = "" if code is theme else code.label(lang)
            lists = [[text.in_language(lang) for text in part] for part in (code.include, code.exclude)]
            joined = ["\n".join(part) for part in (*lists, code.examples)]
            sheet.append([theme.label(lang), sub, code.id, code.definition.in_language(lang), *joined])
    for boundary in codebook.boundaries:
        sheet.append(["", "", boundary.id, boundary.case.in_language(lang), boundary.decision.in_language(lang)])
    for letter, width in zip("ABCDEFG", (14, 14, 14, 50, 50, 40, 60), strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def _cell(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    value = value.item() if hasattr(value, "item") else value
    if not isinstance(value, str):
        return value
    text = "".join(char for char in value if char >= " " or char in "\t\n")
    return f"'{text}" if text.startswith(_RUNS) else text


def _undated(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                start, mark, rest = content.partition(b"<dcterms:modified")
                head, close, tail = rest.partition(b">")
                content = start + mark + head + close + b"1980-01-01T00:00:00Z" + tail[tail.index(b"<") :]
            new.writestr(ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0)), content, ZIP_DEFLATED)
    return buffer.getvalue()
