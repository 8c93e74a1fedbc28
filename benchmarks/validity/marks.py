"""A mark: what was measured, what it should be, and whether it is reached."""

import argparse
import inspect
import math
import time
from collections.abc import Callable, Iterable, Iterator
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
        return f"{'pass' if self.reached else 'FAIL'}  {self.id:<4} {self.value:8.4f}  {self.wanted() or '(for looking)':<15} {self.what}"

    def wanted(self) -> str:
        """Name the range; empty where the number is shown for looking only."""
        if math.isinf(self.low):
            return f"at most {self.high:g}" if not math.isinf(self.high) else ""
        return f"at least {self.low:g}" if math.isinf(self.high) else f"{self.low:g} to {self.high:g}"


def shown(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Print marks as they come, and hand them on."""
    for mark in marks:
        print(mark, flush=True)
        yield mark


def run(measure: Callable[..., Iterable[Mark]], replications: int, *, part: str = "") -> int:
    """Run a measurement from the command line, with its usual replications or others.

    Where it has a part of its own in docs/validity.md, `--write` puts the marks there.
    """
    parser = argparse.ArgumentParser(description=measure.__doc__)
    parser.add_argument("--replications", type=int, default=replications)
    parser.add_argument("--seed", type=int, default=2026)
    if takes_classifier(measure):
        parser.add_argument("--classifier", choices=("logistic", "forest", "bayes"), default="logistic")
    if part:
        parser.add_argument("--write", action="store_true", help="write the marks into docs/validity.md")
    options = vars(parser.parse_args())
    write = options.pop("write", False)
    start = time.perf_counter()
    marks = list(shown(measure(**options)))
    setting = ", ".join(f"{name} {value}" for name, value in options.items())
    print(f"{setting}, {time.perf_counter() - start:.0f} s")
    if write:
        from written import write_marks

        write_marks(marks, setting, part)
    return int(not all(mark.reached for mark in marks))


def takes_classifier(measure: Callable[..., Iterable[Mark]]) -> bool:
    """Tell whether a measurement can be repeated with another classifier."""
    return "classifier" in inspect.signature(measure).parameters
