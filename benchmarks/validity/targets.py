"""Targets in real sentences against those that a reader found.

    python benchmarks/validity/targets.py HAND.csv [--write]

HAND.csv has a row a target that was read by hand, and a row without a value for a sentence that was read and has
none: set, document, text, heading, year, value, value_high, unit, object (its main word), direction, status
(`?` where the sentence does not tell).
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from marks import Mark, shown

from zhuti.reports import Target, targets_of

# Characters by which the object found may be longer than the reader's main word.
LONGER = 16


def measure(hand: pd.DataFrame) -> Iterator[Mark]:
    """Precision and recall of value, unit and object together, and how often direction and status are right."""
    for name, part in hand.groupby("set"):
        found, right, wanted, directions, states = 0, 0, 0, [], []
        for _, rows in part.groupby("text", sort=False):
            targets = [target for target in _found(rows.iloc[0]) if target.kind != "goal"]
            left = rows[rows["value"].ne("")].to_dict("records")
            found, wanted = found + len(targets), wanted + len(left)
            for target in targets:
                match = next((row for row in left if same(target, row)), None)
                if match is None:
                    continue
                left.remove(match)
                right += 1
                directions.append(target.direction == match["direction"])
                states += [target.status == match["status"]] if match["status"] != "?" else []
        here = f"{part['text'].nunique()} real sentences, set {name}"
        yield Mark("T", f"precision of {found} targets found (value, unit, object), {here}", right / found, low=0.9)
        yield Mark("T", f"recall of {wanted} targets read by hand, {here}", right / wanted, low=0.9)
        yield Mark("T", f"direction right, {here}", sum(directions) / len(directions), low=0.9)
        yield Mark("T", f"done or planned right, {here}", sum(states) / len(states), low=0.9)


def same(target: Target, row: dict[str, str]) -> bool:
    """Tell whether a target is the one that was read by hand."""
    numbers = (target.value, float(row["value"])), (target.value_high, float(row["value_high"] or row["value"]))
    thing, wanted = target.object.translate({ord(mark): None for mark in "“”"}), row["object"]
    named = (wanted in thing and len(thing) <= len(wanted) + LONGER) or (len(thing) >= 2 and thing in wanted)
    return all(abs(a - b) <= 1e-6 * abs(b) for a, b in numbers) and target.unit == row["unit"] and named


def _found(row: "pd.Series[str]") -> list[Target]:
    return targets_of(row["text"], heading=row["heading"], year=int(row["year"]) if row["year"] else None)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hand", type=Path)
    parser.add_argument("--write", action="store_true", help="write the marks into docs/validity.md")
    options = parser.parse_args()
    table = pd.read_csv(options.hand, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    marks = list(shown(measure(table)))
    if options.write:
        from written import write_marks

        write_marks(marks, f"{table['text'].nunique()} sentences", "targets")
    sys.exit(int(not all(mark.reached for mark in marks)))
