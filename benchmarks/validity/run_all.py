"""Run all marks V1–V7, print each with pass or fail, and draw coverage by method.

    python benchmarks/validity/run_all.py [--quick] [--seed 2026] [--out docs]

Takes about a quarter of an hour on two cores; `--quick` a tenth of it, with marks that shake.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from marks import Mark, print_marks

MEASURES = ("v1", "v2", "v3", "v4", "v5", "v6", "v7")


def measured(names: list[str], *, quick: bool, seed: int) -> Iterator[Mark]:
    """Run measurements one after the other."""
    for name in names:
        if find_spec(name) is None:
            print(f"{name}: not here")
            continue
        module = import_module(name)
        start = time.perf_counter()
        replications = max(module.REPLICATIONS // 10, 5) if quick else module.REPLICATIONS
        yield from module.measure(replications, seed)
        print(f"      {name}: {replications} replications, {time.perf_counter() - start:.0f} s", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=list(MEASURES))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--out", type=Path, help="folder for coverage.csv and coverage.svg")
    options = parser.parse_args()
    start = time.perf_counter()
    missed = print_marks(measured(options.names, quick=options.quick, seed=options.seed))
    if options.out:
        from coverage_picture import draw_coverage, measure_methods

        draw_coverage(measure_methods(5 if options.quick else 40, options.seed), options.out)
    print(f"{time.perf_counter() - start:.0f} s in all")
    return missed


if __name__ == "__main__":
    sys.exit(main())
