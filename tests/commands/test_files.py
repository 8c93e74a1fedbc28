"""Outputs appear whole or not at all."""

from pathlib import Path

import pytest

from zhuti.errors import ZhutiError
from zhuti.files import cache_directory, digest, whole_file, whole_folder


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), whole_file(path) as part:
        part.write_text("new", encoding="utf-8")
        raise RuntimeError
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [("out.csv", "old")]


def test_a_failed_run_leaves_the_old_folder(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "kept.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RuntimeError), whole_folder(folder) as stage:
        (stage / "page.html").write_text("half", encoding="utf-8")
        raise RuntimeError
    assert [path.name for path in tmp_path.rglob("*")] == ["report", "kept.txt"]
    with whole_folder(folder) as stage:
        (stage / "charts").mkdir()
        (stage / "charts" / "a.svg").write_text("<svg/>", encoding="utf-8")
    assert (folder / "kept.txt").is_file()
    assert (folder / "charts" / "a.svg").is_file()


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("", encoding="utf-8")
    with pytest.raises(ZhutiError, match="is a file, not a folder"), whole_folder(tmp_path / "report"):
        pass


def test_the_cache_is_where_the_user_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUTI_CACHE", str(tmp_path / "here"))
    assert cache_directory() == tmp_path / "here"
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ZHUTI_CACHE", str(tmp_path / "file"))
    with pytest.raises(ZhutiError, match="set ZHUTI_CACHE"):
        cache_directory()


def test_digests_depend_on_where_a_part_ends(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"ab")
    assert digest(tmp_path / "a") == digest("ab") != digest("a", "b")
