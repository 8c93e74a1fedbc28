"""Write an evaluation of classifiers to a folder: tables, charts and a page."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from zhuti.features import write_table
from zhuti.files import whole_folder
from zhuti.reports import charts_evaluation as bars
from zhuti.reports import charts_evaluation_curves as curves
from zhuti.reports import evaluation_tables as tables
from zhuti.reports.chart_style import NARROW, WIDE
from zhuti.reports.charts import HEAD, png_bytes, svg_text, titled_figure
from zhuti.reports.evaluation_facts import EvaluationFacts
from zhuti.reports.fonts import drawing
from zhuti.reports.page.build import page_policy, page_template, plain_style
from zhuti.reports.page.colors import theme_css, theme_inks
from zhuti.reports.svg import file_svg, page_svg, texts_of
from zhuti.reports.webfont import font_face
from zhuti.reports.words import Words
from zhuti.reports.writing import software_versions
from zhuti.seeds import Codebook, read_codebook
from zhuti.seeds.codebook import Language

if TYPE_CHECKING:
    from zhuti.models import Evaluation


@dataclass(frozen=True)
class Chart:
    """A chart: who draws it, how tall it is, and when it has something to show."""

    draw: Callable[[EvaluationFacts, Axes], None]
    height: Callable[[EvaluationFacts, float], float]
    wanted: Callable[[EvaluationFacts], bool] = lambda facts: True


CHARTS = {
    "scores": Chart(bars.draw_scores, bars.scores_height, lambda facts: len(facts.ranking) > 1),
    "comparisons": Chart(
        bars.draw_comparisons, bars.comparisons_height, lambda facts: not facts.evaluation.comparisons.empty
    ),
    "per_theme": Chart(bars.draw_per_theme, bars.per_theme_height),
    "confusion": Chart(bars.draw_confusion, bars.confusion_height),
    "calibration": Chart(curves.draw_calibration, curves.calibration_height),
    "learning_curve": Chart(
        curves.draw_learning_curve,
        curves.learning_curve_height,
        lambda facts: facts.evaluation.learning_curve["documents"].nunique() > 1,
    ),
}
# The sections of the page in order, each with the table that it shows.
_TABLES: dict[str, Callable[[EvaluationFacts], tables.Shown]] = {
    "scores": tables.score_rows,
    "comparisons": tables.comparison_rows,
    "per_theme": tables.theme_rows,
    "confusion": tables.confusion_rows,
    "calibration": tables.calibration_rows,
    "learning_curve": tables.curve_rows,
    "errors": tables.error_rows,
    "costs": tables.cost_rows,
}


def write_evaluation(
    evaluation: "Evaluation", folder: Path | str, *, lang: Language = "zh", codebook: Codebook | None = None
) -> Path:
    """Write `evaluation.html`, a CSV a table and `charts/` to a folder, whole or not at all.

    Parameters
    ----------
    evaluation : Evaluation
        As `zhuti.evaluate` returns it.
    folder : path or str
        Files of other names in it are kept.
    lang : {'zh', 'en'}
    codebook : Codebook, optional
        Names and colours of themes; by default those of the codebook that zhuti ships.

    Returns
    -------
    Path
        Where the page lies.
    """
    facts, folder = EvaluationFacts(evaluation, codebook or read_codebook(), Words(lang)), Path(folder)
    with whole_folder(folder) as stage:
        for name, table in evaluation.tables().items():
            if not table.empty:
                write_table(table.round(6), stage / f"{name}.csv")
        charts = _write_charts(facts, stage / "charts")
        (stage / "evaluation.html").write_text(render_page(facts, charts), encoding="utf-8", newline="\n")
    return folder / "evaluation.html"


def _write_charts(facts: EvaluationFacts, folder: Path) -> dict[str, tuple[Markup, Markup]]:
    """Write each chart as PNG and SVG; return them for the page, wide and narrow."""
    folder.mkdir()
    drawn: dict[str, tuple[str, str]] = {}
    with drawing():
        for name, chart in CHARTS.items():
            if chart.wanted(facts):
                figure = _figure(name, chart, facts, WIDE)
                (folder / f"{name}.png").write_bytes(png_bytes(figure))
                drawn[name] = svg_text(figure), svg_text(_figure(name, chart, facts, NARROW))
    face = font_face(words for raw, _ in drawn.values() for words in texts_of(raw))
    for name, (raw, _) in drawn.items():
        (folder / f"{name}.svg").write_text(file_svg(raw, face), encoding="utf-8", newline="\n")
    return {name: (_on_page(facts, name, raw, "w"), _on_page(facts, name, thin, "n"))
            for name, (raw, thin) in drawn.items()}  # fmt: skip


def _figure(name: str, chart: Chart, facts: EvaluationFacts, width: float) -> Figure:
    title, lead = facts.words(f"evaluation.{name}"), facts.say(f"evaluation.{name}.lead")
    figure, ax = titled_figure(title, lead, width, chart.height(facts, width))
    chart.draw(facts, ax)
    return figure


def _on_page(facts: EvaluationFacts, name: str, raw: str, kind: str) -> Markup:
    title = facts.words(f"evaluation.{name}") + facts.words("colon") + facts.say(f"evaluation.{name}.lead")
    found = page_svg(
        raw,
        name=f"{name}-{kind}",
        title=title,
        namer=lambda _: "",
        cut=(HEAD * 72, 0.0),
        inks=theme_inks(facts.codebook),
    )
    return Markup(found)


def render_page(facts: EvaluationFacts, charts: dict[str, tuple[Markup, Markup]]) -> str:
    """Return the page as HTML that asks for nothing outside and runs no script."""
    sections = [_section(facts, name, charts) for name in _TABLES if name in _present(facts)]
    template = page_template("evaluation.html")
    context = {
        "say": facts.words,
        "lang": facts.words.lang,
        "sections": sections,
        "findings": facts.findings(),
        "notes": facts.notes(),
        "method": facts.method(),
        "figures": _figures(facts),
        "version": software_versions()["zhuti"],
    }
    style = font_face([template.render(context, style="", policy="")]) + theme_css(facts.codebook) + plain_style()
    return str(template.render(context, style=Markup(style), policy=page_policy("", style)))


def _present(facts: EvaluationFacts) -> set[str]:
    always = {"scores", "per_theme", "confusion", "calibration", "errors"}
    found = facts.evaluation.tables()
    return always | {name for name in ("comparisons", "learning_curve", "costs") if not found[name].empty}


def _section(facts: EvaluationFacts, name: str, charts: dict[str, tuple[Markup, Markup]]) -> dict[str, Any]:
    empty = facts.evaluation.tables()[name].empty
    shown = tables.Shown((), ()) if empty else _TABLES[name](facts)
    lead = facts.say(f"evaluation.{name}.lead") if name in charts or name in ("errors", "costs") else ""
    return {
        "name": name,
        "title": facts.words(f"evaluation.{name}"),
        "lead": facts.words("evaluation.errors.none") if empty else lead,
        "charts": charts.get(name),
        "headings": shown.headings,
        "rows": shown.rows,
    }


def _figures(facts: EvaluationFacts) -> list[tuple[str, str]]:
    scores = facts.of_best(facts.evaluation.scores).set_index("measure")["value"]
    return [
        (tables.number(scores["macro_f1"]), facts.words("evaluation.fact.best")),
        (f"{len(facts.one):,}", facts.words("evaluation.fact.sentences")),
        (f"{facts.n_groups:,}", facts.words("evaluation.fact.groups", groups=facts.groups)),
        (f"{len(facts.ranking):,}", facts.words("evaluation.fact.classifiers")),
    ]
