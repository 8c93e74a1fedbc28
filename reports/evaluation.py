"""Write an evaluation of classifiers to a folder: tables, charts and a page."""

from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from zhuti.features import write_table
from zhuti.files import whole_folder
from zhuti.reports.chart_style import (
    INK,
    PAPER,
    RULE,
    SMALL,
    SOFT,
    TEXT,
    WIDE,
    clear,
    inches,
    percent_axis,
    ruled,
    text,
    text_ink,
    text_width,
)
from zhuti.reports.fonts import drawing
from zhuti.reports.page.build import page_policy, plain_style
from zhuti.reports.svg import file_svg, page_svg
from zhuti.reports.webfont import font_face
from zhuti.reports.words import Words
from zhuti.seeds import Codebook, read_codebook
from zhuti.seeds.codebook import Language

_MOST_ROWS = 200


class Tables(Protocol):
    """What an evaluation gives: its facts as tables by name."""

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return them."""


def write_evaluation(
    evaluation: Tables, folder: Path | str, *, lang: Language = "zh", codebook: Codebook | None = None
) -> Path:
    """Write `evaluation.html`, a CSV a table and `charts/` to a folder, whole or not at all.

    Parameters
    ----------
    evaluation : Evaluation
        As `zhuti.evaluate` returns it.
    folder : path or str
    lang : {'zh', 'en'}
    codebook : Codebook, optional
        Names and colours of themes; by default those of the codebook that zhuti ships.

    Returns
    -------
    Path
        Where the page lies.
    """
    book, words, folder = codebook or read_codebook(), Words(lang), Path(folder)
    tables = {name: table for name, table in evaluation.tables().items() if not table.empty}
    with whole_folder(folder) as stage:
        for name, table in tables.items():
            write_table(table.round(6), stage / f"{name}.csv")
        charts = _write_charts(tables, stage / "charts", book, words)
        (stage / "evaluation.html").write_text(_page(tables, charts, words), encoding="utf-8", newline="\n")
    return folder / "evaluation.html"


def _write_charts(tables: dict[str, pd.DataFrame], folder: Path, book: Codebook, words: Words) -> dict[str, Markup]:
    folder.mkdir()
    drawn = {}
    with drawing():
        for name, (draw, high) in _CHARTS.items():
            if name not in tables:
                continue
            table = _first(tables[name])
            figure = Figure(figsize=(WIDE, high(table)), dpi=72, facecolor=PAPER)
            ax = figure.add_axes((0.003, 0.01, 0.994, 0.98))
            draw(table, ax, book, words)
            svg, png = StringIO(), BytesIO()
            figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
            figure.savefig(png, format="png", dpi=300, metadata={"Software": "zhuti"})
            (folder / f"{name}.svg").write_text(file_svg(svg.getvalue()), encoding="utf-8", newline="\n")
            (folder / f"{name}.png").write_bytes(png.getvalue())
            title = words(f"evaluation.{name}")
            drawn[name] = Markup(page_svg(svg.getvalue(), name=name, title=title, namer=lambda found: ""))
    return drawn


def _first(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of the first classifier: charts show one, the tables all."""
    return table[table["classifier"] == table["classifier"].iloc[0]] if "classifier" in table else table


def draw_theme_scores(table: pd.DataFrame, ax: Axes, codebook: Codebook, words: Words) -> None:
    """Draw F1 with its interval for each theme."""
    width, height = inches(ax)
    clear(ax)
    themes = list(table["theme"])
    names = [codebook.label(theme, words.lang) for theme in themes]
    left = text_width(names, TEXT) + 0.15
    inner = ax.inset_axes((left / width, 0, (width - left - 1.2) / width, 1 - 0.25 / height))
    percent_axis(inner, 1.0)
    inner.set_ylim(len(themes), 0)
    for y, row in enumerate(table.to_dict("records")):
        color = codebook.color(row["theme"])
        low, high = row.get("f1_low", row["f1"]), row.get("f1_high", row["f1"])
        inner.plot([low, high], [y + 0.5] * 2, color=color, linewidth=2, alpha=0.6, solid_capstyle="butt")
        inner.plot([row["f1"]], [y + 0.5], "o", color=color, markersize=6, markeredgewidth=0)
        beside: dict[str, Any] = {"transform": inner.get_yaxis_transform()}
        text(inner, -0.015, y + 0.5, names[y], ha="right", color=text_ink(color), **beside)
        text(inner, 1.03, y + 0.5, f"{row['f1']:.3f}", **beside)
        text(inner, 1.13, y + 0.5, f"{low:.2f}–{high:.2f}", color=SOFT, fontsize=SMALL, **beside)


def draw_confusion(table: pd.DataFrame, ax: Axes, codebook: Codebook, words: Words) -> None:
    """Draw labels against predictions, the number of sentences in each cell."""
    width, height = inches(ax)
    clear(ax)
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    themes = [t for t in codebook.theme_ids if t in set(table["truth"]) | set(table["predicted"])]
    names = {theme: codebook.label(theme, words.lang) for theme in themes}
    counts = {(row["truth"], row["predicted"]): int(row["count"]) for row in table.to_dict("records")}
    left = text_width(names.values(), SMALL) + 0.15
    step = min((width - left) / len(themes), 1.15)
    for k, theme in enumerate(themes):
        ink = text_ink(codebook.color(theme))
        text(ax, left + (k + 0.5) * step, 0.15, names[theme], ha="center", fontsize=SMALL, color=ink)
        text(ax, left - 0.1, 0.5 + k * 0.36, names[theme], ha="right", fontsize=SMALL, color=ink)
        total = max(sum(counts.get((theme, other), 0) for other in themes), 1)
        for j, other in enumerate(themes):
            n = counts.get((theme, other), 0)
            box = (left + j * step, 0.32 + k * 0.36)
            shade = Rectangle(box, step - 0.03, 0.33, facecolor=codebook.color(theme), alpha=0.05 + 0.95 * n / total)
            shade.set_linewidth(0)
            ax.add_patch(shade)
            ink = PAPER if n / total > 0.6 else INK
            text(ax, box[0] + step / 2, box[1] + 0.165, f"{n:,}" if n else "", ha="center", fontsize=SMALL, color=ink)


def draw_calibration(table: pd.DataFrame, ax: Axes, codebook: Codebook, words: Words) -> None:
    """Draw how often the classifier is right against how sure it says it is."""
    width, height = inches(ax)
    clear(ax)
    side = height - 0.55
    inner = ax.inset_axes((0.75 / width, 0.45 / height, side / width, side / height))
    inner.plot([0, 1], [0, 1], color=RULE, linewidth=1)
    most = max(float(table["n"].max()), 1.0)
    rows = table.dropna(subset=["confidence", "accuracy"])
    inner.plot(rows["confidence"], rows["accuracy"], color=INK, linewidth=1)
    for row in rows.to_dict("records"):
        size = 3 + 9 * (row["n"] / most) ** 0.5
        inner.plot([row["confidence"]], [row["accuracy"]], "o", color=INK, markersize=size, markeredgewidth=0)
    percent_axis(inner, 1.0, top=False)
    inner.set_ylim(0, 1)
    inner.set_yticks([0, 0.5, 1], ["0%", "50%", "100%"])
    inner.tick_params(axis="y", length=0, labelsize=SMALL, labelcolor=SOFT)
    inner.set_xlabel(words("evaluation.confidence"), fontsize=SMALL, color=SOFT)
    inner.set_ylabel(words("evaluation.accuracy"), fontsize=SMALL, color=SOFT)


def draw_learning_curve(table: pd.DataFrame, ax: Axes, codebook: Codebook, words: Words) -> None:
    """Draw how a score grows with the number of labelled sentences."""
    width, height = inches(ax)
    clear(ax)
    score = next((name for name in ("accuracy", "macro_f1", "value") if name in table), table.columns[-1])
    size = next((name for name in ("n_sentences", "sentences", "n") if name in table), table.columns[0])
    inner = ax.inset_axes((0.6 / width, 0.3 / height, (width - 0.9) / width, 1 - 0.45 / height))
    inner.plot(table[size], table[score], "-o", color=INK, linewidth=1.5, markersize=4)
    ruled(inner, top=False)
    inner.set_yticks(list(inner.get_yticks()))
    inner.tick_params(axis="y", length=0, labelsize=SMALL, labelcolor=SOFT)


_Draw = Callable[[pd.DataFrame, Axes, Codebook, Words], None]
_CHARTS: dict[str, tuple[_Draw, Callable[[pd.DataFrame], float]]] = {
    "per_theme": (draw_theme_scores, lambda table: 0.4 + 0.3 * len(table)),
    "confusion": (draw_confusion, lambda table: 0.4 + 0.36 * table["truth"].nunique()),
    "calibration": (draw_calibration, lambda table: 3.2),
    "learning_curve": (draw_learning_curve, lambda table: 2.4),
}


def _page(tables: dict[str, pd.DataFrame], charts: dict[str, Markup], words: Words) -> str:
    sections = [
        {"name": name, "title": words(f"evaluation.{name}"), "chart": charts.get(name), "lead": _lead(name, words)}
        | _cells(tables[name])
        for name in ("scores", *_CHARTS, "comparisons", "errors", "costs")
        if name in tables
    ]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("evaluation.html")
    context = {"say": words, "lang": words.lang, "sections": sections}
    style = font_face([template.render(context, style="", policy="")]) + plain_style()
    return str(template.render(context, style=Markup(style), policy=page_policy("", style)))


def _lead(name: str, words: Words) -> str:
    key = f"evaluation.{name}.lead"
    return words(key) if words.has(key) else ""


def _cells(table: pd.DataFrame) -> dict[str, Any]:
    def shown(value: Any) -> str:
        if value is None or value is pd.NA or value != value:
            return ""
        return f"{value:.4g}" if isinstance(value, float) else str(value)

    rows = [[shown(value) for value in row] for row in table.head(_MOST_ROWS).itertuples(index=False, name=None)]
    return {"headings": [str(name) for name in table.columns], "rows": rows}
