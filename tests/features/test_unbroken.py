"""Texts that lost every line break: titles, greetings, headings and sentences are found all the same."""

import pytest

from zhuti.features import split_sentences

REPORT = (
    "政府工作报告——2023年1月10日在泉坪县第十八届人民代表大会第二次会议上县长　沈知远各位代表：现在，我代表县人民政府，"
    "向大会报告工作，请予审议。一、2022年工作回顾过去一年，我们坚持稳中求进，完成了全年目标。（一）坚持项目为先"
    "，动能增强。"
    "新开工项目56个；新增规上企业9家。（二）坚持民生为本。新建学校3所。二、2023年工作安排今年生产总值增长6%左右。"
    "（一）聚焦产业升级。1.壮大主导产业。实施技改项目30个。2.培育新兴产业。引进企业10家。"
    "（二）聚焦乡村振兴。一是守牢粮食安全底线；二是推进和美乡村建设。三、加强政府自身建设我们将依法行政。"
)
PARTS = (
    "政府工作报告（2023年1月10日在石桥区第三届人民代表大会第二次会议上）区长 陆某某各位代表：现在，我代表区人民"
    "政府作工作报告，"
    "请予审议。第一部分　2022年工作回顾过去的一年，极不平凡。一是产业结构优化。服务业占比提高2个百分点。"
    "第二部分　2023年工作安排做好今年工作意义重大。——坚持稳字当头。确保增长6%。第三部分　政府自身建设打铁必须自"
    "身硬。我们要依法行政、廉洁从政，让人民监督权力。"
)
BLANKS = (
    "石桥区委书记在全区干部大会上的讲话 同志们： 今天召开全区干部大会，主要任务是部署工作。下面，我讲三点意见。 "
    "一、统一思想 增强信心 去年全区生产总值增长7.1%。项目建设提速增效，招商引资成果丰硕。 二、突出重点，狠抓落实 "
    "（一）抓产业。要盯紧链主企业；要补齐配套短板。 （二）抓城建。要建好3条主干道。 三、转变作风，提升效能 谁来"
    "干？大家一起干！"
    "全区各级要马上行动起来，把各项任务落到实处，一件接着一件抓，一年接着一年干，不获全胜决不收兵。"
)
BULLETIN = (
    "石桥区2022年国民经济和社会发展统计公报 石桥区统计局 2023年3月20日 2022年，全区上下坚持稳中求进。 一、综合 "
    "初步核算，"
    "全年地区生产总值312.5亿元，比上年增长4.1%。 二、农业 全年粮食总产量21.6万吨；肉类产量3.2万吨。 三、工业和建筑业 "
    "规模以上工业增加值增长5.0%。建筑业总产值88亿元。 四、固定资产投资 全年固定资产投资增长9.2%，其中工业投资增"
    "长12.1%。"
    "民间投资占比达到六成以上，重点项目完成年度投资计划的百分之一百零八。"
)


def _kinds(text: str, kind: str) -> list[str]:
    return [unit.text for unit in split_sentences(text) if unit.kind == kind]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (
            REPORT,
            [
                "一、2022年工作回顾",
                "（一）坚持项目为先，动能增强。",
                "（二）坚持民生为本。",
                "二、2023年工作安排",
                "（一）聚焦产业升级。",
                "1.壮大主导产业。",
                "2.培育新兴产业。",
                "（二）聚焦乡村振兴。",
                "三、加强政府自身建设",
            ],
        ),
        (PARTS, ["第一部分　2022年工作回顾", "第二部分　2023年工作安排", "第三部分　政府自身建设"]),
        (
            BLANKS,
            [
                "一、统一思想 增强信心",
                "二、突出重点，狠抓落实",
                "（一）抓产业。",
                "（二）抓城建。",
                "三、转变作风，提升效能",
            ],
        ),
        (BULLETIN, ["一、综合", "二、农业", "三、工业和建筑业", "四、固定资产投资"]),
    ],
)
def test_headings_are_found(text: str, headings: list[str]) -> None:
    assert _kinds(text, "heading") == headings


def test_sentences_stand_under_their_headings() -> None:
    paths = {unit.text: unit.heading for unit in split_sentences(REPORT)}
    assert paths["新增规上企业9家。"] == ("一、2022年工作回顾", "（一）坚持项目为先，动能增强")
    assert paths["实施技改项目30个。"] == ("二、2023年工作安排", "（一）聚焦产业升级", "1.壮大主导产业")
    assert paths["二是推进和美乡村建设。"] == ("二、2023年工作安排", "（二）聚焦乡村振兴")
    assert paths["我们将依法行政。"] == ("三、加强政府自身建设",)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (
            REPORT,
            [
                ("title", "政府工作报告"),
                ("byline", "——2023年1月10日在泉坪县第十八届人民代表大会第二次会议上"),
                ("byline", "县长　沈知远"),
                ("greeting", "各位代表："),
            ],
        ),
        (
            PARTS,
            [
                ("title", "政府工作报告"),
                ("byline", "（2023年1月10日在石桥区第三届人民代表大会第二次会议上）"),
                ("byline", "区长 陆某某"),
                ("greeting", "各位代表："),
            ],
        ),
        (BLANKS, [("title", "石桥区委书记在全区干部大会上的讲话"), ("greeting", "同志们：")]),
        (BULLETIN, [("title", "石桥区2022年国民经济和社会发展统计公报"), ("title", "石桥区统计局 2023年3月20日")]),
    ],
)
def test_the_head_is_found(text: str, head: list[tuple[str, str]]) -> None:
    assert [(unit.kind, unit.text) for unit in split_sentences(text)][: len(head)] == head


@pytest.mark.parametrize("blank", ["", " ", "　", "　　", "\u3000\u3000\u3000\u3000"])
def test_the_same_sentences_with_and_without_line_breaks(blank: str) -> None:
    lines = [
        "泉坪县2021年工作情况的报告",
        "2021年，泉坪县扎实推进各项工作，取得明显成效。现将有关情况报告如下：",
        "一、工作回顾",
        "（一）强化组织领导。县里4次研究法治工作，制定要点23项。",
        "（二）规范行政执法。开展执法监督12次；评查案卷180份。",
        "二、工作打算",
        "一是加强培训；二是充实队伍。各镇各部门要各司其职，密切配合，推动工作再上新台阶，为高质量发展作出更大贡献。",
        "全县法治政府建设还有差距，执法力量不足，我们将采取有力措施加以解决，请各位领导和同志们继续关心支持法治工作。",
    ]
    wanted = [unit.text for unit in split_sentences("\n".join(lines))]
    found = [unit.text for unit in split_sentences(blank.join(lines))]
    assert found[-8:] == wanted[-8:]
    if len(blank) > 1:
        assert found == wanted


SUMMARY = (
    "柳河镇2021年工作总结及2022年工作计划2021年，柳河镇党委、政府认真落实县委各项部署，全面完成了年度任务。现将有关"
    "情况汇报如下。一、主要工作（一）抓党建，强基础1.开展主题教育。全年集中学习12次。2.整顿软弱涣散村2个。（二）抓产"
    "业，促增收。种植中药材3000亩，户均增收2100元；建成冷库1座。（三）抓治理，保平安。调解纠纷86起，调解成功率97.7%。"
    "二、存在问题一是集体经济薄弱。二是干部队伍老化。三、2022年打算（一）新修通村路8公里。（二）新建卫生室2处，改造自"
    "来水管网15公里。（三）办好“两会一节”。柳河镇人民政府2021年12月20日"
)


def test_headings_over_headings_a_title_and_a_signature_without_any_sign_between() -> None:
    assert [(unit.kind, unit.text) for unit in split_sentences(SUMMARY)] == [
        ("title", "柳河镇2021年工作总结及2022年工作计划"),
        ("sentence", "2021年，柳河镇党委、政府认真落实县委各项部署，全面完成了年度任务。"),
        ("sentence", "现将有关情况汇报如下。"),
        ("heading", "一、主要工作"),
        ("heading", "（一）抓党建，强基础"),
        ("heading", "1.开展主题教育。"),
        ("sentence", "全年集中学习12次。"),
        ("sentence", "2.整顿软弱涣散村2个。"),
        ("heading", "（二）抓产业，促增收。"),
        ("sentence", "种植中药材3000亩，户均增收2100元；"),
        ("sentence", "建成冷库1座。"),
        ("heading", "（三）抓治理，保平安。"),
        ("sentence", "调解纠纷86起，调解成功率97.7%。"),
        ("heading", "二、存在问题"),
        ("sentence", "一是集体经济薄弱。"),
        ("sentence", "二是干部队伍老化。"),
        ("heading", "三、2022年打算"),
        ("sentence", "（一）新修通村路8公里。"),
        ("sentence", "（二）新建卫生室2处，改造自来水管网15公里。"),
        ("heading", "（三）办好“两会一节”。"),
        ("signature", "柳河镇人民政府2021年12月20日"),
    ]
    assert "".join(SUMMARY[a:b] for unit in split_sentences(SUMMARY) for a, b in unit.spans) == SUMMARY
