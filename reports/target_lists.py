"""Give each number of a list its own thing: 甲、乙分别增长8.5%、9.5%; 人次3亿、收入4000亿，增长18%和23%."""

import re
from collections.abc import Sequence

from zhuti.reports.quantities import Quantity
from zhuti.reports.target_objects import clean_object

_VERBS = (
    "增长|递增|下降|提高|提升|降低|上升|增加|新增|减少|压减|达到|达|完成|实现|突破|超过|增至|降至|升至|提高到|提升到|"
    "增长到|下降到|提高至|提升至|控制在|稳定在|为|居"
)
_PLACES = ("城镇", "农村", "城市", "乡村")
_AGAIN = "(?:均|累计|预计|同比|环比|比上年|较上年|年均|共|还|又|各|已)*"
_SHARED = re.compile(
    rf"(?P<things>[^，,。；;：\d]{{2,60}}?)?{_AGAIN}(?P<each>分别|各自)?{_AGAIN}(?:{_VERBS})?{_AGAIN}(?:{_VERBS})?(?:超|约|近)?$"
)
_EACH = re.compile(rf"(?<![平人])均(?:已|{_VERBS})*$")


def share_out(text: str, quantities: Sequence[Quantity], objects: Sequence[str]) -> list[str]:
    """Return the objects of quantities, those of lists of numbers corrected.

    Numbers joined by 、 or 和 alone are a list. Where as many things are named before them, each takes its own;
    where none is named, they belong to the quantities, or to the things, just before.

    Parameters
    ----------
    text : str
    quantities : sequence of Quantity
        Of the sentence, in order.
    objects : sequence of str
        What each counts by itself.

    >>> from zhuti.reports.quantities import find_quantities
    >>> text = "起数、人数下降17.6%、11.6%。"
    >>> share_out(text, find_quantities(text), ["人数", "起数、人数下降17.6%"])
    ['起数', '人数']
    """
    shared = list(objects)
    last: list[str] = []
    for first, end in _runs(text, quantities):
        number = end - first
        opens = max(_clause_start(text, quantities[first].start), quantities[first - 1].end if first else 0)
        ahead = text[opens : quantities[first].start]
        match = _SHARED.search(ahead)
        things = _things((match["things"] or "") if match else ahead)
        if len(things) == number > 1:
            shared[first:end], last = things, things
        elif number == 1 and len(things) > 1 and _EACH.search(ahead) and shared[first] == things[-1]:
            shared[first] = "、".join(things)  # 甲企业、乙企业均突破200家
        elif number > 1 and match and not things:
            earlier = last if len(last) == number else shared[max(first - number, 0) : first]
            if len(set(earlier)) == number:
                shared[first:end] = earlier
    return shared


def _runs(text: str, quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
    # Ranges of quantities that nothing but 、 or 和 divides.
    runs, first = [], 0
    for place in range(1, len(quantities) + 1):
        joined = place < len(quantities) and re.fullmatch(
            "(?:左右|以上)?[、和及]", text[quantities[place - 1].end : quantities[place].start]
        )
        if not joined:
            runs.append((first, place))
            first = place
    return runs


def _things(named: str) -> list[str]:
    things = [thing for thing in re.split("、|以及|和|(?<!普)及", named) if thing]
    cleaned = [thing for thing in map(clean_object, things) if thing]
    if len(things) > 1 and re.fullmatch("[一二三]+", "".join(things[:-1])) and re.match("[一二三]产", things[-1]):
        return [thing + things[-1][1:] for thing in things[:-1]] + [things[-1]]
    if len(cleaned) == 2 and cleaned[0] in _PLACES and cleaned[1].startswith(_PLACES):
        cleaned[0] += cleaned[1][2:]  # 城镇和农村居民收入
    return cleaned


def _clause_start(text: str, place: int) -> int:
    return max(text.rfind(mark, 0, place) for mark in "，,。；;：！") + 1
