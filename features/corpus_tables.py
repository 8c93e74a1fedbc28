"""Tables of a corpus, built up document by document: its units, and what is known of each document."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from zhuti.features.sentences import Unit

if TYPE_CHECKING:
    from zhuti.features.documents import Document, Failure
    from zhuti.features.lines import Span

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


class SentenceRows:
    """Takes in documents one by one, and gives the sentence table of them all."""

    def __init__(self, unit: Unit = "sentence") -> None:
        self.unit = unit
        self._columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}

    def add(self, document: "Document") -> None:
        """Take in the units of a document."""
        units = document.sentences(self.unit)
        count, columns = len(units), self._columns
        columns["sentence_id"] += [f"{document.id}:{position:04d}" for position in range(count)]
        columns["document"] += [document.id] * count
        columns["district"] += [document.district] * count
        columns["year"] += [document.year] * count
        columns["genre"] += [document.genre] * count
        columns["position"] += range(count)
        columns["start"] += [unit.spans[0][0] for unit in units]
        columns["end"] += [unit.spans[-1][1] for unit in units]
        columns["spans"] += [_write_spans(unit.spans) for unit in units]
        headings = {path: " / ".join(path) for path in {unit.heading for unit in units}}
        columns["heading"] += [headings[unit.heading] for unit in units]
        columns["kind"] += [unit.kind for unit in units]
        columns["text"] += [unit.text for unit in units]

    def frame(self) -> pd.DataFrame:
        """Return the table: one row a unit of any document."""
        numbers = {name: np.array(self._columns[name], dtype=np.int64) for name in ("position", "start", "end")}
        return pd.DataFrame(self._columns | numbers).astype({"year": "Int64"})


def _write_spans(spans: "tuple[Span, ...]") -> str:
    if len(spans) == 1:
        return f"{spans[0][0]}-{spans[0][1]}"
    return " ".join(f"{start}-{end}" for start, end in spans)


class DocumentRows:
    """Takes in documents one by one, and gives the table of them all and of what could not be read."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []

    def add(self, document: "Document") -> None:
        """Take in what is known of a document."""
        self._rows.append(
            {
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
                "notes": "; ".join((*document.lost, *document.notes)),
                "dropped": " | ".join(document.dropped),
            }
        )

    def frame(self, failures: Iterable["Failure"]) -> pd.DataFrame:
        """Return the table: one row a document, then one a file that could not be read."""
        rows = self._rows + [{"file": str(failure.path), "error": failure.error} for failure in failures]
        frame = pd.DataFrame(rows, columns=list(_TABLE))
        texts = frame.columns.difference(["year", "characters"])
        # Where no file could be read, columns without a cell are numbers to pandas.
        frame[texts] = frame[texts].astype(object).where(frame[texts].notna(), "")
        return frame.astype({"year": "Int64", "characters": "Int64"})
