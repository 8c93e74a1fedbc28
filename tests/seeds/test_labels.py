"""The labelled sentences keep the codebook's rules, stand once, and are invented."""

import csv
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from zhuti.features import split_sentences
from zhuti.features.places import find_mentions, find_place
from zhuti.seeds import read_codebook, seed_path

BOOK = read_codebook()
FILES = sorted(seed_path("labels").glob("*.jsonl"))
ROWS = [json.loads(line) for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]


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
    texts = [row["text"] for row in ROWS if row["kind"] == "sentence"]
    assert [text for text in texts if [unit.text for unit in split_sentences(text)] != [text]] == []


def test_a_tenth_of_the_sentences_has_a_second_theme() -> None:
    sentences = [row for row in ROWS if row["kind"] == "sentence"]
    assert 0.08 <= sum(row["secondary"] != "" for row in sentences) / len(sentences) <= 0.12


def test_every_disagreement_is_listed_with_the_settled_label() -> None:
    with seed_path("settled.csv").open(encoding="utf-8") as lines:
        settled = list(csv.DictReader(lines))
    listed = {(row["document"], row["text"]): row for row in settled}
    assert len(listed) == len(settled)
    apart = {
        (row["document"], row["text"]): row for row in ROWS if row.get("second", row["subtheme"]) != row["subtheme"]
    }
    assert set(apart) - set(listed) == set()
    labels = {(row["document"], row["text"]): row for row in ROWS}
    for key, row in listed.items():
        assert row["first"] != row["second"], key
        assert row["settled"] in {row["first"], row["second"]}, key
        assert (row["settled"], row["second"]) == (labels[key]["subtheme"], labels[key]["second"]), key


def test_places_are_invented() -> None:
    districts = {row["district"] for row in ROWS if row["district"]}
    assert len(districts) >= 80
    parts = {part for name in districts for part in re.findall(r".{2,}?(?:自治[区县州旗]|[省市区县旗镇])", name)}
    assert {name for name in districts | parts if find_place(name)} == set()
    heads = [row["text"] for row in ROWS if row["kind"] == "title"]
    assert {text: found for text in heads if (found := find_mentions(text))} == {}


def test_documents_are_whole_and_of_many_kinds() -> None:
    sizes = Counter(row["document"] for row in ROWS if row["district"])
    assert len(sizes) >= 80
    assert min(sizes.values()) >= 15
    years = {row["year"] for row in ROWS if row["district"]}
    assert (min(years), max(years)) == (2003, 2026)


def test_the_files_are_those_that_were_summed() -> None:
    sums = dict(reversed(line.split("  ")) for line in seed_path("SHA256SUMS").read_text(encoding="ascii").splitlines())
    names = [
        "codebook.toml",
        "seed_article.csv",
        "settled.csv",
        "terms.csv",
        *(f"labels/{path.name}" for path in FILES),
    ]
    assert sorted(sums) == sorted(names)
    for name, known in sums.items():
        content = seed_path(name).read_bytes().replace(b"\r\n", b"\n")
        assert hashlib.sha256(content).hexdigest() == known, f"{name} changed: python benchmarks/agreement.py --write"


def test_no_two_sentences_are_nearly_the_same() -> None:
    seed = next(seed_path("documents").glob("*.txt")).read_text(encoding="utf-8")
    texts = [row["text"] for row in ROWS if row["kind"] == "sentence"]
    assert _near(texts + re.split(r"(?<=[。！？；])", seed), 0.6) == []
