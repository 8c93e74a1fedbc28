"""Cut a heap of files, or tables of any size, into shards that one worker codes at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zhuti.errors import ReadError, TableError, ZhutiError
from zhuti.features import (
    Corpus,
    Document,
    Found,
    TableRange,
    cut_table,
    distinct_names,
    list_files,
    printable,
    read_files,
)

# A shard is closed at so many bytes, files or rows: smaller ones lose less to a crash, and take less memory.
SHARD_BYTES, SHARD_FILES, SHARD_ROWS = 500_000, 100, 10_000
TABLES = (".csv", ".xlsx", ".jsonl", ".parquet")


@dataclass(frozen=True)
class Shard:
    """Some files that are read and coded together.

    Attributes
    ----------
    name : str
        Of the part that comes of it, without ending.
    files : tuple of (path, name in its folder, id of its documents)
    size : int
        Bytes of the files.
    rows : TableRange, optional
        Rows of a table, coded as they are in place of files that are split.
    failures : tuple of (path, error)
        Tables that cannot be coded; the first shard tells of them.
    """

    name: str
    files: tuple[tuple[str, str, str], ...]
    size: int
    rows: TableRange | None = None
    failures: tuple[tuple[str, str], ...] = ()


def cut_shards(
    *paths: Path | str,
    shard_bytes: int = SHARD_BYTES,
    shard_files: int = SHARD_FILES,
    shard_rows: int = SHARD_ROWS,
    leave_out: Path | None = None,
) -> tuple[Shard, ...]:
    """Cut the files that paths, folders and patterns stand for into shards, in their order.

    Where all of them are tables, a shard is rows of whole documents; else it is whole files.

    Parameters
    ----------
    *paths : path or str
    shard_bytes, shard_files : int
        Where a shard is closed; a file is never divided, so that its documents stay whole.
    shard_rows : int
        Where a shard of rows is closed, at the end of a document.
    leave_out : Path, optional
        A folder whose files are passed over: that of the results, where it stands among the inputs.

    Raises
    ------
    ReadError
        When there is no file, or none of the tables can be coded.
    """
    files = list_files(*paths)
    if leave_out is not None:
        own = leave_out.resolve()
        files = [found for found in files if own not in found.path.resolve().parents]
    if files and all(found.path.suffix.lower() in TABLES for found in files):
        return _cut_tables(files, shard_rows)
    stems = [printable(found.path.stem).strip() or "document" for found in files]
    names = dict(zip(files, distinct_names(stems, [found.path for found in files]), strict=True))
    shards: list[Shard] = []
    for group in _groups([(found, _size(found)) for found in files], shard_bytes, shard_files):
        rows = tuple((str(found.path), found.name, names[found]) for found, _ in group)
        shards.append(Shard(f"part-{len(shards):06d}", rows, sum(size for _, size in group)))
    return tuple(shards)


def _cut_tables(files: Sequence[Found], shard_rows: int) -> tuple[Shard, ...]:
    shards: list[Shard] = []
    failures: list[tuple[str, str]] = []
    first: tuple[Found, TableRange] | None = None
    for found in files:
        try:
            if found.error:
                raise ReadError(found.error)
            ranges = cut_table(found.path, shard_rows)
            if not ranges:
                raise ReadError("has no rows")
            first = first or (found, ranges[0])
            if not ranges[0].schema.equals(first[1].schema):
                raise TableError(_other_columns(found, ranges[0], *first))
        except (ZhutiError, OSError) as error:
            reason = str(error).removeprefix(str(found.path)).lstrip(": ")
            failures.append((str(found.path), f"{found.path}: {reason}"))
            continue
        file = (str(found.path), found.name, found.path.stem)
        shards += [Shard(f"part-{n:06d}", (file,), rows.size, rows) for n, rows in enumerate(ranges, len(shards))]
    if not shards:
        raise ReadError("; ".join(error for _, error in failures[:3]))
    shards[0] = replace(shards[0], failures=tuple(failures))
    return tuple(shards)


def _other_columns(found: Found, rows: TableRange, first: Found, wanted: TableRange) -> str:
    has, other = ({field.name: str(field.type) for field in part.schema} for part in (rows, wanted))
    strange = [f"{name} ({has.get(name, 'missing')}, there {other.get(name, 'missing')})" for name in {**has, **other}
               if has.get(name) != other.get(name)]  # fmt: skip
    return (
        f"has other columns than {first.name}: {', '.join(strange[:5]) or 'in another order'}; "
        "give it an --out of its own"
    )


def _groups(
    files: Sequence[tuple[Found, int]], shard_bytes: int, shard_files: int
) -> Iterator[list[tuple[Found, int]]]:
    group: list[tuple[Found, int]] = []
    size = 0
    for found, one in files:
        if group and (size + one > shard_bytes or len(group) == shard_files):
            yield group
            group, size = [], 0
        group.append((found, one))
        size += one
    if group:
        yield group


def _size(found: Found) -> int:
    try:
        return found.path.stat().st_size
    except OSError:
        return 0


def read_shard(shard: Shard, **reading: Any) -> Corpus:
    """Read the files of a shard; ids of documents are such as no other shard has.

    Parameters
    ----------
    shard : Shard
    **reading
        district, metadata, encoding, max_megabytes: as for `read_documents`.
    """
    corpus = read_files([Found(Path(path), name) for path, name, _ in shard.files], **reading)
    ids = {Path(path): name for path, _, name in shard.files}
    return Corpus(tuple(_named(document, ids) for document in corpus.documents), corpus.failures)


def _named(document: Document, ids: dict[Path, str]) -> Document:
    path = next(path for path in (document.path, *document.path.parents) if path in ids)
    if path != document.path:  # from an archive
        return replace(document, id=f"{ids[path]}/{document.id}")
    end = document.id.rpartition("#")[2] if "#" in document.id else ""
    if path.suffix.lower() in (".csv", ".xlsx", ".jsonl", ".parquet"):
        return replace(document, id=f"{ids[path]}/{document.id}")
    return replace(document, id=ids[path] + (f"#{end}" if end.isdigit() else ""))
