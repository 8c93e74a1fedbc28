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
from zhuti.models.training import TrainedModel
from zhuti.seeds import Codebook

MANIFEST, MODEL, DOCUMENTS = "manifest.json", "model.json", "documents"
_FORMAT = 2


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
    def open(
        cls,
        path: Path,
        shards: Sequence[Shard],
        settings: Mapping[str, Any],
        model: TrainedModel,
        *,
        overwrite: bool = False,
    ) -> "PartsFolder":
        """Begin a folder, or go on with one that was begun with the same files, model and options.

        Parameters
        ----------
        path : Path
        shards : sequence of Shard
        settings : mapping
            What the parts are made with: a folder holds parts of one kind.
        model : TrainedModel
            Its card and codebook are kept beside the parts, for whoever compares them.
        overwrite : bool
            Delete the parts of another run; files that are no part of it are kept.

        Raises
        ------
        ZhutiError
            When the folder was begun with others and is not to be overwritten, or holds parts without a manifest.
        """
        manifest = {"format": _FORMAT, **settings, "shards": [[s.name, s.size, len(s.files)] for s in shards]}
        manifest["files"] = digest(
            *(f"{path}\0{name}\0{_stamp(path)}\0{_span(shard)}" for shard in shards for path, _, name in shard.files)
        )
        place = path / MANIFEST
        if place.is_file():
            kept = _read_json(place)
            changed = _changed(kept, json.loads(json.dumps(manifest)))
            if not changed:
                return cls(path, tuple(shards))
            if not overwrite:
                _refuse_others(path, changed)
            _delete_parts(path, kept)
        elif any(path.glob("part-*.parquet")):
            raise ZhutiError(f"{path} holds parts but no {MANIFEST}; give --out an empty or new folder")
        facts = {"card": dict(model.card), "codebook": json.loads(model.codebook.model_dump_json())}
        # The manifest comes last: a folder that has one has all that stands beside the parts.
        for target, content in ((path / MODEL, facts), (place, manifest)):
            with whole_file(target) as part:
                part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
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


@dataclass(frozen=True)
class CodedParts:
    """All parts of a folder, and what they were coded with.

    Attributes
    ----------
    paths : tuple of Path
    card : mapping
        Of the model.
    codebook : Codebook
    """

    paths: tuple[Path, ...]
    card: Mapping[str, Any]
    codebook: Codebook


def holds_parts(path: Path | str) -> bool:
    """Tell whether a path is a folder of coded parts."""
    return all((Path(path) / name).is_file() for name in (MANIFEST, MODEL))


def read_parts(path: Path | str) -> CodedParts:
    """Find the parts of a folder, with the card and the codebook of their model.

    Raises
    ------
    ZhutiError
        When it is no such folder, or some of its parts are not coded yet.
    """
    folder = Path(path)
    if not holds_parts(folder):
        raise ZhutiError(f"{folder}: no {MANIFEST} there, so it is no folder of coded parts; zhuti classify makes one")
    names = [name for name, *_ in _read_json(folder / MANIFEST)["shards"]]
    paths = tuple(folder / f"{name}.parquet" for name in names)
    missing = [part.stem for part in paths if not part.is_file()]
    if missing:
        raise ZhutiError(
            f"{folder}: {len(missing)} of {len(names)} parts are not coded yet, such as {missing[0]}; "
            "run the same zhuti classify again, it goes on where it stopped"
        )
    facts = _read_json(folder / MODEL)
    return CodedParts(paths, facts["card"], Codebook.model_validate(facts["codebook"]))


def _read_json(place: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ZhutiError(f"{place}: is damaged ({error}); give --out a new folder") from error
    return found


def _changed(kept: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in {**kept, **wanted} if kept.get(name) != wanted.get(name))


def _refuse_others(path: Path, changed: Sequence[str]) -> None:
    raise ZhutiError(
        f"{path} was begun with another {', '.join(changed)}; parts of two kinds must not stand in one "
        "folder: give --out a new folder, or --overwrite to delete the parts in this one"
    )


def _delete_parts(path: Path, manifest: Mapping[str, Any]) -> None:
    """Delete the parts of a run, its manifest last: if it is killed meanwhile, what is left is a run half done."""
    for name, *_ in manifest["shards"]:
        (path / f"{name}.parquet").unlink(missing_ok=True)
        (path / DOCUMENTS / f"{name}.parquet").unlink(missing_ok=True)
    (path / MANIFEST).unlink()


def _span(shard: Shard) -> str:
    return f"{shard.rows.start}-{shard.rows.stop}" if shard.rows else ""


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
