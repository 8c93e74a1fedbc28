"""The rooms stand at the top, are linked into the package, and all packages are built."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("features", "models", "reports", "seeds")
SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_is_linked_into_the_package(room: str) -> None:
    link = ROOT / "src" / "zhuti" / room
    assert link.is_symlink()
    assert link.readlink().as_posix() == f"../../{room}"
    assert link.resolve() == ROOT / room


def test_every_package_is_built() -> None:
    found = {"zhuti"}
    for room in ROOMS:
        for init in (ROOT / room).rglob("__init__.py"):
            found.add(".".join(("zhuti", *init.parent.relative_to(ROOT).parts)))
    for init in (ROOT / "src" / "zhuti").glob("*/__init__.py"):
        found.add(f"zhuti.{init.parent.name}")
    assert found == set(SETUP["packages"])


def test_every_package_has_its_folder() -> None:
    for package, folder in SETUP["package-dir"].items():
        assert (ROOT / folder / "__init__.py").is_file(), package
