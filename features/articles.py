"""Several articles in one file: where each of them begins."""

import re
from collections.abc import Sequence

from zhuti.features.lines import Paragraph
from zhuti.features.marks import BYLINE, GREETING, RULE, VISIT, ends_sentence, find_mark, is_closed

_LONGEST = 90
_REPORT = re.compile(
    r"(?:.{0,40}(?:工\s*作\s*报\s*告|的\s*报\s*告|讲\s*话|公\s*报)|政\s*府\s*工\s*作\s*报\s*告)\s*(?:[（(].{1,20}[）)])?$"
)
_CORRESPONDENT = re.compile(r"记者|通讯员|作者|撰稿|责任?编")


def find_articles(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Return the numbers of the paragraphs with which an article begins; the first is always 0.

    An article begins at a title that stands behind running text, and of which something else says that it
    is one: '——访…' in it, a by-line or rule before it, or the by-line and greeting of a report behind it.
    """
    starts = [0]
    prose = 0
    for number, paragraph in enumerate(paragraphs):
        if prose and _may_be_title(paragraph.text) and _is_announced(paragraphs, number, starts[-1]):
            starts.append(number)
            prose = 0
        elif len(paragraph.text) > 30 and ends_sentence(paragraph.text):
            prose += 1
    return starts


def _may_be_title(text: str) -> bool:
    if len(text) > _LONGEST or is_closed(text) or BYLINE.match(text):
        return False
    mark = find_mark(text)
    return mark is None


def _is_announced(paragraphs: Sequence[Paragraph], number: int, start: int) -> bool:
    text = paragraphs[number].text
    before = paragraphs[number - 1].text
    behind = [paragraph.text for paragraph in paragraphs[number + 1 : number + 6]]
    if not behind:
        return False
    if VISIT.search(text) and not VISIT.match(text):
        return True
    if (VISIT.match(behind[0]) and len(behind[0]) < 60) or RULE.match(before):
        return True
    if BYLINE.match(before) and _CORRESPONDENT.search(before) and number - start > 2:
        return True
    opening = any(GREETING.match(line) or (BYLINE.match(line) and "会" in line) for line in behind)
    return bool(_REPORT.match(text)) and opening
