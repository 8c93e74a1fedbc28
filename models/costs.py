"""What training and coding cost: time and memory, measured in a process of its own.

`python -m zhuti.models.costs FOLDER` is that process; `measure_costs` starts it.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd

from zhuti.models.training import gather_terms
from zhuti.seeds import Codebook

COLUMNS = (
    "classifier", "sentences", "train_seconds", "train_cpu_seconds", "predict_seconds", "sentences_per_second",
    "peak_megabytes", "memory_method",
)  # fmt: skip
_LABELS = ("document", "heading", "text", "theme", "subtheme", "secondary")
_MOST_SECONDS = 1800


def measure_costs(labels: pd.DataFrame, name: str, book: Codebook) -> dict[str, Any] | None:
    """Train a classifier on all labels and code them, in a new process that does nothing else.

    Training is that of `zhuti train`: with the folds that calibrate probabilities. Reading files and loading
    libraries and dictionaries are not counted.

    Returns
    -------
    dict or None
        `COLUMNS`. Peak memory is how much the process grew over what it held before training, in MiB: on Linux
        the kernel's high-water mark of the resident set (VmHWM), elsewhere the highest resident set that
        `getrusage` tells; NaN on Windows. None where the process could not be run or did not end in half an hour.
    """
    with tempfile.TemporaryDirectory(prefix="zhuti-costs-") as folder:
        task = {"name": name, "other": book.other, "terms": gather_terms(book)}
        Path(folder, "task.json").write_text(json.dumps(task), encoding="utf-8")
        labels[list(_LABELS)].astype(str).to_parquet(Path(folder, "labels.parquet"), index=False)
        command = [sys.executable, "-m", "zhuti.models.costs", folder]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_MOST_SECONDS)
        except (OSError, subprocess.SubprocessError):
            return None
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return {column: found.get(column) for column in COLUMNS}


def peak_memory() -> tuple[float, str]:
    """Return the most memory that this process has held so far, in MiB, and who says so."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024, "VmHWM"
    if sys.platform == "win32":
        return float("nan"), ""
    import resource

    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, "ru_maxrss"


def run_task(folder: Path) -> dict[str, Any]:
    """Train and code what lies in a folder, and return what it cost."""
    from zhuti.features import split_words
    from zhuti.models.named import build_classifier

    task = json.loads((folder / "task.json").read_text(encoding="utf-8"))
    labels = pd.read_parquet(folder / "labels.parquet")
    terms = tuple((term, code, tuple(elsewhere)) for term, code, elsewhere in task["terms"])
    classifier: Any = build_classifier(task["name"], terms=terms, other=task["other"])
    split_words(["预热"], ())
    before, method = peak_memory()
    wall, cpu = time.perf_counter(), time.process_time()
    classifier.fit(labels, labels["theme"], subtheme=labels["subtheme"], secondary=labels["secondary"])
    trained, used = time.perf_counter() - wall, time.process_time() - cpu
    wall = time.perf_counter()
    classifier.predict_proba(labels)
    coded = time.perf_counter() - wall
    peak = peak_memory()[0] - before
    values = (task["name"], len(labels), trained, used, coded, len(labels) / max(coded, 1e-9), peak, method)
    return dict(zip(COLUMNS, values, strict=True))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run_task(Path(sys.argv[1]))) + "\n")
