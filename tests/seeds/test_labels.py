"""The labelled sentences keep the codebook's rules, stand once, and are invented."""

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from zhuti.seeds import read_codebook, seed_path

BOOK = read_codebook()
FILES = sorted(seed_path("labels").glob("*.jsonl"))
ROWS = [json.loads(line) for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
DATA = Path(os.environ.get("ZHUTI_DATA", Path(__file__).parents[3] / "shared"))


def _grams(text: str) -> set[str]:
    text = re.sub(r"\s", "", text)
    return {text[i : i + 5] for i in range(max(1, len(text) - 4))}


def _near(texts: Iterable[str], limit: float) -> list[tuple[str, str]]:
    kept = [(text, _grams(text)) for text in texts]
    places: dict[str, list[int]] = defaultdict(list)
    found = []
    for number, (text, grams) in enumerate(kept):
        shared: Counter[int] = Counter()
        for gram in grams:
            shared.update(places[gram])
            places[gram].append(number)
        found += [
            (text, kept[other][0])
            for other, count in shared.items()
            if count / (len(grams) + len(kept[other][1]) - count) > limit
        ]
    return found


def test_there_are_enough_of_every_subtheme() -> None:
    assert len(ROWS) >= 4200
    counts = Counter(row["subtheme"] for row in ROWS)
    assert {code: counts[code] for code in BOOK.subtheme_ids if counts[code] < 60} == {}


def test_every_label_is_in_the_codebook() -> None:
    for row in ROWS:
        assert BOOK.parents[row["subtheme"]] == row["theme"], row
        assert row["secondary"] in {"", *BOOK.policy_theme_ids} - {row["theme"]}, row


def test_every_boundary_case_has_its_hard_sentences() -> None:
    counts = Counter(row["boundary"] for row in ROWS if "boundary" in row)
    assert set(counts) == {row.id for row in BOOK.boundaries}
    assert min(counts.values()) >= 12


def test_a_sentence_is_one_unit() -> None:
    for row in ROWS:
        if row["kind"] == "sentence":
            inner = re.sub(r"“[^”]*”|（[^）]*）|‘[^’]*’|《[^》]*》", "", row["text"])
            assert not re.search(r"[。！？；](?=[^”’』」）。！？；…])", inner), row["text"]


def test_no_two_sentences_are_nearly_the_same() -> None:
    seed = next(seed_path("documents").glob("*.txt")).read_text(encoding="utf-8")
    texts = [row["text"] for row in ROWS if row["kind"] == "sentence"]
    assert _near(texts + re.split(r"(?<=[。！？；])", seed), 0.6) == []


@pytest.mark.skipif(
    not (DATA / "gold" / "dev.csv").is_file(), reason="the labelled real sentences are not here (set ZHUTI_DATA)"
)
def test_no_sentence_stands_in_real_reports() -> None:
    import csv

    with (DATA / "gold" / "dev.csv").open(encoding="utf-8-sig") as lines:
        real = "\n".join(row["text"] for row in csv.DictReader(lines))
    for path in sorted((DATA / "data").rglob("*.txt")):
        real += path.read_bytes().decode("gb18030", errors="replace")
    real = re.sub(r"\s", "", real)
    copied = [row["text"] for row in ROWS if len(row["text"]) >= 15 and row["text"] in real]
    assert copied == []
