"""Sentence ends after GB/T 15834-2011, as a table of texts with | where a unit ends."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhuti.features import punctuation
from zhuti.features.punctuation import find_breaks

SENTENCES = [
    "年内建成小学2处；|新建幼儿园4处。",
    "怎么办？|怎么干？！|大家一起想！！！",
    "他说：“好！”然后走了。|年内建成。",
    "他说：“这件事……”然后走了。",
    "他说：“她讲‘好！马上办。’就走了。”|大家都笑了。",
    "他问：“去哪儿？”|“去张店。”她答。",
    "要回答好“发展为了谁？发展依靠谁？”这一问题。|下一句！",
    "喊出“请党放心、强国有我！”的誓言。",
    "实施“百日攻坚；双月会战”行动。",
    "习近平总书记指出：“江山就是人民。|人民就是江山。”|我们要牢记。",
    "完成任务。|（详见附件。）|下一句。",
    "抓好两件事（一是修路；二是架桥），务求实效。",
    "印发《关于加快发展；提升质量的意见》。|全区执行。",
    "教育、医疗、养老……样样都要抓。",
    "地区生产总值增长3.5%，占比8.7：46.1：45.2。|见No.3文件。",
    "网址https://a.cn/x?b=1;c=2，欢迎访问。|邮箱a.b@c.cn。",
    "增长9.1%;|地方收入3.5亿元.|全区安定.",
    '实施"一号工程".|"营改增"平稳推进.',
    "Dr. Smith came at 3.5 p.m. today.| He left.",
    "（没有合上的括号。|照样断句。",
    "于2024.1.5印发。|版本v1.2.3。",
    "『甲。』|「乙？」|《丙》。",
]
CLAUSES = [
    "加快建设，|推进改革；|共1,000户：|全部入住。",
    "抓好“一老一小，全龄友好”工作，|见（附件，表1）。",
    "比例为8.7：46.1，|10:30开会。",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences_end(marked: str) -> None:
    text = marked.replace("|", "")
    assert _mark(text, find_breaks(text)) == marked


@pytest.mark.parametrize("marked", CLAUSES)
def test_clauses_end(marked: str) -> None:
    text = marked.replace("|", "")
    assert _mark(text, find_breaks(text, clauses=True)) == marked


def _mark(text: str, breaks: list[int]) -> str:
    return "|".join(text[a:b] for a, b in zip([0, *breaks], [*breaks, len(text)], strict=True))


@given(st.text(alphabet="。！？；“”（）《》.，：5a新建 \n!?\"'」】", max_size=24))
@example("落实“五个一”要求。完成3.5亿元（含税）；")
def test_the_quick_way_through_plain_texts_ends_where_the_full_one_does(text: str) -> None:
    breaks = find_breaks(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(punctuation, "_PLAIN", re.compile(r"(?!)"))
        assert find_breaks(text) == breaks
