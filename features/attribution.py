"""Whom a document speaks for, of which year and of which kind, from its title, its by-line and its file's name."""

import re
from collections.abc import Sequence

_PROVINCES = {
    name[:3] if name.startswith(("内蒙", "黑龙")) else name[:2]: name
    for name in ["北京市", "天津市", "上海市", "重庆市", "河北省", "山西省", "辽宁省", "吉林省", "黑龙江省", "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "海南省", "四川省", "贵州省", "云南省", "陕西省", "甘肃省", "青海省", "内蒙古自治区", "广西壮族自治区", "西藏自治区", "宁夏回族自治区", "新疆维吾尔自治区"]
}
_UNIT = (
    r"(?:自治区|自治州|自治县|自治旗|地区|新区|开发区|高新区|街道|[省市县旗州盟镇乡]|(?<![小园社校景片库灾牧辖街])区)"
)
_PLACE = rf"[\u4e00-\u9fff]{{1,8}}?{_UNIT}"
_HAN = r"(?<![\u4e00-\u9fff])"
# '…、淄川区委书记': the place whose committee or government an office belongs to.
_OFFICE = re.compile(
    rf"({_PLACE})(?=(?:党?工?委|人民政府|政府)(?:副?书记|主要负责人)|党?工?委副?书记|(?:人民政府|政府)?代?副?(?:区长|县长|市长|旗长|镇长|省长))"
)
_REPORT = re.compile(
    rf"((?:{_PLACE})+?)(?:第[\d一二三四五六七八九十]+[届次])?(?:\d{{4}}年度?|[〇零一二三四五六七八九]{{4}}年)?"
    r"(?:人民)?(?:政府工作报告|政府报告|国民经济|“?十[一二三四五]五|委员会工作报告)"
)
_CONGRESS = re.compile(rf"在({_PLACE}+?)(?:第?[\d一二三四五六七八九十]+届|第[\d一二三四五六七八九十]+次)")
# A place at the very start of a short text, with the words of a title behind it.
_LEAD = re.compile(rf"年?((?:{_PLACE})+)(?=$|[年委党人政第“十国经发工农城书区县市长访])")
_NOT_PLACES = frozenset(
    ("全市", "全区", "全县", "全省", "我市", "我区", "我县", "我省", "本市", "城区", "老城区", "市区")
)
_BEFORE = re.compile(r"^.*?(?:专访|采访|访|记|对话|的|兼|任|由|在|和|与|为|市委常委|常委)(?=.)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_HAN_YEAR = re.compile(r"[二一][〇○零九][〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_GENRES = {
    "政府工作报告": r"政府\s*工作\s*报告",
    "党代会报告": r"(?:党代会|第[\d一二三四五六七八九十]+次代表大会|党员代表大会)",
    "规划纲要": r"规划(?:纲要)?|五年计划",
    "访谈": r"(?:——|—|－)\s*(?:专访|访|对话)|专访",
    "工作总结": r"工作总结",
}

Guess = tuple[str, str]


def find_district(head: Sequence[str], name: str) -> Guess:
    """Return the place a document speaks for, and where that was read; empty when nothing says it.

    >>> find_district(["聚焦品质提升 ——访淄博市副市长、淄川区委书记田兵兵"], "article")
    ('淄川区', 'office named in “…、淄川区委书记田兵兵”')
    >>> find_district([], "2025年西藏政府工作报告")
    ('西藏自治区', 'file name')
    """
    for text in head:
        squeezed = re.sub(r"\s", "", text)
        for pattern, why in ((_OFFICE, "office"), (_REPORT, "title"), (_CONGRESS, "congress")):
            found = [place for match in pattern.finditer(squeezed) if (place := _clean(match[1]))]
            if found and len(squeezed) <= 160:
                # Of several offices the last one is the one held here: deputy mayor of the city, secretary of the district.
                return found[-1], f"{why} named in “{_shown(squeezed, found[-1])}”"
    for text, why in ((name, "file name"), *((text, "title") for text in head[:1])):
        match = _LEAD.match(re.sub(r"[\d\s_\-]|^\d{4}年", "", text))
        if match and (place := _clean(match[1])):
            return place, why
        short = next((full for short, full in _PROVINCES.items() if short in text), "")
        if short:
            return short, why
    return "", "nothing names it"


def _clean(place: str) -> str:
    place = _BEFORE.sub("", re.sub(r"^.*?年", "", place))
    # 呼伦贝尔市海拉尔区 speaks for the district; 自治区 is one word.
    parts = re.findall(_PLACE, place)
    place = parts[-1] if parts and not place.endswith("自治区") else place
    return "" if place in _NOT_PLACES or len(place) < 2 else _PROVINCES.get(place, place)


def _shown(text: str, place: str) -> str:
    at = text.rfind(place)
    lead = "…" if at > 1 else ""
    return f"{lead}{text[max(at - 1, 0) : at + len(place) + 8]}"


def find_year(head: Sequence[str], name: str) -> tuple[int | None, str]:
    """Return the year of a document, and where that was read.

    >>> find_year(["政府工作报告"], "2012")
    (2012, 'file name')
    """
    match = _YEAR.search(name)
    if match:
        return int(match[1]), "file name"
    for text in head[:4]:
        squeezed = re.sub(r"\s", "", text)
        if len(squeezed) <= 120:
            if match := _YEAR.search(squeezed):
                return int(match[1]), "title"
            if found := _HAN_YEAR.search(squeezed):
                return int(found[0].translate(_DIGITS)), "title"
    return None, "nothing names it"


def find_genre(head: Sequence[str], name: str) -> Guess:
    """Return the kind of a document, and where that was read.

    >>> find_genre(["奋发有为 ——访张店区委书记郭庆"], "article")
    ('访谈', 'title')
    """
    for text, why in ((name, "file name"), *((text, "title") for text in head[:2])):
        for genre, pattern in _GENRES.items():
            if re.search(pattern, text):
                return genre, why
    return "", "nothing names it"
