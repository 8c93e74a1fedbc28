"""Documents and corpora: whose text it is, of which year and kind, why zhuti thinks so, and its sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from zhuti.features.corpus_tables import DocumentRows, SentenceRows
from zhuti.features.sentences import Sentence, Unit, split_passages
from zhuti.features.structure import Passage, read_passages


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
    notes, lost, dropped : tuple of str
        How the file was read, what of its text is missing, and furniture of a web page that was left out.
    file : str
        The file's name within the folder or archive it was found in.
    kept : Kept, optional
        Its passages, where they were read already.
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
    lost: tuple[str, ...] = ()
    dropped: tuple[str, ...] = field(default=(), repr=False)
    file: str = ""
    kept: "Kept | None" = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The document's own text."""
        return self.source[self.start : self.end]

    def sentences(self, unit: Unit = "sentence") -> list[Sentence]:
        """Return its units in reading order."""
        return split_passages(self.passages, unit)

    @property
    def passages(self) -> Sequence[Passage]:
        """Its paragraphs with their kinds; read anew where the text is another than the one they were kept of."""
        if self.kept is not None and self.kept.source is self.source and self.kept.part == self._part:
            return self.kept.passages
        return read_passages(self.source, self.start, self.end, whole=self.whole, marks=self.marks)

    @property
    def _part(self) -> tuple[int, int, bool]:
        return self.start, self.end, self.whole

    def keeping(self, passages: Sequence[Passage] | None = None) -> "Document":
        """Return the document with its passages, so that its head, its foot and its sentences are read once."""
        return replace(self, kept=Kept(self.source, self._part, self.passages if passages is None else passages))


class Kept(NamedTuple):
    """Passages and the text they are of."""

    source: str
    part: tuple[int, int, bool]
    passages: Sequence[Passage]


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
    """Documents in reading order.

    Attributes
    ----------
    documents : tuple of Document
    failures : tuple of Failure
        Files that could not be read.
    warnings : tuple of Failure
        What should be known though it kept no file from being read: pages that are missing of one, damaged bytes,
        rows of a metadata.csv that name no file.
    """

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...] = ()
    warnings: tuple[Failure, ...] = ()

    def __iter__(self) -> Iterator[Document]:
        return iter(self.documents)

    def __len__(self) -> int:
        return len(self.documents)

    def sentences(self, unit: Unit = "sentence") -> pd.DataFrame:
        """Return the sentence table: one row a unit of any document."""
        rows = SentenceRows(unit)
        for document in self.documents:
            rows.add(document)
        return rows.frame()

    def table(self) -> pd.DataFrame:
        """Return one row a document, with the reason of every guess, and one a file that could not be read."""
        rows = DocumentRows()
        for document in self.documents:
            rows.add(document)
        return rows.frame(self.failures)
