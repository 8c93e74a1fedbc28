"""What a line of an official document shows by its first and last characters and by its set phrases."""

import re
from typing import NamedTuple

_NUMBER = "一二三四五六七八九十百零〇两"
_CLOSERS = "”’」』）)】》〕〉]\"'"
_ENDS = frozenset("。！？；!?;｡")
_CLOSES = _ENDS | frozenset("：:….．")

# Kinds of heading marks, the widest first. A mark is followed by the words of the heading.
_KINDS = {
    "part": rf"第[{_NUMBER}\d]{{1,4}}(?:编|篇|部分|卷)(?![\u4e00-\u9fff])",
    "chapter": rf"第[{_NUMBER}\d]{{1,4}}章",
    "section": rf"第[{_NUMBER}\d]{{1,4}}节",
    "一、": rf"[{_NUMBER}]{{1,4}}\s*[、．.](?!\s*[{_NUMBER}\d][、是])",
    "（一）": rf"[（(〔]\s*[{_NUMBER}]{{1,4}}\s*[）)〕]",
    "1.1": r"\d{1,2}(?:[.．]\d{1,2}){1,3}[.．]?(?=[\s\u3000])",
    "1.": r"\d{1,3}\s*[.．、](?!\d)",
    "（1）": r"[（(]\s*\d{1,3}\s*[）)]",
    "①": r"[①-⑳⑴-⒇㈠-㈩]|\d{1,2}[）)]",
    "一是": rf"[{_NUMBER}]{{1,3}}[是要](?![在指个种年月天])",
    "——": r"(?:—{1,2}|─{1,2}|―{1,2}|–{1,2}|-{2,4}|－{1,2})\s*(?=[^\s\d—\-－])",
}
RANKS = {kind: rank for rank, kind in enumerate(["title", *_KINDS])}
NUMBERED = frozenset(_KINDS) - {"一是", "——"}
_MARK = re.compile("|".join(f"(?P<k{number}>{pattern})" for number, pattern in enumerate(_KINDS.values())))
_KIND_NAMES = tuple(_KINDS)
# What a mark begins with, but for digits: most lines begin otherwise, and need no closer look.
_MARK_STARTS = (
    frozenset(f"第{_NUMBER}（(〔①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳—─―–-－")
    | {chr(code) for code in range(0x2474, 0x2488)}
    | {chr(code) for code in range(0x3220, 0x322A)}
)
MARKDOWN = re.compile(r"#{1,6}\s+(?=\S)")

_ADDRESSED = (
    "(?:代表|委员|同志|领导|来宾|朋友|先生|女士|同学|乡亲|父老|主任|主席|书记|市民|居民|职工|嘉宾|专家|老师|战友|青年)"
)
GREETING = re.compile(
    rf"(?:(?:尊敬的|敬爱的|亲爱的|各位)[^，。；！？:：]{{0,14}}?{_ADDRESSED}们?|(?:同志|女士|先生|朋友|同学|乡亲|青年|战友)们|父老乡亲们?|主席团)"
    rf"(?:[、，,\s]*(?:尊敬的|各位)?[^，。；！？:：]{{0,10}}?{_ADDRESSED}们?){{0,4}}\s*[：:！!]"
)
_OFFICE = (
    r"(?:代|副|常务副|代理)*(?:省长|市长|区长|县长|旗长|州长|盟长|镇长|乡长|主席|主任|书记|院长|检察长|行署专员|专员)"
)
_HAN_NAME = r"[\u4e00-\u9fff]{1,4}(?:[\s\u3000]{0,3}[\u4e00-\u9fff]{1,3})?(?:[·•][\u4e00-\u9fff]{1,8})*"
DATE = r"(?:\d{4}|[〇○Ｏ零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*(?:[\d一二三四五六七八九十]{1,3}\s*日)?"
# Whom a notice is sent to: 各镇人民政府，区政府各部门：
ADDRESSEES = re.compile(
    r"(?:各[^。；！？]{1,90}|[^。；！？]{2,90}(?:人民政府|办事处|各部门|直属机构|有关单位|各单位))[:：]$"
)
BYLINE = re.compile(
    r"(?:"
    rf"[—\-–─―－（(]{{0,6}}\s*(?:{DATE}).{{0,40}}(?:会议|大会|全会|会).{{0,4}}上.{{0,60}}"  # ——2025年1月14日在……会议上
    rf"|[（(]?\s*{DATE}\s*[）)]?"
    rf"|[\u4e00-\u9fff]{{0,20}}{_OFFICE}[\s\u3000\xa0:：]+{_HAN_NAME}(?:[\s\u3000]*[（(]\s*{DATE}\s*[）)])?"
    r"|(?!.*[。；！？?!]$)(?:文章|信息|稿件|素材|图片)?(?:来源|来 源|出处|发布机构|发布时间|发布日期|成文日期|索引号|作者|撰稿|记者|通讯员|编辑|责任编辑|责编|审核|供稿|摄影|编审|校对|监制|文图|文/图)\s*[:：／/丨｜].{0,60}"
    r"|(?!.*[。；]|.{0,30}电\s*[（(]).{0,30}(?:本报|本刊|日报|晚报|晨报|时报|融媒体|新闻网|客户端|电视台|报社|新华社|记者站|大众网|新媒体).{0,16}(?:记者|通讯员|编辑).{0,50}"
    rf"|(?!.*[。；])(?:\S{{0,12}}\s?)(?:记者|通讯员|特约记者|实习生)[\s\u3000]+{_HAN_NAME}.{{0,40}}"
    r"|[（(](?:记者|通讯员|文|作者|来源).{1,40}[）)]|《[^》]{2,16}》\s*[（(]\s*\d{4}\s?年.{4,30}版\s*[）)]"
    r")$"
)
VISIT = re.compile(r"[—\-–─―－]{1,4}\s*(?:专访|访|记|对话|写在|来自)")
PAGE = re.compile(
    r"(?:[—\-–─―－\s]*\d{1,4}[—\-–─―－\s]*|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})$"
)
ATTACHMENT = re.compile(r"(?:附件|附表|附录|附)(?:\s*[\d一二三四五六七八九十]{0,3})\s*(?:$|[:：].{0,60}$)")
GLOSSARY = re.compile(
    r"[（(《]?(?:附件?\s*[\d一二三四五六七八九十]{0,2}\s*[:：]?)?.{0,24}?"
    r"(?:名词|用语|术语|词语|词条|概念|名称|缩略语)(?:解释|注释|释义|说明|浅释|简释|注解|汇编)[）)》]?$|(?:注释|注解|名词解释)[:：]?$"
)
CAPTION = re.compile(
    r"(?:表|图|专栏|附表|附图|图表)\s*(?:\d{1,3}(?:[-－.．]\d{1,3})?|[一二三四五六七八九十]{1,3})(?=[\s\u3000:：　.．]|\S{0,40}$)|(?:单位|资料来源|数据来源)[:：]\S{1,40}$"
    r"|[^。；]{0,90}。?\s*[（(]?(?:\S{0,8}(?:记者|通讯员|摄影|图片)\s*[:：/]?\s*\S{1,8}\s*)(?:摄|供图)[）)]?$"
    r"|(?=.*摄影?[）)]$)[^。；]{0,90}。?[^。；]{0,12}[（(][\u4e00-\u9fff]{1,4}\s?[\u4e00-\u9fff]{0,4}\s?摄影?[）)]$"
)
FOOTNOTE = re.compile(
    r"[（(]?(?:注|注释|备注|说明|脚注)\s*\d{0,2}\s*[:：]|[\[［〔【]\d{1,3}[\]］〕】]|[*＊†‡]{1,3}\s*(?=[^\s*＊])|\[\^\d+\]:"
)
RULE = re.compile(r"[=＝\-—_＿*＊~～·.…#＃─━+\s]{3,}$")
SIGNATURE = re.compile(
    rf"(?:{DATE}(?:\s*印发)?|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|此致|敬礼[！!]?|[（(](?:此件|完|全文完|印发|联系人|讲话).{{0,24}}[）)]|抄送[:：].*"
    r"|[\u4e00-\u9fff（）()、\s]{2,30}(?:政府|委员会|办公室|办公厅|党委|市委|县委|区委|省委|工委|局|厅|院|会|组|社|中心|公司)[）)]?"
    r"(?:[\s\u3000]*(?:\d{4}年.*))?|[（(](?![^（）()]*(?:记者|通讯员|作者|来源|文/图))[^，。；！？：:（）()]{2,24}[）)])$"
)
_ITEM = re.compile(r"[·•●◆■▪▲★※√◇○*]\s*|[\-+]\s+")
# What a mark, an item, a greeting or a page number begins with, but for digits.
_LONG_LINE_STARTS = _MARK_STARTS | frozenset("·•●◆■▪▲★※√◇○*+#尊敬亲各同女先朋乡青战父主")
# And what a rule or a footnote begins with.
_SET_STARTS = _LONG_LINE_STARTS | frozenset("=＝_＿＊~～.…＃━注备说脚[［〔【†‡附")


class Mark(NamedTuple):
    """A heading mark: its kind, and where the words after it begin."""

    kind: str
    end: int


def find_mark(text: str) -> Mark | None:
    """Return the heading mark at the start of `text`, None without one.

    >>> find_mark("（一）稳增长").kind
    '（一）'
    >>> find_mark("3.5亿元") is None
    True
    """
    if not may_open(text[:1]):
        return None
    match = _MARK.match(text)
    return Mark(_KIND_NAMES[(match.lastindex or 1) - 1], match.end()) if match else None


def may_open(sign: str) -> bool:
    """Tell whether a heading mark may begin with a character."""
    return sign in _MARK_STARTS or sign.isdecimal()


def is_running_text(text: str) -> bool:
    """Tell whether a line is running text wherever in the body it stands: it begins plainly and ends a sentence.

    >>> is_running_text("全年新建小学2所。"), is_running_text("一、教育"), is_running_text("注：含民办。")
    (True, False, False)
    """
    first = text[0]
    return (
        text[-1] in "。！？；"
        and first not in _SET_STARTS
        and not first.isdecimal()
        and "\t" not in text
        and "|" not in text
    )


def is_opening_line(text: str) -> bool:
    """Tell whether a line begins something new by its mark or set phrase, so that no line before it runs into it."""
    if len(text) > 100 and text[0] not in _LONG_LINE_STARTS and not text[0].isdecimal():
        return False
    return bool(
        _MARK.match(text)
        or _ITEM.match(text)
        or MARKDOWN.match(text)
        or GREETING.match(text)
        or (len(text) <= 100 and (BYLINE.match(text) or VISIT.search(text)))
        or (len(text) <= 80 and (ATTACHMENT.match(text) or GLOSSARY.match(text)))
        or PAGE.match(text)
    )


def is_closed(text: str) -> bool:
    """Tell whether a line ends with a sign that closes something, quotes and brackets behind it left aside.

    >>> is_closed("他说：“好。”"), is_closed("加快建设")
    (True, False)
    """
    return text[-1:] in _CLOSES or text.rstrip(_CLOSERS)[-1:] in _CLOSES


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with a full stop or the like, quotes and brackets behind it left aside."""
    return text[-1:] in _ENDS or text.rstrip(_CLOSERS)[-1:] in _ENDS
