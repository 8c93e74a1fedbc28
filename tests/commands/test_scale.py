"""Many files coded part by part: side by side, stopped and gone on with, on one machine and on a cluster."""

import importlib.util
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

import zhuti
from zhuti.commands import main
from zhuti.errors import ZhutiError
from zhuti.models import classify_files
from zhuti.models.cluster import check_scheduler
from zhuti.models.labels import read_shipped_labels
from zhuti.models.shards import cut_shards, read_shard

SMALL = {"shard_bytes": 6_000, "shard_files": 3, "shard_rows": 100, "leave_out": None}


@pytest.fixture(scope="module")
def heap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve documents in two folders; two have the same file name, one is a table."""
    folder = tmp_path_factory.mktemp("heap")
    labels = read_shipped_labels()
    whole = labels.groupby("document", sort=False).filter(lambda rows: len(rows) > 20)
    for number, (_, rows) in enumerate(list(whole.groupby("document", sort=False))[:12]):
        place = folder / ("北" if number % 2 else "南")
        place.mkdir(exist_ok=True)
        name = "报告.txt" if number < 2 else f"报告{number}.txt"
        (place / name).write_text("\n".join(rows["text"]), encoding="utf-8")
    (folder / "留言.csv").write_text("text,document\n新建小学两所。,甲\n引进项目三个。,乙\n", encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cut_shards, "__kwdefaults__", SMALL)


def _rows(folder: Path) -> pd.DataFrame:
    parts = sorted(folder.glob("part-*.parquet"))
    return pd.concat([pd.read_parquet(part) for part in parts], ignore_index=True)


@pytest.fixture(scope="module")
def undisturbed(heap: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    patch = pytest.MonkeyPatch()
    patch.setattr(cut_shards, "__kwdefaults__", SMALL)
    out = tmp_path_factory.mktemp("undisturbed") / "coded"
    done = classify_files(heap, out=out)
    patch.undo()
    assert done.parts == done.coded > 3
    return out


def test_parts_hold_what_coding_at_once_gives(heap: Path, undisturbed: Path) -> None:
    once = zhuti.classify(zhuti.read_documents(heap).sentences(), zhuti.default_model())
    parts = _rows(undisturbed)
    assert parts["document"].nunique() == once["document"].nunique() == 14
    assert parts["sentence_id"].is_unique
    columns = ["text", "theme", "subtheme", "probability", "kind", "heading"]
    sort = ["text", "heading", "probability"]
    one, two = (frame[columns].sort_values(sort, ignore_index=True) for frame in (once, parts))
    pd.testing.assert_frame_equal(one.astype(object), two.astype(object), check_dtype=False)


def test_two_workers_give_the_same_bytes(heap: Path, undisturbed: Path, tmp_path: Path) -> None:
    classify_files(heap, out=tmp_path / "coded", workers=2)
    for part in sorted(undisturbed.glob("part-*.parquet")):
        assert (tmp_path / "coded" / part.name).read_bytes() == part.read_bytes()


def test_the_result_is_one_dataset(undisturbed: Path) -> None:
    parts = [str(part) for part in sorted(undisturbed.glob("part-*.parquet"))]
    table = ds.dataset(parts).to_table(columns=["theme", "year"])
    assert table.num_rows == len(_rows(undisturbed))
    documents = ds.dataset([str(p) for p in sorted((undisturbed / "documents").glob("*.parquet"))]).to_table()
    assert documents.num_rows == 14


RUN = """
import sys
from zhuti.models import classify_files
from zhuti.models.cluster import check_scheduler
from zhuti.models.shards import cut_shards
if __name__ == "__main__":
    cut_shards.__kwdefaults__.update(shard_bytes=6_000, shard_files=3)
    classify_files(sys.argv[1], out=sys.argv[2], workers=int(sys.argv[3]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_three_times_and_gone_on_with(heap: Path, undisturbed: Path, tmp_path: Path) -> None:
    script, out = tmp_path / "run.py", tmp_path / "coded"
    script.write_text(RUN, encoding="utf-8")
    dice = random.Random(0)
    for _ in range(3):
        run = subprocess.Popen([sys.executable, str(script), str(heap), str(out), "1"], start_new_session=True)
        before = len(list(out.glob("part-*.parquet")))
        # It has begun to write a part more, and is somewhere on the way to the next.
        while len(list(out.glob("part-*.parquet"))) == before and run.poll() is None:
            time.sleep(0.005)
        time.sleep(dice.uniform(0, 0.05))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    done = classify_files(heap, out=out)
    assert done.coded < done.parts
    assert sorted(part.name for part in out.glob("part-*")) == sorted(part.name for part in undisturbed.glob("part-*"))
    for part in sorted(undisturbed.glob("part-*.parquet")):
        assert (out / part.name).read_bytes() == part.read_bytes()


def _kill_a_worker(out: Path, killed: list[int]) -> None:
    """Kill one of this process's workers as soon as the first part is there."""
    while not list(out.glob("part-*.parquet")):
        time.sleep(0.002)
    for child in multiprocessing.active_children()[:1]:
        if child.pid:
            os.kill(child.pid, signal.SIGKILL)
            killed.append(child.pid)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("engine", ["local", "dask"])
def test_a_killed_worker_is_replaced(
    engine: Literal["local", "dask"], heap: Path, undisturbed: Path, tmp_path: Path
) -> None:
    if engine == "dask":
        pytest.importorskip("distributed", reason="the extra cluster is not installed")
    killed: list[int] = []
    killer = threading.Thread(target=_kill_a_worker, args=(tmp_path / "coded", killed), daemon=True)
    killer.start()
    classify_files(heap, out=tmp_path / "coded", workers=2, engine=engine)
    killer.join(10)
    assert killed
    pd.testing.assert_frame_equal(_rows(tmp_path / "coded"), _rows(undisturbed))


def test_other_options_are_refused(heap: Path, undisturbed: Path) -> None:
    with pytest.raises(ZhutiError, match=r"begun with another unit; .* give --out a new folder"):
        classify_files(heap, out=undisturbed, unit="clause")
    with pytest.raises(ZhutiError, match="begun with another files"):
        classify_files(heap / "北", out=undisturbed)


def test_another_run_is_overwritten_where_that_is_said(
    heap: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, command = tmp_path / "coded", ["classify", "--workers", "1", "--out", str(tmp_path / "coded")]
    assert main([*command, str(heap)]) == 0
    (out / "mine.txt").write_text("kept", encoding="utf-8")
    many = len(list(out.glob("part-*.parquet")))
    assert main([*command, str(heap / "北")]) == 2
    assert "give --out a new folder, or --overwrite to delete the parts in this one" in capsys.readouterr().err
    assert len(list(out.glob("part-*.parquet"))) == many
    assert main([*command, str(heap / "北"), "--overwrite"]) == 0
    assert len(list(out.glob("part-*.parquet"))) == len(list((out / "documents").iterdir())) < many
    assert _rows(out)["document"].nunique() == 6
    assert (out / "mine.txt").read_text(encoding="utf-8") == "kept"
    capsys.readouterr()
    assert main([*command, str(heap / "北"), "--overwrite"]) == 0  # the same run: nothing to delete, nothing to do
    assert "0 rows coded in 0 parts" in capsys.readouterr().out
    (out / "manifest.json").write_text("{", encoding="utf-8")
    assert main([*command, str(heap), "--overwrite"]) == 2
    assert "manifest.json: is damaged" in capsys.readouterr().err
    (out / "manifest.json").unlink()
    assert main([*command, str(heap), "--overwrite"]) == 2  # parts that may be of another program
    assert "holds parts but no manifest.json" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["tls://head:8786", "tcp://127.0.0.1:8786", "localhost:8786", "[::1]:8786"])
def test_a_scheduler_is_taken_over_tls_or_on_this_machine(address: str) -> None:
    check_scheduler(address, "dask")
    with pytest.raises(ZhutiError, match=r"needs the engine dask \(--engine dask\); the engine local runs on this"):
        check_scheduler(address, "local")


@pytest.mark.parametrize("address", ["tcp://head:8786", "10.0.0.1:8786", "head:8786", "ucx://head:8786"])
def test_a_scheduler_over_plain_tcp_is_refused_unless_the_user_says_so(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "coded"
    assert main(["classify", str(tmp_path), "--out", str(out), "--engine", "dask", "--scheduler", address]) == 2
    assert "knows no passwords and no encryption" in capsys.readouterr().err
    check_scheduler(address, "dask", plain_tcp=True)
    assert main(["classify", str(tmp_path), "--out", str(out), "--scheduler", address]) == 2
    assert "needs the engine dask" in capsys.readouterr().err
    assert not out.exists()


def test_a_folder_of_parts_is_compared_with_the_card_of_its_model(
    undisturbed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for ending in ("csv", "parquet"):
        command = ["compare", str(undisturbed), "--by", "genre,document", "--format", ending]
        assert main([*command, "--out", str(tmp_path / ending)]) == 0
        assert "14 groups by genre,document from" in capsys.readouterr().out
        wanted = zhuti.compare(_rows(undisturbed), by=["genre", "document"], card=zhuti.default_model().card)
        for name in ("shares", "subthemes"):
            found = zhuti.read_table(tmp_path / ending / f"{name}.{ending}")
            for bound in ("share", "low", "high"):
                numbers = pd.to_numeric(found[bound], errors="coerce")
                pd.testing.assert_series_equal(numbers, getattr(wanted, name)[bound], check_exact=False, rtol=1e-5)


def test_a_report_of_a_folder_of_parts_names_the_way(
    undisturbed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(undisturbed), "--out", str(tmp_path / "report")]) == 2
    assert f"zhuti compare {undisturbed} gives their shares" in capsys.readouterr().err
    assert main(["compare", str(tmp_path), "--out", str(tmp_path / "shares")]) == 2
    assert "it is no folder of coded parts; zhuti classify makes one" in capsys.readouterr().err
    half = tmp_path / "half"
    shutil.copytree(undisturbed, half)
    (half / "part-000001.parquet").unlink()
    assert main(["compare", str(half), "--out", str(tmp_path / "shares")]) == 2
    assert "parts are not coded yet, such as part-000001; run the same zhuti classify again" in capsys.readouterr().err
    assert not (tmp_path / "shares").exists()


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "好.txt").write_text("新建小学两所。", encoding="utf-8")
    (tmp_path / "in" / "坏.docx").write_bytes(b"PK\x03\x04 no archive")
    assert main(["classify", str(tmp_path / "in"), "--out", str(tmp_path / "coded"), "--workers", "1"]) == 1
    said = capsys.readouterr()
    assert "1 rows coded in 1 parts" in said.out
    assert "1 of the files left out" in said.out
    assert "坏.docx" in said.err
    documents = pd.read_parquet(tmp_path / "coded" / "documents" / "part-000000.parquet")
    assert (documents["error"] != "").sum() == 1


def test_a_run_again_tells_what_could_not_be_read_and_sees_a_changed_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "好.txt").write_text("新建小学两所。", encoding="utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 no archive")
    for _ in range(2):  # the results stand among the inputs, and are passed over
        assert main(["classify", ".", "--out", "coded", "--workers", "1"]) == 1
        assert "坏.docx" in capsys.readouterr().err
    (tmp_path / "好.txt").write_text("新建中学两所。", encoding="utf-8")
    os.utime(tmp_path / "好.txt", (0, 0))
    assert main(["classify", ".", "--out", "coded", "--workers", "1"]) == 2
    assert "begun with another files" in capsys.readouterr().err


def test_documents_are_called_as_in_one_reading(tmp_path: Path) -> None:
    for place in ("甲", "乙", "丁/丙"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "2020.txt").write_text("新建小学两所。", encoding="utf-8")
    names = {document.id for shard in cut_shards(tmp_path) for document in read_shard(shard)}
    assert names == {document.id for document in zhuti.read_documents(tmp_path)} == {"甲/2020", "乙/2020", "丙/2020"}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_workers_end_with_a_parent_that_is_killed(heap: Path, tmp_path: Path) -> None:
    script, out = tmp_path / "run.py", tmp_path / "coded"
    script.write_text(RUN, encoding="utf-8")
    run = subprocess.Popen([sys.executable, str(script), str(heap), str(out), "2"])
    while not list(out.glob("part-*.parquet")) and run.poll() is None:
        time.sleep(0.005)
    workers = [stat.parent for stat in Path("/proc").glob("[0-9]*/stat") if _parent(stat) == run.pid]
    run.kill()
    run.wait()
    assert len(workers) >= 2
    end = time.monotonic() + 30
    while any(_runs(worker) for worker in workers) and time.monotonic() < end:
        time.sleep(0.05)
    assert not [worker for worker in workers if _runs(worker)]


# A shell that starts a job in the background lets it ignore Ctrl-C; this is a job of a terminal.
COMMAND = """
import signal, sys
from zhuti.commands import main
from zhuti.models.shards import cut_shards
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    cut_shards.__kwdefaults__.update(shard_bytes=1, shard_files=1)
    sys.exit(main(["classify", *sys.argv[1:]]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for a group")
def test_ctrl_c_ends_soon_and_says_how_to_go_on(heap: Path, tmp_path: Path) -> None:
    script, out, many = tmp_path / "run.py", tmp_path / "coded", tmp_path / "many"
    script.write_text(COMMAND, encoding="utf-8")
    many.mkdir()
    text = (heap / "北" / "报告.txt").read_text(encoding="utf-8")
    for number in range(400):
        (many / f"{number}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, str(script), str(many), "--out", str(out), "--workers", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as run:
        while len(list(out.glob("part-*.parquet"))) < 2 and run.poll() is None:
            time.sleep(0.005)
        os.killpg(run.pid, signal.SIGINT)  # a terminal sends it to the whole group
        said = run.communicate()[1].decode()
    assert run.returncode == 130
    assert said.splitlines()[-1] == f"zhuti: stopped; the same command goes on with what is missing in {out}"
    assert "Traceback" not in said
    assert len(list(out.glob("part-*.parquet"))) < 200
    assert not list(out.rglob(".part-*"))


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _runs(process: Path) -> bool:
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_run_whose_files_cannot_be_read_is_told_of_without_a_warning(tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 no archive")
    found = classify_files(tmp_path / "坏.docx", out=tmp_path / "coded")
    assert (found.sentences, len(found.failures)) == (0, 1)


def _table(rows: int) -> pd.DataFrame:
    texts = ["新建小学两所。", "引进项目，\n“三个”。", "", "钢铁产量9万吨。"]
    return pd.DataFrame(
        {
            "id": [f"0{row}" for row in range(rows)],
            "document": [f"d{row // 7}" for row in range(rows)],
            "heading": "",
            "text": [texts[row % 4] for row in range(rows)],
            "year": [2000 + row % 20 for row in range(rows)],
            "theme": "old",
        }
    )


def _jsonl(table: pd.DataFrame, path: Path) -> None:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in table.to_dict("records"))
    path.write_text("".join(lines), encoding="utf-8")


WRITERS: dict[str, Callable[[pd.DataFrame, Path], object]] = {
    "gbk.csv": lambda table, path: path.write_bytes(table.to_csv(index=False).encode("gb18030")),
    "utf8.csv": lambda table, path: path.write_bytes(
        table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    ),
    "semicolons.csv": lambda table, path: path.write_text(table.to_csv(index=False, sep=";"), encoding="utf-8"),
    "utf16.csv": lambda table, path: path.write_bytes(table.to_csv(index=False).encode("utf-16")),
    "big.parquet": lambda table, path: table.to_parquet(path, row_group_size=130),
    "big.jsonl": _jsonl,
    "big.xlsx": lambda table, path: zhuti.features.write_table(table, path),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_table_is_coded_as_it_is_and_cut_between_documents(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhuti.models.pool._BATCH", 40)
    table, path, out = _table(1_000), tmp_path / name, tmp_path / "coded"
    WRITERS[name](table, path)
    assert main(["classify", str(path), "--workers", "1", "--out", str(out)]) == 0
    expected = zhuti.classify(zhuti.features.read_table(path))
    pd.testing.assert_frame_equal(_rows(out), expected, check_dtype=False)
    assert _rows(out)["id"].tolist() == table["id"].tolist()
    ends = [pd.read_parquet(part)["document"].iloc[[0, -1]].tolist() for part in sorted(out.glob("part-*.parquet"))]
    assert len(ends) == (1 if name in ("utf16.csv", "big.xlsx") else 10)
    assert all(before[1] != after[0] for before, after in pairwise(ends))
    assert main(["classify", str(path), "--workers", "1", "--out", str(out)]) == 0


def test_a_table_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    path, out = tmp_path / "big.csv", tmp_path / "coded"
    _table(1_000).to_csv(path, index=False)
    whole = classify_files(path, out=out)
    before = {part: part.read_bytes() for part in sorted(out.glob("part-*.parquet"))}
    lost = list(before)[2::3]
    for part in lost:
        part.unlink()
    done = classify_files(path, out=out, workers=2)
    assert (whole.parts, done.coded) == (10, len(lost))
    assert {part: part.read_bytes() for part in sorted(out.glob("part-*.parquet"))} == before
    path.write_text(path.read_text(encoding="utf-8") + "x,d,,新建小学两所。,2000,old\n", encoding="utf-8")
    with pytest.raises(ZhutiError, match="begun with another files"):
        classify_files(path, out=out)


def test_columns_of_every_type_are_kept(tmp_path: Path) -> None:
    rows = pa.table(
        {
            "text": pa.array(["新建小学两所。", None, "引进项目三个。"]).dictionary_encode(),
            "tags": [["a"], [], None],
            "when": pa.array([1, 2, None], pa.timestamp("s")),
            "p_other": ["mine", "mine", "mine"],
        }
    )
    pq.write_table(rows, tmp_path / "a.parquet")
    classify_files(tmp_path / "a.parquet", out=tmp_path / "coded")
    found = pq.read_table(tmp_path / "coded" / "part-000000.parquet")
    assert found.column_names[:4] == ["text", "tags", "when", "theme"]
    assert found.select(["text", "tags", "when"]).to_pydict() == rows.select(["text", "tags", "when"]).to_pydict()
    assert found["tags"].type == pa.list_(pa.field("element", pa.string()))
    assert found["p_other"].type == pa.float64()
    lines = '{"text": "新建。", "n": 1, "more": {"a": [1]}}\n\n{"n": 2.5, "text": "引进项目。", "late": true}\n'
    (tmp_path / "b.jsonl").write_text(lines, encoding="utf-8")
    classify_files(tmp_path / "b.jsonl", out=tmp_path / "lines")
    found = pq.read_table(tmp_path / "lines" / "part-000000.parquet").select(["n", "more", "late"])
    assert found.to_pydict() == {"n": [1.0, 2.5], "more": ['{"a": [1]}', None], "late": [None, True]}


def test_encoding_and_numbers_are_those_of_the_whole_file(tmp_path: Path) -> None:
    body = "text,year,note\n" + "a,2001,\n" * 150_000 + "新建小学两所。,,最后\n"
    (tmp_path / "late.csv").write_bytes(body.encode("gb18030"))  # more than a megabyte of ASCII first
    (tmp_path / "text.csv").write_text("text,year\n新建小学两所。,2001\n新建中学两所。,二〇〇二\n", encoding="utf-8")
    ranges = zhuti.features.cut_table(tmp_path / "late.csv", 100_000)
    last = pa.concat_tables(zhuti.features.read_range(ranges[-1], 1_000))
    assert len(ranges) == 2
    assert last.num_rows == 50_001
    assert last.slice(50_000).to_pylist() == [{"text": "新建小学两所。", "year": None, "note": "最后"}]
    schema = zhuti.features.cut_table(tmp_path / "text.csv", 10)[0].schema
    assert schema.field("year").type == pa.string()


def test_tables_that_cannot_be_coded_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "in", tmp_path / "coded"
    source.mkdir()
    rows = pd.DataFrame({"text": ["新建小学两所。", None, "引进项目三个。"], "n": [1, 2, 3]})
    for name in "ab":
        rows.to_parquet(source / f"{name}.parquet")
    pd.DataFrame({"text": ["新建。"]}).to_parquet(source / "other.parquet")
    (source / "torn.parquet").write_bytes(b"PAR1 no")
    (source / "no.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (source / "open.csv").write_text('text\n新建。\n"引进', encoding="utf-8")
    (source / "wide.csv").write_text("text\n新建。\n引进,项目\n", encoding="utf-8")
    (source / "torn.jsonl").write_text('{"text": "新建。"}\n{"text":\n', encoding="utf-8")
    (source / "empty.csv").write_text("text\n", encoding="utf-8")
    for _ in range(2):  # a run again tells the same
        assert main(["classify", str(source), "--workers", "1", "--out", str(out)]) == 1
        assert _rows(out)["n"].tolist() == [1, 2, 3] * 2
        said = capsys.readouterr().err
        assert "no.csv: lacks the column text; it has a, b" in said
        assert "other.parquet: has other columns than a.parquet: n (missing, there int64); give it an --out of" in said
        assert "torn.parquet: cannot be read" in said
        assert "open.csv: row 3: cannot be read as csv (unexpected end of data)" in said
        assert "wide.csv: row 3 has 2 cells, the header 1" in said
        assert "torn.jsonl: line 2 is no JSON" in said
        assert "empty.csv: has no rows" in said
    assert main(["classify", str(source / "no.csv"), "--workers", "1", "--out", str(tmp_path / "none")]) == 2
    assert "lacks the column text" in capsys.readouterr().err


def test_a_table_with_a_damaged_page_is_told_of_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "big.parquet"
    _table(1_000).to_parquet(path, row_group_size=100, use_dictionary=["document"])
    column = pq.read_metadata(path).row_group(5).column(3)
    data = bytearray(path.read_bytes())
    data[column.data_page_offset : column.data_page_offset + 20] = b"\xff" * 20
    path.write_bytes(data)
    assert main(["classify", str(path), "--workers", "1", "--out", str(tmp_path / "coded")]) == 1
    assert "big.parquet: from " in capsys.readouterr().err
    assert 700 <= len(_rows(tmp_path / "coded")) < 1_000


def test_workers_need_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["classify", str(tmp_path), "--out", "coded.csv", "--workers", "2"]) == 2
    assert "give --out a name without ending" in capsys.readouterr().err


def test_comparing_parts_is_comparing_all(undisturbed: Path) -> None:
    card = zhuti.default_model().card
    parts = sorted(undisturbed.glob("part-*.parquet"))
    rows = _rows(undisturbed)
    for by in ("document", "genre", ["district", "document"]):
        whole = zhuti.compare(rows, by=by, card=card, with_terms=False)
        found = zhuti.compare_parts(parts, by=by, card=card)
        pd.testing.assert_frame_equal(whole.shares, found.shares, check_exact=False, rtol=1e-9)
        pd.testing.assert_frame_equal(whole.subthemes, found.subthemes, check_exact=False, rtol=1e-9)
        sentences = rows[rows["kind"] == "sentence"]
        assert found.subthemes["sentences"].sum() == (sentences["theme"] != "other").sum()
        there = found.subthemes["flag"] != "no sentences"
        assert there.any()
        assert (found.subthemes[["low", "high"]].notna().all(axis=1) == there).all()


def test_sums_are_added_up_on_the_way(undisturbed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = zhuti.default_model().card
    parts = sorted(undisturbed.glob("part-*.parquet"))
    once = zhuti.compare_parts(parts, by="document", card=card)
    monkeypatch.setattr("zhuti.reports.from_parts._HELD", 1)
    monkeypatch.setattr("zhuti.reports.subthemes._BLOCK", 3)
    often = zhuti.compare_parts(parts, by="document", card=card)
    for name in ("shares", "subthemes"):
        pd.testing.assert_frame_equal(getattr(once, name), getattr(often, name), check_exact=False, rtol=1e-9)


def test_shards_hold_each_file_once(heap: Path) -> None:
    shards = cut_shards(heap)
    files = [path for shard in shards for path, _, _ in shard.files]
    assert len(files) == len(set(files)) == 13
    ids = [document.id for shard in shards for document in read_shard(shard)]
    assert len(set(ids)) == len(ids) == 14
    assert {"北/报告", "南/报告"} <= set(ids)


def test_the_plan_takes_the_price_of_a_core_hour_from_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Path(__file__).parents[2] / "benchmarks" / "scale.py"
    monkeypatch.syspath_prepend(str(place.parent))
    spec = importlib.util.spec_from_file_location("scale_script", place)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    columns = ["sentences", "workers", "per_second", "megabytes"]
    measured = pd.DataFrame([[1e6, 1, 900, 300.0], [1e6, 2, 2000, 400.0], [1e4, 2, 1, 1.0]], columns=columns)
    free, priced = (script.lay_out_plan(measured, 36_000_000, price) for price in (None, 0.25))
    assert "36,000,000 sentences at 1,000 a second and core take 10.0 core-hours" in free
    assert "| laptop | 2 | 1.2 GB | 5.00 |\n" in free
    assert "cost" not in free
    assert "| laptop | 2 | 1.2 GB | 5.00 | 2.50 |\n" in priced
    told = script.read_measured()
    assert len(told) >= 4
    assert script.lay_out_plan(told, 30_000_000, None) in script.PAGE.read_text(encoding="utf-8")
