"""How fast are documents read and split? 1,000 work reports with 10 million characters; the mark is 20 s on 2 cores.

    python benchmarks/reading.py [--documents 1000] [--characters 10000] [--bare] [--by-file]

The reports are made of the invented documents in seeds/labels, their paragraphs in a new order for each report,
half of them as GB18030 with CRLF, half as UTF-8. `--bare` reads them without line breaks, which is the slowest case. `--by-file` holds one file in memory at a time, as
`read_batches` does, where the default holds the corpus and the table of its sentences.
"""

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from zhuti.features import list_files, read_batches, read_documents
from zhuti.seeds import seed_path

MARK = 20.0


def read_paragraphs() -> list[str]:
    units = [
        json.loads(line)["text"]
        for path in sorted(seed_path("labels").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return ["　　" + "".join(units[place : place + 6]) for place in range(0, len(units) - 6, 6)]


def write_reports(folder: Path, documents: int, characters: int, *, bare: bool) -> int:
    paragraphs = read_paragraphs()
    total = 0
    for number in range(documents):
        chooser = random.Random(number)
        body: list[str] = []
        while sum(map(len, body)) < characters:
            body.append(chooser.choice(paragraphs))
        title = f"泉坪县{2000 + number % 26}年政府工作报告\n——{2000 + number % 26}年1月5日在泉坪县第十八届人民代表大会第二次会议上\n"
        text = title + "各位代表：\n" + "\n".join(body)
        text = text.replace("\n", "") if bare else text
        total += len(text)
        encoding, ends = ("utf-8", "\n") if number % 2 else ("gb18030", "\r\n")
        (folder / f"{number:04d}.txt").write_bytes(text.replace("\n", ends).encode(encoding))
    return total


def read_whole(folder: str) -> tuple[int, int, float]:
    """Read a corpus, then split it: numbers of documents and of units, and when reading was over."""
    corpus = read_documents(folder, progress=sys.stderr.isatty())
    read = time.perf_counter()
    return len(corpus), len(corpus.sentences()), read


def read_by_file(folder: str) -> tuple[int, int, float]:
    """Read and split file by file, and keep nothing."""
    documents = units = 0
    for batch in read_batches(list_files(folder), progress=sys.stderr.isatty()):
        documents += len(batch)
        units += sum(len(document.sentences()) for document in batch)
    return documents, units, time.perf_counter()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--characters", type=int, default=10_000)
    parser.add_argument("--bare", action="store_true")
    parser.add_argument("--by-file", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        total = write_reports(Path(name), options.documents, options.characters, bare=options.bare)
        began, busy_before = time.perf_counter(), time.process_time()
        count, units, read = read_by_file(name) if options.by_file else read_whole(name)
        split = time.perf_counter()
    seconds, busy = split - began, time.process_time() - busy_before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:,} documents, {total:,} characters, {units:,} units")
    print(
        f"read {read - began:.1f} s, split {split - read:.1f} s, together {seconds:.1f} s, processor {busy:.1f} s; "
        f"{total / busy:,.0f} characters a second of processor time; {peak:,.0f} MB at most"
    )
    mark = MARK * max(total / 10_000_000, 0.1)
    if seconds <= mark:
        print(f"passed: under {mark:.0f} s")
    elif busy <= mark:
        print(f"passed on processor time, under {mark:.0f} s; the machine was busy with other work")
    else:
        print(f"failed: over {mark:.0f} s")
    return int(busy > mark)


if __name__ == "__main__":
    sys.exit(main())
