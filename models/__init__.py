"""Sentences in, themes out: the classifiers, their training and their files.

What needs scikit-learn is imported when it is first used, so that coding with a kept model starts quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from zhuti.models.cards import render_card
from zhuti.models.coding import classify, classify_batch, code_columns
from zhuti.models.shipped import default_model
from zhuti.models.storage import load_model, save_model
from zhuti.models.training import TrainedModel, train

if TYPE_CHECKING:
    from zhuti.models.classifier import ThemeClassifier
    from zhuti.models.evaluated import Evaluation
    from zhuti.models.evaluation import evaluate
    from zhuti.models.labels import read_labels
    from zhuti.models.parts import CodedParts, holds_parts, read_parts
    from zhuti.models.pool import CodedFiles, classify_files

__all__ = [
    "CodedFiles",
    "CodedParts",
    "Evaluation",
    "ThemeClassifier",
    "TrainedModel",
    "classify",
    "classify_batch",
    "classify_files",
    "code_columns",
    "default_model",
    "evaluate",
    "holds_parts",
    "load_model",
    "read_labels",
    "read_parts",
    "render_card",
    "save_model",
    "train",
]

_LATER = {
    "ThemeClassifier": "zhuti.models.classifier",
    "CodedFiles": "zhuti.models.pool",
    "CodedParts": "zhuti.models.parts",
    "Evaluation": "zhuti.models.evaluated",
    "classify_files": "zhuti.models.pool",
    "evaluate": "zhuti.models.evaluation",
    "holds_parts": "zhuti.models.parts",
    "read_labels": "zhuti.models.labels",
    "read_parts": "zhuti.models.parts",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"zhuti.models has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_LATER[name]), name)
