"""Read a codebook: the themes, what belongs to them, and how they are named and coloured."""

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from zhuti.errors import CodebookError
from zhuti.files import digest

Language = Literal["zh", "en"]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-\u3400-\u9fff]+$")]
Color = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy; what was worked out from the old content is worked out anew."""
        copied = super().model_copy(update=update, deep=deep)
        for name in set(copied.__dict__) - set(type(self).model_fields):
            del copied.__dict__[name]
        return copied


class Bilingual(_Part):
    """A text in Chinese and, where the codebook has one, in English."""

    zh: str
    en: str = ""

    def in_language(self, lang: Language) -> str:
        """Return the text in `lang`, or the Chinese one where there is no other."""
        return self.en if lang == "en" and self.en else self.zh


class Code(_Part):
    """One theme, or one subtheme of it: what it is called, what it takes in and what it leaves out."""

    id: Identifier
    zh: str = ""
    en: str = ""
    color: Color | None = None
    definition: Bilingual = Bilingual(zh="")
    include: tuple[Bilingual, ...] = ()
    exclude: tuple[Bilingual, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    subthemes: tuple["Code", ...] = ()

    def label(self, lang: Language = "zh") -> str:
        """Return the name to show in `lang`; without one the identifier, or the name in the other language."""
        if lang == "en":
            return self.en or self.zh or self.id
        return self.zh or (self.id if _CHINESE.search(self.id) else self.en or self.id)

    def leaves(self) -> Iterator["Code"]:
        """Yield the codes below this one that have none below them; the code itself where it is flat."""
        if not self.subthemes:
            yield self
        for code in self.subthemes:
            yield from code.leaves()


class Boundary(_Part):
    """One row of the table of cases that coders disagree on."""

    id: Identifier
    case: Bilingual
    decision: Bilingual


# Colours that colour-blind readers tell apart (Okabe and Ito 2008), for themes that name none.
_PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#B8A000", "#4B4B8F")


class Term(_Part):
    """A word or phrase by which a code is recognised; `elsewhere` names the codes that it also stands for."""

    term: Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
    code: Identifier
    elsewhere: tuple[str, ...] = ()


class Codebook(_Part):
    """A list of themes with their subthemes; the contract between coders, classifier and report.

    Attributes
    ----------
    format : int
        Number of the file format; 1.
    id, version : str
        What the codebook is called and which edition it is; both are printed in every report.
    other : str
        Identifier of the theme for units without a policy object; they are left out of shares.
        Empty where every unit has a theme.
    themes : tuple of Code
        In the order in which reports show them.
    bank : tuple of Term
        The terms of `terms_file`, a CSV beside the codebook with columns `term, code, elsewhere`.
    """

    format: Literal[1] = 1
    id: Identifier
    version: str
    title: Bilingual
    unit: Bilingual = Bilingual(zh="")
    other: str = ""
    rules: tuple[Bilingual, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    themes: tuple[Code, ...] = Field(min_length=2)
    terms_file: str = ""
    bank: tuple[Term, ...] = ()

    @model_validator(mode="after")
    def _unambiguous(self) -> "Codebook":
        seen: set[str] = set()
        for theme in self.themes:
            for code in theme.leaves():
                if code.id in seen:
                    raise ValueError(f"the code {code.id!r} stands twice; a subtheme belongs to one theme")
                seen.add(code.id)
        themes = [theme.id for theme in self.themes]
        if len(set(themes)) < len(themes):
            raise ValueError("two themes have the same id")
        if self.other and self.other not in themes:
            raise ValueError(f"other = {self.other!r} is no theme of this codebook")
        for term in self.bank:
            for name in (term.code, *term.elsewhere):
                if name not in seen:
                    raise ValueError(f"the term {term.term!r} names the code {name!r}, which is not in the codebook")
        return self

    @cached_property
    def theme_ids(self) -> tuple[str, ...]:
        """Identifiers of the themes, in the order of reports."""
        return tuple(theme.id for theme in self.themes)

    @cached_property
    def policy_theme_ids(self) -> tuple[str, ...]:
        """Identifiers of the themes that enter shares: all but `other`."""
        return tuple(theme for theme in self.theme_ids if theme != self.other)

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """Theme of each subtheme; a theme without subthemes is its own."""
        return {code.id: theme.id for theme in self.themes for code in theme.leaves()}

    @cached_property
    def subtheme_ids(self) -> tuple[str, ...]:
        """Identifiers of the finest codes, in the order of the file."""
        return tuple(self.parents)

    @cached_property
    def codes(self) -> Mapping[str, Code]:
        """All codes by identifier; a theme wins over a subtheme of the same name."""
        found = {code.id: code for theme in self.themes for code in theme.leaves()}
        return found | {theme.id: theme for theme in self.themes}

    def label(self, code: str, lang: Language = "zh") -> str:
        """Return the name of a theme or subtheme to show in `lang`."""
        return self.codes[code].label(lang) if code in self.codes else code

    def color(self, theme: str) -> str:
        """Return the colour of a theme as `#RRGGBB`."""
        named = self.codes[theme].color
        if named:
            return named
        return "#7F7F7F" if theme == self.other else _PALETTE[self.theme_ids.index(theme) % len(_PALETTE)]

    def theme_of(self, label: str) -> str:
        """Return the theme that a label names: its identifier, its Chinese or its English name."""
        found = self._theme_names.get(label.strip().lower())
        if found is None:
            raise CodebookError(
                f"theme {label!r} is not in the codebook {self.id} {self.version}; it has {', '.join(self.theme_ids)}"
            )
        return found

    def subtheme_of(self, label: str) -> str:
        """Return the subtheme that a label names: `subtheme`, `theme/subtheme`, or its name."""
        found = self._subtheme_names.get(label.strip().lower().rpartition("/")[2])
        if found is None:
            raise CodebookError(
                f"subtheme {label!r} is not in the codebook {self.id} {self.version}; "
                f"it has {', '.join(self.subtheme_ids)}"
            )
        return found

    @cached_property
    def _theme_names(self) -> Mapping[str, str]:
        return {name.lower(): t.id for t in self.themes for name in (t.en, t.zh, t.id) if name}

    @cached_property
    def _subtheme_names(self) -> Mapping[str, str]:
        return {n.lower(): c.id for t in self.themes for c in t.leaves() for n in (c.en, c.zh, c.id) if n}

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """All terms: those written with the codes, then those of the terms file."""
        written = (
            Term(term=term, code=code.id) for theme in self.themes for code in theme.leaves() for term in code.terms
        )
        return (*written, *self.bank)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, independent of comments and layout of the file."""
        return digest(self.model_dump_json())


def read_codebook(path: Path | str | None = None) -> Codebook:
    """Read a codebook from a TOML file; without a path, the one that zhuti ships.

    Parameters
    ----------
    path : path or str, optional
        A TOML file like `seeds/codebook.toml`; copy it, change it, name it with `--codebook`.

    Returns
    -------
    Codebook

    Raises
    ------
    CodebookError
        When the file is missing, is no TOML, or breaks the contract; all faults are named with their place.

    Examples
    --------
    >>> book = read_codebook()
    >>> book.theme_ids
    ('industry', 'livelihood', 'urban', 'governance', 'other')
    >>> book.parents["education"], book.label("livelihood")
    ('livelihood', '民生保障')
    """
    return _read(Path(path)) if path is not None else _read_shipped()


@lru_cache(maxsize=1)
def _read_shipped() -> Codebook:
    """Read the codebook that zhuti ships, once: it is frozen, and its thousands of terms take time."""
    return _read(Path(__file__).with_name("codebook.toml"))


def _read(source: Path) -> Codebook:
    try:
        data = tomllib.loads(source.read_text(encoding="utf-8-sig"))
        if isinstance(data.get("terms_file"), str) and data["terms_file"]:
            data["bank"] = _read_bank(source.parent / data["terms_file"])
    except OSError as error:
        raise CodebookError(f"codebook {error.filename or source}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"codebook {source}: is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"codebook {source}: is no TOML: {error}") from error
    try:
        return Codebook.model_validate(data)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(step) for step in fault['loc']) or 'file'}: {fault['msg']}" for fault in error.errors()
        )
        raise CodebookError(f"codebook {source}: {faults}") from error


def _read_bank(path: Path) -> list[dict[str, object]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        # Thousands of rows stand between a user and the first prediction: csv.DictReader takes five times as long.
        names, *cells = [row for row in csv.reader(lines) if row] or [[]]
    missing = {"term", "code"} - set(names)
    if missing:
        raise CodebookError(f"terms file {path}: lacks the column {', '.join(sorted(missing))}")
    rows = [dict(zip(names, row, strict=False)) for row in cells]
    return [
        {"term": row.get("term"), "code": row.get("code"), "elsewhere": tuple(row.get("elsewhere", "").split())}
        for row in rows
    ]
