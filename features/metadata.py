"""What a user says of files: a table beside them, or options, overrule what the texts say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from zhuti.errors import TableError
from zhuti.features.documents import Document
from zhuti.features.folders import Found
from zhuti.features.places import find_place
from zhuti.features.tables import parse_csv, read_table, require_columns

_FACTS = ("district", "year", "genre")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


class Metadata:
    """Facts by folder and file, as metadata tables give them."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], dict[str, Any]] = {}

    def add(self, table: str, data: bytes) -> None:
        """Take in the metadata.csv of an archive."""
        self._take(str(Path(table).parent), table, parse_csv(data, table).to_dict("records"))

    def read(self, table: Path, folder: str) -> None:
        """Take in a table for the files of `folder`; '' for all files."""
        frame = read_table(table)
        require_columns(frame, ["file"], str(table))
        self._take(folder, str(table), frame.to_dict("records"))

    def _take(self, folder: str, table: str, rows: Sequence[Mapping[Any, Any]]) -> None:
        for row in rows:
            facts = {str(name): value for name, value in row.items() if not _is_blank(value)}
            if "year" in facts and not _YEAR.search(str(facts["year"])):
                raise TableError(
                    f"{table}: the year of {facts.get('file')} is {facts['year']!r}; it must have four digits"
                )
            self._rows[folder, str(facts.get("file", "")).replace("\\", "/")] = facts

    def facts(self, document: Document) -> Mapping[str, Any]:
        """Return what is known of a document: by its number, its path or its name."""
        number = document.id.rpartition("#")[2] if "#" in document.id else ""
        names = [document.id, document.file, document.path.name, document.path.stem]
        if number:
            names = [f"{name}#{number}" for name in names[1:]] + names
        folders = [str(document.path.parent), *map(str, document.path.parent.parents), ""]
        for folder in folders:
            inside = document.path.relative_to(folder).as_posix() if folder else ""
            for name in (*names, *([inside] if inside else [])):
                if (folder, name) in self._rows:
                    return self._rows[folder, name]
        return {}


def read_metadata(files: Sequence[Found], named: Path | str | None) -> Metadata:
    """Read the table that is named, else every `metadata.csv` in the files' folders and those above within reach.

    Raises
    ------
    ReadError, TableError
        When a table cannot be read, lacks the column `file`, or has a year that is none.
    """
    known = Metadata()
    if named:
        known.read(Path(named), "")
        return known
    folders: dict[Path, None] = {}
    for found in files:
        depth = found.name.count("/")
        folders |= dict.fromkeys([found.path.parent, *found.path.parent.parents][: depth + 1])
    for folder in folders:
        if (folder / "metadata.csv").is_file():
            known.read(folder / "metadata.csv", str(folder))
    return known


def overrule(document: Document, known: Mapping[str, Any], district: str | None) -> Document:
    """Return the document with the facts that the user gave, and where they come from."""
    facts: dict[str, Any] = {name: known[name] for name in _FACTS if not _is_blank(known.get(name))}
    reasons = dict(document.reasons or {}) | dict.fromkeys(facts, "metadata")
    if district is not None:
        facts["district"], reasons["district"] = district, "--district"
    if "year" in facts:
        digits = _YEAR.search(str(facts["year"]))
        facts["year"] = int(digits[0]) if digits else None
    if "district" in facts:
        facts["district"] = str(facts["district"]).strip()
        place = find_place(facts["district"])
        facts["place_code"], facts["place"] = (place.code, place.full_name) if place else ("", "")
    if "genre" in facts:
        facts["genre"] = str(facts["genre"]).strip()
    return replace(document, **facts, reasons=reasons)


def _is_blank(value: Any) -> bool:
    return value is None or value is pd.NA or value != value or str(value).strip() == ""
