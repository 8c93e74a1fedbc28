"""The default model: trained on the shipped sentences when it is first asked for, and kept."""

import json
import zipfile
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from zhuti.files import cache_directory, digest, whole_file
from zhuti.models.context import ContextCoder
from zhuti.models.real_text import learned_digest, read_real_error
from zhuti.models.training import FORMAT, LIBRARIES, TrainedModel
from zhuti.seeds import read_codebook


def default_model(progress: bool = False) -> TrainedModel:
    """Return the model trained on the sentences and terms that zhuti ships.

    The first call trains it; later ones read it from the cache folder. Its name there is the digest of all that
    it depends on (sentences, codebook, terms, zhuti's own code, versions of the libraries): when one of them
    changes, it is trained again. Its card holds under `real` how it errs on real sentences.
    """
    path = cache_directory() / f"default-{default_key()[:32]}.npz"
    kept = _read(path)
    if kept is not None:
        return _with_real_error(kept)
    from zhuti.models.labels import read_shipped_labels
    from zhuti.models.training import train

    model = train(read_shipped_labels(), progress=progress)
    _write(model, path)
    return _with_real_error(model)


def _with_real_error(model: TrainedModel) -> TrainedModel:
    return replace(model, card={**model.card, "real": dict(read_real_error())})


@lru_cache(maxsize=1)
def default_key() -> str:
    """Return the digest of all that the default model depends on."""
    rooms = (Path(__file__).parent, Path(__file__).parents[1] / "features")
    code = [path for room in rooms for path in sorted(room.glob("*.py"))]
    return digest(str(FORMAT), *map(version, LIBRARIES), learned_digest(), *code)


def _write(model: TrainedModel, path: Path) -> None:
    state: dict[str, Any] = {name: np.asarray(value) for name, value in model.coder.state().items()}
    state["card"] = np.asarray(json.dumps(model.card))
    for old in path.parent.glob("default-*.npz"):
        old.unlink(missing_ok=True)
    with whole_file(path) as part:
        np.savez(part, **state)


def _read(path: Path) -> TrainedModel | None:
    """Return the kept model; None where there is none, or the file is damaged."""
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as arrays:
            state = {name: arrays[name] for name in arrays.files}
        card = json.loads(str(state.pop("card")))
        return TrainedModel(ContextCoder.from_state(state), read_codebook(), card)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
