"""What a user says of files: a table beside them, or options, overrule what the texts say."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from zhuti.errors import TableError
from zhuti.features.documents import Document, Failure
from zhuti.features.folders import Found, printable
from zhuti.features.places import find_place
from zhuti.features.tables import parse_csv, read_table, require_columns

_FACTS = ("district", "year", "genre")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_NAMED_MOST, _SEARCHED_MOST = 5, 20_000


class Metadata:
    """Facts by folder and file, as metadata tables give them."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], dict[str, Any]] = {}
        self._tables: dict[tuple[str, str], str] = {}
        self._used: set[tuple[str, str]] = set()
        self._twice: dict[str, list[str]] = {}
        self._seen: dict[str, None] = {}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def add(self, table: str, data: bytes) -> None:
        """Take in the metadata.csv of an archive."""
        frame = parse_csv(data, table)
        require_columns(frame, ["file"], table)
        self._take(str(Path(table).parent), table, frame.to_dict("records"))

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
            key = folder, str(facts.get("file", "")).strip().replace("\\", "/").removeprefix("./")
            if key in self._rows and self._rows[key] != facts:
                self._twice.setdefault(table, []).append(key[1])
            self._rows[key], self._tables[key] = facts, table

    def facts(self, document: Document) -> Mapping[str, Any]:
        """Return what is known of a document: by its number, its path or its name."""
        if not self._rows:
            return {}
        self._seen[document.file] = None
        number = document.id.rpartition("#")[2] if "#" in document.id else ""
        names = [document.id, document.file, document.path.name, document.path.stem, _bare(document.file)]
        if number:
            names = [f"{name}#{number}" for name in names[1:]] + names
        found = [key for key in _keys(document.path, names) if key in self._rows]
        self._used.update(found)
        return self._rows[found[0]] if found else {}

    def excuse(self, path: Path, name: str) -> None:
        """Take note of a file that could not be read: a row that names it is no mistake."""
        self._seen[name] = None
        self._used.update(_keys(path, [name, path.name, path.stem]))

    def excuse_names(self, names: Iterable[str]) -> None:
        """Take note of names of documents and files, whatever folder a table is for."""
        for name in names:
            self._seen[name] = None
        steps = [name.split("/") for name in self._seen]
        tails = {"/".join(path[n:]) for path in steps for n in range(len(path))}
        tails |= {tail.rpartition(".")[0] for tail in tails}
        self._used.update(key for key in self._rows if key[1] in tails)

    def warnings(self) -> Iterator[Failure]:
        """Yield a line a table: rows that named no file that was read, with names that look alike."""
        for table, twice in self._twice.items():
            yield Failure(Path(table), f"{table}: names {_some(twice, len(twice))} twice; the last row counts")
        unused: dict[str, list[str]] = {}
        for key in self._rows.keys() - self._used:
            unused.setdefault(self._tables[key], []).append(key[1])
        stems: dict[str, str] = {}
        for file in list(self._seen)[:_SEARCHED_MOST]:
            stems.setdefault(Path(file).stem.casefold(), file)
        for table, names in unused.items():
            rows = sum(self._tables[key] == table for key in self._rows)
            line = f"{len(names)} of its {rows} rows name no file that was read"
            near = [_with_near(name, stems) for name in sorted(names)[:_NAMED_MOST]]
            yield Failure(Path(table), f"{table}: {line}: {_some(near, len(names))}")


def check_metadata(files: Sequence[Found], named: Path | str | None, names: Iterable[str]) -> tuple[Failure, ...]:
    """Return the warnings of the tables that `read_metadata` would read, for documents and files of these names."""
    known = read_metadata(files, named)
    if known:
        known.excuse_names(names)
    return tuple(known.warnings())


def _keys(path: Path, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys of the rows that can mean a file, those of the nearest table first."""
    for folder in (str(path.parent), *map(str, path.parent.parents), ""):
        inside = path.relative_to(folder).as_posix() if folder else ""
        yield from ((folder, name) for name in (*names, *([inside, _bare(inside)] if inside else [])))


def _bare(name: str) -> str:
    return name.rpartition(".")[0] or name


def _some(names: Sequence[str], count: int) -> str:
    shown = names[:_NAMED_MOST]
    return ", ".join(shown) + (f" and {count - len(shown)} more" if count > len(shown) else "")


def _with_near(name: str, stems: Mapping[str, str]) -> str:
    """Return a name of a row with the file that it may mean: the one whose name is spelt most like it."""
    if not name:
        return "a row without a name"
    near = get_close_matches(Path(name).stem.casefold(), list(stems), n=1, cutoff=0.6)
    return f"{printable(name)} (did you mean {printable(stems[near[0]])}?)" if near else printable(name)


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
    if not facts and district is None:
        return document
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
