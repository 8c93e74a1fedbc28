"""No sentence of the seeds stands in a real report; the reports are read where they are at hand."""

import csv
import json
import os
import re
from pathlib import Path

import pytest

import zhuti
from zhuti.seeds import read_codebook, seed_path

DATA = Path(os.environ.get("ZHUTI_DATA", Path(__file__).parents[3] / "shared"))
# Shorter ones are stock phrases of the genre; so are the openings and closings that all reports share in part.
SHORTEST = 15
FORMATS = ("*.docx", "*.txt")


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text)


def _sentences() -> list[str]:
    rows = [
        json.loads(line)["text"]
        for path in sorted(seed_path("labels").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    codes = read_codebook().codes.values()
    return rows + [text for code in codes for text in (*code.examples, *code.counterexamples)]


def _copied(texts: list[str], real: str) -> list[str]:
    return [text for text in texts if len(_plain(text)) >= SHORTEST and _plain(text) in real]


def test_a_copy_is_found_whatever_its_punctuation() -> None:
    real = _plain("会议指出，要让每个孩子都有学上、上好学，把好事办好；")
    assert _copied(["让每个孩子都有学上，上好学，把好事办好。", "另一句完全不同的话写在这里作对照。"], real) == [
        "让每个孩子都有学上，上好学，把好事办好。"
    ]


@pytest.mark.skipif(not (DATA / "gold" / "dev.csv").is_file(), reason="no gold/dev.csv here (set ZHUTI_DATA)")
def test_no_sentence_stands_among_the_labelled_real_ones() -> None:
    with (DATA / "gold" / "dev.csv").open(encoding="utf-8-sig", newline="") as lines:
        real = "\n".join(_plain(row["text"]) for row in csv.DictReader(lines))
    assert _copied(_sentences(), real) == []


@pytest.mark.parametrize("pattern", FORMATS)
def test_no_sentence_stands_in_real_reports(pattern: str) -> None:
    paths = sorted((DATA / "data").rglob(pattern))
    if not paths:
        pytest.skip(f"no real reports ({pattern}) in {DATA.name}/data (set ZHUTI_DATA)")
    corpus = zhuti.read_documents(*paths)
    assert len(corpus) == len(paths)
    real = "\n".join(_plain(document.text) for document in corpus)
    assert len(real) > 1000 * len(paths)
    assert _copied(_sentences(), real) == []
    long_terms = [term.term for term in read_codebook().terms if len(term.term) >= 18 and _plain(term.term) in real]
    assert long_terms == []
