"""PDF files for tests: lines of text set at given places, pages that are pictures, and both in one file."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest


class Set(NamedTuple):
    """A line set on a page: distance from the left and the upper edge in points, its text, its size in points."""

    left: float
    top: float
    text: str
    size: float = 12


WIDTH, HEIGHT = 595.0, 842.0


def write_pdf(path: Path, pages: Sequence[Sequence[Set]]) -> Path:
    """Write pages of A4."""
    from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    spec = importlib.util.find_spec("zhplot")
    if spec is None or spec.origin is None:
        pytest.skip("zhplot with its font is not installed")
    font = str(next(Path(spec.origin).parent.rglob("*.[ot]tf")))
    with PdfPages(path) as file:
        for page in pages:
            figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72))
            FigureCanvasPdf(figure)
            for line in page:
                place = line.left / WIDTH, 1 - line.top / HEIGHT
                figure.text(*place, line.text, fontproperties=FontProperties(fname=font, size=line.size), va="baseline")
            file.savefig(figure)
    return path


def as_pictures(source: Path, path: Path) -> Path:
    """Write the pages of a PDF as pictures, as a scanner does."""
    document = pypdfium2.PdfDocument(source)
    pictures = [page.render(scale=1.5).to_pil().convert("L") for page in document]
    document.close()
    pictures[0].save(path, format="PDF", save_all=True, append_images=pictures[1:], resolution=108)
    return path


def join_pdfs(path: Path, parts: Sequence[tuple[Path, Sequence[int]]]) -> Path:
    """Write pages of several PDFs, numbered from 0, into one."""
    whole = pypdfium2.PdfDocument.new()
    for part, numbers in parts:
        source = pypdfium2.PdfDocument(part)
        whole.import_pages(source, list(numbers))
        source.close()
    whole.save(str(path))
    whole.close()
    return path
