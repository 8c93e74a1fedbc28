"""Where sentences and clauses end, after GB/T 15834-2011: 。！？ and ； end a unit, quotes and brackets close with it."""

import re
from bisect import bisect_right
from collections.abc import Container, Sequence
from typing import NamedTuple

_OPENERS = "（(〔［[【｛{“「『《〈‘"
_CLOSERS = "）)〕］]】｝}”」』》〉’"
_CLOSER_OF = dict(zip(_OPENERS, _CLOSERS, strict=True))
_QUOTES = frozenset('“「『‘"')
_TITLES = frozenset("《〈")
_ENDS = "。！？；!?;｡"
_DOTS = ".．"
_COMMAS = "，：,:"
_KINDS = (
    dict.fromkeys(_ENDS, "end")
    | dict.fromkeys(_DOTS, "dot")
    | dict.fromkeys(_COMMAS, "comma")
    | dict.fromkeys(_OPENERS, "open")
    | dict.fromkeys(_CLOSERS, "close")
    | {'"': "straight"}
)
# One set of characters each, which the engine scans for fast; what a sign means is decided afterwards.
_SENTENCE_SIGNS = re.compile(f"[{re.escape(''.join(sign for sign, kind in _KINDS.items() if kind != 'comma'))}]")
_CLAUSE_SIGNS = re.compile(f"[{re.escape(''.join(_KINDS))}]")
# Where no sign but these four ends anything and quotes and brackets enclose none of them, each run of them ends a unit.
_PLAIN_ENDS = re.compile("[。！？；]+")
_OTHERS = re.escape("".join(sign for sign, kind in _KINDS.items() if kind != "comma" and sign not in "。！？；"))
_PAIRS = "|".join(f"{opener}[^{_OTHERS}。！？；]*{_CLOSER_OF[opener]}" for opener in "“（《")
_PLAIN = re.compile(rf"[^{_OTHERS}]*(?:(?:{_PAIRS}|(?<=[0-9])\.(?=[0-9]))[^{_OTHERS}]*)*\Z")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/_=&#-]|(?<![\w.+-])[A-Za-z0-9_.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}|&[A-Za-z]{2,8};|&#\d{1,6};",
    re.ASCII,
)
_ADDRESS_SIGNS = re.compile("://|www|@|&")
_BEFORE_DOT = re.compile(r"[\u4e00-\u9fff％%）)”’》\"]")
_AFTER_DOT = re.compile(r"[\s\u3000\u4e00-\u9fff“”「《（(—\"]|$")
_AFTER_LATIN = re.compile(r"[\"”’)）]?(?:\s|$)")
_TRAIL = re.compile(r"[\s\u3000]*[”’」』）)】》〉〕\]\"]+")
_SHORT = re.compile(
    r"(?:\b(?:No|Nos|Dr|Mr|Mrs|Ms|Prof|St|Fig|Figs|Tab|Vol|pp|p|ed|eds|vs|etc|al|cf|Co|Inc|Ltd|Corp|Jr|Sr|Art|Ch|Sec|Eq"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Za-z](?:\.[A-Za-z])*|(?:^|[\s（(])\d{1,3}|e\.g|i\.e)$"
)
# What goes on behind a closing quotation mark: 的口号, 她说, 然后…
_FOLLOWS = re.compile(
    r"[\s\u3000]*(?:[，、；：。！？,;:!?.…—的等地得之和与及或是为这那作]|然后|接着|随后|就|便|[他她我](?:们)?(?:还|又|也)?(?:说|问|答|道|喊|笑)|(?:说|问|答|喊)道?[，。])"
)
_NOTHING_MORE = re.compile(r"\s*\Z")
_LONG_QUOTE = 60
_SHORT_QUOTE = 25
_LONG_BRACKET = 400


class Sign(NamedTuple):
    """A sign of punctuation in a text: its kind, the sign, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


class Enclosure(NamedTuple):
    """A pair of quotes or brackets, from its first sign to behind its last."""

    start: int
    end: int
    opener: str


def find_breaks(text: str, *, clauses: bool = False) -> list[int]:
    """Return the offsets at which units of `text` end, the last one left out.

    >>> text = "他说：“好！”然后走了。年内建成小学2处；新建幼儿园4处。"
    >>> [text[a:b] for a, b in zip([0, *find_breaks(text)], [*find_breaks(text), None])]
    ['他说：“好！”然后走了。', '年内建成小学2处；', '新建幼儿园4处。']
    """
    if not clauses and _PLAIN.match(text):
        return [end for end in map(re.Match.end, _PLAIN_ENDS.finditer(text)) if end < len(text)]
    signs = _read_signs(text, clauses)
    ends = [sign for sign in signs if sign.kind == "end" or (clauses and sign.kind == "comma")]
    if not ends:
        return []
    enclosures = _find_enclosures(text, signs)
    starts = [pair.start for pair in enclosures]
    opening = {sign.start for sign in [sign for sign in signs if sign.kind == "straight"][::2]}
    breaks: list[int] = []
    for sign in ends:
        end = _end_with_closers(text, sign, enclosures, starts, opening)
        if end and end < len(text) and (not breaks or end > breaks[-1]):
            breaks.append(end)
    return breaks


def _read_signs(text: str, clauses: bool) -> list[Sign]:
    """Return the signs of a text; those that end a unit are of kind 'end', several in a row are one."""
    signs: list[Sign] = []
    addresses = [match.span() for match in _ADDRESS.finditer(text)] if _ADDRESS_SIGNS.search(text) else []
    for match in (_CLAUSE_SIGNS if clauses else _SENTENCE_SIGNS).finditer(text):
        sign, place = match[0], match.start()
        kind = _KINDS[sign]
        if kind in {"open", "close", "straight"}:
            signs.append(Sign(kind, sign, place, place + 1))
        elif signs and signs[-1].kind == "end" and signs[-1].end == place and kind != "comma":
            last = signs[-1]
            signs[-1] = Sign("end", last.text + sign, last.start, place + 1)
        elif _counts(text, sign, place) and not any(start <= place < end for start, end in addresses):
            signs.append(Sign("comma" if kind == "comma" else "end", sign, place, place + 1))
    return signs


def _counts(text: str, sign: str, place: int) -> bool:
    """Tell whether a sign that could end a unit is neither part of a number nor of a name in Latin letters."""
    if sign not in ".．,:;!?：":
        return True
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if sign == "：":
        return not (before.isdigit() and after.isdigit())
    if sign in _DOTS:
        if after in {".", "．"} or before in {".", "．"}:
            return False
        if _SHORT.search(text, max(place - 12, 0), place):
            return _NOTHING_MORE.match(text, place + 1) is not None
        spaced = sign == "." and _AFTER_LATIN.match(text, place + 1)
        return bool(spaced) or bool(_BEFORE_DOT.match(before) and _AFTER_DOT.match(text, place + 1))
    return not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum())


def _find_enclosures(text: str, signs: Sequence[Sign]) -> list[Enclosure]:
    """Pair quotes and brackets; one that is never closed, or closes far away, encloses nothing."""
    open_signs: list[Sign] = []
    pairs: list[Enclosure] = []
    straight: Sign | None = None
    for sign in signs:
        if sign.kind == "open":
            open_signs.append(sign)
        elif sign.kind == "close":
            for depth in range(len(open_signs) - 1, max(len(open_signs) - 6, -1), -1):
                if _CLOSER_OF[open_signs[depth].text] == sign.text or {open_signs[depth].text, sign.text} in _MIXED:
                    pairs.append(Enclosure(open_signs[depth].start, sign.end, open_signs[depth].text))
                    del open_signs[depth:]
                    break
        elif sign.kind == "straight":
            if straight:
                pairs.append(Enclosure(straight.start, sign.end, '"'))
            straight = None if straight else sign
    return sorted(pair for pair in pairs if _is_opaque(text, pair))


_MIXED = ({"（", ")"}, {"(", "）"}, {"［", "]"}, {"[", "］"})


def _is_opaque(text: str, pair: Enclosure) -> bool:
    """Tell whether ends inside a pair end nothing: brackets, titles and short quotes within a sentence."""
    length = pair.end - pair.start
    if pair.opener not in _QUOTES:
        return length <= _LONG_BRACKET
    before = text[: pair.start].rstrip()[-1:] if pair.start < 4 else text[pair.start - 4 : pair.start].rstrip()[-1:]
    spoken = not before or before in "：:。！？；!?;”』」" or (before in "，,—" and length > _SHORT_QUOTE)
    return length <= _LONG_QUOTE and not spoken


def _end_with_closers(
    text: str, sign: Sign, pairs: Sequence[Enclosure], starts: Sequence[int], opening: Container[int]
) -> int:
    """Return where the unit that `sign` ends is over, 0 when it goes on."""
    trail = _TRAIL.match(text, sign.end) if sign.kind == "end" else None
    end = trail.end() if trail else sign.end
    if trail and '"' in trail[0]:
        end = next((place for place in range(sign.end, end) if text[place] == '"' and place in opening), end)
        end = sign.end if not text[sign.end : end].strip() else end
        trail = trail if end > sign.end else None
    outer = _enclosing(sign.start, pairs, starts)
    if outer is None:
        return 0 if trail and _FOLLOWS.match(text, end) and sign.text != "；" else end
    if outer.end > end or sign.kind == "comma":
        return 0
    before = text[outer.start - 1 : outer.start]
    if outer.opener not in _QUOTES:
        return end if not before or before in "。！？；!?;”" else 0
    return 0 if _FOLLOWS.match(text, end) or sign.text[0] not in "。" else end


def _enclosing(place: int, pairs: Sequence[Enclosure], starts: Sequence[int]) -> Enclosure | None:
    """Return the widest pair around `place`; pairs nest, so it is the first that is still open there."""
    outer = None
    for index in range(bisect_right(starts, place) - 1, -1, -1):
        if pairs[index].end > place:
            outer = pairs[index]
        elif pairs[index].start < place - _LONG_BRACKET:
            break
    return outer
