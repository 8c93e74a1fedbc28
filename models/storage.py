"""Model files: skops, with nothing in them but numbers, texts, lists and arrays."""

import hashlib
import json
import warnings
import zipfile
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from zhuti.errors import ModelError
from zhuti.files import whole_file
from zhuti.models.training import FORMAT, LIBRARIES, TrainedModel
from zhuti.seeds import Codebook

# No type of ours and none that skops does not trust by itself: the list is empty, and stays so.
ALLOWED: frozenset[str] = frozenset()
_SEAL = "zhuti-seal.json"
# Where the class of what was learned stands, by its name; it is imported when a file holds one, since a pipeline
# needs scikit-learn and the default classifier does not.
_CODERS = {
    "ContextCoder": "zhuti.models.context",
    "DictionaryCoder": "zhuti.models.dictionary",
    "PlainCoder": "zhuti.models.plain",
}

# Whose own objects a pipeline consists of: what another release of it reads into them is not for us to promise.
_PIPELINE = "PlainCoder"


class VersionWarning(UserWarning):
    """A model was trained with other versions of the libraries; its results may differ a little."""


def save_model(model: TrainedModel, path: Path | str) -> None:
    """Write a model file.

    Parameters
    ----------
    model : TrainedModel
    path : path or str
        Its name ends in `.skops`.
    """
    from skops.io import dump

    path = Path(path)
    if path.suffix != ".skops":
        raise ModelError(f"{path}: the name of a model file ends in .skops")
    content = {
        "format": FORMAT,
        "card": json.dumps(model.card, ensure_ascii=False, sort_keys=True),
        "codebook": model.codebook.model_dump_json(),
        "kind": type(model.coder).__name__,
        "coder": model.coder.state(),
    }
    with whole_file(path) as part:
        dump(content, part, compression=zipfile.ZIP_DEFLATED, compresslevel=6)
        with zipfile.ZipFile(part, "a") as archive:
            seal = {"format": FORMAT, "sha256": _content_digest(archive)}
            archive.writestr(zipfile.ZipInfo(_SEAL, (1980, 1, 1, 0, 0, 0)), json.dumps(seal))


def load_model(path: Path | str) -> TrainedModel:
    """Read a model file that `save_model` wrote.

    Raises
    ------
    ModelError
        When the file is missing, is none of ours, was changed after it was written, holds a type that zhuti
        does not write, has a format that this version does not know, or is a pipeline of another release of
        scikit-learn.

    Warns
    -----
    VersionWarning
        When it was trained with other versions of the libraries that decide on its numbers; both are named.
    """
    path = Path(path)
    if not path.is_file():
        raise ModelError(f"{path}: there is no such file; zhuti train writes model files")
    _check_seal(path)
    content = _load(path)
    _check_versions(path, content)
    try:
        book = Codebook.model_validate_json(content["codebook"])
        coder = getattr(import_module(_CODERS[content["kind"]]), content["kind"])
        return TrainedModel(coder.from_state(content["coder"]), book, json.loads(content["card"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path}: lacks a part of a model ({error}); train it again with zhuti train") from error


def _check_seal(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            if _SEAL not in archive.namelist():
                raise ModelError(f"{path}: is no model file of zhuti; zhuti train writes one")
            seal = json.loads(archive.read(_SEAL))
            found = _content_digest(archive)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(f"{path}: is no model file of zhuti; zhuti train writes one") from error
    if seal.get("format") != FORMAT:
        raise ModelError(f"{path}: has format {seal.get('format')}, this zhuti reads format {FORMAT}; train it again")
    if seal.get("sha256") != found:
        raise ModelError(f"{path}: was changed after zhuti wrote it; train it again, or get it from its maker again")


def _check_versions(path: Path, content: Mapping[str, Any]) -> None:
    """Refuse a pipeline of another scikit-learn, and warn where another library differs."""
    try:
        told = json.loads(content["card"])["versions"]
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path}: does not say what it was trained with; train it again with zhuti train") from error
    here = {name: version(name) for name in LIBRARIES}
    other = [name for name in LIBRARIES if told.get(name) != here[name]]
    differ = ", ".join(f"{name} {told.get(name, 'unknown')} (here {here[name]})" for name in other)
    if content.get("kind") == _PIPELINE and _release(told.get("scikit-learn")) != _release(here["scikit-learn"]):
        raise ModelError(
            f"{path}: is a pipeline trained with {differ}; another release of scikit-learn may read it otherwise: "
            "train it again, or install the release it was trained with"
        )
    if other:
        warnings.warn(
            f"{path}: was trained with {differ}; results may differ a little, train it again to be sure",
            VersionWarning,
            stacklevel=3,
        )


def _release(number: Any) -> list[str]:
    return str(number).split(".")[:2]


def _content_digest(archive: zipfile.ZipFile) -> str:
    sha = hashlib.sha256()
    for name in sorted(set(archive.namelist()) - {_SEAL}):
        content = archive.read(name)
        sha.update(f"{name}\0{len(content)}\0".encode())
        sha.update(content)
    return sha.hexdigest()


def _load(path: Path) -> dict[str, Any]:
    from skops.io import get_untrusted_types, load

    try:
        strange = sorted(set(get_untrusted_types(file=path)) - ALLOWED)
        if strange:
            raise ModelError(f"{path}: holds {', '.join(strange)}, which zhuti never writes; it is not loaded")
        content = load(path, trusted=sorted(ALLOWED))
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(f"{path}: cannot be read ({type(error).__name__}: {error})") from error
    if not isinstance(content, dict):
        raise ModelError(f"{path}: holds {type(content).__name__}, not a model of zhuti")
    return content
