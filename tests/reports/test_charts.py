import re
import warnings
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import pytest
from coded import PLACES, coded_sentences, comparison_of, model_card, report_facts
from matplotlib.figure import Figure

from zhuti.errors import ZhutiError
from zhuti.reports import compare, draw_shares, drawing, render_charts
from zhuti.reports.chart_style import NARROW, WIDE
from zhuti.reports.charts_shares import ordering_theme, shown_groups
from zhuti.reports.charts_similarity import draw_similarity, place_groups, similarity_height
from zhuti.reports.charts_targets import draw_targets, targets_height
from zhuti.reports.fonts import drawable, find_font
from zhuti.reports.page import render_page
from zhuti.reports.svg import file_svg
from zhuti.reports.writing import gather_facts
from zhuti.seeds import read_codebook

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


def test_a_font_of_the_users_own_comes_first_and_leaves_no_box(tmp_path: Path) -> None:
    own = Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSerif.ttf"  # it has no Chinese
    facts = replace(report_facts(PLACES[:1]), font=own)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pictures = list(render_charts(facts))
    assert "font-family=\"'DejaVu Serif','zhuti own','zhuti CJK'" in pictures[0].svg
    assert "--text:'DejaVu Serif'" in render_page(facts, pictures[:1], files=False)
    no_font = tmp_path / "no.ttf"
    no_font.write_text("x")
    with pytest.raises(ZhutiError, match=r"no\.ttf: cannot be read.*\.ttf or \.otf"):
        find_font(no_font)


def test_many_groups_stand_in_the_order_of_a_share_and_years_in_their_own() -> None:
    facts = report_facts(MANY[:8], size=20)
    shares = facts.comparison.shares
    own = shares[shares["theme"] == ordering_theme(facts)].set_index("group")["share"]
    assert list(own.loc[shown_groups(facts)]) == sorted(own, reverse=True)
    coded = coded_sentences(PLACES[:1], years=range(2012, 2020))
    yearly = replace(facts, coded=coded, comparison=comparison_of(coded, by="year"))
    assert shown_groups(yearly) == [str(year) for year in range(2012, 2020)]


def test_names_on_the_map_stay_on_it() -> None:
    facts = report_facts(MANY, size=12)
    for width in (WIDE, NARROW):
        height = similarity_height(facts, width)
        with drawing():
            figure = Figure(figsize=(width, height), dpi=72)
            ax = figure.add_axes((0, 0, 1, 1))
            draw_similarity(facts, ax)
            figure.canvas.draw()
        assert all(t.get_window_extent().x0 >= -1 and t.get_window_extent().x1 <= width * 72 + 1 for t in ax.texts)


def test_what_no_font_has_stops_no_picture_and_stays_text_in_the_svg() -> None:
    strange = ("𠮷㙟区🚀\u202e", "=cmd|'/C calc'!A0", "<script>区")
    facts = report_facts(strange)
    pictures = list(render_charts(facts))
    assert "𠮷㙟区🚀" in pictures[0].wide
    assert "\u202e" not in pictures[0].svg.replace("%E2%80%AE", "")
    with drawing():
        assert drawable("张\U0010fffd\u202e\n店\U0002ffff") == "张\n店"
        assert drawable("张\U00020bb7") in ("张〓", "张\U00020bb7")
        assert drawable("\ufe18") in ("〓", "\ufe18")


def test_a_flat_codebook_has_no_chart_of_subthemes() -> None:
    book = read_codebook(Path(__file__).parents[1] / "seeds" / "messages" / "departments.toml")
    coded = coded_sentences(PLACES[:3], codebook=book)
    coded["theme"] = coded["theme"].where(coded["theme"] != "", book.theme_ids[0])
    coded["subtheme"] = coded["theme"]
    comparison = compare(coded, codebook=book, card=model_card(book))
    names = [picture.name for picture in render_charts(gather_facts(comparison, coded, codebook=book))]
    assert "shares" in names
    assert "subthemes" not in names
