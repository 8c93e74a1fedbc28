"""What paragraphs are, and which headings stand above a sentence."""

import pytest

from zhuti.features import split_sentences

REPORT = """政 府 工 作 报 告
——2021年1月8日在泉坪县第十七届人民代表大会第六次会议上
县长　　沈知远
各位代表：
现在，我代表县人民政府报告工作。
一、2020年工作回顾
（一）经济平稳运行。全年增长6%。财政增收。
税收占比提高到82%。
（二）民生持续改善
新建学校2所。
二、2021年工作安排
一是抓项目。开工30个。二是抓招商。引资5亿元。
——农业方面。扩种小麦。
总体要求是稳中求进。
各位代表！让我们一起努力。

附件1
民生实事
1.新建食堂3家。
名词解释
1.“一网通办”：指政务服务一次办成。
2.河长制：由各级党政负责人担任河长；负责治理。
"""


def _units(text: str, **options: object) -> list[tuple[str, str, str]]:
    return [(unit.kind, " / ".join(unit.heading), unit.text) for unit in split_sentences(text, **options)]  # type: ignore[arg-type]


def test_a_report_with_all_its_parts() -> None:
    review, plan = "一、2020年工作回顾", "二、2021年工作安排"
    economy = f"{review} / （一）经济平稳运行"
    assert _units(REPORT) == [
        ("title", "", "政 府 工 作 报 告"),
        ("byline", "", "——2021年1月8日在泉坪县第十七届人民代表大会第六次会议上"),
        ("byline", "", "县长　　沈知远"),
        ("greeting", "", "各位代表："),
        ("sentence", "", "现在，我代表县人民政府报告工作。"),
        ("heading", "", review),
        ("heading", review, "（一）经济平稳运行。"),
        ("sentence", economy, "全年增长6%。"),
        ("sentence", economy, "财政增收。"),
        ("sentence", economy, "税收占比提高到82%。"),
        ("heading", review, "（二）民生持续改善"),
        ("sentence", f"{review} / （二）民生持续改善", "新建学校2所。"),
        ("heading", "", plan),
        ("sentence", plan, "一是抓项目。"),
        ("sentence", f"{plan} / 一是抓项目", "开工30个。"),
        ("sentence", plan, "二是抓招商。"),
        ("sentence", f"{plan} / 二是抓招商", "引资5亿元。"),
        ("sentence", plan, "——农业方面。"),
        ("sentence", f"{plan} / ——农业方面", "扩种小麦。"),
        ("sentence", plan, "总体要求是稳中求进。"),
        ("greeting", plan, "各位代表！"),
        ("sentence", plan, "让我们一起努力。"),
        ("heading", "", "附件1"),
        ("heading", "附件1", "民生实事"),
        ("sentence", "附件1 / 民生实事", "1.新建食堂3家。"),
        ("heading", "", "名词解释"),
        ("glossary", "名词解释", "1.“一网通办”：指政务服务一次办成。"),
        ("glossary", "名词解释", "2.河长制：由各级党政负责人担任河长；"),
        ("glossary", "名词解释", "负责治理。"),
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "关于某事的通知\n各镇政府：\n现印发给你们。\n泉坪县人民政府\n2023年3月2日",
            "title greeting sentence signature signature",
        ),
        (
            "关于某事的通知\n区政府各部门，有关单位：\n请执行。\n泉坪县人民政府\n2023年3月2日\n附件：分工表",
            "title greeting sentence signature signature heading",
        ),
        ("标题\n新华社泉坪1月2日电（记者 王某）记者从县里获悉，新建学校3所。", "title sentence"),
        ("标题\n正文一句。\n图为新建的食堂。记者 王某 摄", "title sentence caption"),
        ("标题\n记者：今年怎么干？\n王某：抓民生。", "title sentence sentence"),
        (
            "标题\n正文。\n一、工业\n（一）抓产业。1.抓技改。实施项目3个。",
            "title sentence heading heading heading sentence",
        ),
        (
            "标题\n某县某镇。\n表1　主要指标\n指标\t2020年\n人口\t3万\n注：初步数。",
            "title sentence caption table table footnote",
        ),
        ("标题\n正文一句。\n- 2 -\n正文二句。", "title sentence page sentence"),
        ("# 某县报告\n## 农业\n增产。", "title heading sentence"),
        ("各位代表！现在开会。", "greeting sentence"),
        ("加强建设。", "sentence"),
        ("一、二、三产业分别增长3%。", "sentence"),
        ("标题\n1.新建学校2所\n2.新建医院1家\n3.修路5条", "title sentence sentence sentence"),
        ("标题\n正文。\n名词注释\n“两山”：绿水青山。\n附件：1.分工表", "title sentence heading glossary heading"),
    ],
)
def test_kinds(text: str, kinds: str) -> None:
    assert " ".join(unit.kind for unit in split_sentences(text)) == kinds


def test_lines_that_are_wrapped_are_joined_and_titles_are_not() -> None:
    text = (
        "关于加快发展的报告\n　　全区上下坚持稳中求进工作总基调，统筹推进各项\n"
        "工作，经济社会发展取得新的成绩，人民生活水平持\n续提高。\n"
        "　　一、工业\n　　新建标准厂房四十一万平方米，引进大项目二十七\n"
        "个，其中投资过十亿元的项目三个，税收稳步增长。\n"
    )
    assert [unit.text for unit in split_sentences(text)] == [
        "关于加快发展的报告",
        "全区上下坚持稳中求进工作总基调，统筹推进各项工作，经济社会发展取得新的成绩，人民生活水平持续提高。",
        "一、工业",
        "新建标准厂房四十一万平方米，引进大项目二十七个，其中投资过十亿元的项目三个，税收稳步增长。",
    ]


def test_a_sentence_goes_on_behind_a_page_number() -> None:
    text = "标题\n全区上下团结一心。建成了一批\n— 3 —\n学校和医院。\n下一段。"
    units = split_sentences(text)
    assert [unit.text for unit in units][1:] == ["全区上下团结一心。", "建成了一批学校和医院。", "— 3 —", "下一段。"]
    assert units[2].spans == ((12, 17), (24, 30))


def test_units_are_in_order_though_a_page_number_stands_within_a_paragraph() -> None:
    text = "标题\n全区上下团结一心。建成了一批\n— 3 —\n学校和医院。群众满意。\n下一段。"
    assert [(unit.kind, unit.text) for unit in split_sentences(text)][2:] == [
        ("sentence", "建成了一批学校和医院。"),
        ("page", "— 3 —"),
        ("sentence", "群众满意。"),
        ("sentence", "下一段。"),
    ]


def test_words_of_latin_letters_keep_a_blank_where_a_line_was_broken() -> None:
    units = split_sentences("标题\n推进改革。引进 smart\ncity 平台，服务群众。")
    assert units[2].text == "引进 smart\ncity 平台，服务群众。"


def test_paragraphs_and_clauses() -> None:
    text = "抓教育，抓医疗；抓养老。\n全区一盘棋。"
    assert [u.text for u in split_sentences(text, unit="paragraph")] == ["抓教育，抓医疗；抓养老。", "全区一盘棋。"]
    assert [u.text for u in split_sentences(text, unit="clause")][:3] == ["抓教育，", "抓医疗；", "抓养老。"]
    with pytest.raises(ValueError, match="no unit 'word'; there are sentence, clause, paragraph"):
        split_sentences(text, unit="word")  # type: ignore[arg-type]
