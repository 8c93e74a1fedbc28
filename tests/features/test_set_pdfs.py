"""PDFs as they are set: wrapped lines, running heads that change, page numbers, two columns, footnotes."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from zhuti.features import read_documents

sys.path.insert(0, str(Path(__file__).parent))
from pdfs import Set, write_pdf

TITLE = "泉坪县2022年政府工作报告"
PARAGRAPHS = [
    "各位代表：",
    "现在，我代表县人民政府，向大会报告工作，请予审议，并请列席会议的同志提出意见。",
    "一、2021年工作回顾",
    "过去的一年，面对多重困难叠加的严峻形势，我们紧紧依靠全县人民，攻坚克难、奋力拼搏，较好地完成了县十八届人大"
    "一次会议确定的各项目标任务。全县生产总值增长7.3%，一般公共预算收入增长8.1%；城乡居民收入分别增长7.9%和10.2%。",
    "（一）突出项目建设，发展后劲持续增强",
    "全年实施重点项目86个，完成投资54.7亿元。总投资12亿元的装配式建筑产业园开工建设，年产3万吨的果汁生产线竣工"
    "投产；引进省外资金31.5亿元，增长14%。新增规模以上工业企业6家，技术合同成交额突破4亿元。",
    "（二）突出城乡融合，人居环境持续改善",
    "改造老旧小区21个，惠及居民3400户；新建口袋公园8处，新增停车泊位1200个。建成高标准农田3.8万亩，新改建农村公路"
    "126公里。全县空气质量优良天数达到318天，出境断面水质全部达标。",
    "（三）突出民生优先，群众福祉持续增进",
    "新建改扩建中小学、幼儿园11所，新增学位4300个；县中医院迁建项目主体完工。发放低保、特困等救助金1.1亿元，城镇"
    "新增就业5200人，零就业家庭动态清零。",
    "二、2022年工作安排",
    "今年工作的总体要求是：坚持稳字当头、稳中求进，统筹疫情防控和经济社会发展。主要预期目标是：生产总值增长7%左右。",
    "1.做强县域工业。实施技术改造项目40个，培育“专精特新”企业5家。",
    "2.做优现代农业。新建标准化果园1.2万亩，改造老果园8000亩；培育家庭农场60家。",
    "各位代表！新征程已经开启，让我们团结一心、接续奋斗，为建设富裕美丽新泉坪而努力！",
]


def wrap(text: str, width: int, indent: int) -> Iterator[str]:
    """Set a paragraph to lines of so many full-width characters; no line begins with a stop."""
    text = "　" * indent + text
    while text:
        line, length = "", 0.0
        while text and (length < width or text[0] in "，。；：、！”）%"):
            length += 0.5 if text[0].isascii() else 1
            line, text = line + text[0], text[1:]
        yield line


def expected() -> list[tuple[str, str]]:
    units = [("title", TITLE), ("greeting", PARAGRAPHS[0])]
    for paragraph in PARAGRAPHS[1:]:
        if paragraph[0] in "一二（" and "。" not in paragraph:
            units.append(("heading", paragraph))
            continue
        while paragraph:
            ends = [place for sign in "。；！" if (place := paragraph.find(sign)) >= 0]
            end = min(ends) + 1
            kind = (
                "heading" if paragraph[1] == "." else "greeting" if paragraph.startswith("各位代表！") else "sentence"
            )
            units.append((kind, paragraph[:end]))
            paragraph = paragraph[end:]
    return units


def lines_of(width: int) -> list[str]:
    return [line for paragraph in PARAGRAPHS for line in wrap(paragraph, width, 2)]


def set_pages(
    lines: Sequence[str], rows: int, number: str, heads: tuple[str, str], *, first: int = 90
) -> list[list[Set]]:
    pages = []
    count = -(-len(lines) // rows)
    for page in range(count):
        body = lines[page * rows : (page + 1) * rows]
        found = [Set(90, 50, heads[page % 2], 9)] if heads[page % 2] else []
        if page == 0:
            found.append(Set(180, first - 10, TITLE, 16))
        found += [Set(90, first + 20 + 22 * row, line) for row, line in enumerate(body)]
        found.append(Set(280, 800, number.format(page + 1, count), 9))
        pages.append(found)
    return pages


def read(path: Path) -> list[tuple[str, str]]:
    (document,) = read_documents(path).documents
    return [(unit.kind, unit.text) for unit in document.sentences() if unit.kind != "page"]


NUMBERS = ["- {} -", "— {} —", "第 {} 页 共 {} 页", "{}", "{} / {}", "·{}·", "第{}页", "〔{}〕"]


@pytest.mark.parametrize("number", NUMBERS)
def test_wrapped_lines_page_numbers_and_heads_of_left_and_right_pages(tmp_path: Path, number: str) -> None:
    heads = ("泉坪县第十八届人民代表大会第二次会议文件", "政府工作报告")
    path = write_pdf(tmp_path / "报告.pdf", set_pages(lines_of(34), 9, number, heads))
    assert read(path) == expected()


def test_a_short_report_of_two_pages(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "报告.pdf", set_pages(lines_of(34), 20, "- {} -", ("泉坪县政府文件", "泉坪县政府文件")))
    assert read(path) == expected()


@pytest.mark.parametrize("by_rows", [False, True])
def test_two_columns(tmp_path: Path, by_rows: bool) -> None:
    lines, rows = lines_of(17), 22
    pages = []
    for start in range(0, len(lines), rows * 2):
        columns = lines[start : start + rows], lines[start + rows : start + rows * 2]
        page = [Set(180, 60, TITLE, 16)] if not start else []
        cells = [
            (row, Set(60 + 245 * column, 100 + 20 * row, line))
            for column, column_lines in enumerate(columns)
            for row, line in enumerate(column_lines)
        ]
        page += [cell for _, cell in (sorted(cells, key=lambda cell: cell[0]) if by_rows else cells)]
        pages.append([*page, Set(290, 800, f"{len(pages) + 1}", 9)])
    assert read(write_pdf(tmp_path / "报告.pdf", pages)) == expected()


def test_rows_of_a_table_stay_rows(tmp_path: Path) -> None:
    rows = [("名目", "结果"), ("新建学校", "四所"), ("改造小区", "二十一个"), ("公园", "八处"), ("公路", "百里")]
    rows += [("卫生室", "六所"), ("就业", "五千人"), ("托位", "四百个")]
    page = [Set(90, 80, "泉坪县2022年实事完成情况", 14)]
    for row, cells in enumerate(rows):
        page += [Set(90 + 240 * column, 120 + 22 * row, cell) for column, cell in enumerate(cells)]
    (document,) = read_documents(write_pdf(tmp_path / "表.pdf", [page])).documents
    order = [document.text.index(cell) for row in rows for cell in row]
    assert order == sorted(order)


def test_columns_between_lines_that_run_across(tmp_path: Path) -> None:
    sentence = "全县各级各部门紧盯目标不放松抓住关键不撒手一件接着一件办一年接着一年干确保各项任务落到实处"
    left, right = [f"甲{sentence}。"] * 3, [f"乙{sentence}。"] * 3
    columns = [[line for text in texts for line in wrap(text, 16, 2)] for texts in (left, right)]
    page = [Set(60, 60, "本期要闻：全县重点工作推进会召开，部署下一阶段任务，要求人人有责。")]
    page += [
        Set(60 + 245 * n, 100 + 20 * row, line) for n, lines in enumerate(columns) for row, line in enumerate(lines)
    ]
    page.append(Set(60, 400, "会议还通报了上半年重点项目进展情况，研究了有关人事事项和经费安排。"))
    texts = [text for _, text in read(write_pdf(tmp_path / "报.pdf", [page]))]
    assert texts == [
        "本期要闻：全县重点工作推进会召开，部署下一阶段任务，要求人人有责。",
        *left,
        *right,
        "会议还通报了上半年重点项目进展情况，研究了有关人事事项和经费安排。",
    ]
