"""Draw ranks with the ranks that cannot be ruled out."""

from matplotlib.axes import Axes

from zhuti.reports.chart_style import (
    FAINT,
    SMALL,
    TEXT,
    clear,
    inches,
    link,
    row_height,
    ruled,
    shortened,
    text,
    text_ink,
    text_width,
)
from zhuti.reports.comparison import Comparison
from zhuti.reports.facts import ReportFacts, facts_of
from zhuti.seeds import Codebook
from zhuti.seeds.codebook import Language

_HEAD = 0.62


def _columns(facts: ReportFacts, width: float) -> int:
    names = text_width(map(facts.group, facts.comparison.groups), SMALL)
    return min(len(facts.comparison.themes), (4 if names < 0.6 else 2) if width > 6 else 1)


def ranks_height(facts: ReportFacts, width: float) -> float:
    """Inches that the chart of ranks needs."""
    groups, columns = len(facts.comparison.groups), _columns(facts, width)
    return -(-len(facts.comparison.themes) // columns) * (_HEAD + groups * row_height(groups))


def draw_ranks(
    facts: ReportFacts | Comparison, ax: Axes, *, codebook: Codebook | None = None, lang: Language = "zh"
) -> None:
    """Draw, a panel a theme, each group's rank as a dot and the ranks it may have as a line.

    Parameters
    ----------
    facts : ReportFacts or Comparison
        Its table `ranks` is drawn; groups stand in the order of rank in each panel.
    ax : Axes
    """
    facts = facts_of(facts, codebook, lang)
    themes, groups = facts.comparison.themes, facts.comparison.groups
    width, height = inches(ax)
    clear(ax)
    columns, rows = _columns(facts, width), len(groups) * row_height(len(groups))
    left = min(text_width([facts.group(g) for g in groups], SMALL) + 0.12, width * (0.16 if width > 6 else 0.3))
    for k, theme in enumerate(themes):
        band, column = divmod(k, columns)
        step, top = width / columns, band * (_HEAD + rows) + _HEAD - 0.16
        box = ((column * step + left) / width, 1 - (top + rows) / height, (step - left - 0.15) / width, rows / height)
        panel = ax.inset_axes(box)
        _draw_panel(facts, panel, theme, left / (step - left - 0.15), 0.27 / rows)


def _draw_panel(facts: ReportFacts, ax: Axes, theme: str, left: float, head: float) -> None:
    room = left * inches(ax)[0] - 0.08
    ranks = facts.comparison.ranks
    rows = ranks[ranks["theme"] == theme].sort_values(["rank", "low"], kind="stable").to_dict("records")
    color = facts.codebook.color(theme)
    n = len(rows)
    ax.set_ylim(n, 0)
    ax.set_xlim(0.4, n + 0.6)
    ax.set_xticks(sorted({1, n, *([(n + 1) // 2] if n > 4 else [])}))
    ruled(ax)
    at = {"transform": ax.transAxes, "fontsize": TEXT + 1}
    text(ax, -left, 1 + head, facts.label(theme), color=text_ink(color), **at)
    for y, row in enumerate(rows):
        if y % 2 == 0:
            ax.axhspan(y, y + 1, color=FAINT, alpha=0.07, linewidth=0, zorder=0)
        ax.plot(
            [row["low"], row["high"]], [y + 0.5] * 2, color=color, linewidth=2.4, alpha=0.45, solid_capstyle="round"
        )
        (dot,) = ax.plot([row["rank"]], [y + 0.5], "o", color=color, markersize=4.6, markeredgewidth=0)
        link(dot, **facts.found(str(row["group"]), theme))
        name = shortened(facts.group(str(row["group"])), room, SMALL)
        text(ax, -0.03, y + 0.5, name, ha="right", fontsize=SMALL, transform=ax.get_yaxis_transform())
