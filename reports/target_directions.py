"""Tell which way a quantity goes: more (增长, 新增, 提高到), less (下降, 压减), or neither."""

import re
from collections.abc import Sequence

from zhuti.reports.quantities import Quantity
from zhuti.reports.target_objects import clean_object

_MORE = re.compile(
    "增长(?!贡献|极|点)|新增|增加(?!值)|上升|扩大|增至|提高到|提升到|提高至|提升至|翻|突破|上涨|增速|(?:提高|(?<!改造)提升)[^，]{0,3}$"
)
_LESS = re.compile("下降|降低|减少|压减|削减|缩短|压缩|缩减|降至|下调|减至|减排|降幅")


def find_directions(text: str, quantities: Sequence[Quantity]) -> list[str]:
    """Return `more`, `less` or nothing for each quantity of a sentence.

    >>> from zhuti.reports.quantities import find_quantities
    >>> text = "新增工厂11家、车间8家，压减论坛58%，建成3所。"
    >>> find_directions(text, find_quantities(text))
    ['more', 'more', 'less', '']
    """
    found: list[str] = []
    for place, quantity in enumerate(quantities):
        direction = _direction(text, quantity, _clause_start(text, quantity.start))
        if not direction and place and _goes_on(text[quantities[place - 1].end : quantity.start]):
            direction = found[-1]
        found.append(direction)
    return found


def _goes_on(between: str) -> bool:
    # 新增甲11家、乙8家 and 增长8.5%、9.5%: what stands between names at most another thing, and no deed.
    row = re.fullmatch("(?:左右|以上)?[、和及](?P<thing>[^，,。；;：、]{0,16})", between)
    return row is not None and clean_object(row["thing"]) == row["thing"] and not re.search("总|累计|率", row["thing"])


def _direction(text: str, quantity: Quantity, start: int) -> str:
    clause = text[start : quantity.start] + (quantity.bound == "at least") * text[quantity.start : quantity.start + 2]
    if not (_MORE.search(clause) or _LESS.search(clause)):
        # 压减论坛、节庆活动58%: the verb stands before a list.
        whole = text[max(text.rfind(mark, 0, quantity.start) for mark in "，,。；;：！") + 1 : start]
        clause = "" if re.search(r"\d", whole) else whole
    if _MORE.search(clause) or re.match("的?(?:增长|增幅|增速)(?!极|点)", text[quantity.end :]):
        return "more"
    return "less" if _LESS.search(clause) else ""


def _clause_start(text: str, place: int) -> int:
    return max(text.rfind(mark, 0, place) for mark in "，,。；;：！、") + 1
