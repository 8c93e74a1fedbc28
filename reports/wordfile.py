"""Write a report as a Word file: findings, charts, tables with captions, method, limits, codebook."""

import datetime
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from zhuti.reports.charts import Picture, lead_of
from zhuti.reports.facts import ReportFacts
from zhuti.reports.findings import write_findings
from zhuti.reports.method import write_citation, write_limits, write_method
from zhuti.reports.page.build import report_title
from zhuti.reports.page.rows import Table, difference_rows, share_rows

# Fonts that Word and WPS have for Chinese and for Latin, of titles and of text.
_TITLE, _BODY, _LATIN = "Microsoft YaHei", "SimSun", "Times New Roman"
_MOST_ROWS = 140


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
    tables = {"shares": share_rows, "differences": difference_rows}
    counted = 0
    for number, picture in enumerate(pictures, start=1):
        document.add_heading(words(picture.name), 1)
        document.add_paragraph(_clean(lead_of(picture.name, facts))).paragraph_format.keep_with_next = True
        _picture(document, picture)
        _caption(document, words("docx.figure", n=number, title=words(picture.name)))
        if picture.name in tables:
            counted += 1
            _caption(document, words("docx.table", n=counted, title=words(picture.name)))
            _table(document, tables[picture.name](facts))
    _closing(document, facts)
    document.core_properties.created = document.core_properties.modified = datetime.datetime(2000, 1, 1)
    document.core_properties.title = _clean(report_title(facts))
    document.core_properties.author = "zhuti"
    document.save(str(path))


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


def _picture(document: Any, picture: Picture) -> None:
    from PIL import Image

    with Image.open(BytesIO(picture.png)) as image:
        wide, high = image.size
    width = min(16.0, 22.5 * wide / high)
    document.add_picture(BytesIO(picture.png), width=Cm(width))
    shape = document.paragraphs[-1]
    shape.paragraph_format.keep_with_next = True
    shape.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _caption(document: Any, text: str) -> None:
    caption = document.add_paragraph(_clean(text), style="Caption")
    caption.paragraph_format.keep_with_next = True


def _table(document: Any, table: Table) -> None:
    rows = table.rows[:_MOST_ROWS]
    grid = document.add_table(rows=1 + len(rows), cols=len(table.headings), style="Light List")
    cells = [list(table.headings)]
    cells += [[cell.text + (f"\n{cell.soft}" if cell.soft else "") for cell in row] for row in rows]
    for line, texts in zip(grid.rows, cells, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = _clean(text)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.line_spacing = 1.0
                for run in paragraph.runs:
                    run.font.size = Pt(9)
    head = grid.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _clean(text: str) -> str:
    # XML knows no control characters.
    return "".join(char for char in text if char >= " " or char in "\n\t")
