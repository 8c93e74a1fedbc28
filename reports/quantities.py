"""Find quantities in a sentence: number, unit, bounds; leaving alone dates, ordinals, names and slogans."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhuti.reports.numerals import ARABIC, CHINESE, SCALE, half_width_digits, read_number, read_scale

# Units of money, measure, share and time; what each is in the basic unit. Longest first when matched.
_MEASURES = {
    "美元": 1, "欧元": 1, "港元": 1, "人民币": 1, "块钱": 1, "元": 1, "平方公里": 1, "平方千米": 1, "平方米": 1, "平米": 1,
    "立方米": 1, "公里": 1, "千米": 1, "海里": 1, "米": 1, "公顷": 1, "亩": 1, "公斤": 1, "千克": 1, "吨": 1, "斤": 1,
    "千瓦时": 1, "千瓦": 1, "兆瓦": 1, "吉瓦": 1, "千伏安": 1, "千伏": 1, "微克/立方米": 1, "毫米": 1, "厘米": 1, "℃": 1, "摄氏度": 1, "度": 1, "标准箱": 1, "标箱": 1, "吨标准煤": 1,
    "立方": 1, "方": 1, "升": 1, "人次": 1, "人": 1, "户次": 1, "户": 1, "万元": 1, "分钟": 1, "小时": 1, "天": 1,
    "工作日": 1, "个工作日": 1, "个月": 1, "个百分点": 1, "个点": 1, "百分点": 1, "%": 1, "‰": 1, "倍": 1, "成": 1, "番": 1,
}  # fmt: skip
_COUNTERS = (
    "个", "条", "所", "处", "座", "栋", "幢", "套", "项", "件", "辆", "台套", "台", "辆次", "张", "支", "名", "位", "家", "只", "头", "匹",
    "口", "艘", "架次", "架", "列次", "列", "趟次", "趟", "班次", "班", "车次", "场次", "件次", "场", "份", "次", "期", "片", "块", "批次", "批", "类", "种", "例", "对", "株", "棵",
    "枚", "部", "篇", "册", "幅", "盏", "根", "眼", "组", "支队伍", "宗", "笔", "单", "顶", "间", "层", "孔", "羽", "尾",
    "村", "镇", "县", "市", "床", "盘", "门", "款", "面", "段", "起", "团", "代", "道", "站", "校", "社区",
)  # fmt: skip
_TENTHS = {"成": 0.1}
# Small numbers written in characters count with these only; with others they are mostly slogans (两个维护).
_SPOKEN = (
    "所",
    "处",
    "座",
    "家",
    "栋",
    "辆",
    "台",
    "名",
    "户",
    "成",
    "倍",
    "番",
    "%",
    "公里",
    "亩",
    "吨",
    "万元",
    "小时",
)

_NUMBER = rf"(?:(?:{ARABIC})(?:{SCALE})?|{CHINESE})"
_UNIT = "|".join(sorted((re.escape(unit) for unit in {*_MEASURES, *_COUNTERS}), key=lambda unit: (-len(unit), unit)))
# People who are counted without a measure word: 70多万群众.
_PEOPLE = "(?:困难|贫困|农村|城乡|各族|全区|全省|全市|全县|[\u4e00-\u9fff]{2,3})?(?:人民|市民|儿童)|困难群众|群众|农牧民|农民|居民|职工|学生|学子|游客|党员|人口|老人|老年人|贫困|牧民|干部|毕业生|劳动力|农业转移|高龄|失能|农户|农牧户|家庭"
_BEFORE = "不低于|不少于|不高于|不超过|不突破|至少|最多|突破|超过|达到|多达|接近|超|逾|近|约|达|过"
_AFTER = "以上|以下|以内|左右|之内|之上"
_QUANTITY = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<percent>百分之)?(?<![\d.])(?P<a>{_NUMBER})(?P<more>余|多|来)?(?P<scale>{SCALE})?"
    rf"(?:(?P<unit_a>%|{_UNIT})?(?P<to>至|到|—|－|-|~|～|–)(?P<b>{_NUMBER})(?P<more_b>余|多)?(?P<scale_b>{SCALE})?)?"
    rf"(?(percent)|(?P<unit>(?:{_UNIT})(?!级)(?<!台(?=阶))(?<!家(?=庭))|(?={_PEOPLE})))(?P<more_after>多)?(?P<after>{_AFTER})?"
)
# 分别提高11.1、11.2个百分点: the unit stands behind the last.
_LISTED = re.compile(
    rf"(?<![\d.])(?P<a>{ARABIC})(?=(?:、(?:{ARABIC}))*、(?:{ARABIC})(?P<scale>{SCALE})?(?P<unit>{_UNIT}))"
)
_LEVEL = re.compile(r"(?P<a>(?:[\d.]+|[一二两三四五六七八九])(?:[十百千]?万亿|[十百千]?亿)|万亿|[十百千]万?亿)级")

# What looks like a quantity and is none: dates, ordinals, rounds, plans of years, slogans that count themselves.
_NAMES = re.compile(
    r"(?:19|20)\d\d年(?:度|代|\d{1,2}月(?:\d{1,2}日)?|底|末|初)?|[二〇一九零]{4}年|\d{1,2}月(?:\d{1,2}日|份|底|末|初)?|\d{1,2}日"
    r"|[“《](?:十[一二三四五六七八九]|\d+)五[”》]?|“十[一二三四五]五”"
    r"|第[\d一二三四五六七八九十百千]+(?:个百年|[届次位名章节条项期批轮个位]?)"
    r"|[\d一二三四五六七八九十]+届[\d一二三四五六七八九十]+次(?:、[\d一二三四五六七八九十]+次)*"
    r"|1\d{4}(?=市民|政务|便民|热线)"
    r"|[\d一二三四五六七八九十两]+(?:届|轮|次全会|中全会|大以来|周年|年行动|年计划|年规划|个五年|年攻坚|年提升|方面|个方面|个维度|大行动)"
    r"|[一二三四五六七八九十百\d]+(?:是|个一|要|来|则|面)(?=[^\d]|$)(?<!个)"
    r"|\d+[A-Za-zＡ-Ｚ]+|[A-Za-zＡ-Ｚ]+[-·]?\d+(?:\.\d+)?|\d+[+＋]\d+(?:[+＋]\d+|[+＋][NnXx])*|[NnXx][+＋]\d+"
    r"|[［\[（(]\d+[］\]）)]|[（(][一二三四五六七八九十]+[）)]|\d+[.．、](?=[^\d%])"
    r"|[一二三四五六七八九十]+[大新好优严实双][^\d，。；、]{0,2}(?=[”行工战产任]|$)"
    r"|\d+户(?:及)?以[上下]的?自然村"
    r"|一[个批系列流体站网件条项些种定次家户家方直同起时]|十分|百姓|百强|千方百计|万众一心|千家万户|四好|24小时|365天|前\d+[名位强]?|居[^，。]{0,6}\d+位|双一流|两会|两岸|两个[^，。；、]"
    r"|[一二三四五六七八九十两\d]+(?:手抓|不误|不变|位一体|为一体|个关系|个统一|个确保|个坚持|个自信|个意识|个维护|条主线|条底线|块牌子)"
)
# 压减一半以上, 占全国1/3, 三分之二以上: parts of a whole.
_PART = re.compile(
    r"(?:(?<=[减降缩短低简占])(?P<half>一半)|(?<![\d/.])(?P<up>\d)/(?P<down>\d{1,2})(?![\d/])"
    rf"|(?P<lower>(?!百)[二三四五六七八九十]+)分之(?P<upper>[一二两三四五六七八九]))(?P<after>{_AFTER})?"
)
_RING = re.compile(r"\d+(?:分钟|小时)[^”，。；]{0,6}圈")


@dataclass(frozen=True)
class Quantity:
    """A quantity in a text.

    Attributes
    ----------
    start, end : int
        Where it stands, in characters.
    value, value_high : float
        In basic units (元, not 亿元); two different ones for a range.
    unit : str
    bound : str
        `at least`, `at most`, `about`, or empty.
    level : bool
        True for sizes that classify (千亿级).
    """

    start: int
    end: int
    value: float
    value_high: float
    unit: str
    bound: str
    level: bool = False


def find_quantities(text: str) -> list[Quantity]:
    """Find the quantities of a text in order.

    >>> [(q.value, q.unit, q.bound) for q in find_quantities("新增标准厂房41万平方米，里程突破100公里，增长6.5%左右")]
    [(410000.0, '平方米', ''), (100.0, '公里', 'at least'), (6.5, '%', 'about')]
    >>> find_quantities("市第十三次党代会提出“2+4”体系，2023年实施三年行动")
    []
    """
    plain = half_width_digits(text)
    closed = list(_closed(plain))
    found: list[Quantity] = []
    for match in _LEVEL.finditer(plain):
        value = read_number(match["a"])
        if value is not None and not _touches(match.span(), closed):
            found.append(Quantity(match.start(), match.end(), value, value, "元", "at least", level=True))
    taken = [(quantity.start, quantity.end) for quantity in found]
    for match in _QUANTITY.finditer(plain):
        number = match.span("a")
        each = plain[: match.start()].endswith(("每", "每隔", "人均", "时速"))
        if each or _touches(number, closed) or _touches(match.span(), taken):
            continue
        quantity = _read(match)
        if quantity is not None:
            found.append(quantity)
    found += [_part(match) for match in _PART.finditer(plain) if not _touches(match.span(), closed + taken)]
    taken = [(quantity.start, quantity.end) for quantity in found]
    for match in _LISTED.finditer(plain):
        if not _touches(match.span("a"), closed + taken):
            value = round(float(match["a"].replace(",", "")) * read_scale(match["scale"] or ""), 6)
            unit = "个百分点" if match["unit"] in ("个点", "百分点") else match["unit"]
            found.append(Quantity(match.start(), match.end(), value, value, unit, ""))
    return sorted(found, key=lambda quantity: quantity.start)


def _closed(text: str) -> Iterator[tuple[int, int]]:
    rings = [match.span() for match in _RING.finditer(text)]
    for match in re.finditer("“[^“”]{1,14}”|《[^《》]+》|‘[^‘’]{1,14}’", text):
        if not any(match.start() < start < match.end() for start, _ in rings):
            yield match.span()
    for match in _NAMES.finditer(text):
        yield match.span()


def _touches(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _read(match: "re.Match[str]") -> Quantity | None:
    first, last = read_number(match["a"]), read_number(match["b"]) if match["b"] else None
    if first is None:
        return None
    households = match.string.startswith(("农户", "农牧户", "家庭"), match.end())
    unit = "%" if match["percent"] else match["unit"] or ("户" if households else "人")
    if not match["percent"] and not match["unit"] and first * read_scale(match["scale"] or "") < 100:
        return None
    spoken = not re.match(r"\d", match["a"])
    if unit == "度" and first * read_scale(match["scale"] or "") < 1000:  # slopes and temperatures
        return None
    if spoken and not match["scale"] and ((first < 10 and unit not in _SPOKEN) or (first == 1 and unit != "番")):
        return None
    if spoken and len(match["a"]) == 1 and first >= 100 and not match["scale"] and not match["before"]:
        return None  # 超千名 counts, 千名 is mostly a name
    scale, scale_b = read_scale(match["scale"] or ""), read_scale(match["scale_b"] or "")
    first *= scale
    if last is not None:
        last *= scale_b
        shared = re.search(rf"(?:{SCALE})$", half_width_digits(match["b"]))
        common = read_scale(shared[0]) if shared else scale_b
        first *= (
            common
            if scale == 1 and common > 1 and first < last / common * 10 and not re.search("[万亿]", match["a"])
            else 1
        )
        if last < first:
            return None
    factor = _TENTHS.get(unit, 1.0)
    unit = "%" if unit == "成" else "个百分点" if unit in ("个点", "百分点") else unit
    factor *= 100.0 if factor != 1.0 else 1.0
    high = first if last is None else last
    return Quantity(match.start(), match.end(), round(first * factor, 6), round(high * factor, 6), unit, _bound(match))


def _part(match: "re.Match[str]") -> Quantity:
    over = 1.0 if match["half"] else float(match["up"] or read_number(match["upper"]) or 0.0)
    whole = 2.0 if match["half"] else float(match["down"] or read_number(match["lower"]) or 1.0)
    value = round(100.0 * over / max(whole, 1.0), 6)
    return Quantity(match.start(), match.end(), value, value, "%", _bound_of("", match["after"] or ""))


def _bound(match: "re.Match[str]") -> str:
    more = match["more"] or match["more_after"] or match["more_b"]
    return _bound_of(match["before"] or "", match["after"] or "") or ("at least" if more else "")


def _bound_of(before: str, after: str) -> str:
    if before in ("不低于", "不少于", "至少", "突破", "超过", "超", "逾", "多达", "过") or after in ("以上", "之上"):
        return "at least"
    if before in ("不高于", "不超过", "不突破", "最多") or after in ("以下", "以内", "之内"):
        return "at most"
    return "about" if before in ("近", "约", "接近") or after == "左右" else ""
