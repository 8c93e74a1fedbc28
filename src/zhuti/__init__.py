"""zhuti 主题: what Chinese local governments put first, sentence by sentence, with intervals that cover.

>>> import zhuti
>>> sentences = zhuti.split_sentences("实施优质教育资源扩容工程。年内建成小学2处；新建幼儿园4处。")
>>> [sentence.text for sentence in sentences]
['实施优质教育资源扩容工程。', '年内建成小学2处；', '新建幼儿园4处。']

The names below are the whole public interface. They are loaded when they are first used, so that
`import zhuti` costs nothing; the rooms behind them are `zhuti.features`, `zhuti.models`, `zhuti.reports`
and `zhuti.seeds`.
"""

from importlib import import_module
from importlib.metadata import version as _version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhuti.errors import ZhutiError
    from zhuti.features import read_documents, read_table, split_sentences, write_table
    from zhuti.models import (
        ThemeClassifier,
        classify,
        classify_files,
        default_model,
        evaluate,
        load_model,
        read_labels,
        save_model,
        train,
    )
    from zhuti.reports import compare, compare_parts, render_report, write_report
    from zhuti.seeds import read_codebook

__all__ = [
    "ThemeClassifier",
    "ZhutiError",
    "classify",
    "classify_files",
    "compare",
    "compare_parts",
    "default_model",
    "evaluate",
    "load_model",
    "read_codebook",
    "read_documents",
    "read_labels",
    "read_table",
    "render_report",
    "save_model",
    "split_sentences",
    "train",
    "write_report",
    "write_table",
]

_ROOMS = {
    "zhuti.errors": {"ZhutiError"},
    "zhuti.features": {"read_documents", "read_table", "split_sentences", "write_table"},
    "zhuti.reports": {"compare", "compare_parts", "render_report", "write_report"},
    "zhuti.seeds": {"read_codebook"},
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version("zhuti")
    if name not in __all__:
        raise AttributeError(f"zhuti has no {name!r}; it has {', '.join(__all__)}")
    room = next((room for room, names in _ROOMS.items() if name in names), "zhuti.models")
    return getattr(import_module(room), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
