"""Ids of documents: such as no other document has, though files are read one by one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zhuti.features.documents import Document
from zhuti.features.folders import Found, distinct_names, printable
from zhuti.features.reading import name_of
from zhuti.features.sources import FORMATS


class DocumentIds:
    """Gives documents ids that no other has, though it sees but one file at a time."""

    def __init__(self, files: Sequence[Found]) -> None:
        single = [found for found in files if FORMATS.get(found.path.suffix.lower(), "zip") != "zip"]
        names = distinct_names([name_of(found.path) for found in single], [found.path for found in single])
        self._files = dict(zip((found.path for found in single), names, strict=True))
        self._given = set(names)
        self._tries = Counter[str]()

    def give(self, found: Found, documents: Sequence[Document]) -> tuple[Document, ...]:
        """Return the documents of a file with their ids: its name, else what an archive or table calls them."""
        if found.path in self._files:
            own, name = name_of(found.path), self._files[found.path]
            ids = [name + document.id.removeprefix(own) for document in documents]
        else:
            ids = distinct_names([document.id for document in documents], [document.path for document in documents])
            ids = [self._free(name, document.path) for name, document in zip(ids, documents, strict=True)]
        return tuple(
            document if name == document.id else replace(document, id=name)
            for document, name in zip(documents, ids, strict=True)
        )

    def _free(self, name: str, path: Path) -> str:
        folder = printable(path.parent.name)
        if name in self._given and not name.startswith(f"{folder}/"):
            name = f"{folder}/{name}"
        free = name
        while free in self._given:
            self._tries[name] += 1
            free = f"{name}~{self._tries[name] + 1}"
        self._given.add(free)
        return free
