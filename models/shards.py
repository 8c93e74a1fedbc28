"""Cut a heap of files into shards, each of them some megabytes of whole files that one worker codes at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zhuti.features import Corpus, Document, Found, distinct_names, list_files, printable, read_files

# A shard is closed at so many bytes or files: the smaller, the less is lost to a crash, and the less memory it takes.
SHARD_BYTES, SHARD_FILES = 500_000, 100


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
    """

    name: str
    files: tuple[tuple[str, str, str], ...]
    size: int


def cut_shards(
    *paths: Path | str,
    shard_bytes: int = SHARD_BYTES,
    shard_files: int = SHARD_FILES,
    leave_out: Path | None = None,
) -> tuple[Shard, ...]:
    """Cut the files that paths, folders and patterns stand for into shards, in their order.

    Parameters
    ----------
    *paths : path or str
    shard_bytes, shard_files : int
        Where a shard is closed; a file is never divided, so that its documents stay whole.
    leave_out : Path, optional
        A folder whose files are passed over: that of the results, where it stands among the inputs.

    Raises
    ------
    ReadError
        When there is no file.
    """
    files = list_files(*paths)
    if leave_out is not None:
        own = leave_out.resolve()
        files = [found for found in files if own not in found.path.resolve().parents]
    stems = [printable(found.path.stem).strip() or "document" for found in files]
    names = dict(zip(files, distinct_names(stems, [found.path for found in files]), strict=True))
    shards: list[Shard] = []
    for group in _groups([(found, _size(found)) for found in files], shard_bytes, shard_files):
        rows = tuple((str(found.path), found.name, names[found]) for found, _ in group)
        shards.append(Shard(f"part-{len(shards):06d}", rows, sum(size for _, size in group)))
    return tuple(shards)


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
