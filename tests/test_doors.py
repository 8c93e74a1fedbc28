"""Each room has one door, and the front door reads like a sentence."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import zhuti

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("room", ["features", "models", "reports", "seeds"])
def test_a_door_offers_what_it_imports(room: str) -> None:
    tree = ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zhuti")
        for alias in node.names
    }
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"}
    door = importlib.import_module(f"zhuti.{room}")
    assert set(door.__all__) == imported | defined
    assert door.__doc__


def test_every_public_name_can_be_had() -> None:
    for name in zhuti.__all__:
        assert getattr(zhuti, name) is not None


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(AttributeError, match="it has ThemeClassifier"):
        zhuti.compere  # type: ignore[attr-defined]


def test_the_start_imports_nothing_heavy() -> None:
    code = (
        "import sys, zhuti.commands; "
        "print(sorted({'sklearn', 'scipy', 'matplotlib', 'pandas', 'numpy', 'skops', 'jieba'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
