"""Say things in the language of a report: texts from the one table, numbers, shares, intervals, lists."""

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from zhuti.reports.strings import STRINGS
from zhuti.seeds.codebook import Language


@dataclass(frozen=True)
class Words:
    """The texts of one language.

    Parameters
    ----------
    lang : {'zh', 'en'}

    Examples
    --------
    >>> Words("zh")("points", n=9), Words("en")("points", n=9)
    ('9 个百分点', '9 points')
    """

    lang: Language = "zh"

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text named `key` with `values` put into it."""
        return STRINGS[key][0 if self.lang == "zh" else 1].format(**values)

    def has(self, key: str) -> bool:
        """Tell whether the table has a text of that name."""
        return key in STRINGS

    def listing(self, items: Iterable[str]) -> str:
        """Join items: 甲、乙和丙.

        >>> Words("zh").listing(["甲", "乙", "丙"]), Words("en").listing(["a", "b"])
        ('甲、乙和丙', 'a and b')
        """
        items = list(items)
        if len(items) < 2:
            return "".join(items)
        return self("list.comma").join(items[:-1]) + self("list.and") + items[-1]

    def bracketed(self, text: str) -> str:
        """Put a text into the brackets of the language."""
        return self("brackets", text=text)


def percent(share: float, digits: int = 0) -> str:
    """Write a share of 0 to 1 in per cent.

    >>> percent(0.386), percent(0.386, 1), percent(float("nan"))
    ('39%', '38.6%', '—')
    """
    return "—" if not math.isfinite(share) else f"{share * 100:.{digits}f}%"


def percent_range(low: float, high: float, digits: int = 0) -> str:
    """Write an interval of shares: 28–49%.

    >>> percent_range(0.284, 0.489)
    '28–49%'
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return "—"
    return f"{low * 100:.{digits}f}–{high * 100:.{digits}f}%"


def points(difference: float, digits: int = 0) -> str:
    """Write a difference of shares in percentage points, with a true minus sign.

    >>> points(-0.0912), points(0.0912, 1), points(-0.001)
    ('−9', '9.1', '0')
    """
    if not math.isfinite(difference):
        return "—"
    text = f"{difference * 100:.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def points_range(low: float, high: float, digits: int = 0) -> str:
    r"""Write an interval of differences; `to` is a dash, and a minus keeps its sign apart from it, on one line.

    >>> points_range(0.02, 0.16), points_range(-0.02, 0.16)
    ('2–16', '−2\xa0–\xa016')
    """
    a, b = points(low, digits), points(high, digits)
    return f"{a}\u00a0–\u00a0{b}" if "−" in a + b else f"{a}–{b}"


def display_width(text: str) -> int:
    """Columns that a text takes in a terminal, Chinese characters being two wide.

    >>> display_width("张店区 a")
    8
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text with blanks to a width in terminal columns.

    >>> padded("张店", 6) + "|", padded("9", 3, right=True)
    ('张店  |', '  9')
    """
    gap = " " * max(width - display_width(text), 0)
    return gap + text if right else text + gap
