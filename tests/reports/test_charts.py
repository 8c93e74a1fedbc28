import re
import warnings

import matplotlib as mpl
import pytest
from coded import PLACES, coded_sentences, comparison_of, report_facts
from matplotlib.figure import Figure

from zhuti.reports import draw_shares, drawing, render_charts
from zhuti.reports.chart_style import NARROW, WIDE
from zhuti.reports.charts_similarity import place_groups
from zhuti.reports.charts_targets import draw_targets, targets_height
from zhuti.reports.svg import file_svg

MANY = [*(f"{a}{b}省" for a in "山河湖海江" for b in "东西南北上下"), "新疆生产建设兵团"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("groups", [PLACES[:1], PLACES[:2], PLACES[:4]])
def test_every_chart_is_drawn_without_a_box_and_without_a_trace(groups: list[str], lang: str) -> None:
    before = dict(mpl.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pictures = list(render_charts(report_facts(groups, lang=lang)))  # type: ignore[arg-type]
    assert dict(mpl.rcParams) == before
    names = [picture.name for picture in pictures]
    assert names[0] == "shares"
    assert ("differences" in names) == (len(groups) > 1)
    assert ("ranks" in names) == (len(groups) > 2)
    assert all(picture.png.startswith(b"\x89PNG") for picture in pictures)


def test_the_same_facts_give_the_same_bytes() -> None:
    one, two = (list(render_charts(report_facts())) for _ in range(2))
    assert [(p.svg, p.png) for p in one] == [(p.svg, p.png) for p in two]


def test_a_picture_has_real_text_its_own_font_and_no_style_attribute() -> None:
    picture = next(render_charts(report_facts()))
    assert "张店区" in picture.svg
    assert "font/woff2;base64," in picture.svg
    assert ' style="' not in picture.svg
    assert "<date>" not in picture.svg.lower()
    assert "../report.html#district=" in picture.svg


def test_thirty_one_groups_stay_apart() -> None:
    facts = report_facts(MANY, size=12)
    pictures = {picture.name: picture for picture in render_charts(facts)}
    assert {"shares", "differences", "ranks", "subthemes", "similarity", "strips"} <= set(pictures)
    assert all("新疆生产建设兵团" in pictures[name].svg for name in ("shares", "ranks", "subthemes", "similarity"))


@pytest.mark.parametrize("n", [2, 31])
def test_targets_are_drawn_for_two_and_for_many(n: int) -> None:
    facts = report_facts([f"第{k}县" for k in range(n)], size=4 if n > 2 else 30)
    assert not facts.target_counts.empty
    figures = {}
    for width in (WIDE, NARROW):
        height = targets_height(facts, width)
        with drawing():
            figure = Figure(figsize=(width, height), dpi=72)
            ax = figure.add_axes((0, 0, 1, 1))
            draw_targets(facts, ax)
            figure.canvas.draw()
        boxes = [text.get_window_extent() for text in ax.texts]
        assert all(box.x0 >= -1 and box.x1 <= width * 72 + 1 and box.y0 >= -1 for box in boxes)
        figures[width] = {text.get_text() for text in ax.texts}
    assert all(set(facts.comparison.groups) <= said for said in figures.values())


def test_years_are_drawn_where_a_group_has_several() -> None:
    assert "years" in [p.name for p in render_charts(report_facts(PLACES[:1], years=(2022, 2023, 2024)))]


def test_a_bare_comparison_can_be_drawn() -> None:
    with drawing():
        ax = Figure().subplots()
        draw_shares(comparison_of(coded_sentences()), ax, lang="en")
    assert ax.child_axes


def test_places_keep_distances() -> None:
    comparison = comparison_of(coded_sentences(PLACES[:3]))
    places = place_groups(comparison.distances, comparison.groups).set_index("group")
    for row in comparison.distances.to_dict("records"):
        a, b = places.loc[row["group_a"]], places.loc[row["group_b"]]
        assert ((a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2) ** 0.5 == pytest.approx(row["distance"], abs=0.02)


def test_a_style_sheet_of_matplotlib_does_not_reach_the_folder() -> None:
    inner = '<style>*{fill:red}</style><text style="font: 9px x">张</text>'
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'
    assert not re.search("fill:red", file_svg(drawn))
