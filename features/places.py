"""Administrative places: official codes, full and short names, parents, and where a text names them."""

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

# The peoples in the names of autonomous places; the short name leaves them out: 城步苗族自治县 is 城步.
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土"
    "|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_GENERIC = frozenset(
    (
        "城区",
        "郊区",
        "矿区",
        "老城区",
        "新城区",
        "城中区",
        "城东区",
        "城西区",
        "城北区",
        "城南区",
        "城关区",
        "市中区",
        "中区",
        "东区",
        "西区",
        "南区",
        "北区",
        "新市区",
        "市北区",
        "市南区",
        "江南区",
        "新区",
        "西市区",
        "老边区",
        "中心区",
        "海港区",
        "山城区",
        "中站区",
        "南市区",
        "北市区",
        "口区",
        "港口区",
        "新民区",
    )
)
_LEVEL = r"(?:特别行政区|自治区|自治州|自治县|自治旗|左旗|右旗|前旗|中旗|后旗|联合旗|林区|特区|矿区|新区|地区|省|市|区|县|旗|盟|州)"
_SHORTEN = re.compile(rf"(?:(?:{_PEOPLES})族|蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|各族)*{_LEVEL}$")
_PROVINCES = {"15": "内蒙古", "45": "广西", "54": "西藏", "64": "宁夏", "65": "新疆", "81": "香港", "82": "澳门"}


class Place(NamedTuple):
    """An administrative place: code of GB/T 2260, name, and the year of the last list that has it ('' still listed)."""

    code: str
    name: str
    last_listed: str = ""

    @property
    def level(self) -> str:
        """'province', 'city' or 'county'."""
        return "province" if self.code.endswith("0000") else "city" if self.code.endswith("00") else "county"

    @property
    def parents(self) -> tuple["Place", ...]:
        """The places it lies in, the widest first."""
        codes = dict.fromkeys((self.code[:2] + "0000", self.code[:4] + "00"))
        by_code = _by_code()
        return tuple(by_code[code] for code in codes if code != self.code and code in by_code)

    @property
    def full_name(self) -> str:
        """The name with those of its parents before it: 山东省淄博市淄川区."""
        return "".join(place.name for place in (*self.parents, self))

    @property
    def short_name(self) -> str:
        """The name without level and peoples: 淄川; the whole name when less than two characters would be left."""
        if self.code[:2] in _PROVINCES and self.level == "province":
            return _PROVINCES[self.code[:2]]
        short = _SHORTEN.sub("", self.name)
        return short if len(short) > 1 else self.name

    def lies_in(self, other: "Place") -> bool:
        """Tell whether `other` is one of its parents."""
        return other.code != self.code and other in self.parents


class Mention(NamedTuple):
    """A name of a place in a text, and the places that it can mean."""

    start: int
    end: int
    name: str
    places: tuple[Place, ...]


@cache
def read_places() -> tuple[Place, ...]:
    """Read the gazetteer: provinces, cities and counties, and those of past lists, sorted by code."""
    with files("zhuti.features").joinpath("places.csv").open(encoding="utf-8") as file:
        return tuple(Place(row["code"], row["name"], row["last_listed"]) for row in csv.DictReader(file))


@cache
def _by_code() -> dict[str, Place]:
    return {place.code: place for place in read_places() if not place.last_listed}


@cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    names: dict[str, list[Place]] = {}
    for place in read_places():
        names.setdefault(place.name, []).append(place)
    return {name: tuple(places) for name, places in names.items()}


@cache
def _by_short_name() -> dict[str, tuple[Place, ...]]:
    names: dict[str, list[Place]] = {}
    for place in read_places():
        if place.short_name != place.name:
            names.setdefault(place.short_name, []).append(place)
            if "自治" in place.name:  # 延边朝鲜族自治州 is 延边州 too
                names.setdefault(place.short_name + place.name[-1], []).append(place)
    return {name: tuple(places) for name, places in names.items()}


@cache
def _lengths(short: bool) -> dict[str, tuple[int, ...]]:
    """Return how long the names are that begin with a character, the longest first."""
    lengths: dict[str, set[int]] = {}
    for name in (*_by_name(), *(_by_short_name() if short else ())):
        lengths.setdefault(name[0], set()).add(len(name))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


_MARKET = re.compile(r"[场民容井价值]|政(?!府|协|务)")
_CUE_LONGEST = 24


def find_mentions(text: str, *, short: bool = False) -> list[Mention]:
    """Find names of places, the longest first; 合作市场 is no 合作市, and 老城区 alone no district.

    Parameters
    ----------
    text
        A title, a by-line or a piece of running text.
    short
        Look for short names too (淄川, 内蒙古); for titles and file names, as 和平 and 东方 are words elsewhere.

    Examples
    --------
    >>> [mention.places[0].code for mention in find_mentions("淄博市淄川区成立合作社")]
    ['370300', '370302']
    """
    mentions: list[Mention] = []
    names, short_names, lengths = _by_name(), _by_short_name() if short else {}, _lengths(short)
    here = 0
    while here < len(text) - 1:
        for length in lengths.get(text[here], ()):
            name = text[here : here + length]
            if len(name) < length:
                continue
            places = names.get(name) or short_names.get(name, ())
            if places and _is_name(text, here, name, mentions):
                mentions.append(Mention(here, here + length, name, places))
                here += length - 1
                break
        here += 1
    return mentions


def _is_name(text: str, start: int, name: str, before: Sequence[Mention]) -> bool:
    if name in _GENERIC:
        return bool(before) and before[-1].end == start
    if len(name) == 2 and start and not (before and before[-1].end == start):
        # 青岚县 is not 岚县, 责任县长 not of 任县: so short a name begins where a word before it ends.
        before_it = text[start - 1]
        if "\u4e00" <= before_it <= "\u9fff" and before_it not in "在访为和与到对由自的是共年":
            return False
    return not (name.endswith("市") and _MARKET.match(text, start + len(name)))


def narrow(mention: Mention, context: Iterable[Mention]) -> tuple[Place, ...]:
    """Return those places of an ambiguous mention whose parents the context names; all of them when it names none.

    >>> mentions = find_mentions("辽宁省朝阳市朝阳县")
    >>> [place.code for place in narrow(mentions[2], mentions[:2])]
    ['211321']
    """
    places = mention.places
    if len(places) < 2:
        return places
    around = {place for other in context if other.name != mention.name for place in other.places}
    scores = [2 * sum(place.lies_in(other) for other in around) - bool(place.last_listed) for place in places]
    best = max(scores)
    return tuple(place for place, score in zip(places, scores, strict=True) if score == best)


def find_place(name: str) -> Place | None:
    """Return the one place that a full or short name, or a name with its parents before it, can mean.

    >>> find_place("淄川").full_name, find_place("鼓楼区"), find_place("南京市鼓楼区").code
    ('山东省淄博市淄川区', None, '320106')
    """
    mentions = find_mentions(name, short=True)
    if not mentions or mentions[-1].end != len(name):
        return None
    places = narrow(mentions[-1], mentions[:-1])
    return places[0] if len(places) == 1 else None
