"""Pack the sentences for the page: columns with dictionaries, safe inside a script element."""

import json
from typing import Any

import pandas as pd

from zhuti.reports.comparison import UNKNOWN
from zhuti.reports.facts import ReportFacts

# More sentences than this are sampled: the page stays quick.
MOST_SENTENCES = 30_000
_CODED = ("document", "district", "year", "genre", "kind", "heading", "theme", "subtheme", "secondary", "label")


def sentence_data(facts: ReportFacts) -> dict[str, Any]:
    """Return what the page's script needs: columns, dictionaries, names and the words of its controls.

    Parameters
    ----------
    facts : ReportFacts

    Returns
    -------
    dict
        `columns` holds, for each coded column, the values and a number a row; `text`, `terms`, `position` and
        `probability` hold a value a row; `total` is the number of sentences before sampling.
    """
    frame = facts.coded
    total = len(frame)
    if total > MOST_SENTENCES:
        step = total / MOST_SENTENCES
        frame = frame.iloc[[int(i * step) for i in range(MOST_SENTENCES)]]
    by = facts.comparison.columns
    names = [name for name in dict.fromkeys([*_CODED, *by]) if name in frame]
    return {
        "total": total,
        "by": by[0],
        "columns": {name: _column(frame[name], unknown=name in by) for name in names},
        "text": frame["text"].astype(str).tolist(),
        "terms": frame["terms"].fillna("").astype(str).tolist() if "terms" in frame else [],
        "position": [int(p) for p in frame["position"]] if "position" in frame else list(range(len(frame))),
        "probability": [round(float(p), 3) for p in frame["probability"]] if "probability" in frame else [],
        "names": _names(facts),
        "colors": {theme: f"t{k}" for k, theme in enumerate(facts.codebook.theme_ids)},
        "parents": dict(facts.codebook.parents),
    }


def _column(values: "pd.Series[Any]", *, unknown: bool) -> dict[str, Any]:
    written = values.astype("string").fillna("")
    if unknown:
        written = written.replace("", UNKNOWN)
    codes, uniques = pd.factorize(written)
    return {"values": [str(value) for value in uniques], "rows": codes.tolist()}


def _names(facts: ReportFacts) -> dict[str, dict[str, str]]:
    book = facts.codebook
    kinds = (
        "title",
        "heading",
        "sentence",
        "byline",
        "greeting",
        "signature",
        "table",
        "caption",
        "glossary",
        "footnote",
    )
    return {
        "document": facts.document_names,
        "theme": {theme: facts.label(theme) for theme in book.theme_ids},
        "subtheme": {code: facts.label(code) for code in book.subtheme_ids},
        "secondary": {theme: facts.label(theme) for theme in book.theme_ids},
        "label": {theme: facts.label(theme) for theme in book.theme_ids},
        "kind": {kind: facts.words(f"kind.{kind}") for kind in kinds},
        facts.comparison.by: {UNKNOWN: facts.group(UNKNOWN)},
    }


def script_json(data: object) -> str:
    r"""Write JSON that may stand inside a script element whatever texts it holds.

    >>> script_json("</script>")
    '"\\u003c/script>"'
    """
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<\u2028\u2029":
        packed = packed.replace(char, f"\\u{ord(char):04x}")
    return packed.encode("utf-8", "replace").decode()
