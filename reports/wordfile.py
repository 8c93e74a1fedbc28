"""Write a report as a Word file: findings, charts, tables with captions, method, limits, codebook."""

import datetime
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from zhuti.reports.charts import DPI, FOOT, HEAD, Picture, lead_of
from zhuti.reports.facts import ReportFacts
from zhuti.reports.findings import write_findings, write_unknowns
from zhuti.reports.method import write_citation, write_limits, write_method
from zhuti.reports.page.build import report_title
from zhuti.reports.page.more_rows import target_rows, year_rows
from zhuti.reports.page.passages import passages
from zhuti.reports.page.rows import Cell, Table, difference_rows, share_rows

# Fonts that Word and WPS have for Chinese and for Latin, of titles and of text.
_TITLE, _BODY, _LATIN = "Microsoft YaHei", "SimSun", "Times New Roman"
_MOST_ROWS = 140
_TABLES = {"shares": share_rows, "differences": difference_rows, "years": year_rows, "targets": target_rows}


def write_word(facts: ReportFacts, pictures: Sequence[Picture], path: Path) -> None:
    """Write the report for Word and WPS.

    Parameters
    ----------
    facts : ReportFacts
    pictures : sequence of Picture
    path : Path
    """
    document = Document()
    _set_up(document)
    words = facts.words
    document.add_heading(_clean(report_title(facts)), 0)
    document.add_heading(words("findings"), 1)
    for finding in write_findings(facts):
        document.add_paragraph(_clean(finding.text))
    document.add_paragraph(words("unknown") + words("colon") + write_unknowns(facts))
    counted = 0
    for number, picture in enumerate(pictures, start=1):
        document.add_heading(words(picture.name), 1)
        document.add_paragraph(_clean(lead_of(picture.name, facts))).paragraph_format.keep_with_next = True
        # The first picture stands below title and findings.
        _picture(document, picture, most=13.5 if number == 1 else 20.0)
        _caption(document, words("docx.figure", n=number, title=words(picture.name)))
        if picture.name in _TABLES:
            counted += 1
            _captioned(document, facts, _TABLES[picture.name](facts), counted, words(picture.name))
    for passage in passages(facts):
        counted += 1
        document.add_heading(words(passage.name), 1 if passage.name == passage.under else 2)
        document.add_paragraph(_clean(passage.lead)).paragraph_format.keep_with_next = True
        _captioned(document, facts, passage.table, counted, words(passage.name))
    _closing(document, facts)
    document.core_properties.created = document.core_properties.modified = datetime.datetime(2000, 1, 1)
    document.core_properties.title = _clean(report_title(facts))
    document.core_properties.author = "zhuti"
    document.save(str(path))


def _captioned(document: Any, facts: ReportFacts, table: Table, number: int, title: str) -> None:
    words = facts.words
    caption = _caption(document, words("docx.table", n=number, title=title))
    caption.paragraph_format.keep_with_next = True
    _table(document, table)
    if len(table.rows) > _MOST_ROWS:
        document.add_paragraph(words("docx.rest", n=len(table.rows) - _MOST_ROWS, file=f"{table.name}.csv"))


def _closing(document: Any, facts: ReportFacts) -> None:
    words = facts.words
    for name, texts in (("method", write_method(facts)), ("limits", write_limits(facts))):
        document.add_heading(words(name), 1)
        for text in texts:
            document.add_paragraph(_clean(text), style="List Bullet" if name == "limits" else None)
    document.add_heading(words("cite"), 1)
    document.add_paragraph(_clean(write_citation(facts)))
    document.add_heading(words("appendix"), 1)
    for theme in facts.codebook.themes:
        document.add_heading(theme.label(facts.lang), 2)
        document.add_paragraph(theme.definition.in_language(facts.lang))
        for code in theme.subthemes:
            line = f"{code.label(facts.lang)}{words('colon')}{code.definition.in_language(facts.lang)}"
            document.add_paragraph(_clean(line), style="List Bullet")


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    for style in document.styles:
        if style.type in (1, 2) and hasattr(style, "font"):
            heading = style.name.startswith(("Heading", "Title"))
            _fonts(style, _TITLE if heading else _BODY, _TITLE if heading else _LATIN)
            if heading:
                style.font.color.rgb = RGBColor(0x1B, 0x1C, 0x1E)
    document.styles["Normal"].font.size = Pt(10.5)
    document.styles["Normal"].paragraph_format.line_spacing = 1.35
    document.styles["Caption"].font.size = Pt(9)
    document.styles["Caption"].font.color.rgb = RGBColor(0x44, 0x44, 0x44)


def _fonts(style: Any, chinese: str, latin: str) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for name, family in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{name}"), family)


def _picture(document: Any, picture: Picture, *, most: float) -> None:
    from PIL import Image

    # Title and source stand in the text of the document already.
    with Image.open(BytesIO(picture.png)) as image:
        wide, high = image.size
        body = image.crop((0, int(HEAD * DPI), wide, high - int(FOOT * DPI)))
        file, high = BytesIO(), body.size[1]
        body.save(file, format="png", dpi=(DPI, DPI))
    width = min(16.0, most * wide / high)
    document.add_picture(BytesIO(file.getvalue()), width=Cm(width))
    shape = document.paragraphs[-1]
    shape.paragraph_format.keep_with_next = True
    shape.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _caption(document: Any, text: str) -> Any:
    caption = document.add_paragraph(_clean(text), style="Caption")
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return caption


def _table(document: Any, table: Table) -> None:
    rows = table.rows[:_MOST_ROWS]
    grid = document.add_table(rows=1 + len(rows), cols=len(table.headings), style="Normal Table")
    for line, texts in zip(grid.rows, [[Cell(heading) for heading in table.headings], *rows], strict=True):
        for cell, told in zip(line.cells, texts, strict=True):
            _write_cell(cell, told)
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for place, line in enumerate(grid.rows):
        # A row stays whole, the first repeats on every page, and three rules are enough.
        properties = line._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell in line.cells:
            _rules(cell, top=12 if place == 0 else 0, bottom=6 if place == 0 else 12 if place == len(rows) else 0)
    document.add_paragraph()


def _write_cell(cell: Any, told: Cell) -> None:
    paragraph = cell.paragraphs[0]
    for number, part in enumerate(told.parts or (told,)):
        run = paragraph.add_run(_clean(("\n" if number else "") + part.text))
        run.bold = part.strong or None
    if told.soft:
        paragraph.add_run(_clean(f"\n{told.soft}"))
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    for run in paragraph.runs:
        run.font.size = Pt(9)


def _rules(cell: Any, *, top: int, bottom: int) -> None:
    # Widths in eighths of a point.
    borders = OxmlElement("w:tcBorders")
    for name, width in (("top", top), ("bottom", bottom)):
        if width:
            rule = OxmlElement(f"w:{name}")
            for key, value in (("val", "single"), ("sz", str(width)), ("color", "1B1C1E")):
                rule.set(qn(f"w:{key}"), value)
            borders.append(rule)
    cell._tc.get_or_add_tcPr().append(borders)


def _clean(text: str) -> str:
    # XML knows no control characters.
    return "".join(char for char in text if char >= " " or char in "\n\t")
