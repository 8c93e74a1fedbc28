"""Which block of a web page holds its text: one that is named so, else where the running text stands."""

from collections.abc import Sequence

from zhuti.features.html_lines import PageLine

_NAMED_LEAST = 0.3
_MOST = 0.6
_BESIDE_LEAST = 0.15
_WIDER = 0.1
_LINKED_MOST = 0.3
_TURNS_LEAST = 3


def find_main_block(lines: Sequence[PageLine]) -> int | None:
    """Return the block that holds the text of a page, None for a page without running text.

    A block that content systems name for the text is taken if it holds a fair part of all; without one, the
    innermost block with three fifths of the running text, widened as long as that adds text and few links.
    """
    plain = [line._replace(role="main" if line.main else "") if line.role == "aside" else line for line in lines]
    lines = _without_teasers(lines)
    if _prose(lines) < _prose(plain) * _BESIDE_LEAST:
        # Who names the block around the whole page after its menu says nothing by the name.
        lines = plain
    return _named_block(lines) or _densest_block(lines)


def _without_teasers(lines: Sequence[PageLine]) -> Sequence[PageLine]:
    """Put aside what stands under links that take turns with it: lists of other texts with their first words."""
    aside: set[int] = set()
    turns, last = 0, -2
    for number in range(1, len(lines)):
        before, line = lines[number - 1], lines[number]
        if before.linked * 2 > len(before.text) and line.linked * 2 <= len(line.text):
            turns, last = turns + 1 if last == number - 2 else 1, number
            if turns >= _TURNS_LEAST:
                aside.update(range(number - 2 * (_TURNS_LEAST - 1), number + 1, 2))
    return [line._replace(role="aside") if n in aside and not line.main else line for n, line in enumerate(lines)]


def _named_block(lines: Sequence[PageLine]) -> int | None:
    """Return the block that is named as the one of the text; several of them are taken together."""
    named = [line for line in lines if line.main and line.role == "main"]
    amount, total = _prose(named), _prose(lines)
    if not amount or amount < total * _NAMED_LEAST:
        return None
    common = _deepest(named, 0.9 * amount)
    within = [line for line in named if common in line.blocks]
    mains = {line.main for line in within}
    if len(mains) == 1 and common is not None:
        # One small block within the text may hold nearly all of it; the text is the named one.
        main = mains.pop()
        blocks = within[0].blocks
        return main if blocks.index(main) < blocks.index(common) else common
    return common


def _densest_block(lines: Sequence[PageLine]) -> int | None:
    total = _prose(lines)
    block = _deepest(lines, total * _MOST) if total else None
    if block is None:
        return None
    path = next(line.blocks for line in lines if block in line.blocks)
    here = _prose([line for line in lines if block in line.blocks])
    for wider in reversed(path[: path.index(block)]):
        added = [line for line in lines if wider in line.blocks and block not in line.blocks]
        more = sum(line.prose for line in added if line.prose == len(line.text))
        linked = sum(line.linked for line in added)
        links = sum(line.linked * 2 > len(line.text) for line in added)
        if (
            more >= here * _WIDER
            and linked <= _LINKED_MOST * sum(len(line.text) for line in added)
            and links <= _LINKED_MOST * len(added)
        ):
            block, here = wider, here + more
    return block


def _prose(lines: Sequence[PageLine]) -> int:
    return sum(line.prose for line in lines)


def _deepest(lines: Sequence[PageLine], least: float) -> int | None:
    """Return the innermost block with that much running text."""
    prose: dict[int, int] = {}
    depth: dict[int, int] = {}
    for line in lines:
        amount = line.prose
        for place, block in enumerate(line.blocks):
            prose[block] = prose.get(block, 0) + amount
            depth[block] = place
    full = [block for block, amount in prose.items() if amount and amount >= least]
    return max(full, key=lambda block: depth[block], default=None)
