"""A folder of coded parts: a manifest written first, and a Parquet file a shard that is there whole or not at all."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from zhuti.errors import ZhutiError
from zhuti.files import digest, whole_file
from zhuti.models.shards import Shard

MANIFEST, DOCUMENTS = "manifest.json", "documents"
_FORMAT = 1


@dataclass(frozen=True)
class PartsFolder:
    """A folder of coded parts.

    Attributes
    ----------
    path : Path
    shards : tuple of Shard
        All that are to be coded.
    """

    path: Path
    shards: tuple[Shard, ...]

    @classmethod
    def open(cls, path: Path, shards: Sequence[Shard], settings: Mapping[str, Any]) -> "PartsFolder":
        """Begin a folder, or go on with one that was begun with the same files, model and options.

        Raises
        ------
        ZhutiError
            When the folder was begun with others, or holds parts without a manifest.
        """
        manifest = {"format": _FORMAT, **settings, "shards": [[s.name, s.size, len(s.files)] for s in shards]}
        manifest["files"] = digest(
            *(f"{path}\0{name}\0{_stamp(path)}" for shard in shards for path, _, name in shard.files)
        )
        place = path / MANIFEST
        if place.is_file():
            _refuse_others(path, json.loads(place.read_text(encoding="utf-8")), json.loads(json.dumps(manifest)))
        elif any(path.glob("part-*.parquet")):
            raise ZhutiError(f"{path} holds parts but no {MANIFEST}; give --out an empty or new folder")
        else:
            with whole_file(place) as part:
                part.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
                _to_disk(part)
        return cls(path, tuple(shards))

    def unfinished(self) -> tuple[Shard, ...]:
        """Return the shards whose part is not there yet."""
        return tuple(shard for shard in self.shards if not self.part(shard.name).is_file())

    def part(self, name: str) -> Path:
        """Where the coded sentences of a shard lie."""
        return self.path / f"{name}.parquet"

    def documents(self, name: str) -> Path:
        """Where the documents of a shard lie."""
        return self.path / DOCUMENTS / f"{name}.parquet"

    def write(self, name: str, sentences: pa.Table, documents: pa.Table) -> None:
        """Write a shard's tables; that of the sentences comes last, and says that the shard is done."""
        for place, table in ((self.documents(name), documents), (self.part(name), sentences)):
            with whole_file(place) as part:
                pq.write_table(table, part, compression="zstd")
                _to_disk(part)
            _to_disk(place.parent)

    def failures(self) -> tuple[str, ...]:
        """Return the files that could not be read, in this run or an earlier one, and why."""
        found = []
        for shard in self.shards:
            rows = pq.read_table(self.documents(shard.name), columns=["file", "error"]).to_pylist()
            for row in rows:
                if row["error"]:
                    found.append(f"{row['file']}: {row['error'].removeprefix(row['file']).lstrip(': ')}")
        return tuple(found)


def read_manifest(path: Path) -> dict[str, Any]:
    """Return what a folder of parts was made with.

    Raises
    ------
    ZhutiError
        When it is no such folder, or some of its parts are not coded yet.
    """
    place = Path(path) / MANIFEST
    if not place.is_file():
        raise ZhutiError(f"{path}: no {MANIFEST} there, so it is no folder of coded parts; zhuti classify makes one")
    manifest: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    missing = [name for name, *_ in manifest["shards"] if not (Path(path) / f"{name}.parquet").is_file()]
    if missing:
        raise ZhutiError(
            f"{path}: {len(missing)} of {len(manifest['shards'])} parts are not coded yet, such as {missing[0]}; "
            "run the same zhuti classify again, it goes on where it stopped"
        )
    return manifest


def _refuse_others(path: Path, kept: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    changed = [name for name in {**kept, **wanted} if kept.get(name) != wanted.get(name)]
    if changed:
        raise ZhutiError(
            f"{path} was begun with another {', '.join(sorted(changed))}; parts of two kinds must not stand in one "
            "folder: give --out a new folder, or delete this one"
        )


def _stamp(path: str) -> str:
    try:
        found = Path(path).stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def _to_disk(path: Path) -> None:
    if path.is_dir() and os.name == "nt":  # Windows opens no folders
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
