"""The headline of a web page: what the page declares, else the part of its title that stands above the text."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from selectolax.lexbor import LexborHTMLParser

from zhuti.features.furniture import is_furniture
from zhuti.features.html_lines import PageLine, squeeze_blanks

_PART = re.compile(r"\s*[_|｜\-－—–<>›»]+\s*")
_SITE = re.compile(r"\s*(?:[_|｜\-－—–<>›»]+)\s*[^_|｜\-－—–<>›»]{2,30}$")
_NO_TITLE = re.compile(
    r"(?:无标题(?:文档|页)?|新建(?:网页|文档).{0,4}|Untitled.{0,12}|New Page.{0,4}|Document|首页|正文)$", re.I
)
_ENDED = re.compile(r"[。；！？][”’」』）)]*$")
_SECOND = re.compile(
    r"[—\-–―]{2}\S|[^，。；：！？:|/〔\[【（(\d][^，。；：！？:|/〔\[【]*[\u4e00-\u9fff][^，。；：！？:|/〔\[【]*$"
)
_SITE_NAME = re.compile(
    r".*(?:政府|网|网站|局|委|门户|厅|动态|要闻|信息|公开|新闻|频道|栏目|中心|站|办事处|日报|新华社|在线)$"
)
_TITLE_READ, _PARTS_MOST, _NEAR = 400, 12, 100
_TRIMMED = " :：·.*★☆-_|~"
_TITLE_LONGEST, _TITLE_SHORTEST = 90, 4
_SECOND_LONGEST, _SECOND_SHORTEST, _ABOVE_MOST = 45, 8, 8


def squeeze(text: str) -> str:
    """Return a text without blanks, as headlines are compared."""
    return re.sub(r"[\s\u3000\xa0]+", "", text)


def says(text: str, title: str) -> bool:
    """Tell whether a line is the headline, give or take a few characters."""
    line, words = squeeze(text), squeeze(title)
    return line == words or (words in line and len(line) <= len(words) + 8 and not _ENDED.search(text))


def find_headline(page: LexborHTMLParser, lines: Sequence[PageLine], block: int | None) -> str:
    """Return the headline of a page whose text stands in a block; '' for a page without one."""
    for selector in ('meta[name="ArticleTitle"]', 'meta[property="og:title"]'):
        node = page.css_first(selector)
        if node is not None and (node.attributes.get("content") or "").strip():
            return squeeze_blanks(node.attributes.get("content") or "")
    node = page.css_first("title")
    words = squeeze_blanks(node.text())[:_TITLE_READ].strip(_TRIMMED) if node is not None else ""
    parts = [part for part in _PART.split(words) if part][:_PARTS_MOST]
    for node in (page.css_first("#activity-name"), *page.css("h1")):
        text = squeeze_blanks(node.text()) if node is not None else ""
        site = len(parts) > 1 and squeeze(text) == squeeze(parts[-1])
        if _TITLE_SHORTEST <= len(squeeze(text)) <= _TITLE_LONGEST and not site:
            return text
    if _NO_TITLE.match(words):
        return ""
    first = next((number for number, line in enumerate(lines) if block in line.blocks), 0)
    near = [
        *reversed(lines[max(first - _NEAR, 0) : first]),
        *takewhile(lambda line: not _ENDED.search(line.text), lines[first : first + 8]),
    ]
    if found := next(_shown(words, parts, near), ""):
        return found
    if parts and all(map(_SITE_NAME.match, parts)):
        return next((line.text for line in near[: min(first, _ABOVE_MOST)] if is_second_headline(line)), "")
    return _without_site(words)


def _shown(words: str, parts: Sequence[str], near: Sequence[PageLine]) -> Iterator[str]:
    """Yield the lines at the head of the text which the title or a part of it says; names of sites come last."""
    for part in (words, *sorted(parts, key=lambda part: (_SITE_NAME.match(part) is not None, -len(part)))):
        for line in near:
            if len(squeeze(part)) < _TITLE_SHORTEST or line.linked * 2 > len(line.text) or is_furniture(line.text):
                continue
            if says(line.text, part) or (len(squeeze(line.text)) >= _SECOND_SHORTEST and says(part, line.text)):
                yield line.text


def _without_site(words: str) -> str:
    """Return the title of a page without the name of the site at its end."""
    while words and _SITE.search(words) and len(_SITE.sub("", words)) >= _TITLE_SHORTEST:
        words = _SITE.sub("", words)
    return words if len(words) <= _TITLE_LONGEST else ""


def is_second_headline(line: PageLine) -> bool:
    """Tell whether a line between headline and text is a headline too."""
    length = len(squeeze(line.text))
    if line.linked * 2 > len(line.text) or is_furniture(line.text) or line.role == "aside":
        return False
    return _SECOND_SHORTEST <= length <= _SECOND_LONGEST and _SECOND.match(line.text) is not None
