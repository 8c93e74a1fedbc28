"""Characters of a PDF in the order in which they stand on the page, and blanks that only set a line to full width."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from zhuti.features.pdf_columns import SetLine

_LOOSE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[!-~])|(?<=[!-~]) (?=[\u3000-\u9fff\uff00-\uffef])")
_WITHIN = re.compile(r"(?<=[\u3001-\u9fff\uff00-\uffef”’]) (?=[\u3001-\u9fff\uff00-\uffef“‘])")
_RUNNING = re.compile(r"[，。；、]")
_NAME_LONGEST = 30
_ONLY_SIGNS = re.compile(r"[\s“”‘’·…—]+")
_QUOTE_GAP = re.compile(r" *([“”‘’]) *")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
# Signs that stand apart from the words around them: their order is not the one on the page.
STRAY = re.compile(r"[“”‘’] |[ \n][“”‘’](?![\u4e00-\u9fff])")


def close_up(line: str) -> str:
    """Take out the blanks that setting a line to full width left in it; a title or a name may have some of its own."""
    line = _LOOSE.sub("", line)
    return _WITHIN.sub("", line) if _RUNNING.search(line) or len(line) > _NAME_LONGEST else line


def read_by_place(text: str, box_of: Callable[[int], Sequence[float]]) -> list[SetLine]:
    """Put the characters of every line in the order in which they stand on the page.

    Programs that take quotation marks from a font of their own write them before or behind the text around them.
    """
    rows: list[list[_Glyph]] = []
    strays: list[_Glyph] = []
    start = 0
    for match in _LINE_ENDS.finditer(text + "\n"):
        glyphs = [_Glyph(text[n], *box_of(n)) for n in range(start, match.start())]
        if _ONLY_SIGNS.fullmatch(text[start : match.start()]):
            strays += [glyph for glyph in glyphs if glyph.text.strip()]
        elif text[start : match.start()].strip():
            rows.append(glyphs)
        start = match.end()
    for stray in strays:
        row = next((row for row in rows if stray.stands_in(row)), None)
        if row is None:
            rows.append([stray])
        else:
            row.append(stray)
    lines = []
    for row in rows:
        row.sort(key=lambda glyph: glyph.left)
        seen = [glyph for glyph in row if glyph.text.strip()]
        line = _QUOTE_GAP.sub(r"\1", "".join(glyph.text for glyph in row).strip())
        middle = (seen[0].bottom + seen[0].top) / 2
        lines.append(SetLine(close_up(line), seen[0].left, max(glyph.right for glyph in seen), middle))
    return lines


class _Glyph(NamedTuple):
    text: str
    left: float
    bottom: float
    right: float
    top: float

    def stands_in(self, row: Sequence["_Glyph"]) -> bool:
        """Tell whether it stands within the height and the width of a line."""
        middle = (self.bottom + self.top) / 2
        bottom, top = min(glyph.bottom for glyph in row), max(glyph.top for glyph in row)
        return bottom < middle < top and min(g.left for g in row) - 20 < self.left < max(g.right for g in row) + 20
