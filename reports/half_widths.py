"""How well a group's least well known share will be known, by the number of its labels."""

import numpy as np
from scipy import stats

from zhuti.reports.audited import freedom_of_smoothed
from zhuti.reports.strata import Strata, allocate
from zhuti.reports.sums import Floats, Ints

# Labels of a group at least, where it has as many sentences: two make an interval, ten make it worth its place.
LEAST_LABELS = 10


def half_width(strata: Strata, group: int, sample: Floats, level: float) -> float:
    """Half-width to be expected of the least well known share of a group.

    Parameters
    ----------
    strata : Strata
    group : int
    sample : array of shape (n_strata,)
        Labels of each predicted theme.
    level : float
    """
    count, variance = strata.count[group], strata.variance[group]
    n, size = float(sample.sum()), float(count.sum())
    if n < 2:
        return 1.0
    kept = sample > 0
    part = (count[kept] / size) ** 2 * (1.0 - sample[kept] / count[kept]) / sample[kept]
    error = np.sqrt(np.maximum((part[:, None] * variance[kept]).sum(axis=0), 0.0)).max()
    df = freedom_of_smoothed(np.full(len(strata.count), n - 1.0))[0]
    return float(stats.t.ppf(0.5 + level / 2.0, df) * error)


class Curves:
    """Half-width of each group against its number of labels, on a grid."""

    def __init__(self, strata: Strata, level: float) -> None:
        self.size = strata.size
        self.grids: list[Floats] = []
        self.widths: list[Floats] = []
        for group, size in enumerate(strata.size):
            least = min(LEAST_LABELS, int(size))
            grid = np.unique(np.round(np.geomspace(max(least, 1), max(int(size), 1), 30)))
            width = [half_width(strata, group, allocate(strata, group, int(n)), level) for n in grid]
            self.grids.append(grid)
            self.widths.append(np.minimum.accumulate(np.array(width)))

    def sizes_for(self, precision: float) -> Ints:
        """Labels that each group needs."""
        found = [
            # Errors fall with the square root: interpolate in logarithms.
            grid[-1] if precision <= width[-1] else np.exp(np.interp(-precision, -width, np.log(grid)))
            for grid, width in zip(self.grids, self.widths, strict=True)
        ]
        return np.minimum(np.ceil(np.array(found) - 1e-9), self.size).astype(np.intp)

    def precision_of(self, labels: int) -> float:
        """Return the half-width that so many labels in all can give every group."""
        low, high = 0.0, 1.0
        for _ in range(40):
            middle = (low + high) / 2.0
            if self.sizes_for(middle).sum() > labels:
                low = middle
            else:
                high = middle
        return high
