"""Texts that lost their line breaks: titles, greetings and headings are found again inside the one long line."""

import re
from collections.abc import Sequence

from zhuti.features.lines import Paragraph, cut_paragraph
from zhuti.features.marks import DATE

_NUMBER = "一二三四五六七八九十"
_SHORTEST = 150
_FEWEST = 3
_END = r"(?<=[。！？；：”）)!?;:])"
# Two full-width spaces were the indent of a paragraph.
_INDENT = re.compile(rf"{_END}[\s\u3000]*(?:[\u3000\u2003]{{2,}}|[ \xa0]{{4,}})[\s\u3000]*(?=\S)")
_GREETING = re.compile(
    r"(?:各位(?:代表|委员|领导|来宾)|同志们|尊敬的各位代表)(?:[、，]?(?:同志们|各位(?:委员|来宾)|朋友们)){0,3}\s*[：:]"
)
_MARK = re.compile(
    rf"{_END}[\s\u3000]*(?=(?:[{_NUMBER}]{{1,3}}、|[（(][{_NUMBER}]{{1,3}}[）)]|第[{_NUMBER}]{{1,3}}(?:[章节]|部分)|(?<=[。！；”])[{_NUMBER}]{{1,2}}是|(?<=[。！；”])——[^—]))"
)
# In the head of a report: behind '……会议上' stands who speaks.
_MEETING = re.compile(r"会议上[）)]?(?!的|.{0,30}(?:作|做|讲话|报告))")
# Headings of work reports that stand without a full stop before their text: 一、2023年工作回顾过去一年，……
_HEADING = re.compile(
    rf"(?<![^。！？；：”）\s\u3000])(?:[{_NUMBER}]{{1,3}}、|第[{_NUMBER}]{{1,3}}部分[、：\s\u3000]*)[^。！？；，：\s\u3000]{{0,24}}?"
    r"(?:工作回顾|回顾|总体要求(?:和主要目标|和目标任务|和预期目标)?|总体思路|目标任务|主要任务|重点任务|工作任务|重点工作|工作安排|主要工作|工作部署|工作总结|工作情况|奋斗目标|主要目标|预期目标|工作打算|工作建议|自身建设)"
    r"(?![的和与及、，：。；（]|情况|安排|任务)[\s\u3000]*"
)
_SPACED = re.compile(
    rf"(?:[{_NUMBER}]{{1,3}}、|[（(][{_NUMBER}]{{1,3}}[）)])[^。！？；：]{{2,40}}?(?<=[\u4e00-\u9fff”）])[\s\u3000]+(?![^，。；：！？\s\u3000（(]{{2,14}}[\s\u3000])(?=[\u4e00-\u9fff“（(\d])"
)
_WIDE_GAP = re.compile(r"[\u3000\u2003]{2,}(?=[^\s\u3000]{7})")
_TITLE = re.compile(
    r".{0,30}?(?:政\s*府\s*工\s*作\s*报\s*告|工作报告|的报告|讲话|公报)(?:[（(][^）)]{1,12}[）)])?[\s\u3000]*"
    rf"(?=[—\-–─－（(]|{DATE}|各位|同志|[\s\u3000])"
)
# A title that blanks set off, and the office and day behind it.
_PLAIN_TITLE = re.compile(
    r"[^。，；：！？\s\u3000]{4,40}(?:报告|公报|讲话|通知|意见|方案|规划|纲要|要点|总结)(?:[（(][^）)]{1,12}[）)])?[\s\u3000]+"
)
# The same run into the text behind it: ……工作总结2021年，……
_RUN_IN_TITLE = re.compile(
    r"[^。，；：！？]{4,40}?(?:报告|总结|计划|打算|要点|汇报)(?=(?:19|20)\d\d年(?:[，,]|以来)|(?:今年|一年|近年)(?:以?来)?[，,]|过去)"
)
# A heading over another: 一、主要工作（一）抓党建1.开展主题教育。
_OVER = (
    re.compile(rf"{_END}(?:[{_NUMBER}]{{1,3}}、)[^。！？；：，（(]{{2,24}}(?=[（(]一[）)])"),
    re.compile(rf"[（(][{_NUMBER}]{{1,3}}[）)][^。！？；：（(]{{2,30}}?(?=1[.．、][^\d])"),
    re.compile(rf"{_END}(?:[{_NUMBER}]{{1,3}}、)[^。！？；：，（(]{{2,16}}(?=一是)"),
)
_SIGNED = re.compile(rf"(?<=[。！])[\u4e00-\u9fff]{{2,24}}(?:政府|委员会|办公室|局|党委)[\s\u3000]*{DATE}$")
_ISSUED = re.compile(rf"[^。，；：！？]{{0,30}}?{DATE}[\s\u3000]+")


def break_lines(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Cut paragraphs where a lost line break shows; texts with ordinary paragraphs come back as they are."""
    total = sum(len(paragraph.text) for paragraph in paragraphs)
    broken: list[Paragraph] = []
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if len(text) < _SHORTEST and not (number < 3 and _GREETING.search(text)):
            broken.append(paragraph)
            continue
        cuts = {match.end() for match in _INDENT.finditer(text)}
        if len(text) >= _SHORTEST and len(text) * 2 > total:
            found = _find_cuts(text, first=number == 0)
            cuts |= found if len(found) >= _FEWEST else set()
        broken += cut_paragraph(paragraph, sorted(cuts)) if cuts else [paragraph]
    return broken


def _find_cuts(text: str, *, first: bool) -> set[int]:
    """Return where paragraphs begin in a text without line breaks."""
    cuts: set[int] = set()
    greeting = _GREETING.search(text)
    if greeting:
        cuts |= {greeting.start(), greeting.end()}
        title = _TITLE.match(text, 0, greeting.start()) if first else None
        if first and greeting.start() < 200:
            cuts |= {match.end() for match in (title, _MEETING.search(text, 0, greeting.start())) if match}
    if first and not (greeting and greeting.start() < 200) and (title := _PLAIN_TITLE.match(text)):
        cuts |= {match.end() for match in (title, _ISSUED.match(text, title.end())) if match}
    cuts |= {match.end() for match in _WIDE_GAP.finditer(text)}
    cuts |= {match.end() for match in _MARK.finditer(text)}
    cuts |= {place for match in _HEADING.finditer(text) for place in match.span()}
    cuts |= {match.end() for over in _OVER for match in over.finditer(text)}
    if signed := _SIGNED.search(text, max(len(text) - 60, 0)):
        cuts.add(signed.start())
    if first and not greeting and (title := _RUN_IN_TITLE.match(text)):
        cuts.add(title.end())
    for place in list(cuts):
        spaced = _SPACED.match(text, place)
        if spaced:
            cuts.add(spaced.end())
    return cuts - {0, len(text)}
