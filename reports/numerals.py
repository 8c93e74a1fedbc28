"""Read numbers as Chinese texts write them: 1.2万亿, 五百亿, 两千三百, 百分之六, 三成."""

import re

_FULL = str.maketrans("０１２３４５６７８９．，％－", "0123456789.,%-")
_DIGIT = {char: value for value, chars in enumerate(("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
          for char in chars}  # fmt: skip
_SMALL = {"十": 10.0, "拾": 10.0, "百": 100.0, "佰": 100.0, "千": 1000.0, "仟": 1000.0}
_LARGE = {"万": 1e4, "亿": 1e8}

ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SCALE = r"[十百千]?万亿|[十百千]?亿|[十百千]?万|[百千]"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"


def half_width_digits(text: str) -> str:
    """Turn full-width digits into half-width ones; every character keeps its place.

    >>> half_width_digits("增长６．５％")
    '增长6.5%'
    """
    return text.translate(_FULL)


def read_number(text: str) -> float | None:
    """Return the value of a numeral, or None where it is none.

    >>> [read_number(text) for text in ("1.2万亿", "五百亿", "两千三百", "1,250", "十五", "百", "三点五", "第")]
    [1200000000000.0, 50000000000.0, 2300.0, 1250.0, 15.0, 100.0, 3.5, None]
    """
    text = half_width_digits(text)
    mixed = re.fullmatch(rf"({ARABIC})((?:{SCALE})?)", text)
    if mixed:
        return _rounded(float(mixed[1].replace(",", "")) * read_scale(mixed[2]))
    if not re.fullmatch(CHINESE, text):
        return None
    whole, _, part = text.partition("点")
    value = _read_whole(whole)
    if value is None:
        return None
    return value + sum(_DIGIT[char] * 0.1 ** (place + 1) for place, char in enumerate(part))


def read_scale(text: str) -> float:
    """Return what 万, 亿, 千万, 万亿 … multiply by; 1 for nothing.

    >>> read_scale("千万"), read_scale("万亿"), read_scale("")
    (10000000.0, 1000000000000.0, 1.0)
    """
    value = 1.0
    for char in text:
        value *= _SMALL[char] if char in _SMALL else _LARGE[char]
    return value


def _read_whole(text: str) -> float | None:
    if len(text) > 1 and all(char in _DIGIT for char in text):  # 二〇二三
        return float("".join(str(_DIGIT[char]) for char in text))
    total, section, digit = 0.0, 0.0, 0.0
    for char in text:
        if char in _DIGIT:
            digit = float(_DIGIT[char])
        elif char in _SMALL:
            section += (digit or 1.0) * _SMALL[char]
            digit = 0.0
        else:
            if _LARGE[char] == 1e8:
                total = (total + section + digit or 1.0) * 1e8
            else:
                total += (section + digit or 1.0) * 1e4
            section = digit = 0.0
    return total + section + digit


def _rounded(value: float) -> float:
    return round(value, 6) if value < 1e6 else float(round(value, 2))
