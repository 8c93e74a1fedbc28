"""Read files, folders, archives and patterns into a corpus."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from zhuti.errors import ReadError, TableError
from zhuti.features.articles import find_articles
from zhuti.features.attribution import attribute
from zhuti.features.documents import Corpus, Document, Failure
from zhuti.features.folders import Found, distinct_names, find_files, printable
from zhuti.features.formats_zip import read_members
from zhuti.features.limits import MEGABYTES, Limits
from zhuti.features.lines import join_lines, split_lines
from zhuti.features.metadata import Metadata, overrule, read_metadata
from zhuti.features.rows import read_rows
from zhuti.features.sources import Source, find_format, read_source
from zhuti.features.tables import ENDINGS as TABLE_ENDINGS

_MANY = 8


def read_documents(
    *paths: Path | str,
    district: str | None = None,
    metadata: Path | str | None = None,
    encoding: str | None = None,
    progress: bool = False,
    max_megabytes: int = MEGABYTES,
) -> Corpus:
    """Read files, folders, archives and patterns into a corpus.

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
    progress : bool
        Show a progress bar on stderr where it takes longer than a second.
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
    corpus = read_files(
        list_files(*paths),
        district=district,
        metadata=metadata,
        encoding=encoding,
        progress=progress,
        max_megabytes=max_megabytes,
    )
    if not corpus.documents:
        reasons = [failure.error for failure in corpus.failures] or ["nothing to read; give a file or a folder"]
        raise ReadError("; ".join(reasons[:3]))
    return corpus


def list_files(*paths: Path | str) -> list[Found]:
    """Return the files that paths, folders and patterns stand for, each once."""
    return list({found.path: found for path in paths for found in find_files(path)}.values())


def read_files(
    files: Sequence[Found],
    *,
    district: str | None = None,
    metadata: Path | str | None = None,
    encoding: str | None = None,
    progress: bool = False,
    max_megabytes: int = MEGABYTES,
) -> Corpus:
    """Read files that are known already; as `read_documents`, but a corpus may be empty."""
    limits = Limits(megabytes=max_megabytes)
    known = read_metadata(files, metadata)
    documents: list[Document] = []
    failures: list[Failure] = []
    for found in _watched(files, progress):
        for result in _read_file(found, encoding, limits, known):
            if isinstance(result, Failure):
                failures.append(result)
            else:
                documents.append(overrule(result, known.facts(result), district))
    return Corpus(_distinct(documents), tuple(failures))


def _watched(files: Sequence[Found], progress: bool) -> Iterable[Found]:
    if not progress or len(files) < _MANY:
        return files
    from tqdm import tqdm

    return tqdm(files, desc="reading", unit="file", leave=False, delay=1)


def _read_file(found: Found, encoding: str | None, limits: Limits, known: Metadata) -> Iterator[Document | Failure]:
    try:
        if found.error:
            raise ReadError(found.error)
        if found.path.suffix.lower() in TABLE_ENDINGS:
            yield from read_rows(found.path, found.name, limits)
            return
        data = _read_bytes(found.path, limits)
    except (ReadError, TableError) as error:
        yield Failure(found.path, str(error))
        return
    yield from _read_data(found.path, found.name, data, encoding, limits, known)


def _read_bytes(path: Path, limits: Limits) -> bytes:
    try:
        limits.check_bytes(str(path), path.stat().st_size)
        with path.open("rb") as file:
            return file.read(limits.bytes + 1)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}") from error


def _read_data(
    path: Path, name: str, data: bytes, encoding: str | None, limits: Limits, known: Metadata, depth: int = 1
) -> Iterator[Document | Failure]:
    try:
        if find_format(path.name, data) != "zip":
            source = read_source(str(path), data, encoding=encoding, limits=limits)
            yield from _split_articles(source, path, name)
            return
        for member in read_members(str(path), data, limits, depth=depth):
            inner, inner_name = path / member.path, f"{name}/{member.path}"
            if member.error:
                yield Failure(inner, str(member.error))
            elif inner.name == "metadata.csv":
                yield from _take_metadata(inner, member.data, known)
            elif inner.suffix.lower() in TABLE_ENDINGS:
                yield from _read_table_member(inner, inner_name, member.data, limits)
            else:
                yield from _read_data(inner, inner_name, member.data, encoding, limits, known, depth + 1)
    except (ReadError, TableError) as error:
        yield Failure(path, str(error))


def _take_metadata(path: Path, data: bytes, known: Metadata) -> Iterator[Failure]:
    try:
        known.add(str(path), data)
    except (ReadError, TableError) as error:
        yield Failure(path, str(error))


def _read_table_member(path: Path, name: str, data: bytes, limits: Limits) -> Iterator[Document | Failure]:
    try:
        yield from read_rows(path, name, limits, data=data)
    except (ReadError, TableError) as error:
        yield Failure(path, str(error))


def _split_articles(source: Source, path: Path, name: str) -> Iterator[Document]:
    paragraphs = join_lines(source.text, split_lines(source.text), whole=source.whole, marks=source.marks)
    firsts = find_articles(paragraphs)
    starts = [0, *(paragraphs[first].start for first in firsts[1:])]
    stem = printable(path.stem).strip() or "document"
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(source.text)], strict=True), 1):
        document = Document(
            stem if len(starts) == 1 else f"{stem}#{number}",
            source.text,
            path,
            source.encoding,
            start,
            end,
            whole=source.whole,
            marks=source.marks,
            notes=source.notes,
            dropped=source.dropped,
            file=name,
        )
        yield attribute(document)


def _distinct(documents: Sequence[Document]) -> tuple[Document, ...]:
    names = distinct_names([document.id for document in documents], [document.path for document in documents])
    return tuple(
        document if name == document.id else replace(document, id=name)
        for document, name in zip(documents, names, strict=True)
    )
