"""Fuzz one reader: whatever the bytes are, the outcome is a corpus or an error of zhuti, in bounded time and memory.

    python benchmarks/fuzz/fuzz.py READER [--seconds 600] [--corpus FOLDER]
    python benchmarks/fuzz/fuzz.py READER --replay FILE

READER is one of txt, md, docx, word.xml (the document within a Word file), html, mht, pdf, zip, csv, jsonl, xlsx,
parquet. The old formats of Word are not
fuzzed: LibreOffice reads them, in a process of its own with a limit of time. Needs `pip install atheris` (Linux and
macOS); without it the seeds are mutated by a plain mutator that no coverage guides. What is found beyond the seeds is
kept in --corpus, by default a temporary folder; a crash is written there as crash-….
"""

import argparse
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

try:
    import atheris
except ImportError:
    atheris = None

if atheris:
    with atheris.instrument_imports(include=["zhuti"]):
        for _module in ("reading", "sources", "formats_docx", "formats_html", "formats_pdf", "formats_zip", "rows"):
            import_module(f"zhuti.features.{_module}")
from seed_files import pack_word, seeds

from zhuti.errors import ZhutiError
from zhuti.features import read_documents

MEGABYTES = 1
SLOWEST = 20
MEMORY = 4 * 1024**3


class Target:
    """Reads bytes as a file of one ending, and splits what was read."""

    def __init__(self, ending: str, folder: Path) -> None:
        self.packed = ending == "word.xml"
        self.path = folder / ("input.docx" if self.packed else f"input.{ending}")
        self.runs = self.read = self.refused = 0
        self.slowest = 0.0

    def __call__(self, data: bytes) -> None:
        """Read the bytes; raise when the outcome is neither a corpus nor an error of zhuti."""
        self.path.write_bytes(pack_word(data) if self.packed else data)
        began = time.perf_counter()
        self.runs += 1
        try:
            corpus = read_documents(self.path, max_megabytes=MEGABYTES)
            for document in corpus:
                check_lossless(document.source, document.start, document.end, document.sentences())
            self.read += 1
        except ZhutiError as error:
            self.refused += 1
            if not str(error).strip():
                raise RuntimeError("an error without words") from error
        self.slowest = max(self.slowest, time.perf_counter() - began)
        if self.slowest > SLOWEST:
            raise RuntimeError(f"took {self.slowest:.1f} s")


def check_lossless(source, start, end, units) -> None:
    """Raise when a unit is not what its spans say, or one span runs into another."""
    last = start
    for unit in units:
        if unit.text != "".join(source[a:b] for a, b in unit.spans):
            raise RuntimeError(f"unit {unit.text!r} is not what its spans say")
    for a, b in sorted(span for unit in units for span in unit.spans):
        if not last <= a < b <= end:
            raise RuntimeError(f"span {a}-{b} overlaps or leaves the document")
        last = b


def mutate(data: bytes, chooser: random.Random) -> bytes:
    """Change a few places of a file."""
    content = bytearray(data)
    for _ in range(chooser.randint(1, 8)):
        place = chooser.randrange(len(content) + 1)
        match chooser.randrange(4):
            case 0:
                content[place : place + 1] = bytes([chooser.randrange(256)])
            case 1:
                del content[place : place + chooser.randint(1, 40)]
            case 2:
                content[place:place] = content[place : place + chooser.randint(1, 60)] * chooser.randint(1, 30)
            case _:
                content[place:place] = chooser.randbytes(chooser.randint(1, 6))
    return bytes(content)


def run_plain(target: Target, files: list[bytes], seconds: int, crashes: Path) -> None:
    """Mutate the seeds until the time is over."""
    chooser, end = random.Random(0), time.perf_counter() + seconds
    while time.perf_counter() < end:
        data = mutate(chooser.choice(files), chooser)
        try:
            target(data)
        except Exception:
            (crashes / f"crash-{target.runs}").write_bytes(data)
            raise


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", choices=sorted(seeds()))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--replay", type=Path)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as name:
        corpus = options.corpus or Path(name, "corpus")
        corpus.mkdir(parents=True, exist_ok=True)
        target = Target(options.reader, Path(name))
        if options.replay:
            target(options.replay.read_bytes())
            print(f"{options.replay}: {'read' if target.read else 'refused'} in {target.slowest:.2f} s")
            return 0
        files = seeds()[options.reader]
        for number, data in enumerate(files):
            (corpus / f"seed-{number}").write_bytes(data)
            target(data)
        if target.refused:
            raise SystemExit(f"{options.reader}: {target.refused} of the seeds cannot be read")
        if not atheris:
            run_plain(target, files, options.seconds, corpus)
            report(options.reader, target)
            return 0
        end = time.perf_counter() + options.seconds

        def timed(data: bytes) -> None:
            target(data)
            if time.perf_counter() > end:
                report(options.reader, target)
                shutil.rmtree(name, ignore_errors=True)
                os._exit(0)  # libFuzzer leaves no other way out that keeps our line the last one

        arguments = [sys.argv[0], str(corpus), f"-artifact_prefix={corpus}/", "-verbosity=0", "-print_final_stats=0"]
        atheris.Setup([*arguments, "-max_len=65536", "-timeout=60", "-rss_limit_mb=4000"], timed)
        atheris.Fuzz()
    return 0


def report(reader: str, target: Target) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{reader}: {target.runs:,} inputs, {target.read:,} read, {target.refused:,} refused, "
        f"slowest {target.slowest:.2f} s, {peak:,.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
