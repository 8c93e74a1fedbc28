"""Where units end: 311 boundaries that were set by hand in ten invented documents, one of each kind of text."""

from pathlib import Path

import pytest

from zhuti.features import split_sentences

FOLDER = Path(__file__).parent / "boundaries"
MARK = "¦"


def _squeezed(text: str) -> int:
    return len("".join(text.split()))


def _compare(marked: str) -> tuple[set[int], set[int]]:
    """Return the ends set by hand and those found, blanks not counted."""
    parts = marked.split(MARK)
    source = "".join(parts)
    wanted = {_squeezed("".join(parts[: number + 1])) for number in range(len(parts) - 1)}
    return wanted, {_squeezed(source[: unit.end]) for unit in split_sentences(source)}


def test_the_ten_documents_are_there() -> None:
    files = sorted(FOLDER.glob("*.txt"))
    assert len(files) == 10
    assert sum(path.read_text(encoding="utf-8").count(MARK) for path in files) >= 300


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_boundaries_are_where_they_were_set(path: Path) -> None:
    wanted, found = _compare(path.read_text(encoding="utf-8"))
    hits = len(wanted & found)
    assert 2 * hits / (len(wanted) + len(found)) >= 0.98


def test_f1_over_all_documents() -> None:
    pairs = [_compare(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.txt")]
    hits = sum(len(wanted & found) for wanted, found in pairs)
    assert 2 * hits / sum(len(wanted) + len(found) for wanted, found in pairs) >= 0.98
