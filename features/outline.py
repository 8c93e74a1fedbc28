"""The headings above a sentence: a stack of marks, in which a mark seen before closes what lies below it."""

from zhuti.features.marks import RANKS, find_mark

_ENDS = "。；;：:！!，,、 \u3000"


class Outline:
    """The path of headings at the place where reading stands.

    >>> outline = Outline()
    >>> for words in ("一、工作回顾", "（一）工业", "（二）农业", "二、打算"):
    ...     outline.enter(words)
    >>> outline.path
    ('二、打算',)
    """

    def __init__(self) -> None:
        self._steps: list[tuple[str, str]] = []
        self._bare_is_widest = False

    @property
    def path(self) -> tuple[str, ...]:
        """The headings, the widest first."""
        return tuple(words for _, words in self._steps)

    def enter(self, words: str, kind: str | None = None) -> None:
        """Open a heading; `kind` is its mark ('' without one), by default read from its words."""
        if kind is None:
            mark = find_mark(words)
            kind = mark.kind if mark else ""
        if not self._steps and not kind:
            self._bare_is_widest = True
        self.leave(kind)
        self._steps.append((kind, words.rstrip(_ENDS)))

    def leave(self, kind: str) -> None:
        """Close every heading that a new one with this mark ends."""
        places = [place for place, (step, _) in enumerate(self._steps) if step == kind]
        if places:
            del self._steps[places[0] :]
        elif kind in RANKS:
            while self._steps and self._closes(self._steps[-1][0], kind):
                self._steps.pop()

    def _closes(self, open_kind: str, kind: str) -> bool:
        if open_kind in RANKS:
            return RANKS[open_kind] >= RANKS[kind]
        return not open_kind and not self._bare_is_widest

    def widen(self) -> None:
        """Close all headings but the widest, as '各位代表！' at the head of a paragraph does."""
        del self._steps[1:]

    def clear(self) -> None:
        """Close all headings, as a new article or an attachment does."""
        self._steps.clear()
        self._bare_is_widest = False
