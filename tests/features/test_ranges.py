"""Tables of any size are cut between documents, and large ones are written block by block."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhuti.features import cut_table, read_range, write_table
from zhuti.features.ranges import join_documents


def _rows(path: Path, rows: int, batch: int) -> list[list[list[object]]]:
    return [[table["n"].to_pylist() for table in read_range(part, batch)] for part in cut_table(path, rows)]


@pytest.mark.parametrize("group", [3, 7, 100])
def test_ranges_hold_each_row_once_wherever_row_groups_end(group: int, tmp_path: Path) -> None:
    table = pa.table({"n": range(40), "document": [f"d{n // 5}" for n in range(40)], "text": ["新建。"] * 40})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=group)
    found = _rows(tmp_path / "a.parquet", 8, 4)
    assert [n for part in found for batch in part for n in batch] == list(range(40))
    assert [sum(map(len, part)) for part in found] == [10, 10, 10, 10]
    assert all(len(batch) == 5 for part in found for batch in part)


def test_a_document_of_any_length_stays_whole(tmp_path: Path) -> None:
    for name, documents in {"one": ["d"] * 50, "back": ["a"] * 20 + ["b"] * 10 + ["a"] * 20}.items():
        frame = pd.DataFrame({"n": range(50), "document": documents, "text": "新建。"})
        frame.to_parquet(tmp_path / f"{name}.parquet")
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    for ending in ("csv", "parquet"):
        assert [len(part) for part in _rows(tmp_path / f"one.{ending}", 8, 4)] == [1]
        sizes = [[len(batch) for batch in part] for part in _rows(tmp_path / f"back.{ending}", 8, 4)]
        assert sizes == [[20], [10], [20]]


def test_rows_without_a_document_may_be_cut_anywhere(tmp_path: Path) -> None:
    frame = pd.DataFrame({"n": range(10), "text": "新建。"})
    frame.to_csv(tmp_path / "a.csv", index=False)
    frame.to_parquet(tmp_path / "a.parquet")
    for ending in ("csv", "parquet"):
        assert [sum(map(len, part)) for part in _rows(tmp_path / f"a.{ending}", 4, 2)] == [4, 4, 2]
    assert list(join_documents([], 3)) == []


def test_one_large_row_group_is_not_read_anew_for_every_few_rows(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["新建。"] * 8_000}), tmp_path / "a.parquet")
    assert len(cut_table(tmp_path / "a.parquet", 10)) == 8


def test_a_long_table_is_written_as_a_short_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"a": ["=1", "甲", None, "甲", "+", ""] * 3, "b": [0.123456789, 1, 2, 3, 4, 5] * 3})
    write_table(frame, tmp_path / "once.csv")
    monkeypatch.setattr("zhuti.features.tables_out._ROWS_AT_ONCE", 4)
    write_table(frame, tmp_path / "often.csv")
    assert (tmp_path / "once.csv").read_bytes() == (tmp_path / "often.csv").read_bytes()
    lines = (tmp_path / "once.csv").read_text(encoding="utf-8-sig").split("\n")
    assert lines[:5] == ["a,b", "'=1,0.123457", "甲,1", ",2", "甲,3"]
    write_table(frame.dropna(), tmp_path / "full.csv")
    assert "'=1,0.123457\n甲,1\n甲,3\n'+,4\n,5\n" in (tmp_path / "full.csv").read_text(encoding="utf-8-sig")
    write_table(frame.iloc[:0], tmp_path / "none.csv")
    assert (tmp_path / "none.csv").read_text(encoding="utf-8-sig") == "a,b\n"
