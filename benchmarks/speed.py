"""Speed as ratios of one run, start, training and memory of the default classifier.

python benchmarks/speed.py [--documents 300] [--memory 10000,100000]

The same files (work reports made of the invented sentences in seeds/labels, numbers changed) are read, split and coded
in one process and one thread by zhuti, by a script of jieba, TfidfVectorizer and LogisticRegression, and by fastText
(fasttext-numpy2; left out where it is not installed); ratios are of processor time. All of these give probabilities of
themes and nothing else; `zhuti classify`, which adds subthemes, second themes and the terms that speak for each theme,
has a line of its own. Training, start and memory are measured in processes of their own. Ends with 1 where a mark is
missed.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import jieba
import pyarrow as pa
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from zhuti.features import read_documents
from zhuti.models import classify_batch, default_model
from zhuti.models.labels import read_shipped_labels

_ENDS = re.compile(r"(?<=[。！？；])|\n")
_TRAIN = "import zhuti, time, sys; s = time.perf_counter(); zhuti.default_model(); print(time.perf_counter() - s, time.process_time())"
_START = "import zhuti, pandas; zhuti.classify(pandas.DataFrame({'text': ['新建小学两所。']}), zhuti.default_model())"
_STREAM = """
import sys
import pyarrow as pa
from zhuti.models import classify_batch, default_model
from zhuti.seeds import seed_path
import json
model, coded, batch = default_model(), 0, {"text": [], "document": [], "heading": []}
rows = [json.loads(l) for l in seed_path("labels", "plain.jsonl").read_text(encoding="utf-8").splitlines()]
number = 0
while coded < int(sys.argv[1]):
    for row in rows[number * 40 % 2000 :][:40]:
        batch["text"].append(row["text"]); batch["document"].append(str(number)); batch["heading"].append(row["heading"])
    number += 1
    if len(batch["text"]) >= 2000:
        coded += len(classify_batch(pa.table(batch), model))
        batch = {name: [] for name in batch}
# What getrusage tells of a new process may be its parent's; the system's own file does not mix them up.
try:
    lines = open("/proc/self/status", encoding="ascii").read().splitlines()
    print(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024)
except OSError:
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
"""


def write_reports(folder: Path, documents: int) -> None:
    """Write reports of about 100 sentences in paragraphs of four."""
    sentences = [text for text in read_shipped_labels()["text"] if text.endswith(("。", "；"))]
    for number in range(documents):
        chooser = random.Random(number)
        chosen = [re.sub(r"\d", str(number % 9 + 1), chooser.choice(sentences)) for _ in range(100)]
        body = "\n".join("　　" + "".join(chosen[place : place + 4]) for place in range(0, 100, 4))
        (folder / f"{number:04d}.txt").write_text(f"泉坪县{2000 + number % 26}年工作报告\n{body}\n", encoding="utf-8")


def split_plainly(folder: Path) -> list[str]:
    """Read and split as a script does it."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    return [part.strip() for text in texts for part in _ENDS.split(text) if part and part.strip()]


def build_zhuti() -> Callable[[Path], int]:
    """Return what reads, splits and codes a folder by the default classifier."""
    classifier = default_model(progress=True).classifier

    def code(folder: Path) -> int:
        return len(classifier.predict_proba(read_documents(folder).sentences()))

    return code


def build_classify() -> Callable[[Path], int]:
    """Return what does so with all columns and terms, as `zhuti classify` does."""
    model = default_model()

    def code(folder: Path) -> int:
        table = read_documents(folder).sentences()
        batch = pa.table({name: pa.array(table[name], pa.string()) for name in ("text", "document", "heading")})
        return len(classify_batch(batch, model))

    return code


def build_script() -> Callable[[Path], int]:
    """Return what codes a folder by jieba, TF-IDF and logistic regression, trained on the shipped labels."""
    learned = read_shipped_labels()
    words = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None)
    regression = LogisticRegression(max_iter=1000).fit(words.fit_transform(learned["text"]), learned["theme"])

    def code(folder: Path) -> int:
        sentences = split_plainly(folder)
        return len(regression.predict_proba(words.transform(sentences)))

    return code


def build_fasttext(cut: Callable[[str], list[str]]) -> Callable[[Path], int]:
    """Return what codes a folder by fastText on words or characters."""
    import fasttext

    learned = read_shipped_labels()
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as lines:
        for text, theme in zip(learned["text"], learned["theme"], strict=True):
            lines.write(f"__label__{theme} {' '.join(cut(text))}\n")
        lines.flush()
        model = fasttext.train_supervised(lines.name, epoch=25, wordNgrams=2, thread=1, verbose=0)

    def code(folder: Path) -> int:
        return len(model.predict([" ".join(cut(text)) for text in split_plainly(folder)])[0])

    return code


def time_coders(folder: Path) -> dict[str, float]:
    """Return the sentences per second of processor time, each coder's best of three."""
    coders = {"zhuti": build_zhuti(), "jieba + TF-IDF + logistic regression": build_script()}
    coders["zhuti classify, all columns and terms"] = build_classify()
    try:
        coders |= {
            "fastText on jieba's words": build_fasttext(jieba.lcut),
            "fastText on characters": build_fasttext(list),
        }
    except ImportError:
        print("fastText is not installed (pip install fasttext-numpy2); left out")
    rates: dict[str, list[float]] = {name: [] for name in coders}
    for _ in range(3):
        for name, code in coders.items():
            start = time.process_time()
            n = code(folder)
            rates[name].append(n / (time.process_time() - start))
    return {name: max(found) for name, found in rates.items()}


def run_python(code: str, *arguments: str, cache: str | None = None) -> tuple[float, str]:
    """Return the seconds and the output of a Python process of its own."""
    place = os.environ | ({"ZHUTI_CACHE": cache} if cache else {})
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=place, check=True, capture_output=True, text=True
    )
    return time.perf_counter() - start, done.stdout


def measure(documents: int, sizes: tuple[int, int]) -> Iterator[tuple[bool, str]]:
    """Print the table of speeds; yield whether each mark is reached, and a line that says so."""
    jieba.setLogLevel("WARNING")
    with tempfile.TemporaryDirectory() as name, threadpool_limits(1):
        write_reports(Path(name), documents)
        rates = time_coders(Path(name))
    own, script = list(rates.values())[:2]
    for coder, rate in rates.items():
        print(f"{coder:<40}{rate:>10,.0f} sentences a second{own / rate:>8.1f} × as fast is zhuti")
    yield own / script >= 5, f"{own / script:.1f} times the script's sentences a second, at least 5"
    with tempfile.TemporaryDirectory() as cache:
        wall, processor = map(float, run_python(_TRAIN, cache=cache)[1].split())
    yield wall < 30, f"training {wall:.1f} s ({processor:.1f} s of processor time), below 30"
    start = min(run_python(_START)[0] for _ in range(3))
    yield start < 2, f"start to first prediction {start:.2f} s, below 2"
    small, large = (float(run_python(_STREAM, str(size))[1]) for size in sizes)
    yield (
        large < 1.1 * small,
        f"memory {small:.0f} MB at {sizes[0]:,} sentences, {large:.0f} MB at {sizes[1]:,}; at most a tenth more",
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--memory", default="10000,100000", help="two numbers of sentences")
    wanted = parser.parse_args()
    small, large = map(int, wanted.memory.split(","))
    results = []
    for reached, line in measure(wanted.documents, (small, large)):
        print(f"{'pass' if reached else 'FAIL'}  {line}", flush=True)
        results.append(reached)
    return int(not all(results))


if __name__ == "__main__":
    sys.exit(main())
