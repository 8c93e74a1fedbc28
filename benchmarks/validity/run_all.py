"""Run all marks V1–V7, print each with pass or fail, and measure coverage by method.

    python benchmarks/validity/run_all.py [v1 v5 …] [--quick] [--seed 2026] [--classifier forest] [--write]

Two processes side by side take about a quarter of an hour; `--quick` a tenth of it, with marks that shake.
`--write` puts the marks into docs/validity.md, those of the reference simulation as its main table and those of
another seed or classifier as its repetition, and draws docs/coverage.png.
"""

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from importlib.util import find_spec

from marks import Mark, shown, takes_classifier

MEASURES = ("v5", "v4", "v3", "v1", "v2", "v6", "v7")  # the long ones first
SEED, COVERAGE_REPLICATIONS = 2026, 100


def measured(
    name: str, *, replications: int | None, quick: bool, seed: int, classifier: str
) -> tuple[list[Mark], str, float]:
    """Run one measurement; return its marks, how it was run, and the seconds of one processor it took."""
    module = import_module(name)
    start = time.process_time()
    replications = replications or (max(module.REPLICATIONS // 10, 5) if quick else module.REPLICATIONS)
    other = {"classifier": classifier} if takes_classifier(module.measure) else {}
    marks = list(module.measure(replications, seed, **other))
    setting = ", ".join([f"{name.upper()} {replications} replications", f"seed {seed}", *other.values()])
    return marks, setting, time.process_time() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=list(MEASURES))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--replications", type=int, help="the same for all; by default each script's own, 200 to 600")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--classifier", choices=("logistic", "forest", "bayes"), default="logistic")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="write docs/validity.md and docs/coverage.png")
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    start = time.perf_counter()
    names = [name for name in options.names if find_spec(name) is not None]
    known = {name: getattr(options, name) for name in ("replications", "quick", "seed", "classifier")}
    reference = options.seed == SEED and options.classifier == "logistic"
    with ProcessPoolExecutor(options.processes) as pool:
        jobs = {name: pool.submit(measured, name, **known) for name in names}
        picture = None
        if options.write and reference:
            from coverage_picture import measure_methods

            worlds = 5 if options.quick else COVERAGE_REPLICATIONS
            picture = pool.submit(measure_methods, worlds, options.seed)
        marks: list[Mark] = []
        settings: list[str] = []
        for name in sorted(names):
            found, setting, seconds = jobs[name].result()
            marks += shown(found)
            settings.append(setting)
            print(f"      {setting}, {seconds:.0f} s of one processor", flush=True)
        coverage = picture.result() if picture else None
    if options.write:
        from written import write_coverage, write_marks

        write_marks(marks, "; ".join(settings), "marks" if reference else "repeated")
        if coverage is not None:
            write_coverage(coverage, f"40 labels a district, {worlds} worlds of each kind, seed {options.seed}")
    print(f"{time.perf_counter() - start:.0f} s in all")
    return int(not all(mark.reached for mark in marks))


if __name__ == "__main__":
    sys.exit(main())
