"""A process killed while it writes leaves the old output or the new one, never a part."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from zhuti.commands import main
from zhuti.features import read_table
from zhuti.models import load_model
from zhuti.seeds import read_codebook

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

# Writes a folder of 40 files again and again, all of one generation.
WRITER = """
import itertools, sys
from pathlib import Path
from zhuti.files import whole_folder
folder = Path(sys.argv[1])
for generation in itertools.count(int(sys.argv[2])):
    with whole_folder(folder) as stage:
        (stage / "charts").mkdir()
        for number in range(40):
            (stage / ("charts" if number % 2 else ".") / f"{number}.txt").write_text(f"{generation}" * 500)
    print(generation, flush=True)
"""
# Runs a command and kills it: when half of the output is written, or when all is but nothing is in its place.
DYING = """
import os, sys, pathlib
import zhuti.files
point, names = sys.argv[1], sys.argv[2:]
def die(*args, **known):
    os.kill(os.getpid(), 9)
if point == "half":
    plain = pathlib.Path.write_bytes
    def write_half(path, data):
        plain(path, data[: len(data) // 2])
        die()
    pathlib.Path.write_bytes = write_half
    import zipfile
    close = zipfile.ZipFile.close
    def close_and_die(archive):
        close(archive)
        if archive.mode != "r":
            die()
    zipfile.ZipFile.close = close_and_die
else:
    zhuti.files._umask = die
from zhuti.commands import main
sys.exit(main(names))
"""


def _generations(folder: Path) -> set[str]:
    return {path.read_text(encoding="utf-8") for path in folder.rglob("*.txt") if path.name != "mine.txt"}


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="two folders change places at one stroke there")
def test_a_folder_is_of_one_generation_whenever_its_writer_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "mine.txt").write_text("kept", encoding="utf-8")
    chooser, generation = random.Random(1), 1
    for _ in range(12):
        command = [sys.executable, "-c", WRITER, str(folder), str(generation)]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        written = int(writer.stdout.readline())
        time.sleep(chooser.random() * 0.05)
        writer.send_signal(signal.SIGKILL)
        written = max([written, *map(int, writer.stdout.read().split())])
        writer.wait()
        writer.stdout.close()
        assert _generations(folder) in ({f"{written}" * 500}, {f"{written + 1}" * 500})
        assert len(list(folder.rglob("*.txt"))) == 41
        assert (folder / "mine.txt").read_text(encoding="utf-8") == "kept"
        generation = written + 2


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("labels") / "labels.csv"
    book = read_codebook()
    rows = [
        (f"d{number}", text.format(number), book.parents[subtheme], subtheme)
        for number in range(6)
        for text, subtheme in (
            ("新建小学{}所。", "education"),
            ("新增床位{}张。", "health"),
            ("引进项目{}个。", "investment"),
            ("钢铁产量{}万吨。", "structure"),
        )
    ]
    pd.DataFrame(rows, columns=["document", "text", "theme", "subtheme"]).to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def model(labels: Path) -> Path:
    path = labels.with_name("old.skops")
    assert main(["train", str(labels), "--out", str(path)]) == 0
    return path


def _die(point: str, *names: str | Path) -> None:
    done = subprocess.run([sys.executable, "-c", DYING, point, *map(str, names)], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize("point", ["half", "whole"])
def test_a_killed_train_leaves_the_old_model(labels: Path, model: Path, tmp_path: Path, point: str) -> None:
    out = tmp_path / "m.skops"
    out.write_bytes(model.read_bytes())
    _die(point, "train", labels, "--out", out)
    assert out.read_bytes() == model.read_bytes()
    assert load_model(out).codebook


@pytest.mark.parametrize("point", ["half", "whole"])
def test_a_killed_classify_leaves_the_old_table(labels: Path, model: Path, tmp_path: Path, point: str) -> None:
    out = tmp_path / "coded.csv"
    assert main(["classify", str(labels), "--model", str(model), "--out", str(out)]) == 0
    before = out.read_bytes()
    (tmp_path / "other.csv").write_text("text\n新建小学两所。\n", encoding="utf-8")
    _die(point, "classify", tmp_path / "other.csv", "--model", model, "--out", out)
    assert out.read_bytes() == before
    assert len(read_table(out)) == 24


def test_a_killed_report_leaves_the_old_folder(model: Path, tmp_path: Path) -> None:
    out = tmp_path / "report"
    text = "{0}2020年政府工作报告\n各位代表：\n新建小学3所。新增床位4张。引进项目5个。钢铁产量6万吨。打通断头路7条。\n"
    for name in ("张店区", "淄川区"):
        (tmp_path / f"{name}.txt").write_text(text.format(name) * 3, encoding="utf-8")
    source = str(tmp_path / "*区.txt")
    assert main(["report", source, "--model", str(model), "--out", str(out)]) == 0
    before = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    for point in ("half", "whole"):
        _die(point, "report", source, "--model", model, "--level", "0.9", "--out", out)
        assert {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
