"""Find commitments: what is to be done, how much of it, until when, and whether it is done or planned."""

import re
from dataclasses import dataclass, replace

import pandas as pd

from zhuti.reports.quantities import Quantity, find_quantities
from zhuti.reports.target_objects import clean_object, find_object
from zhuti.reports.target_times import Tense, find_tense

COLUMNS = (
    "sentence_id", "document", "district", "year", "theme", "subtheme", "kind", "value", "value_high", "unit",
    "bound", "direction", "object", "time", "status", "phrase", "start", "end", "text",
)  # fmt: skip
_MORE = re.compile(
    "增长|新增|增加|上升|扩大|增至|提高到|提升到|提高至|提升至|翻|突破|上涨|增速|(?:提高|提升)[^，]{0,3}$"
)
_LESS = re.compile("下降|降低|减少|压减|削减|缩短|压缩|降至|下调|减至|减排|降幅")
_GOAL = re.compile(
    r"(?:争创|争当|争做|争列|争进|争取创建|跻身|创建(?=国家|全国|省级|全省|世界|中国|自治区级)|创成|创建成)(?![^，。]{0,6}前\d)(?P<object>[^，,。；;！、]{2,40})"
)
_WHOLE = re.compile(r"(?P<object>[^，,。；;：]{2,30}?)(?:实现)?全覆盖")


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
    found: list[Target] = []
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
        found.append(_numbered(text, quantity, thing, tense))
    found = _shared_out(text, found)
    places = {quantity.start for quantity in quantities}
    found += [_goal(match, tense) for match in _GOAL.finditer(text) if match.start("object") not in places]
    covered = [_covered(match, tense) for match in _WHOLE.finditer(text)]
    found = [t for t in found if not any(c.start <= t.start < c.end for c in covered)] + covered
    return sorted(found, key=lambda target: target.start)


def _shared_out(text: str, found: list[Target]) -> list[Target]:
    # 甲、乙分别增长8.5%、9.5%: the first number belongs to 甲, the second to 乙.
    shared = list(found)
    for match in re.finditer(r"(?P<things>[^，,。；;：]{2,40}?)(?:均?分别|各自)", text):
        things = [thing for thing in re.split("、|以及|和|(?<!普)及", match["things"]) if thing]
        end = min((p for p in (text.find(mark, match.end()) for mark in "，,。；;") if p > 0), default=len(text))
        rows = [i for i, target in enumerate(found) if match.end() <= target.start < end]
        if len(rows) == len(things) > 1:
            for row, thing in zip(rows, things, strict=True):
                shared[row] = replace(found[row], object=clean_object(thing), direction=found[rows[0]].direction)
    return shared


def _numbered(text: str, quantity: Quantity, thing: str, tense: Tense) -> Target:
    ahead = text[_clause_start(text, quantity.start) : quantity.start]
    clause = ahead + (quantity.bound == "at least") * text[quantity.start : quantity.start + 2]
    direction = "more" if _MORE.search(clause) else "less" if _LESS.search(clause) else ""
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
    thing, place = re.sub("^一批|“[^”]*”?$", "", match["object"]), match.start()
    status = "planned" if match[0].startswith("争") else tense.status_at(place)
    nothing = float("nan")
    return Target(
        "goal", nothing, nothing, "", "", "", thing, tense.time_at(place), status, match[0], place, match.end()
    )


def _covered(match: "re.Match[str]", tense: Tense) -> Target:
    place = match.start()
    thing = re.sub(r"^.*(?:实现|推进|推动|基本)", "", match["object"])
    thing = clean_object(thing if "（" in thing else thing.rpartition("、")[2])
    return Target(
        "coverage", 100.0, 100.0, "%", "", "more", thing, tense.time_at(place), tense.status_at(place),
        match[0], place, match.end(),
    )  # fmt: skip


def _is_time(text: str, quantity: Quantity) -> bool:
    # 30 分钟 … 圈 is a target; 用 3 个月 and 连续 5 天 are times.
    if quantity.unit in ("个月", "天", "工作日", "个工作日"):
        return not re.search("缩短|压缩|压减|降至", text[max(0, quantity.start - 12) : quantity.start])
    return False


def _clause_start(text: str, place: int) -> int:
    return max(text.rfind(mark, 0, place) for mark in "，,。；;：！、") + 1
