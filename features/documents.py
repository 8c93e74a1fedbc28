"""Read files into documents: whose text it is, of which year and kind, and why zhuti thinks so."""

import glob
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from zhuti.errors import ReadError
from zhuti.features.lines import join_lines, split_lines
from zhuti.features.attribution import find_district, find_genre, find_year
from zhuti.features.articles import find_articles
from zhuti.features.sentences import Sentence, Unit, split_sentences
from zhuti.features.sources import ENDINGS, read_source
from zhuti.features.tables import ENDINGS as TABLE_ENDINGS
from zhuti.features.tables import read_table, require_columns

_ROWS = "\n\n"


@dataclass(frozen=True)
class Document:
    """One text: its part of a file, and what is known of it.

    Attributes
    ----------
    id : str
        Name within the corpus: the file's name, with `#2` where a file holds several.
    source : str
        The decoded text of the file; spans of sentences index it.
    start, end : int
        The document's part of `source`, in characters.
    district : str
        The place it speaks for; empty when unknown.
    year : int or None
    genre : str
        Kind of document, such as 政府工作报告; empty when unknown.
    reasons : mapping
        Why `district`, `year` and `genre` are what they are.
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

    @property
    def text(self) -> str:
        """The document's own text."""
        return self.source[self.start : self.end]

    def sentences(self, unit: Unit = "sentence") -> list[Sentence]:
        """Return its units in reading order."""
        return split_sentences(self.source, unit=unit, start=self.start, end=self.end, whole=self.whole)


@dataclass(frozen=True)
class Failure:
    """A file that could not be read, and why."""

    path: Path
    error: str


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
        return pd.DataFrame([row for document in self.documents for row in _rows(document, unit)], columns=_COLUMNS)

    def table(self) -> pd.DataFrame:
        """Return one row a document, with the reason of every guess, and one a file that could not be read."""
        rows = [
            {
                "document": document.id,
                "file": document.path.name,
                "encoding": document.encoding,
                "district": document.district,
                "year": document.year,
                "genre": document.genre,
                "characters": document.end - document.start,
                "reasons": "; ".join(f"{name}: {why}" for name, why in (document.reasons or {}).items()),
                "error": "",
            }
            for document in self.documents
        ]
        rows += [{"document": "", "file": failure.path.name, "error": failure.error} for failure in self.failures]
        columns = ["document", "file", "encoding", "district", "year", "genre", "characters", "reasons", "error"]
        frame = pd.DataFrame(rows, columns=columns)
        return frame.assign(year=frame["year"].astype("Int64"), characters=frame["characters"].astype("Int64"))


_COLUMNS = [
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
]


def _rows(document: Document, unit: Unit) -> Iterator[dict[str, Any]]:
    for position, sentence in enumerate(document.sentences(unit)):
        yield {
            "sentence_id": f"{document.id}:{position:04d}",
            "document": document.id,
            "district": document.district,
            "year": document.year,
            "genre": document.genre,
            "position": position,
            "start": sentence.start,
            "end": sentence.end,
            "spans": " ".join(f"{start}-{end}" for start, end in sentence.spans),
            "heading": " / ".join(sentence.heading),
            "kind": sentence.kind,
            "text": sentence.text,
        }


def read_documents(
    *paths: Path | str,
    district: str | None = None,
    metadata: Path | str | None = None,
    encoding: str | None = None,
    progress: bool = False,
) -> Corpus:
    """Read files, folders and patterns into a corpus.

    Parameters
    ----------
    *paths : path or str
        Files (.txt, .md, .docx, or tables with a column `text`), folders, and patterns such as `reports/*.txt`.
    district : str, optional
        The place that all documents speak for; it overrules what the texts say.
    metadata : path, optional
        A table with a column `file` and any of `district`, `year`, `genre`; it overrules what the texts say.
        A `metadata.csv` in a folder is used unasked.
    encoding : str, optional
        Encoding of text files; by default found out.
    progress : bool
        Show a progress bar on stderr where there are many files.

    Returns
    -------
    Corpus
        Documents in the order of `paths`, a folder's files by name. A file that cannot be read is a
        `Failure` as long as another one can.

    Raises
    ------
    ReadError
        When nothing could be read: a missing path, an empty folder, an empty or binary file.
    """
    files = list(dict.fromkeys(file for path in paths for file in _find_files(path)))
    known = _read_metadata(files, metadata)
    documents: list[Document] = []
    failures: list[Failure] = []
    for path in _watched(files, progress):
        try:
            found = list(_read_file(path, encoding))
        except ReadError as error:
            failures.append(Failure(path, str(error)))
            continue
        documents += [_overruled(document, known.get(path.name, {}), district) for document in found]
    if not documents:
        raise ReadError(failures[0].error if len(failures) == 1 else "; ".join(f.error for f in failures[:3]))
    return Corpus(_distinct(documents), tuple(failures))


def _find_files(path: Path | str) -> list[Path]:
    place = Path(path)
    endings = {*ENDINGS, *TABLE_ENDINGS}
    if place.is_dir():
        found = sorted(
            file
            for file in place.rglob("*")
            if file.is_file()
            and file.suffix.lower() in endings
            and file.name != "metadata.csv"
            and not any(part.startswith((".", "~$")) for part in file.relative_to(place).parts)
        )
        if not found:
            raise ReadError(f"{place}: the folder holds no file that ends in {', '.join(sorted(endings))}")
        return found
    if place.exists():
        return [place]
    found = sorted(Path(name) for name in glob.glob(str(path), recursive=True) if Path(name).is_file())
    if not found:
        raise ReadError(f"{path}: there is no such file or folder")
    return found


def _watched(files: Sequence[Path], progress: bool) -> Iterable[Path]:
    if not progress or len(files) < 20:
        return files
    from tqdm import tqdm

    return tqdm(files, desc="reading", unit="file", leave=False)


def _read_file(path: Path, encoding: str | None) -> Iterator[Document]:
    if path.suffix.lower() in TABLE_ENDINGS:
        yield from _read_rows(path)
        return
    source = read_source(path, encoding=encoding)
    parts = _find_articles(source.text, source.whole)
    for number, (start, end) in enumerate(parts, 1):
        name = path.stem if len(parts) == 1 else f"{path.stem}#{number}"
        document = Document(name, source.text, path, source.encoding, start, end, whole=source.whole)
        yield _described(document)


def _read_rows(path: Path) -> Iterator[Document]:
    """Read a table as texts: rows of one `document` are its paragraphs, else every row is a document."""
    frame = read_table(path)
    require_columns(frame, ["text"], str(path))
    names = frame["document"] if "document" in frame else [f"{path.stem}#{n}" for n in range(1, len(frame) + 1)]
    for name, rows in frame.groupby(pd.Series(names, index=frame.index).astype(str), sort=False):
        text = _ROWS.join(rows["text"].fillna("").astype(str))
        document = _described(Document(str(name), text, path, "", 0, len(text), whole=True))
        yield _overruled(document, {k: rows[k].iloc[0] for k in ("district", "year", "genre") if k in rows}, None)


def _find_articles(source: str, whole: bool) -> list[tuple[int, int]]:
    """Return where the articles of a file stand: a new one begins at every title behind the first."""
    paragraphs = join_lines(source, split_lines(source), whole=whole)
    starts = [paragraphs[number].start for number in find_articles(paragraphs)] if paragraphs else [0]
    return list(zip(starts or [0], [*starts[1:], len(source)], strict=True))


def _described(document: Document) -> Document:
    units = split_sentences(document.source, start=document.start, end=document.end, whole=document.whole)
    head = [unit.text for unit in units if unit.kind in ("title", "byline")][:4] + [u.text for u in units[:6]]
    district, why_district = find_district(head, document.path.stem)
    year, why_year = find_year(head, document.path.stem)
    genre, why_genre = find_genre(head, document.path.stem)
    reasons = {"district": why_district, "year": why_year, "genre": why_genre}
    return replace(document, district=district, year=year, genre=genre, reasons=reasons)


def _read_metadata(files: Sequence[Path], named: Path | str | None) -> dict[str, dict[str, Any]]:
    tables = [Path(named)] if named else sorted({f.parent / "metadata.csv" for f in files})
    known: dict[str, dict[str, Any]] = {}
    for table in tables:
        if named or table.is_file():
            frame = read_table(table)
            require_columns(frame, ["file"], str(table))
            known |= {str(row["file"]): row for row in frame.to_dict("records")}
    return known


def _overruled(document: Document, known: Mapping[str, Any], district: str | None) -> Document:
    facts = {name: known[name] for name in ("district", "year", "genre") if not _is_blank(known.get(name))}
    reasons = dict(document.reasons or {}) | dict.fromkeys(facts, "metadata")
    if district is not None:
        facts["district"], reasons["district"] = district, "--district"
    if "year" in facts:
        digits = re.search(r"\d{4}", str(facts["year"]))
        facts["year"] = int(digits[0]) if digits else None
    return replace(document, **facts, reasons=reasons)


def _is_blank(value: Any) -> bool:
    return value is None or value != value or str(value).strip() == ""


def _distinct(documents: Sequence[Document]) -> tuple[Document, ...]:
    seen: dict[str, int] = {}
    result = []
    for document in documents:
        seen[document.id] = seen.get(document.id, 0) + 1
        again = seen[document.id]
        result.append(document if again == 1 else replace(document, id=f"{document.id}~{again}"))
    return tuple(result)
