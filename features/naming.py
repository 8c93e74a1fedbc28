"""The place that an office, a congress or a title names, whether the gazetteer knows it or not."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from zhuti.features.places import Mention, Place, find_mentions, narrow

_LEVEL = r"(?:自治区|自治州|自治县|自治旗|地区|新区|开发区|高新区|管委会|街道|[省市县旗州盟镇乡]|(?<![小园社校景片库灾牧辖街地山老])区)"
# Words before which a place ends: its committee, government, congress, or the holder of an office.
_OFFICE = re.compile(
    r"(?=(?:[市区县省旗州盟]?[党]?工?委员?会?|人民政府|政府|党政)?(?:代理|代|副|常务副)*(?:书记|主要负责人|主要领导|区长|县长|市长|旗长|镇长|乡长|省长|州长|盟长|主席|专员|主任)"
    r"|第?[\d一二三四五六七八九十百]{1,4}届(?:[\d一二三四五六七八九十]{1,3}次)?(?:人民代表大会|人大|委员会|党代|党员)|第[\d一二三四五六七八九十百]{1,4}次(?:党?代表大会|党员代表|党代)"
    r"|人民代表大会|(?:人民)?政府(?:\d{4}年)?(?:工作报告|工作要点)|人民政府|政府向|委员会工作报告|党代会|区委|县委|市委|省委|旗委|州委|党委)"
)
_STRIP = re.compile(
    r"^.*(?:专访|采访|访|对话|中国共产党|中共|共青团|代表|兼任|担任|的|兼|在|与|和|为|任|由|向|记|从|对|自|是|到|年|月|日|市委常委|常委|全国)(?=[\u4e00-\u9fff])"
)
_PLACE = re.compile(rf"((?![了的是有这那个])[\u4e00-\u9fff]{{2,7}}?{_LEVEL})$")
_NOT_PLACES = re.compile(
    r"(?:全|我|本|该|各|老|新|主|中心|这|贵|两|多|县|市|区|省|自治|都|城)?(?:省|市|区|县|旗|州|盟|乡|镇|城区|市区|辖区|园区|社区|街区|片区|地区|新区|开发区|高新区|自治区|自治县|自治州|乡镇|街道|市县|县区|省区|省市|区县|特区|经济特区|示范区|实验区|自贸区|度假区|景区|湾区)"
)
_LEAD = re.compile(r"^(?:\d{4}年?(?:度)?|[〇零一二三四五六七八九]{4}年|关于|中共|在|[—\-_（(])*")
_AFTER = re.compile(
    r"$|[年委党人政第“‘（(_\-—·：:、，的\d]|国民|经济|发展|工作|城市|区|县|市|访|十[一二三四五]|推进|加快|建设|以|全|打造|[\"']"
)


class Guess(NamedTuple):
    """A name of a place, the place when it is settled which, and where that was read."""

    name: str
    place: Place | None
    reason: str
    mention: Mention | None = None

    def settled(self, context: str) -> "Guess":
        """Return the guess with the one place that it can mean in its context."""
        if self.mention is None:
            return self if not self.name else self._replace(reason=f"{self.reason}, not in the gazetteer")
        places = narrow(self.mention, find_mentions(context, short=True))
        if len(places) == 1:
            return self._replace(name=places[0].name, place=places[0])
        if len({place.name for place in places}) > 1:
            return Guess("", None, f"{self.reason}, but it can mean {_list(places)}")
        return self._replace(name=places[0].name, reason=f"{self.reason}, which of {_list(places)} is open")


def _list(places: Sequence[Place]) -> str:
    names = [place.full_name for place in places]
    return " / ".join(names[:4]) + (" / …" if len(names) > 4 else "")


def find_office(text: str, what: str) -> Guess:
    """Return the place whose office, congress or government a short text names; of several the last, in an opening the first.

    >>> find_office("——访淄博市副市长、淄川区委书记田兵兵", "title").name
    '淄川区'
    """
    found = Guess("", None, "")
    if len(text) > 200 and what != "opening":
        return found
    for match in _OFFICE.finditer(text):
        mention = _ending_at(text, match.start())
        if mention and mention.name:
            reason = f"{what} “{_around(text, mention)}”"
            found = Guess(mention.name, None, reason, mention if mention.places else None)
            if what == "opening":
                break
    return found


def _ending_at(text: str, end: int) -> Mention | None:
    """Return the name of a place that ends at an offset: one of the gazetteer, else what looks like a name."""
    run = re.search(r"[\u4e00-\u9fff]{2,24}$", text[max(end - 24, 0) : end])
    if not run:
        return None
    start = end - len(run[0])
    mentions = find_mentions(run[0], short=True)
    if mentions and mentions[-1].end == len(run[0]):
        last = mentions[-1]
        level_cut = last.places[0].name != last.name and text[end : end + 1] in "委"
        if not level_cut:
            # 开封市委 is of 开封市, though 开封县 has the same short name.
            level = text[end : end + 1]
            named = tuple(place for place in last.places if place.name in {last.name, last.name + level})
            return Mention(start + last.start, end, last.name, named or last.places)
    rest = _STRIP.sub("", run[0])
    for mention in mentions:
        rest = rest.removeprefix(mention.name)
    match = _PLACE.search(rest)
    if not match or _NOT_PLACES.fullmatch(match[1]):
        return None
    return Mention(end - len(match[1]), end, match[1], ())


def _around(text: str, mention: Mention) -> str:
    begin = max(mention.start - 2, 0)
    return f"{'…' if begin else ''}{text[begin : mention.end + 8]}{'…' if mention.end + 8 < len(text) else ''}"


def find_title_place(text: str, what: str, *, short: bool = True) -> Guess:
    """Return the narrowest place that a title or a name of a file names; short names only where one must stand.

    >>> find_title_place("2025年西藏政府工作报告", "file name").name
    '西藏'
    """
    lead = _LEAD.match(text)
    offset = lead.end() if lead else 0
    full = find_mentions(text)
    if full:
        mention = max(full, key=lambda mention: (_depth(mention), mention.start))
        return Guess(mention.name, None, f"{what} “{_around(text, mention)}”", mention)
    if short:
        for mention in find_mentions(text[offset:], short=True)[:1]:
            if mention.start == 0 and _AFTER.match(text, offset + mention.end):
                moved = mention._replace(start=offset, end=offset + mention.end)
                return Guess(mention.name, None, f"{what} “{_around(text, moved)}”", moved)
    match = _UNKNOWN.match(text, offset)
    if match and not _NOT_PLACES.fullmatch(match[0]):
        return Guess(match[0], None, f"{what} “{text[offset : match.end() + 8]}”")
    return Guess("", None, "")


# A name at the head of a title that the gazetteer does not know needs the words of a report behind it.
_UNKNOWN = re.compile(
    rf"(?!.{{0,6}}(?:加快|推进|建设|打造|全面|奋力|聚焦|坚持|发展|现代|都市))(?:[\u4e00-\u9fff]{{2,6}}?(?:高新技术产业|经济技术|综合)开发区|[\u4e00-\u9fff]{{2,6}}?{_LEVEL})"
    r"(?=$|\d{4}|[〇零一二三四五六七八九]{4}年|人民|政府|委|党|第|国民|“|十[一二三四五]五|[（(_\-—]|关于)"
)
_LONGER = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:自治州|自治县|自治旗|[市区县旗州])")
_OFTEN = 3


def find_dominant_place(text: str) -> Guess:
    """Return the place that a text names at least three times, and twice as often as any other of its level."""
    sample = text[:30_000]
    counts = Counter(mention for match in _LONGER.finditer(sample) for mention in _last_mention(match[0]))
    for level in ("county", "city"):
        ranked = [(mention, n) for mention, n in counts.most_common() if mention.places[0].level == level]
        if ranked and ranked[0][1] >= _OFTEN and (len(ranked) < 2 or ranked[0][1] >= 2 * ranked[1][1]):
            mention, count = ranked[0]
            return Guess(mention.name, None, f"named {count} times in the text", mention)
    return Guess("", None, "")


def _last_mention(text: str) -> list[Mention]:
    """Return the full name with which a run of Han characters ends, without its offset."""
    return [Mention(0, 0, m.name, m.places) for m in find_mentions(text)[-1:] if m.end == len(text)]


def _depth(mention: Mention) -> int:
    return max(("province", "city", "county").index(place.level) for place in mention.places)
