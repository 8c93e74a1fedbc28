"""Write an evaluation of classifiers to a folder: tables, charts and a page."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from zhuti.features import write_table
from zhuti.files import whole_folder
from zhuti.reports import charts_evaluation as bars
from zhuti.reports import charts_evaluation_curves as curves
from zhuti.reports import evaluation_tables as tables
from zhuti.reports.chart_style import INK, NARROW, PAPER, SOFT, WIDE, mixed, text_ink, wrapped
from zhuti.reports.evaluation_facts import EvaluationFacts
from zhuti.reports.fonts import drawing
from zhuti.reports.page.build import page_policy, plain_style
from zhuti.reports.svg import file_svg, page_svg, texts_of
from zhuti.reports.webfont import font_face
from zhuti.reports.words import Words
from zhuti.reports.writing import software_versions
from zhuti.seeds import Codebook, read_codebook
from zhuti.seeds.codebook import Language

if TYPE_CHECKING:
    from zhuti.models import Evaluation

_HEAD = 0.78  # inches of the title in a picture that stands alone


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
                figure, png = _figure(name, chart, facts, WIDE), BytesIO()
                figure.savefig(png, format="png", dpi=300, metadata={"Software": "zhuti"})
                (folder / f"{name}.png").write_bytes(png.getvalue())
                drawn[name] = _svg(figure), _svg(_figure(name, chart, facts, NARROW))
    face = font_face(words for raw, _ in drawn.values() for words in texts_of(raw))
    for name, (raw, _) in drawn.items():
        (folder / f"{name}.svg").write_text(file_svg(raw, face), encoding="utf-8", newline="\n")
    return {name: (_on_page(facts, name, raw, "w"), _on_page(facts, name, thin, "n"))
            for name, (raw, thin) in drawn.items()}  # fmt: skip


def _figure(name: str, chart: Chart, facts: EvaluationFacts, width: float) -> Figure:
    body = chart.height(facts, width)
    height = _HEAD + body
    figure = Figure(figsize=(width, height), dpi=72, facecolor=PAPER)
    margin = 0.02 / width
    ax = figure.add_axes((margin, 0.0, 1 - 2 * margin, body / height))
    title = facts.words(f"evaluation.{name}")
    figure.text(margin, 1 - 0.2 / height, title, fontsize=13, color=INK, va="center", gid="head")
    lead = "\n".join(wrapped(facts.say(f"evaluation.{name}.lead"), width - 0.1, 8.0)[:2])
    figure.text(margin, 1 - 0.36 / height, lead, fontsize=8, color=SOFT, va="top", linespacing=1.3, gid="head")
    chart.draw(facts, ax)
    return figure


def _svg(figure: Figure) -> str:
    file = StringIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return file.getvalue()


def _on_page(facts: EvaluationFacts, name: str, raw: str, kind: str) -> Markup:
    title = facts.words(f"evaluation.{name}") + facts.words("colon") + facts.say(f"evaluation.{name}.lead")
    found = page_svg(
        raw, name=f"{name}-{kind}", title=title, namer=lambda _: "", cut=(_HEAD * 72, 0.0), inks=_inks(facts)
    )
    return Markup(found)


def _inks(facts: EvaluationFacts) -> dict[str, str]:
    """Map themes' colours, and the inks of their names, to the variables that follow light and dark."""
    inks = {}
    for k, theme in enumerate(facts.codebook.theme_ids):
        color = facts.codebook.color(theme).lower()
        inks[text_ink(color)] = f"var(--t{k}-ink)"
        inks[color] = f"var(--t{k})"
    return inks


def _colors(facts: EvaluationFacts) -> str:
    light, dark = [], []
    for k, theme in enumerate(facts.codebook.theme_ids):
        color = facts.codebook.color(theme)
        light.append(f"--t{k}:{color};--t{k}-ink:{text_ink(color)};")
        dark.append(f"--t{k}:{mixed(color, 0.78)};--t{k}-ink:{mixed(color, 0.55)};")
    day, night = "".join(light), "".join(dark)
    return (
        f":root{{{day}}}@media screen and (prefers-color-scheme:dark){{:root{{{night}}}}}@media print{{:root{{{day}}}}}"
    )


def render_page(facts: EvaluationFacts, charts: dict[str, tuple[Markup, Markup]]) -> str:
    """Return the page as HTML that asks for nothing outside and runs no script."""
    sections = [_section(facts, name, charts) for name in _TABLES if name in _present(facts)]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("evaluation.html")
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
    style = font_face([template.render(context, style="", policy="")]) + _colors(facts) + plain_style()
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
