"""Find commitments: what is to be done, how much of it, until when, and whether it is done or planned."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from zhuti.reports.quantities import Quantity, find_quantities
from zhuti.reports.target_directions import find_directions
from zhuti.reports.target_lists import share_out
from zhuti.reports.target_objects import clean_object, find_object
from zhuti.reports.target_times import Tense, find_tense

COLUMNS = (
    "sentence_id", "document", "district", "year", "theme", "subtheme", "kind", "value", "value_high", "unit",
    "bound", "direction", "object", "time", "status", "phrase", "start", "end", "text",
)  # fmt: skip
_GOAL = re.compile(
    r"(?:(?<!力)争创|争当|争做|争列|争进|争取创建|申报(?=国家[^，,。；;！、]{2,12}(?:城市|名城|示范区|试验区|先行区|基地|公园))|(?:力争|争取)(?:入选|获批|纳入|列入|进入)(?=[^，,。；;！、]{0,10}?(?:国家|全国|世界|省级))|跻身|创建好?(?![好和与及的是])(?=[^，,。；;！、“”]{0,10}?(?:国家|全国|省级|全省|世界|中国|自治区级))|创成(?![果效绩])|创建成(?![果效绩]))(?![^，,。；;！、]{0,30}前[\d一二三四五六七八九十百])(?P<object>[^，,。；;！、]{2,40})"
)
# 推动甲园区、乙国家级实验区创建: the verb stands behind.
_GOAL_BEHIND = re.compile(
    r"(?:推进|推动|支持|开展|加快|抓好)(?P<object>[^，,。；;！]{0,40}?(?:国家|全国|省级|世界|自治区级)[^，,。；;！、]{2,20}?)创建(?=工作|[，,。；;！]|$)"
)
_WHOLE = re.compile(r"(?P<object>[^，,。；;：]{2,30}?)(?:实现)?全覆盖(?=[”，,。；;！、]|$)")
_ENTERED = re.compile("(?:入围|入选|跻身|成为|列入|纳入)(?:我国|全国|国家|全省)*首批$")
# 由30天压缩至, 由2011年的5亿元增加到2016年的.
_STARTED = re.compile(r"[由从](?:(?:(?:19|20)\d\d|上|去)年[底末初]?的?)?$")
_ARRIVED = re.compile(r"\w{1,8}?[到至为](?:(?:(?:19|20)\d\d|今|去)年[底末初]?的?)?")
_PORTION = re.compile("[^，,。；;：、]{2,}占[^，,。；;：、]{2,}(?:比重|比例|份额)[^，,。；;：、]{0,4}")


@dataclass(frozen=True)
class Target:
    """A commitment or a result found in a sentence.

    Attributes
    ----------
    kind : str
        `number`; `size` (千亿级); `goal` (争创国家级…, no number); `coverage` (全覆盖, 100 %).
    value, value_high : float
        In basic units: 元, 平方米, 个, %; NaN for a goal.
    unit, bound, direction, object, time, status, phrase : str
        bound: `at least`, `at most`, `about`; direction: `more`, `less` or empty; status: `planned`, `done`.
    start, end : int
        Where the quantity stands in the sentence, in characters.
    """

    kind: str
    value: float
    value_high: float
    unit: str
    bound: str
    direction: str
    object: str
    time: str
    status: str
    phrase: str
    start: int
    end: int


def find_targets(coded: pd.DataFrame) -> pd.DataFrame:
    """Find the quantified commitments and results in coded sentences.

    Parameters
    ----------
    coded : DataFrame
        Sentence table with `text`; heading and year help to tell what is done from what is planned.

    Returns
    -------
    DataFrame
        One row a target, columns as in `COLUMNS`.

    Examples
    --------
    >>> rows = pd.DataFrame({"text": ["年内改造张博路等11条城市干道，新增标准厂房41万平方米。"]})
    >>> find_targets(rows)[["value", "unit", "object", "time", "status"]].to_numpy().tolist()
    [[11.0, '条', '城市干道', '年内', 'planned'], [410000.0, '平方米', '标准厂房', '年内', 'planned']]
    """
    sentences = coded[coded["kind"].eq("sentence")] if "kind" in coded else coded
    known = [name for name in COLUMNS if name in sentences and name != "kind"]
    rows = []
    for row in sentences.to_dict("records"):
        year = row.get("year")
        for target in targets_of(
            str(row["text"]), heading=str(row.get("heading") or ""), year=None if pd.isna(year) else int(year)
        ):
            rows.append({**{name: row[name] for name in known}, **vars(target)})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def targets_of(text: str, *, heading: str = "", year: int | None = None) -> list[Target]:
    """Find the targets of one sentence.

    Parameters
    ----------
    text : str
    heading : str
        Path of headings above it.
    year : int, optional
        Of the document.
    """
    tense = find_tense(text, heading=heading, year=year)
    quantities = [quantity for quantity in find_quantities(text) if not _is_time(text, quantity)]
    quantities = [quantity for index, quantity in enumerate(quantities) if not _is_given(text, quantities, index)]
    objects: list[str] = []
    before = ""
    for index, quantity in enumerate(quantities):
        following = quantities[index + 1].start if index + 1 < len(quantities) else len(text)
        thing = find_object(text, quantity, following, before)
        before = thing or before
        if re.fullmatch("国家级|省级|市级|区级|县级|自治区级", thing):  # 5个国家级、60个省级基地
            later = quantities[index + 1] if index + 1 < len(quantities) else quantity
            thing += re.sub("^(?:国家|自治区|[省市区县])级", "", find_object(text, later, len(text), "")) * (
                later is not quantity
            )
        objects.append(thing)
    objects = _from_next(quantities, share_out(text, quantities, objects))
    facts = zip(quantities, objects, find_directions(text, quantities), strict=True)
    found = [_numbered(text, quantity, thing, direction, tense) for quantity, thing, direction in facts]
    places = [quantity.start for quantity in quantities]
    striven = [*_GOAL.finditer(text), *_GOAL_BEHIND.finditer(text)]
    goals = [match for match in striven if not any(match.start() < p < match.end() for p in places)]
    found += [_goal(match, tense) for match in goals]
    covered = [_covered(match, tense) for match in _WHOLE.finditer(text) if not _in_name(text, match)]
    covered = [target for target in covered if target.object]
    found = [t for t in found if not any(c.start <= t.start < c.end for c in covered)] + covered
    return sorted(found, key=lambda target: target.start)


def _from_next(quantities: Sequence[Quantity], objects: list[str]) -> list[str]:
    # 6.1万户14.2万名监测对象: two counts of one thing.
    for place in range(len(quantities) - 2, -1, -1):
        if not objects[place] and quantities[place].end == quantities[place + 1].start:
            objects[place] = objects[place + 1]
    return objects


def _numbered(text: str, quantity: Quantity, thing: str, direction: str, tense: Tense) -> Target:
    return Target(
        kind="size" if quantity.level else "number",
        value=quantity.value,
        value_high=quantity.value_high,
        unit=quantity.unit,
        bound=quantity.bound,
        direction=direction,
        object=thing,
        time=tense.time_at(quantity.start),
        status=tense.status_at(quantity.start),
        phrase=text[quantity.start : quantity.end],
        start=quantity.start,
        end=quantity.end,
    )


def _goal(match: "re.Match[str]", tense: Tense) -> Target:
    thing, place = re.sub("^一批|(?<=.)“[^”]*”?$|并(?:加快|推进|启动|实施).*$", "", match["object"]), match.start()
    status = "planned" if match[0].startswith("争") else tense.status_at(place)
    nothing = float("nan")
    return Target(
        "goal", nothing, nothing, "", "", "", thing, tense.time_at(place), status, match[0], place, match.end()
    )


def _covered(match: "re.Match[str]", tense: Tense) -> Target:
    place = match.start()
    subject, _, where = match["object"].rpartition("实现")  # 健身场地实现建制村全覆盖
    subject = "" if re.search("率先|基本|全面|推[动进]|^在", subject) else clean_object(subject)
    named = len(subject) >= 4 and re.search("^$|(?:[村乡镇县市区域级]|街道|领域)$", where)
    thing = subject if named else re.sub(r"^.*(?:实现|推进|推动|基本)", "", match["object"])
    thing = clean_object(thing if "（" in thing else thing.rpartition("、")[2])
    return Target(
        "coverage", 100.0, 100.0, "%", "", "", thing, tense.time_at(place), tense.status_at(place),
        match[0], place, match.end(),
    )  # fmt: skip


def _is_time(text: str, quantity: Quantity) -> bool:
    # 30 分钟 … 圈 is a target; 用 3 个月 and 连续 5 天 are times.
    # 优良天数达到310天、增加7天: days are what is counted.
    if quantity.unit in ("个月", "天", "工作日", "个工作日"):
        ahead = text[max(0, quantity.start - 12) : quantity.start]
        return not re.search("缩短|压缩|压减|缩减|降至|天数|(?:增加|减少|多|少)了?$", ahead)
    return False


def _is_given(text: str, quantities: Sequence[Quantity], index: int) -> bool:
    # 由30天压缩至3天: the first number is where it starts.
    # 30户以上自然村…覆盖率提高至80%, 500万元以上项目30个: the first number says which, the second how much.
    # 12条产业链产值占工业比重超过70%; 入围全国首批20个试点: a number of the list that was entered.
    here = quantities[index]
    if _ENTERED.search(text[: here.start]):
        return True
    if index and text.startswith("的", here.end) and here.unit != "%":  # 6个投资超2亿元的项目
        earlier = text[quantities[index - 1].end : here.start]
        told = here.bound or re.search("投资|产值|营收|收入|规模", earlier)  # and not 5个村7公里的道路
        if told and 2 <= len(earlier) <= 8 and not re.search("[，,。；;：、和]|计划", earlier):
            return True
    if index + 1 >= len(quantities):
        return False
    following = quantities[index + 1]
    between = text[here.end : following.start]
    if _STARTED.search(text[: here.start]) and _ARRIVED.fullmatch(between):
        return True
    if following.unit == "%" and here.unit != "%" and _PORTION.fullmatch(between):
        return True
    bounded = text[here.start : here.end].endswith(("以上", "以下", "以内"))
    return bounded and len(between) > 1 and not re.search("[，,。；;：、和]", between)


def _in_name(text: str, match: "re.Match[str]") -> bool:
    # “十个全覆盖” is a name.
    return text[match.end() : match.end() + 1] == "”" and "“" in match["object"]
