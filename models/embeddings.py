"""Vectors of whole sentences from a sentence-transformers model on disk (extra `embeddings`)."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhuti.errors import ModelError


def embed_texts(texts: list[str], folder: str) -> NDArray[np.float32]:
    """Return the vectors of texts, each of length 1.

    Parameters
    ----------
    texts : list of str
    folder : str
        A folder on disk that `SentenceTransformer.save` wrote. Nothing is fetched from the network.

    Raises
    ------
    ModelError
        When the folder or the library is missing.
    """
    encoder = _load(folder)
    vectors = encoder.encode(texts, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
    return np.asarray(vectors, dtype=np.float32)


@lru_cache(maxsize=1)
def _load(folder: str) -> Any:
    if not Path(folder).is_dir():
        raise ModelError(f"{folder}: there is no such folder; name one with a sentence-transformers model in it")
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelError("embeddings need sentence-transformers; pip install 'zhuti[embeddings]'") from error
    return SentenceTransformer(folder, device="cpu", local_files_only=True)
