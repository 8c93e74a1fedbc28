"""How the default model errs on real sentences: counts measured beforehand, since the sentences are not shipped."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from zhuti.files import digest
from zhuti.seeds import read_codebook, seed_path

REAL_TEXT = "real_text.json"


@lru_cache(maxsize=1)
def learned_digest() -> str:
    """Return the digest of what the default model learns from: labelled sentences, codebook and terms."""
    return digest(read_codebook().digest, *sorted(seed_path("labels").glob("*.jsonl")))


def read_real_error() -> Mapping[str, Any]:
    """Return the error on real sentences, as a card holds it under `real`.

    Returns
    -------
    mapping
        `n_sentences`, `n_documents`, `scores`, `confusion` (truth in rows) and `document_counts`; empty where the
        counts were taken of a model that learned from other sentences, codebook or terms than those shipped now.

    Notes
    -----
    `benchmarks/accuracy.py --write` takes the counts.
    """
    path = seed_path(REAL_TEXT)
    if not path.is_file():
        return {}
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept if kept.pop("learned", "") == learned_digest() else {}
