"""Draw where themes stand in each document, from the first sentence to the last."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from zhuti.reports.chart_style import (
    RULE,
    SMALL,
    SOFT,
    TINY,
    clear,
    inches,
    link,
    shortened,
    text,
    text_ink,
    text_width,
)
from zhuti.reports.facts import ReportFacts

# So many documents have a lane a theme, which is read without colour; more have one coloured row each.
MOST_LANES = 6
MOST_DOCUMENTS = 120
_LANE, _STRIP = 0.15, 0.17


def _documents(facts: ReportFacts) -> dict[str, pd.DataFrame]:
    parts = {str(name): part for name, part in facts.coded.groupby("document", sort=False)}
    return dict(list(parts.items())[:MOST_DOCUMENTS])


def strips_height(facts: ReportFacts, width: float) -> float:
    """Inches that the strips need."""
    documents = min(facts.coded["document"].nunique(), MOST_DOCUMENTS)
    if documents <= MOST_LANES:
        return documents * (0.38 + _LANE * len(facts.comparison.themes)) + 0.3
    return documents * _STRIP + (0.62 if width > 6 else 0.9)


def draw_strips(facts: ReportFacts, ax: Axes) -> None:
    """Draw each document as a strip, a mark a sentence in the colour of its theme.

    Parameters
    ----------
    facts : ReportFacts
        Its sentence table is drawn.
    ax : Axes
        Up to six documents have a lane for each theme; more have one row each, at most 120.
    """
    documents = _documents(facts)
    width, height = inches(ax)
    clear(ax)
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    if len(documents) <= MOST_LANES:
        _draw_lanes(facts, ax, documents, width)
    else:
        _draw_rows(facts, ax, documents, width)


def _draw_lanes(facts: ReportFacts, ax: Axes, documents: dict[str, pd.DataFrame], width: float) -> None:
    themes = facts.comparison.themes
    left = min(text_width(map(facts.label, themes), SMALL) + 0.12, width * 0.34)
    y = 0.0
    for name, part in documents.items():
        text(ax, 0, y + 0.16, shortened(_title(facts.document_name(name), part), width))
        y += 0.3
        step = (width - left) / len(part)
        for k, theme in enumerate(themes):
            lane = y + k * _LANE
            color = facts.codebook.color(theme)
            text(
                ax,
                left - 0.08,
                lane + _LANE / 2,
                facts.label(theme),
                ha="right",
                fontsize=SMALL - 0.5,
                color=text_ink(color),
            )
            ax.plot([left, width], [lane + _LANE / 2] * 2, color=RULE, linewidth=0.5, zorder=0)
            for place in [i for i, value in enumerate(part["theme"]) if value == theme]:
                mark = Rectangle(
                    (left + place * step, lane + 0.015), step * 0.9, _LANE - 0.03, facecolor=color, linewidth=0
                )
                ax.add_patch(mark)
                link(mark, document=name, theme=theme)
        y += _LANE * len(themes) + 0.08
    text(ax, left, y + 0.1, facts.words("strips.start"), fontsize=SMALL, color=SOFT)
    text(ax, width, y + 0.1, facts.words("strips.end"), fontsize=SMALL, color=SOFT, ha="right")


def _title(name: str, part: pd.DataFrame) -> str:
    district = str(part["district"].iloc[0]) if "district" in part else ""
    return name if not district or district in name else f"{district} · {name}"


def _draw_rows(facts: ReportFacts, ax: Axes, documents: dict[str, pd.DataFrame], width: float) -> None:
    names = _row_names(facts, documents)
    left = min(text_width(names.values(), TINY) + 0.1, width * 0.36)
    x, y = 0.0, 0.12
    for theme in facts.comparison.themes:
        wide = text_width([facts.label(theme)], SMALL) + 0.4
        if x + wide > width:
            x, y = 0.0, y + 0.22
        ax.add_patch(Rectangle((x, y - 0.05), 0.1, 0.1, facecolor=facts.codebook.color(theme), linewidth=0))
        text(ax, x + 0.15, y, facts.label(theme), fontsize=SMALL)
        x += wide
    y += 0.2
    for name, part in documents.items():
        _draw_row(facts, ax, name, part, (left, width, y))
        text(ax, left - 0.06, y + _STRIP / 2, names[name], ha="right", fontsize=TINY)
        y += _STRIP
    text(ax, left, y + 0.1, facts.words("strips.start"), fontsize=SMALL, color=SOFT)
    text(ax, width, y + 0.1, facts.words("strips.end"), fontsize=SMALL, color=SOFT, ha="right")


def _row_names(facts: ReportFacts, documents: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Name each document by its district where that tells it from the others, else by its title."""
    if "district" in facts.coded:
        places = {name: str(part["district"].iloc[0] or "") for name, part in documents.items()}
        if len(set(places.values())) == len(documents) and all(place not in ("", "<NA>") for place in places.values()):
            return {name: _short(place) for name, place in places.items()}
    return {name: _short(facts.document_name(name)) for name in documents}


def _short(name: str) -> str:
    return name if len(name) <= 14 else name[:13] + "…"


def _draw_row(facts: ReportFacts, ax: Axes, name: str, part: pd.DataFrame, place: tuple[float, float, float]) -> None:
    left, right, y = place
    themes = part["theme"].tolist()
    step = (right - left) / len(themes)
    start = 0
    for i in range(1, len(themes) + 1):  # neighbours of one theme are one mark
        if i < len(themes) and themes[i] == themes[start]:
            continue
        theme = themes[start]
        color = facts.codebook.color(theme) if theme in facts.comparison.themes else RULE
        mark = Rectangle(
            (left + start * step, y + 0.015), (i - start) * step, _STRIP - 0.03, facecolor=color, linewidth=0
        )
        ax.add_patch(mark)
        link(mark, document=name, theme=theme)
        start = i
