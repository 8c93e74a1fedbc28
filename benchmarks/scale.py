"""How fast, and in how much memory, many files are coded; what 30 million sentences would take.

python benchmarks/scale.py                       # 10,000 and 100,000 sentences, 1 and 2 workers
python benchmarks/scale.py --sizes 10000,100000,1000000 --write   # figures and picture into docs/
python benchmarks/scale.py --plan                # the plan alone, from the rate that docs/scale.md tells
python benchmarks/scale.py --plan --core-hour 0.05 --sentences 5000000   # for other sentences, at a price of yours

Files are made of the lines of real reports in ZHUTI_DATA/data, else of the labelled sentences that zhuti ships,
shuffled within documents of some 150 sentences. Reading, splitting, coding and writing are all in the time; the
training of the model is not. The user's script (jieba, TF-IDF, logistic regression) codes the smallest heap.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from between_marks import figure_marks, write_between

import zhuti

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("ZHUTI_DATA", ROOT.parent / "shared")) / "data"
PAGE = ROOT / "docs" / "scale.md"
SENTENCES_A_DOCUMENT = 150
PLANNED = 30_000_000
# Machines of the plan: what they are called, how many, cores of each.
MACHINES = (("laptop", 1, 2), ("workstation", 1, 8), ("server", 1, 16), ("cluster", 4, 16))
# A run of its own process, so that time and peak memory are those of this run.
RUN = """
import json, resource, sys, time
from zhuti.models import classify_files, default_model
if __name__ == "__main__":
    default_model()
    start = time.perf_counter()
    done = classify_files(sys.argv[1], out=sys.argv[2], workers=int(sys.argv[3]))
    wall = time.perf_counter() - start
    own, below = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"sentences": done.sentences, "wall": wall, "cpu": own.ru_utime + below.ru_utime,
                      "megabytes": max(own.ru_maxrss, below.ru_maxrss) / 1024}))
"""
SCRIPT = """
import json, re, resource, sys, time
from pathlib import Path
import jieba, numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from zhuti.models.labels import read_shipped_labels
if __name__ == "__main__":
    jieba.setLogLevel("WARNING")
    labels = read_shipped_labels()
    words = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None)
    model = make_pipeline(words, LogisticRegression(max_iter=1000)).fit(labels["text"], labels["theme"])
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
    texts = [s for p in sorted(Path(sys.argv[1]).rglob("*.txt")) for s in re.split("(?<=[。！？；])|\\\\n", p.read_text("utf-8")) if s.strip()]
    model.predict(texts)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"sentences": len(texts), "wall": time.perf_counter() - start, "cpu": usage.ru_utime - before,
                      "megabytes": usage.ru_maxrss / 1024}))
"""


# Compares made-up parts: every district in every year, a part a year.
COMPARE = """
import json, resource, sys, time
from pathlib import Path
import numpy as np, pyarrow as pa, pyarrow.parquet as pq
import zhuti
from zhuti.seeds import read_codebook
if __name__ == "__main__":
    folder, districts, years, size = Path(sys.argv[1]), *map(int, sys.argv[2:5])
    card, book, rng = zhuti.default_model().card, read_codebook(), np.random.default_rng(0)
    codes, themes = list(book.subtheme_ids), list(book.theme_ids)
    for year in range(years):
        leaf = rng.integers(len(codes), size=districts * size)
        theme = np.array([book.parents[code] for code in codes], dtype=object)[leaf]
        table = {"district": np.repeat([f"d{d}" for d in range(districts)], size), "kind": ["sentence"] * len(leaf),
                 "year": np.full(len(leaf), 2006 + year), "theme": theme, "subtheme": np.array(codes, dtype=object)[leaf]}
        table |= {f"p_{name}": np.where(theme == name, 0.9, 0.1 / (len(themes) - 1)) for name in themes}
        pq.write_table(pa.table(table), folder / f"part-{year:06d}.parquet")
    start = time.perf_counter()
    found = zhuti.compare_parts(sorted(folder.glob("part-*.parquet")), by=["district", "year"], card=card)
    print(json.dumps({"sentences": districts * years * size, "wall": time.perf_counter() - start,
                      "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                      "shares": int(found.shares["low"].notna().sum()),
                      "subthemes": int(found.subthemes["low"].notna().sum())}))
"""
DISTRICTS, YEARS = 2_850, 20


def lines_of_reports() -> list[str]:
    """Return lines of real reports where there are any, else the shipped sentences."""
    if DATA.is_dir():
        corpus = zhuti.read_documents(DATA)
        rows = corpus.sentences()
        return rows.loc[rows["kind"] == "sentence", "text"].tolist()
    from zhuti.models.labels import read_shipped_labels

    return read_shipped_labels()["text"].tolist()


def make_heap(folder: Path, lines: list[str], n_sentences: int) -> None:
    """Write documents of shuffled sentences."""
    dice = random.Random(n_sentences)
    for number in range(-(-n_sentences // SENTENCES_A_DOCUMENT)):
        place = folder / f"{number // 500:04d}"
        place.mkdir(parents=True, exist_ok=True)
        picked = dice.choices(lines, k=min(SENTENCES_A_DOCUMENT, n_sentences - number * SENTENCES_A_DOCUMENT))
        paragraphs = ["".join(picked[i : i + 5]) for i in range(0, len(picked), 5)]
        (place / f"{number:06d}.txt").write_text("\n".join(paragraphs), encoding="utf-8")


def run(code: str, *arguments: str) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as script:
        script.write(code)
        script.flush()
        done = subprocess.run(
            [sys.executable, script.name, *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def measure(sizes: list[int], workers: list[int]) -> pd.DataFrame:
    """Measure every size with every number of workers, and the script on the smallest."""
    zhuti.default_model()
    lines = lines_of_reports()
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            heap = Path(place) / "heap"
            make_heap(heap, lines, size)
            if size == sizes[0]:
                rows.append({"who": "script", "size": size, "workers": 1, **run(SCRIPT, str(heap))})
            for count in workers:
                out = Path(place) / f"coded-{count}"
                rows.append(
                    {"who": "zhuti", "size": size, "workers": count, **run(RUN, str(heap), str(out), str(count))}
                )
                print(pd.DataFrame(rows[-1:]).to_string(index=False, header=False), flush=True)
    table = pd.DataFrame(rows)
    table["per_second"] = table["sentences"] / table["wall"]
    return table


def check(table: pd.DataFrame) -> list[tuple[bool, str]]:
    """Return each mark, whether it is reached."""
    ours = table[table["who"] == "zhuti"].set_index(["size", "workers"])
    sizes, most = sorted(ours.index.levels[0]), max(ours.index.levels[1])
    marks = []
    if len(sizes) > 1:
        one = ours.xs(1, level="workers").sort_index()
        slope = float(np.polyfit(np.log(one["sentences"]), np.log(one["cpu"]), 1)[0])
        marks.append((slope <= 1.05, f"cost grows with the power {slope:.3f} of the sentences, at most 1.05"))
        last, before = one["megabytes"].iloc[-1], one["megabytes"].iloc[-2]
        marks.append((abs(last / before - 1) <= 0.1, f"peak memory {before:.0f} → {last:.0f} MB, ± 10 %"))
    if most > 1:
        gain = float(ours.loc[(sizes[-1], 1), "wall"] / ours.loc[(sizes[-1], most), "wall"])
        marks.append((gain >= 0.85 * most, f"{most} workers are {gain:.2f} times one, at least {0.85 * most:.2f}"))
    return marks


def measure_comparison(sentences_each: int = 20) -> str:
    """Compare every district in every year from parts, and say how long it took."""
    with tempfile.TemporaryDirectory() as place:
        found = run(COMPARE, place, str(DISTRICTS), str(YEARS), str(sentences_each))
    return (
        f"Comparing {DISTRICTS:,} districts in {YEARS} years from parts of {found['sentences']:,} made-up sentences: "
        f"{found['shares']:,.0f} shares of themes and {found['subthemes']:,.0f} of subthemes, each with its interval, in "
        f"{found['wall']:.0f} s and {found['megabytes']:,.0f} MB."
    )


def write(table: pd.DataFrame, marks: list[tuple[bool, str]], compared: str) -> None:
    """Write the figures between the marks of docs/scale.md, and the picture."""
    rows = [
        "| who | sentences | workers | sentences a second | peak memory of a process |",
        "| --- | --- | --- | --- | --- |",
    ]
    rows += [
        f"| {r.who} | {r.sentences:,} | {r.workers} | {r.per_second:,.0f} | {r.megabytes:.0f} MB |"
        for r in table.itertuples()
    ]
    verdicts = [f"- {'reached' if reached else 'MISSED'}: {line}" for reached, line in marks]
    lines = [*rows, "", compared, "", *verdicts]
    write_between(PAGE, *figure_marks("scale.py"), "\n".join(lines) + "\n")
    draw(table)


def read_measured() -> pd.DataFrame:
    """Return the figures that docs/scale.md tells of zhuti."""
    cells = [
        line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| zhuti")
    ]
    numbers = [[float(cell.removesuffix(" MB").replace(",", "")) for cell in row[1:]] for row in cells]
    return pd.DataFrame(numbers, columns=["sentences", "workers", "per_second", "megabytes"])


def lay_out_plan(measured: pd.DataFrame, sentences: int, price: float | None) -> str:
    """Return machines, memory and hours for so many sentences; the cost, where the price of a core-hour is given.

    Parameters
    ----------
    measured : DataFrame
        sentences, workers, per_second, megabytes; the largest heap with most workers tells the rate.
    sentences : int
    price : float, optional
        Of a core-hour, in any currency.
    """
    best = measured.sort_values(["sentences", "workers"]).iloc[-1]
    rate = best["per_second"] / best["workers"]
    hours = sentences / rate / 3600
    heads = ["machine", "cores", "memory", "hours"] + (["cost"] if price is not None else [])
    rows = [heads, ["---"] * len(heads)]
    for name, count, cores in MACHINES:
        said = f"{name} of {count} machines" if count > 1 else name
        memory = best["megabytes"] * (cores + 1) / 1000
        row = [said, str(count * cores), f"{memory:.1f} GB" + " each" * (count > 1), f"{hours / count / cores:.2f}"]
        rows.append(row + ([f"{hours * price:,.2f}"] if price is not None else []))
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    at = f" at {price:g} a core-hour" if price is not None else ""
    return (
        f"{sentences:,} sentences at {rate:,.0f} a second and core take {hours:.1f} core-hours{at}, on whatever machines:\n\n"
        f"{table}\n"
    )


def plan(sentences: int, price: float | None, *, keep: bool) -> int:
    """Print the plan, and keep it in docs/scale.md; a price is the reader's own, and is not kept."""
    measured = read_measured()
    print(lay_out_plan(measured, sentences, price))
    if keep:
        marks = ("<!-- plan: benchmarks/scale.py -->\n", "<!-- end of plan -->")
        write_between(PAGE, *marks, lay_out_plan(measured, sentences, None))
    return 0


def draw(table: pd.DataFrame) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, 2.9), dpi=150, layout="constrained")
    left, right = figure.subplots(1, 2)
    ours = table[table["who"] == "zhuti"]
    for (workers, part), look in zip(ours.groupby("workers"), ("o-", "s--", "^:"), strict=False):
        said = f"{workers} worker" + "s" * (workers > 1)
        left.loglog(part["sentences"], part["wall"], look, label=said, color="#0072b2")
        right.semilogx(part["sentences"], part["megabytes"], look, label=said, color="#0072b2")
    left.set(title="seconds", xlabel="sentences")
    right.set(title="peak memory of a process, MB", xlabel="sentences")
    right.set_ylim(0, 1.15 * ours["megabytes"].max())
    for ax in (left, right):
        ax.grid(color="#d9dade", linewidth=0.6)
        ax.spines[["top", "right"]].set_visible(False)
        ax.legend(frameon=False)
    figure.savefig(ROOT / "docs" / "scale.png", metadata={"Software": "zhuti"})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--plan", action="store_true", help="measure nothing; lay out the plan from docs/scale.md")
    parser.add_argument("--sentences", type=int, default=PLANNED, help="how many the plan is for")
    parser.add_argument("--core-hour", type=float, help="what a core-hour costs you, in any currency")
    wanted = parser.parse_args()
    if wanted.plan:
        return plan(wanted.sentences, wanted.core_hour, keep=wanted.write)
    start = time.perf_counter()
    table = measure([int(s) for s in wanted.sizes.split(",")], [int(w) for w in wanted.workers.split(",")])
    marks = check(table)
    print(table.round(1).to_string(index=False))
    print("\n".join(f"{'pass' if reached else 'FAIL'}  {line}" for reached, line in marks))
    compared = measure_comparison()
    print(compared)
    if wanted.write:
        write(table, marks, compared)
        plan(wanted.sentences, wanted.core_hour, keep=True)
    print(f"{time.perf_counter() - start:.0f} s in all")
    return int(not all(reached for reached, _ in marks))


if __name__ == "__main__":
    sys.exit(main())
