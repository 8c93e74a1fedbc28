"""Read files, folders, archives and patterns: file by file, or all of them into a corpus or a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from zhuti.errors import ReadError
from zhuti.features.corpus_tables import DocumentRows, SentenceRows
from zhuti.features.document_ids import DocumentIds
from zhuti.features.documents import Corpus, Document, Failure
from zhuti.features.folders import Found, find_files
from zhuti.features.limits import MEGABYTES, Limits
from zhuti.features.metadata import overrule, read_metadata
from zhuti.features.reading import read_file
from zhuti.features.sentences import Unit


def read_documents(
    *paths: Path | str,
    district: str | None = None,
    metadata: Path | str | None = None,
    encoding: str | None = None,
    progress: bool | str = False,
    max_megabytes: int = MEGABYTES,
) -> Corpus:
    """Read files, folders, archives and patterns into a corpus.

    The corpus holds every text in memory; where that is too much, see `read_batches`.

    Parameters
    ----------
    *paths : path or str
        Files (text, Markdown, Word, PDF, web pages, tables with a column `text`, ZIP archives of these; .doc, .wps,
        .rtf and .odt where LibreOffice is installed), folders, and patterns such as `reports/*.txt`.
    district : str, optional
        The place that all documents speak for; it overrules what the texts say.
    metadata : path, optional
        A table with a column `file` and any of `district`, `year`, `genre`; it overrules what the texts say.
        A `metadata.csv` in a folder or archive is used unasked.
    encoding : str, optional
        Encoding of text files; by default found out.
    progress : bool or str
        Show a progress bar on stderr where it takes longer than a second; a text is what it is called.
    max_megabytes : int
        What one file may have, as it is stored and as it unpacks.

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
    known: dict[str, Any] = {"district": district, "metadata": metadata, "encoding": encoding}
    corpus = read_files(list_files(*paths), progress=progress, max_megabytes=max_megabytes, **known)
    _refuse_nothing(len(corpus), corpus.failures)
    return corpus


def list_files(*paths: Path | str) -> list[Found]:
    """Return the files that paths, folders and patterns stand for, each once."""
    return list({found.path: found for path in paths for found in find_files(path)}.values())


def read_files(files: Sequence[Found], **reading: Any) -> Corpus:
    """Read files that are known already; as `read_documents`, but a corpus may be empty."""
    batches = list(read_batches(files, **reading))
    documents = tuple(document for batch in batches for document in batch)
    failures = tuple(failure for batch in batches for failure in batch.failures)
    return Corpus(documents, failures, tuple(warning for batch in batches for warning in batch.warnings))


def read_batches(
    files: Sequence[Found],
    *,
    district: str | None = None,
    metadata: Path | str | None = None,
    encoding: str | None = None,
    progress: bool | str = False,
    max_megabytes: int = MEGABYTES,
) -> Iterator[Corpus]:
    """Yield the documents of one file after the other; no more than one file is held in memory.

    Parameters
    ----------
    files : sequence of Found
        As `list_files` returns them.
    district, metadata, encoding, progress, max_megabytes
        As for `read_documents`.

    Yields
    ------
    Corpus
        The documents of a file or archive and what of it could not be read; ids are such as no other has. A last
        one without documents holds the warnings of metadata, where there are any.

    Raises
    ------
    ReadError, TableError
        When a table of metadata cannot be used.

    Examples
    --------
    >>> from zhuti.seeds import seed_path
    >>> [len(batch) for batch in read_batches(list_files(seed_path("documents")))]
    [2]
    """
    known, ids, limits = read_metadata(files, metadata), DocumentIds(files), Limits(megabytes=max_megabytes)
    for found in _watched(files, progress):
        documents: list[Document] = []
        failures: list[Failure] = []
        for result in read_file(found, encoding, limits, known):
            if isinstance(result, Failure):
                known.excuse(result.path, found.name)
                failures.append(result)
            else:
                documents.append(overrule(result, known.facts(result), district))
        yield Corpus(ids.give(found, documents), tuple(failures), _losses(documents))
    if warnings := tuple(known.warnings()):
        yield Corpus((), warnings=warnings)


@dataclass(frozen=True)
class ReadSentences:
    """The sentences of many files, and what is known of these.

    Attributes
    ----------
    sentences, documents : DataFrame
        As `Corpus.sentences` and `Corpus.table` return them.
    paths : tuple of Path
        Of the documents, each once.
    failures, warnings : tuple of Failure
        As those of a `Corpus`.
    """

    sentences: pd.DataFrame
    documents: pd.DataFrame
    paths: tuple[Path, ...]
    failures: tuple[Failure, ...]
    warnings: tuple[Failure, ...]


def read_sentences(*paths: Path | str, unit: Unit = "sentence", **reading: Any) -> ReadSentences:
    """Read and split files one by one; the table of their sentences is all that is kept of the texts.

    Parameters
    ----------
    *paths : path or str
    unit : {'sentence', 'clause', 'paragraph'}
    **reading
        district, metadata, encoding, progress, max_megabytes: as for `read_documents`.

    Raises
    ------
    ReadError
        When nothing could be read.
    """
    units, table = SentenceRows(unit), DocumentRows()
    places: dict[Path, None] = {}
    failures: list[Failure] = []
    warnings: list[Failure] = []
    for batch in read_batches(list_files(*paths), **reading):
        for document in batch:
            units.add(document)
            table.add(document)
            places[document.path] = None
        failures += batch.failures
        warnings += batch.warnings
    _refuse_nothing(len(places), failures)
    return ReadSentences(units.frame(), table.frame(failures), tuple(places), tuple(failures), tuple(warnings))


def _refuse_nothing(count: int, failures: Sequence[Failure]) -> None:
    if not count:
        reasons = [failure.error for failure in failures] or ["nothing to read; give a file or a folder"]
        raise ReadError("; ".join(reasons[:3]))


def _losses(documents: Sequence[Document]) -> tuple[Failure, ...]:
    """Return a warning for each file that part of the text is missing of."""
    lost = {document.path: document.lost for document in documents if document.lost}
    return tuple(Failure(path, f"{path}: {'; '.join(lines)}") for path, lines in lost.items())


def _watched(files: Sequence[Found], progress: bool | str) -> Iterator[Found]:
    """Yield the files with a bar that knows from the start how much there is to read."""
    from tqdm import tqdm

    sizes = [_size(found.path) for found in files]
    called = progress if isinstance(progress, str) else "reading"
    how: dict[str, Any] = {"unit": "B", "unit_scale": True, "leave": False, "delay": 1}
    with tqdm(total=sum(sizes), desc=called, disable=None if progress else True, **how) as bar:
        for number, (found, size) in enumerate(zip(files, sizes, strict=True), 1):
            yield found
            bar.set_postfix_str(f"{number:,}/{len(files):,}", refresh=False)
            bar.update(size)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
