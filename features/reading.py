"""Read one file, or one archive, into its documents."""

from collections.abc import Iterator
from pathlib import Path

from zhuti.errors import ReadError, TableError
from zhuti.features.articles import find_articles
from zhuti.features.attribution import attribute
from zhuti.features.documents import Document, Failure
from zhuti.features.folders import Found, printable
from zhuti.features.formats_zip import read_members
from zhuti.features.limits import Limits
from zhuti.features.lines import join_lines, split_lines
from zhuti.features.metadata import Metadata
from zhuti.features.rows import read_rows
from zhuti.features.sources import Source, find_format, read_source
from zhuti.features.structure import name_passages
from zhuti.features.tables import ENDINGS as TABLE_ENDINGS


def read_file(found: Found, encoding: str | None, limits: Limits, known: Metadata) -> Iterator[Document | Failure]:
    """Yield the documents of a file or archive, and what of it cannot be read."""
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
    stem = name_of(path)
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
            lost=source.lost,
            dropped=source.dropped,
            file=name,
        )
        passages = name_passages(paragraphs, source.marks) if len(starts) == 1 else None
        yield attribute(document.keeping(passages))


def name_of(path: Path) -> str:
    """Return the id of the document that a file holds: its name without the ending."""
    return printable(path.stem).strip() or "document"
