"""Documents and corpora: whose text it is, of which year and kind, why zhuti thinks so, and its sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from zhuti.features.sentences import Sentence, Unit, split_sentences

COLUMNS = (
    "sentence_id",
    "document",
    "district",
    "year",
    "genre",
    "position",
    "start",
    "end",
    "spans",
    "heading",
    "kind",
    "text",
)
_TABLE = (
    "document",
    "file",
    "encoding",
    "district",
    "year",
    "genre",
    "characters",
    "reasons",
    "error",
    "place_code",
    "place",
    "title",
    "notes",
    "dropped",
)


@dataclass(frozen=True)
class Document:
    """One text: its part of a file, and what is known of it.

    Attributes
    ----------
    id : str
        Name within the corpus: the file's name, with `#2` where a file holds several.
    source : str
        The decoded text of the file; spans of sentences index it.
    path : Path
    encoding : str
        Encoding of a text file; the format of any other.
    start, end : int
        The document's part of `source`, in characters.
    district : str
        The place it speaks for; empty when unknown.
    year : int or None
    genre : str
        Kind of document, such as 政府工作报告; empty when unknown.
    whole : bool
        Lines of the source are whole paragraphs.
    reasons : mapping
        Why `district`, `year` and `genre` are what they are.
    place_code, place : str
        Official code and full name of the district; empty when it is not in the gazetteer or could be several.
    title : str
    marks : mapping
        What the file says of the line at an offset, such as heading or table.
    notes, dropped : tuple of str
        What reading the file showed, and furniture of a web page that was left out.
    file : str
        The file's name within the folder or archive it was found in.
    """

    id: str
    source: str
    path: Path
    encoding: str
    start: int
    end: int
    district: str = ""
    year: int | None = None
    genre: str = ""
    whole: bool = False
    reasons: Mapping[str, str] | None = None
    place_code: str = ""
    place: str = ""
    title: str = ""
    marks: Mapping[int, str] = field(default_factory=dict, repr=False)
    notes: tuple[str, ...] = ()
    dropped: tuple[str, ...] = field(default=(), repr=False)
    file: str = ""

    @property
    def text(self) -> str:
        """The document's own text."""
        return self.source[self.start : self.end]

    def sentences(self, unit: Unit = "sentence") -> list[Sentence]:
        """Return its units in reading order."""
        return split_sentences(
            self.source, unit=unit, start=self.start, end=self.end, whole=self.whole, marks=self.marks
        )


@dataclass(frozen=True)
class Failure:
    """A file that could not be read, and why."""

    path: Path
    error: str

    @property
    def reason(self) -> str:
        """The error without the path that it begins with."""
        return self.error.removeprefix(str(self.path)).lstrip(": ")


@dataclass(frozen=True)
class Corpus:
    """Documents in reading order, and the files that could not be read."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...] = ()

    def __iter__(self) -> Iterator[Document]:
        return iter(self.documents)

    def __len__(self) -> int:
        return len(self.documents)

    def sentences(self, unit: Unit = "sentence") -> pd.DataFrame:
        """Return the sentence table: one row a unit of any document."""
        columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
        for document in self.documents:
            _add_rows(columns, document, document.sentences(unit))
        return pd.DataFrame(columns).astype({"year": "Int64"})

    def table(self) -> pd.DataFrame:
        """Return one row a document, with the reason of every guess, and one a file that could not be read."""
        rows = [_describe(document) for document in self.documents]
        rows += [{"file": str(failure.path), "error": failure.error} for failure in self.failures]
        frame = pd.DataFrame(rows, columns=list(_TABLE))
        texts = frame.columns.difference(["year", "characters"])
        # Where no file could be read, columns without a cell are numbers to pandas.
        frame[texts] = frame[texts].astype(object).where(frame[texts].notna(), "")
        return frame.astype({"year": "Int64", "characters": "Int64"})


def _add_rows(columns: dict[str, list[Any]], document: Document, units: list[Sentence]) -> None:
    count = len(units)
    columns["sentence_id"] += [f"{document.id}:{position:04d}" for position in range(count)]
    columns["document"] += [document.id] * count
    columns["district"] += [document.district] * count
    columns["year"] += [document.year] * count
    columns["genre"] += [document.genre] * count
    columns["position"] += range(count)
    columns["start"] += [unit.spans[0][0] for unit in units]
    columns["end"] += [unit.spans[-1][1] for unit in units]
    columns["spans"] += [" ".join(f"{start}-{end}" for start, end in unit.spans) for unit in units]
    columns["heading"] += [" / ".join(unit.heading) for unit in units]
    columns["kind"] += [unit.kind for unit in units]
    columns["text"] += [unit.text for unit in units]


def _describe(document: Document) -> dict[str, Any]:
    return {
        "document": document.id,
        "file": document.file or document.path.name,
        "encoding": document.encoding,
        "district": document.district,
        "year": document.year,
        "genre": document.genre,
        "characters": document.end - document.start,
        "reasons": "; ".join(f"{name}: {why}" for name, why in (document.reasons or {}).items()),
        "error": "",
        "place_code": document.place_code,
        "place": document.place,
        "title": document.title,
        "notes": "; ".join(document.notes),
        "dropped": " | ".join(document.dropped),
    }
