"""The term bank: enough of every subtheme, each term once, and none that the labelled sentences contradict."""

import json
from collections import Counter, defaultdict

from zhuti.seeds import Term, read_codebook, seed_path

BOOK = read_codebook()
LEAST = 0.8


def test_there_are_enough_terms_of_every_subtheme() -> None:
    assert len(BOOK.terms) >= 3000
    counts = Counter(term.code for term in BOOK.terms)
    assert {code: counts[code] for code in BOOK.subtheme_ids if counts[code] < 60} == {}


def test_a_term_stands_once_and_names_known_codes() -> None:
    again = [term for term, count in Counter(term.term for term in BOOK.terms).items() if count > 1]
    assert again == []
    for term in BOOK.terms:
        assert {term.code, *term.elsewhere} <= set(BOOK.subtheme_ids), term
        assert term.code not in term.elsewhere, term
        assert term.term == term.term.strip() != "", term


def _contradicted(terms: tuple[Term, ...]) -> dict[str, tuple[int, int]]:
    """Return the terms of one code whose sentences carry its theme too seldom: how often, of how many."""
    found: dict[str, list[bool]] = defaultdict(list)
    plain = {term.term: BOOK.parents[term.code] for term in terms if not term.elsewhere}
    longest = max(map(len, plain))
    for path in sorted(seed_path("labels").glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if row["kind"] != "sentence":
                continue
            text = row["text"]
            pieces = {text[i : i + n] for i in range(len(text)) for n in range(1, longest + 1)}
            for term in pieces & plain.keys():
                found[term].append(plain[term] in {row["theme"], row["secondary"]})
    return {term: (sum(said), len(said)) for term, said in found.items() if sum(said) < LEAST * len(said)}


def test_the_sentences_of_a_plain_term_carry_its_theme() -> None:
    assert _contradicted(BOOK.terms) == {}


def test_a_term_that_stands_elsewhere_too_would_be_found() -> None:
    assert "改造" in _contradicted((Term(term="改造", code="education"),))
