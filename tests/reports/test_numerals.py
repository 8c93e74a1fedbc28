"""Numerals as Chinese texts write them."""

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuti.reports.numerals import half_width_digits, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("41万", 410_000),
        ("1亿", 1e8),
        ("1.2万亿", 1.2e12),
        ("3,250", 3250),
        ("６．５", 6.5),
        ("五百亿", 5e10),
        ("千亿", 1e11),
        ("两千三百", 2300),
        ("十五", 15),
        ("三亿五千万", 3.5e8),
        ("三点五", 3.5),
        ("二〇二三", 2023),
        ("第三", None),
        ("", None),
        ("1e5", None),
    ],
)
def test_numbers(text: str, value: float | None) -> None:
    assert read_number(text) == pytest.approx(value)


@given(st.integers(min_value=0, max_value=10**12))
def test_as_cn2an_writes_them(number: int) -> None:
    assert read_number(cn2an.an2cn(number)) == number


@given(st.text(max_size=20))
def test_digits_keep_their_places(text: str) -> None:
    assert len(half_width_digits(text)) == len(text)
