"""Find the terms of a codebook in texts."""

from collections.abc import Iterable, Sequence

from zhuti.features.grams import fold


class TermFinder:
    """Find terms in texts, the longest first, none inside another.

    Parameters
    ----------
    terms : iterable of str

    Examples
    --------
    >>> TermFinder(["老旧小区", "小区", "改造"]).find("改造老旧小区12个。")
    ['改造', '老旧小区']
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for term in sorted(set(terms), key=lambda term: (-len(term), term)):
            self._by_start.setdefault(fold(term)[:2], []).append((fold(term), term))
        self._single = {start for start in self._by_start if len(start) == 1}

    def find(self, text: str) -> list[str]:
        """Return the terms in the order in which they stand in the text."""
        folded, place, found = fold(text), 0, []
        while place < len(folded):
            start = folded[place : place + 2]
            candidates = self._by_start.get(start, ())
            if not candidates and start[:1] in self._single:
                candidates = self._by_start[start[:1]]
            hit = next(((short, term) for short, term in candidates if folded.startswith(short, place)), None)
            if hit is None:
                place += 1
            else:
                found.append(hit[1])
                place += len(hit[0])
        return found

    def find_all(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the terms of each text."""
        return [self.find(text) for text in texts]
