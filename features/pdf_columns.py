"""Pages of a PDF that are set in two columns: where the gap between them is, and their lines in reading order."""

from collections.abc import Callable, Sequence
from statistics import median
from typing import NamedTuple

_SAMPLED = 8
_AGREE = 0.6
_LEAST_LINES, _MOST_LINES = 4, 1_000
_LEAST_CHARACTERS = 8
_FULL_LEAST = 0.35
_ACROSS_MOST = 0.34
_MIDDLE = (0.3, 0.7)


class SetLine(NamedTuple):
    """A line as it is set: its text, where it begins, ends and stands on the page, and its characters in the page.

    `edge` is where the lines of its column end, 0 on a page of one column.
    """

    text: str
    left: float
    right: float
    middle: float = 0.0
    first: int = 0
    last: int = 0
    edge: float = 0.0

    @property
    def size(self) -> float:
        """Width of one full-width character."""
        return (self.right - self.left) / max(len(self.text) - sum(map(str.isascii, self.text)) / 2, 1)


def order_columns(lines: Sequence[SetLine], text: str, box_of: Callable[[int], Sequence[float]]) -> list[SetLine]:
    """Return the lines of a page, those of two columns one column after the other and as if they stood in one.

    Parameters
    ----------
    lines
        In the order of the file.
    text, box_of
        The characters of the page, and left, bottom, right and upper edge of each.
    """
    if not 2 * _LEAST_LINES <= len(lines) <= _MOST_LINES:
        return list(lines)
    cut = _cut_rows(lines, text, box_of)
    gap = _find_gap(cut)
    if gap is None:
        return list(lines)
    lefts, rights = [n for n in cut if n.right <= gap[0]], [n for n in cut if n.left >= gap[1]]
    across = [line for line in cut if line.right > gap[0] and line.left < gap[1]]
    shift = _edge_of(lefts) - _edge_of(rights)
    rights = [line._replace(left=line.left + shift, right=line.right + shift) for line in rights]
    edge = _end_of([*lefts, *rights])
    lefts, rights = ([line._replace(edge=edge) for line in column] for column in (lefts, rights))
    ordered: list[SetLine] = []
    for line in sorted(across, key=lambda line: -line.middle):
        for column in (lefts, rights):
            above = [one for one in column if one.middle > line.middle]
            column[:] = [one for one in column if one.middle <= line.middle]
            ordered += above
        ordered.append(line)
    return [*ordered, *lefts, *rights]


def _edge_of(column: Sequence[SetLine]) -> float:
    """Return where the lines of a column begin, a page number or a stray sign before them left aside."""
    return sorted(line.left for line in column)[len(column) // 5]


def _end_of(column: Sequence[SetLine]) -> float:
    """Return where the lines of a column end, those left aside that hang over."""
    return sorted(line.right for line in column)[len(column) * 9 // 10]


def _cut_rows(lines: Sequence[SetLine], text: str, box_of: Callable[[int], Sequence[float]]) -> list[SetLine]:
    """Cut lines that run through both columns where most of them have a gap at one place."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    wide = [line for line in lines if line.left < low and line.right > high]
    if len(wide) < _LEAST_LINES:
        return list(lines)
    sample = wide[:: max(len(wide) // _SAMPLED, 1)]
    gaps = [gap for line in sample if (gap := _widest_gap(line, text, box_of, low, high))]
    if len(gaps) < max(_AGREE * len(sample), _LEAST_LINES - 1):
        return list(lines)
    place = median((gap[1] + gap[2]) / 2 for gap in gaps)
    cut: list[SetLine] = []
    for line in lines:
        gap = _widest_gap(line, text, box_of, low, high) if line.left < place < line.right else None
        if gap and gap[1] <= place <= gap[2]:
            number, before, behind = gap
            cut.append(line._replace(text=text[line.first : number].strip(), right=before, last=number))
            cut.append(line._replace(text=text[number : line.last].strip(), left=behind, first=number))
        else:
            cut.append(line)
    return cut


def _widest_gap(
    line: SetLine, text: str, box_of: Callable[[int], Sequence[float]], low: float, high: float
) -> tuple[int, float, float] | None:
    """Return the widest gap in the middle of the page: the character behind it, its left and its right edge."""
    found = (0.0, 0, 0.0)
    before = None
    for number in range(line.first, line.last):
        if text[number].isspace():
            continue
        box = box_of(number)
        if before is not None and low < (before + box[0]) / 2 < high:
            found = max(found, (box[0] - before, number, before))
        before = box[2]
    width, number, edge = found
    return (number, edge, edge + width) if width > line.size else None


def _find_gap(lines: Sequence[SetLine]) -> tuple[float, float] | None:
    """Return the edges of the gap between two columns of running text; None on a page of one."""
    middle = (min(line.left for line in lines) + max(line.right for line in lines)) / 2
    lefts, rights = [line for line in lines if line.right <= middle], [line for line in lines if line.left >= middle]
    if min(len(lefts), len(rights)) < _LEAST_LINES or len(lefts) + len(rights) < (1 - _ACROSS_MOST) * len(lines):
        return None
    return (middle, middle) if all(map(_is_running, (lefts, rights))) else None


def _is_running(column: Sequence[SetLine]) -> bool:
    """Tell whether many lines of a column are as long as the longest: cells of a table are not."""
    end = _end_of(column)
    full = [line for line in column if line.right > end - 2.2 * line.size]
    characters = sum(len(line.text) for line in column) / len(column)
    return len(full) >= _FULL_LEAST * len(column) and characters >= _LEAST_CHARACTERS
