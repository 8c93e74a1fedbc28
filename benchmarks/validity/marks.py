"""A mark: what was measured, what it should be, and whether it is reached."""

import argparse
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """One number with the range it should lie in."""

    id: str
    what: str
    value: float
    low: float = -math.inf
    high: float = math.inf

    @property
    def reached(self) -> bool:
        """Whether the value lies in the range."""
        return self.low <= self.value <= self.high

    def __str__(self) -> str:
        return f"{'pass' if self.reached else 'FAIL'}  {self.id:<4} {self.value:8.4f}  {self._range():<15} {self.what}"

    def _range(self) -> str:
        if math.isinf(self.low):
            return f"at most {self.high:g}" if not math.isinf(self.high) else "(for looking)"
        return f"at least {self.low:g}" if math.isinf(self.high) else f"{self.low:g} to {self.high:g}"


def print_marks(marks: Iterable[Mark]) -> int:
    """Print marks and return 1 when one is missed."""
    missed = 0
    for mark in marks:
        print(mark, flush=True)
        missed |= not mark.reached
    return int(missed)


def run(measure: Callable[[int, int], Iterable[Mark]], replications: int) -> int:
    """Run a measurement from the command line, with its usual replications or others."""
    parser = argparse.ArgumentParser(description=measure.__doc__)
    parser.add_argument("--replications", type=int, default=replications)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    start = time.perf_counter()
    missed = print_marks(measure(options.replications, options.seed))
    print(f"{options.replications} replications, seed {options.seed}, {time.perf_counter() - start:.0f} s")
    return missed
