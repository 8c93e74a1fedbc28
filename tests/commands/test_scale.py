"""Many files coded part by part: side by side, stopped and gone on with, on one machine and on a cluster."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow.dataset as ds
import pytest

import zhuti
from zhuti.commands import main
from zhuti.errors import ZhutiError
from zhuti.models import classify_files
from zhuti.models.labels import read_shipped_labels
from zhuti.models.shards import cut_shards, read_shard

SMALL = {"shard_bytes": 6_000, "shard_files": 3, "leave_out": None}


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
        order = ["group", "theme"]
        one, two = (table.sort_values(order, ignore_index=True) for table in (whole.shares, found.shares))
        pd.testing.assert_frame_equal(one, two, check_exact=False, rtol=1e-9)
        sentences = rows[rows["kind"] == "sentence"]
        assert found.subthemes["sentences"].sum() == (sentences["theme"] != "other").sum()


def test_shards_hold_each_file_once(heap: Path) -> None:
    shards = cut_shards(heap)
    files = [path for shard in shards for path, _, _ in shard.files]
    assert len(files) == len(set(files)) == 13
    ids = [document.id for shard in shards for document in read_shard(shard)]
    assert len(set(ids)) == len(ids) == 14
    assert {"北/报告", "南/报告"} <= set(ids)
