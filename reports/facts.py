"""All that a report is written from, gathered once; pages, charts and files only show it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from zhuti.reports.comparison import UNKNOWN, Comparison
from zhuti.reports.words import Words
from zhuti.seeds import Codebook, read_codebook
from zhuti.seeds.codebook import Language

_TITLE = 30  # characters of a title that are shown as a document's name


@dataclass(frozen=True)
class ReportFacts:
    """The facts of one report.

    Attributes
    ----------
    comparison : Comparison
        Shares, differences, ranks and the other tables of numbers.
    coded : DataFrame
        The sentence table with themes.
    codebook : Codebook
    lang : {'zh', 'en'}
    documents : DataFrame
        One row a document, as `documents.csv` has it; may be empty.
    card : mapping
        The model's card: what it learned from, its scores.
    terms, targets, target_counts, places : DataFrame
        Distinctive terms, quantified targets and their counts, map coordinates; empty where there are none.
    terms_within, mixture : DataFrame
        Distinctive terms within each theme; mix of themes and wording as parts of the groups' differences.
    options, versions : mapping
        What was asked for, and the software it was done with.
    font : Path, optional
        A font file of the user's own, asked before all others.
    """

    comparison: Comparison
    coded: pd.DataFrame
    codebook: Codebook
    lang: Language = "zh"
    documents: pd.DataFrame = field(default_factory=pd.DataFrame)
    card: Mapping[str, Any] = field(default_factory=dict)
    terms: pd.DataFrame = field(default_factory=pd.DataFrame)
    targets: pd.DataFrame = field(default_factory=pd.DataFrame)
    target_counts: pd.DataFrame = field(default_factory=pd.DataFrame)
    places: pd.DataFrame = field(default_factory=pd.DataFrame)
    terms_within: pd.DataFrame = field(default_factory=pd.DataFrame)
    mixture: pd.DataFrame = field(default_factory=pd.DataFrame)
    options: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    font: Path | None = None

    @property
    def words(self) -> Words:
        """Texts in the language of the report."""
        return Words(self.lang)

    @property
    def by(self) -> str:
        """Name of what is compared, in the language of the report."""
        key = f"by.{self.comparison.by}"
        return self.words(key) if self.words.has(key) else self.comparison.by

    @property
    def level(self) -> str:
        """Nominal coverage, as `95%`."""
        return f"{self.comparison.level * 100:g}%"

    def label(self, code: str) -> str:
        """Name of a theme or subtheme."""
        return self.codebook.label(code, self.lang)

    def group(self, name: str) -> str:
        """Name of a group; what is unknown is called so."""
        if str(name) != UNKNOWN:
            return _plain(str(name))
        return self.words("unknown.year" if self.comparison.by == "year" else "unknown.group")

    @cached_property
    def document_names(self) -> dict[str, str]:
        """Names of documents for readers: the title where it tells one from the others, else the id."""
        if "title" not in self.documents or "document" not in self.documents:
            return {}
        titles = self.documents["title"].astype("string").fillna("").str.strip()
        alone = ~titles.duplicated(keep=False)
        pairs = zip(self.documents["document"].astype(str), titles, alone, strict=True)
        return {name: _cut(title) for name, title, one in pairs if one and title and title not in name}

    def document_name(self, document: str) -> str:
        """Name of a document for readers."""
        return _plain(self.document_names.get(str(document), str(document)))

    def found(self, group: str = "", theme: str = "", subtheme: str = "") -> dict[str, str]:
        """Return the filters that find the sentences behind a number: as many as the tables count."""
        by = self.comparison.columns
        values = group.split(" / ") if len(by) > 1 else [group]
        filters = dict(zip(by, values, strict=True)) if group and len(by) == len(values) else {}
        named = {"theme": theme, "subtheme": subtheme}
        return filters | {key: value for key, value in named.items() if value} | {"kind": "sentence"}


def _plain(name: str) -> str:
    """Take out what does not show: control characters and marks that turn the direction of what follows."""
    return "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf"))


def _cut(title: str) -> str:
    return title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"


def facts_of(given: ReportFacts | Comparison, codebook: Codebook | None = None, lang: Language = "zh") -> ReportFacts:
    """Return facts as they are, or those of a bare comparison, for charts drawn on their own."""
    if isinstance(given, ReportFacts):
        return given
    return ReportFacts(given, pd.DataFrame(), codebook or read_codebook(), lang, terms=given.terms)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
