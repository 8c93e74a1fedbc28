"""Places: official codes, short names and parents; what is no place; what stays open until the context decides."""

import csv
import random
from pathlib import Path

import pytest

from zhuti.features.places import find_mentions, find_place, narrow, read_places

GAZETTEER = Path(__file__).parents[2] / "features" / "places.csv"


def test_the_gazetteer_is_sorted_and_whole() -> None:
    rows = list(csv.reader(GAZETTEER.read_text(encoding="utf-8").splitlines()))[1:]
    assert rows == sorted(rows)
    assert all(len(code) == 6 and code.isdigit() and name for code, name, _ in rows)
    current = [code for code, _, last_listed in rows if not last_listed]
    assert len(current) == len(set(current))
    assert sum(code.endswith("0000") for code in current) == 34
    places = read_places()
    assert all(place.parents or place.level == "province" for place in places)


@pytest.mark.parametrize(
    ("name", "full_name", "code"),
    [
        ("淄川", "山东省淄博市淄川区", "370302"),
        ("淄博市淄川区", "山东省淄博市淄川区", "370302"),
        ("内蒙古", "内蒙古自治区", "150000"),
        ("延边州", "吉林省延边朝鲜族自治州", "222400"),
        ("城步县", "湖南省邵阳市城步苗族自治县", "430529"),
        ("长白", "吉林省白山市长白朝鲜族自治县", "220623"),
        ("南京市鼓楼区", "江苏省南京市鼓楼区", "320106"),
        ("晋城市城区", "山西省晋城市城区", "140502"),
        ("浦东新区", "上海市浦东新区", "310115"),
    ],
)
def test_a_name_and_its_place(name: str, full_name: str, code: str) -> None:
    place = find_place(name)
    assert place is not None
    assert (place.full_name, place.code) == (full_name, code)


@pytest.mark.parametrize("name", ["鼓楼区", "朝阳", "云泽县", "合作社", "老城区", ""])
def test_what_is_no_one_place(name: str) -> None:
    assert find_place(name) is None


@pytest.mark.parametrize(
    "text",
    [
        "农民专业合作社",
        "农产品合作市场",
        "推进老城区改造",
        "新城区建设",
        "市民之家",
        "责任县长",
        "城区和郊区",
        "我区",
        "青岚县",
    ],
)
def test_words_that_only_look_like_places(text: str) -> None:
    assert find_mentions(text) == []


def test_the_context_decides_between_places_of_one_name() -> None:
    both = find_mentions("在南京市召开，鼓楼区代表参加")
    assert len(both[1].places) > 1
    assert [place.full_name for place in narrow(both[1], both)] == ["江苏省南京市鼓楼区"]
    assert len(narrow(both[1], [])) > 1


def test_a_place_that_is_listed_no_more_is_still_known() -> None:
    place = find_place("即墨市")
    assert place is not None
    assert place.last_listed
    assert place.full_name == "山东省青岛市即墨市"


def test_two_hundred_places_by_their_full_names() -> None:
    current = [place for place in read_places() if not place.last_listed]
    for place in random.Random(7).sample(current, 200):
        assert find_place(place.full_name) == place
        assert place.full_name.startswith("".join(parent.name for parent in place.parents))
        assert place.name.startswith(place.short_name[:2])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("福州鼓楼区", "350102"),
        ("兰州市城关区", "620102"),
        ("拉萨市城关区", "540102"),
        ("济南市市中区", "370103"),
        ("北京市朝阳区", "110105"),
        ("长春市朝阳区", "220104"),
        ("北京通州", "110112"),
        ("南通市通州区", "320612"),
        ("合作市", "623001"),
        ("莱芜区", "370116"),
        ("海南藏族自治州", "632500"),
        ("乌海市海南区", "150303"),
    ],
)
def test_places_of_one_name_by_their_parents(name: str, code: str) -> None:
    place = find_place(name)
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize("name", ["鼓楼区", "城关区", "市中区", "朝阳区", "通州", "通州区", "吉林", "海南"])
def test_a_name_of_several_places_is_none_of_them(name: str) -> None:
    assert find_place(name) is None
