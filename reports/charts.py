"""The list of charts of a report, and how each is drawn: for the page, for a phone, for the folder."""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from zhuti.reports.chart_style import INK, NARROW, PAPER, SOFT, WIDE, wrapped
from zhuti.reports.charts_differences import differences_height, draw_differences
from zhuti.reports.charts_ranks import draw_ranks, ranks_height
from zhuti.reports.charts_shares import draw_shares, ordered_by_share, ordering_theme, shares_height
from zhuti.reports.charts_similarity import draw_similarity, similarity_height
from zhuti.reports.charts_strips import MOST_LANES, draw_strips, strips_height
from zhuti.reports.charts_subthemes import draw_subthemes, subthemes_height
from zhuti.reports.charts_targets import draw_targets, targets_height
from zhuti.reports.charts_terms import MOST_GROUPS as MOST_TERM_GROUPS
from zhuti.reports.charts_terms import draw_terms, shown_terms, terms_height
from zhuti.reports.charts_years import draw_years, shown_years, years_height
from zhuti.reports.facts import ReportFacts
from zhuti.reports.fonts import drawable, drawing, find_font
from zhuti.reports.svg import file_svg, texts_of
from zhuti.reports.webfont import font_face, font_stack

HEAD, FOOT = 0.78, 0.3  # inches of title and source in a picture that stands alone
DPI = 300


@dataclass(frozen=True)
class Chart:
    """One chart: its name in files and texts, who draws it, how tall it is, and when it has something to show."""

    name: str
    draw: Callable[[ReportFacts, Axes], None]
    height: Callable[[ReportFacts, float], float]
    wanted: Callable[[ReportFacts], bool]


@dataclass(frozen=True)
class Picture:
    """A drawn chart: PNG and SVG to stand alone, and the raw SVGs, wide and narrow, that the page cuts."""

    name: str
    png: bytes
    svg: str
    wide: str
    narrow: str


def _several(facts: ReportFacts) -> bool:
    return len(facts.comparison.groups) > 1 and not facts.comparison.differences.empty


def _has_subthemes(facts: ReportFacts) -> bool:
    # In a flat codebook each theme is its own subtheme: the chart would show the shares once more.
    codes = set(facts.comparison.subthemes["subtheme"]) if len(facts.comparison.subthemes) else set()
    return bool(codes - set(facts.comparison.themes))


def _has_terms(facts: ReportFacts) -> bool:
    return not facts.terms.empty and any(len(rows) for rows in shown_terms(facts).values())


CHARTS = (
    Chart("shares", draw_shares, shares_height, lambda facts: True),
    Chart("differences", draw_differences, differences_height, _several),
    Chart("ranks", draw_ranks, ranks_height, lambda facts: len(facts.comparison.groups) > 2),
    Chart("subthemes", draw_subthemes, subthemes_height, _has_subthemes),
    Chart("similarity", draw_similarity, similarity_height, lambda facts: len(facts.places) > 2),
    Chart("years", draw_years, years_height, lambda facts: bool(shown_years(facts))),
    Chart("terms", draw_terms, terms_height, _has_terms),
    Chart("targets", draw_targets, targets_height, lambda facts: not facts.target_counts.empty),
    Chart("strips", draw_strips, strips_height, lambda facts: "document" in facts.coded),
)


def render_charts(facts: ReportFacts) -> Iterator[Picture]:
    """Draw every chart that the facts can fill.

    Parameters
    ----------
    facts : ReportFacts

    Yields
    ------
    Picture
        Equal bytes for equal facts.
    """
    drawn = []
    with drawing(find_font(facts.font) if facts.font else None):
        for chart in (chart for chart in CHARTS if chart.wanted(facts)):
            wide = _figure(chart, facts, WIDE)
            # The PNG comes last: it changes what no font has, while the text of an SVG stays text.
            raw, narrow = svg_text(wide), svg_text(_figure(chart, facts, NARROW))
            drawn.append((chart.name, png_bytes(wide), raw, narrow))
    # One font for all pictures: cutting it down takes longer than drawing.
    face = font_face((words for _, _, raw, _ in drawn for words in texts_of(raw)), facts.font)
    for name, png, raw, narrow in drawn:
        yield Picture(name, png, file_svg(raw, face, font_stack(facts.font)), raw, narrow)


def _figure(chart: Chart, facts: ReportFacts, width: float) -> Figure:
    body = chart.height(facts, width)
    figure, ax = titled_figure(facts.words(chart.name), lead_of(chart.name, facts), width, body, foot=FOOT)
    margin, height = 0.02 / width, HEAD + body + FOOT
    figure.text(margin, 0.1 / height, source_of(facts), fontsize=7, color=SOFT, va="center", gid="foot")
    chart.draw(facts, ax)
    return figure


def titled_figure(title: str, lead: str, width: float, body: float, *, foot: float = 0.0) -> tuple[Figure, Axes]:
    """Return a figure with title and lead, and the axes below them; width, body and foot are in inches."""
    height = HEAD + body + foot
    figure = Figure(figsize=(width, height), dpi=72, facecolor=PAPER)
    margin = 0.02 / width
    ax = figure.add_axes((margin, foot / height, 1 - 2 * margin, body / height))
    figure.text(margin, 1 - 0.2 / height, title, fontsize=13, color=INK, va="center", gid="head")
    lines = "\n".join(wrapped(lead, width - 0.1, 8.0)[:2])
    figure.text(margin, 1 - 0.36 / height, lines, fontsize=8, color=SOFT, va="top", linespacing=1.3, gid="head")
    return figure, ax


def lead_of(name: str, facts: ReportFacts) -> str:
    """Return the sentence under the title of a chart."""
    words, groups = facts.words, len(facts.comparison.groups)
    if name == "strips" and facts.coded["document"].nunique() > MOST_LANES:
        return words("strips.lead.many")
    if name == "shares" and ordered_by_share(facts):
        return words("shares.lead.many", theme=facts.label(ordering_theme(facts)), level=facts.level)
    if name == "terms" and groups > MOST_TERM_GROUPS:
        return words("terms.lead.many", n=MOST_TERM_GROUPS, by=facts.by)
    if name == "terms" and facts.terms["verdict"].eq("cannot tell").all():
        return words("terms.lead.open")
    return words(f"{name}.lead", level=facts.level)


def source_of(facts: ReportFacts) -> str:
    """Return the line that names data, codebook and software."""
    names = [facts.group(group) for group in facts.comparison.groups]
    source = facts.words.listing(names) if len(names) < 5 else facts.words("figure.groups", n=len(names), by=facts.by)
    codebook = f"{facts.codebook.title.in_language(facts.lang)} {facts.codebook.version}"
    version = facts.versions.get("zhuti", "")
    return facts.words("figure.source", source=source, codebook=codebook, version=version)


def svg_text(figure: Figure) -> str:
    """Return a figure as SVG, the same for the same figure."""
    file = StringIO()
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message=".*[Gg]lyph.*missing.*"
        )  # whoever shows the text has fonts of his own
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return file.getvalue()


def png_bytes(figure: Figure) -> bytes:
    """Return a figure as PNG, the same for the same figure; 〓 stands for what no font has."""
    file = BytesIO()
    for words in figure.findobj(Text):
        words.set_text(drawable(words.get_text()))
    figure.savefig(file, format="png", dpi=DPI, metadata={"Software": "zhuti"})
    return file.getvalue()
