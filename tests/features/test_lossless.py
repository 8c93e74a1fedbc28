"""Not a character is lost: units and the blanks between them rebuild any text."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuti.features import read_documents, split_sentences
from zhuti.features.lines import INVISIBLE
from zhuti.features.sentences import Sentence, Unit

REAL = Path(os.environ.get("ZHUTI_DATA", Path(__file__).parents[3] / "shared")) / "data"
PIECES = [
    *("\n", "\n\n", "\r\n", "\r", "\f", "\u2028", "　　", "\t", " ", "\x00", "\u200b", "\u202e"),
    *("一、", "（一）", "1.", "(1)", "一是", "——", "第一章 ", "# ", "- "),
    *("。", "；", "！", "？", "，", "：", "……", "“", "”", "‘", "’", "（", "）", "《", "》", '"', ".", ";"),
    *(
        "各位代表：",
        "各位代表！",
        "政府工作报告",
        "——访张店区委书记某某",
        "本报记者 张三",
        "来源：某报",
        "2024年1月5日",
    ),
    *(
        "全区",
        "增长3.5%",
        "推进更新",
        "附件",
        "名词解释",
        "注：",
        "表1 指标",
        "- 3 -",
        "====",
        "|甲|乙|",
        "https://a.b/c?d;e",
    ),
]
TEXTS = st.one_of(
    st.text(),
    st.text(st.characters(exclude_categories=[])),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.lists(st.sampled_from(PIECES), min_size=40, max_size=120).map("".join),
)
UNITS_OF_ALL: tuple[Unit, ...] = ("sentence", "clause", "paragraph")
UNITS = st.sampled_from(UNITS_OF_ALL)


def check_lossless(text: str, units: list[Sentence], begin: int = 0, stop: int | None = None) -> None:
    spans = []
    for unit in units:
        assert unit.text == "".join(text[start:end] for start, end in unit.spans) != ""
        spans += unit.spans
    assert [unit.start for unit in units] == sorted(unit.start for unit in units)
    last, gaps = begin, ""
    for start, end in sorted(spans):
        assert last <= start < end
        gaps += text[last:start]
        last = end
    assert re.fullmatch(f"[{INVISIBLE}]*", gaps + text[last:stop])


@settings(max_examples=600, deadline=None)
@given(TEXTS, UNITS, st.booleans())
def test_units_and_blanks_rebuild_any_text(text: str, unit: Unit, whole: bool) -> None:
    check_lossless(text, split_sentences(text, unit=unit, whole=whole))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_clauses_lie_within_sentences(text: str) -> None:
    sentences = split_sentences(text)
    ends = {unit.end for unit in split_sentences(text, unit="clause")}
    assert {unit.end for unit in sentences} <= ends


@pytest.mark.skipif(not REAL.is_dir(), reason="no real documents; ZHUTI_DATA names the folder above them")
@pytest.mark.parametrize("unit", UNITS_OF_ALL)
def test_real_documents_are_rebuilt(unit: Unit) -> None:
    corpus = read_documents(REAL)
    assert not corpus.failures
    for document in corpus:
        check_lossless(document.source, document.sentences(unit), document.start, document.end)


@pytest.mark.parametrize("unit", UNITS_OF_ALL)
def test_the_hand_set_documents_are_rebuilt(unit: Unit) -> None:
    for path in sorted((Path(__file__).parent / "boundaries").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        check_lossless(text, split_sentences(text, unit=unit))
