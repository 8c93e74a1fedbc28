"""V6: agreement of coders."""

import sys
from collections.abc import Iterator

import numpy as np
from marks import Mark, run
from simulation import BASE, THEMES

from zhuti.reports.agreement import cohen_kappa, krippendorff_alpha, percent_agreement
from zhuti.reports.agreement_intervals import interval

REPLICATIONS = 300
UNITS = 200
SCORES = (("alpha", krippendorff_alpha), ("kappa", cohen_kappa), ("percent", percent_agreement))


def code(rng: np.random.Generator, units: int, accuracy: float, coders: int = 2) -> np.ndarray:
    """Let coders code units whose themes follow the base rates; an error draws from the base rates too."""
    truth = rng.choice(THEMES, units, p=BASE)
    guess = rng.choice(THEMES, (units, coders), p=BASE)
    return np.where(rng.random((units, coders)) < accuracy, truth[:, None], guess)


def measure(replications: int, seed: int) -> Iterator[Mark]:
    """Equality with the krippendorff package, and coverage of intervals at 200 sentences coded twice."""
    rng = np.random.default_rng(seed)
    yield Mark("V6", "largest difference of α from the krippendorff package", _largest_gap(rng), high=1e-12)
    for accuracy in (0.80, 0.85, 0.90, 0.95):
        rng = np.random.default_rng(seed)
        whole = code(rng, 300_000, accuracy)
        true = {name: float(score(whole, THEMES)[0]) for name, score in SCORES}
        expected = accuracy**2
        yield Mark(
            "V6", f"α of 300,000 sentences, accuracy {accuracy:.2f}", true["alpha"], expected - 0.01, expected + 0.01
        )
        held = {name: 0 for name, _ in SCORES}
        rare = 0
        rare_true = float(krippendorff_alpha((whole == THEMES - 1).astype(int), 2)[0])
        for number in range(replications):
            values = code(rng, UNITS, accuracy)
            for name, score in SCORES:
                low, high = interval(score, values, THEMES, level=0.95, random_state=number)
                held[name] += low <= true[name] <= high
            last = (values == THEMES - 1).astype(int)
            low, high = interval(krippendorff_alpha, last, 2, level=0.95, random_state=number)
            rare += low <= rare_true <= high
        for name, _ in SCORES:
            what = f"coverage of {name}, accuracy {accuracy:.2f}, {UNITS} sentences"
            yield Mark("V6", what, held[name] / replications, low=0.92)
        yield Mark("V6", f"coverage of α of the rare theme, accuracy {accuracy:.2f}", rare / replications)


def _largest_gap(rng: np.random.Generator) -> float:
    import krippendorff

    gaps = []
    for _ in range(50):
        values = code(rng, 60, 0.8, coders=4)
        values[rng.random(values.shape) < 0.3] = -1
        data = np.where(values < 0, np.nan, values.astype(float)).T
        theirs = krippendorff.alpha(data, level_of_measurement="nominal")
        gaps.append(abs(theirs - float(krippendorff_alpha(values, THEMES)[0])))
    return max(gaps)


if __name__ == "__main__":
    sys.exit(run(measure, REPLICATIONS))
