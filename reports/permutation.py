"""Test words by exchanging whole blocks of text between the two sides, since words come in bursts."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse, special, stats

from zhuti.reports.bags import Bags
from zhuti.reports.sums import Flags, Floats, Ints

# Words of the informative prior, spread like the words of all texts (Monroe, Colaresi and Quinn 2008, p. 386).
PRIOR_WORDS = 500.0
# Exchanges at most, and blocks times exchanges at most.
DRAWS, WORK = 19_999, 20_000_000
# With more blocks only words whose approximate p-value is below this are tested by exchanges.
FEW_BLOCKS, DOUBT = 60, 0.1
# Where fewer exchanges than this went so far, the approximate p-value times 10 is finer than counting them.
FEW_BEYOND, CAUTION = 5, 10.0
# With so few blocks exchanges are added up as a whole matrix, which is ten times as fast as a sparse one.
DENSE_BLOCKS = 200
# Below so many blocks a side there are at most 20 exchanges: no p-value.
LEAST_BLOCKS = 4


def log_odds(
    count: Floats, total: Floats | float, rest: Floats, rest_total: Floats | float, prior: Floats
) -> tuple[Floats, Floats]:
    """Log-odds ratio of words between two sides under an informative Dirichlet prior, and its z-score.

    The z-score takes words for independent; it orders words, and is no test.

    Parameters
    ----------
    count, rest : arrays of shape (..., n_terms)
        Occurrences on either side.
    total, rest_total : arrays that broadcast against them
        Words in all on either side.
    prior : array of shape (n_terms,)
        Pseudo-counts.

    References
    ----------
    Monroe, Colaresi and Quinn (2008), Fightin' words, Political Analysis 16(4).

    >>> delta, z = log_odds(np.array([30.0]), 1000.0, np.array([10.0]), 1000.0, np.array([5.0]))
    >>> delta.round(2), z.round(2)
    (array([0.86]), array([2.79]))
    """
    size = PRIOR_WORDS
    one, other = count + prior, rest + prior
    delta = np.log(one / (total + size - one)) - np.log(other / (rest_total + size - other))
    return delta, delta / np.sqrt(1.0 / one + 1.0 / other)


def false_discovery_q(p_value: Floats) -> Floats:
    """Return the false discovery rate at which each test would just be flagged; NaN stays NaN.

    References
    ----------
    Benjamini and Hochberg (1995), Controlling the false discovery rate, JRSS B 57.

    >>> false_discovery_q(np.array([0.01, 0.04, 0.03, np.nan])).round(3)
    array([0.03, 0.04, 0.04,  nan])
    """
    q_value = np.full(len(p_value), np.nan)
    known = np.flatnonzero(~np.isnan(p_value))
    order = known[np.argsort(p_value[known], kind="stable")]
    steps = p_value[order] * len(order) / np.arange(1, len(order) + 1)
    q_value[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return q_value


@dataclass(frozen=True)
class Exchanges:
    """Blocks in random orders, the same for all sides: a side of m blocks is drawn as the first m of an order.

    Attributes
    ----------
    bags : Bags
    random_state : int
    """

    bags: Bags
    random_state: int = 0

    def p_values(self, side: Flags) -> Floats:
        """p-values of words: how often exchanged blocks hold as many, or as few, more than their length suggests.

        What is compared is the number of occurrences on the side less its share by length.

        Parameters
        ----------
        side : bool array of shape (n_blocks,)
            True for the blocks of the side.

        Returns
        -------
        array of shape (n_terms,)
            Two-sided; NaN throughout where either side has fewer than four blocks.

        References
        ----------
        Fisher (1935), The Design of Experiments. The approximate p-values take Pearson's type III curve with the
        first three moments of the permutation distribution (Mielke and Berry 2007, Permutation Methods).
        """
        if min(side.sum(), (~side).sum()) < LEAST_BLOCKS:
            return np.full(self.bags.counts.shape[1], np.nan)
        p_value = self._approximate(side)
        small = len(side) <= FEW_BLOCKS
        doubtful = np.arange(len(p_value)) if small else np.flatnonzero(p_value <= DOUBT)
        if len(doubtful):
            exact, beyond = self._counted(side, doubtful)
            finer = np.minimum(CAUTION * p_value[doubtful], exact)
            p_value[doubtful] = np.where(beyond < FEW_BEYOND, finer, exact)
        return p_value

    @cached_property
    def _rate(self) -> Floats:
        every: Floats = np.asarray(self.bags.counts.sum(axis=0)) / max(float(self.bags.totals.sum()), 1.0)
        return every

    @cached_property
    def _orders(self) -> Ints:
        n_blocks = len(self.bags.totals)
        draws = int(np.clip(WORK // max(n_blocks, 1), 999, DRAWS))
        noise = np.random.default_rng(self.random_state).random((draws, n_blocks))
        order: Ints = np.argsort(noise + self.bags.stratum, axis=1)
        return order

    @cached_property
    def _moments(self) -> tuple[Floats, Floats, Floats]:
        # Of words less their share by length, about the mean of their stratum: size, sums of squares and of cubes.
        bags, strata = self.bags, int(self.bags.stratum.max()) + 1
        within = sparse.csr_array((np.ones(len(bags.stratum)), (bags.stratum, np.arange(len(bags.stratum)))))
        length, size = bags.totals, np.bincount(bags.stratum, minlength=strata).astype(float)[:, None]
        x, rate = bags.counts, self._rate[None, :]
        sums = [(within @ x.power(k)).toarray() for k in (1, 2, 3)]
        by_length = sparse.diags_array(length)
        x_l, xx_l, x_ll = (
            (within @ part).toarray() for part in (by_length @ x, by_length @ x.power(2), by_length**2 @ x)
        )
        powers = [np.bincount(bags.stratum, length**k, strata)[:, None] for k in (1, 2, 3)]
        first = sums[0] - rate * powers[0]
        second = sums[1] - 2 * rate * x_l + rate**2 * powers[1]
        third = sums[2] - 3 * rate * xx_l + 3 * rate**2 * x_ll - rate**3 * powers[2]
        mean = first / size
        return size, second - size * mean**2, third - 3 * mean * second + 2 * size * mean**3

    def _approximate(self, side: Flags) -> Floats:
        bags = self.bags
        size, square, cube = self._moments
        taken = np.bincount(bags.stratum, side, len(size))[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            both = np.where(size > 1, taken * (size - taken) / (size * (size - 1)), 0.0)
            skewed = np.where(size > 2, both * (size - 2 * taken) / (size - 2), 0.0)
        variance = np.maximum((both * square).sum(axis=0), 1e-12)
        skew = np.clip((skewed * cube).sum(axis=0) / variance**1.5, -20.0, 20.0)
        z = self._score(side) / np.sqrt(variance)
        above = np.maximum(stats.pearson3.sf(z, skew), self._all_inside(side))
        below = np.maximum(stats.pearson3.cdf(z, skew), self._none_inside(side))
        p: Floats = np.minimum(1.0, 2.0 * np.minimum(above, below))
        return p

    def _score(self, side: Flags) -> Floats:
        bags = self.bags
        expected = np.zeros(len(self._rate))
        # The mean over exchanges: each stratum gives the part of its blocks that the side takes from it.
        size, _, _ = self._moments
        for stratum in range(len(size)):
            rows = bags.stratum == stratum
            whole = np.asarray(bags.counts[rows].sum(axis=0)) - self._rate * bags.totals[rows].sum()
            expected += whole * side[rows].sum() / rows.sum()
        score: Floats = np.asarray(bags.counts[side].sum(axis=0)) - self._rate * bags.totals[side].sum() - expected
        return score

    def _all_inside(self, side: Flags) -> Floats:
        # No exchange that holds all the side's blocks with the word has fewer: a bound that no curve may pass.
        there = np.asarray((self.bags.counts[side] > 0).sum(axis=0)).astype(float)
        n, m = len(side), int(side.sum())
        if self._moments[0].shape[0] > 1:
            return np.zeros(len(there))
        bound: Floats = np.exp(_log_falling(m, there) - _log_falling(n, there))
        return bound

    def _none_inside(self, side: Flags) -> Floats:
        there = np.asarray((self.bags.counts > 0).sum(axis=0)).astype(float)
        n, m = len(side), int(side.sum())
        if self._moments[0].shape[0] > 1:
            return np.zeros(len(there))
        possible = np.minimum(there, n - m)
        bound: Floats = np.where(there <= n - m, np.exp(_log_falling(n - m, possible) - _log_falling(n, possible)), 0.0)
        return bound

    def _counted(self, side: Flags, columns: Ints) -> tuple[Floats, Floats]:
        orders, bags = self._orders, self.bags
        chosen_counts = sparse.csr_array(bags.counts[:, columns])
        counts: Floats | sparse.csr_array = chosen_counts.toarray() if len(side) <= DENSE_BLOCKS else chosen_counts
        rate = self._rate[columns]
        stratum = bags.stratum[np.argsort(bags.stratum, kind="stable")]
        start = np.searchsorted(stratum, np.arange(stratum.max() + 1))
        place = np.arange(len(stratum)) - start[stratum]
        chosen = np.flatnonzero(place < np.bincount(bags.stratum, side)[stratum])
        drawn_rows = orders[:, chosen]
        draws = len(drawn_rows)
        observed = np.asarray(counts[side].sum(axis=0)) - rate * bags.totals[side].sum()
        above, below = np.zeros(len(columns)), np.zeros(len(columns))
        step = max(1, int(4e6 / max(len(columns), 1)))
        for begin in range(0, draws, step):
            rows = drawn_rows[begin : begin + step]
            drawn = _sums_of(rows, counts) - bags.totals[rows].sum(axis=1)[:, None] * rate
            above += (drawn >= observed - 1e-9).sum(axis=0)
            below += (drawn <= observed + 1e-9).sum(axis=0)
        beyond = np.minimum(above, below)
        return np.minimum(1.0, 2.0 * (beyond + 1.0) / (draws + 1.0)), beyond


def _sums_of(rows: Ints, counts: "Floats | sparse.csr_array") -> Floats:
    # Counts added up over the blocks that each row names.
    n_blocks, m = counts.shape[0], rows.shape[1]
    if isinstance(counts, np.ndarray):
        member = np.zeros((len(rows), n_blocks))
        np.put_along_axis(member, rows, 1.0, axis=1)
        dense: Floats = member @ counts
        return dense
    pointer = np.arange(0, rows.size + 1, m)
    sparse_member = sparse.csr_array((np.ones(rows.size), rows.ravel(), pointer), shape=(len(rows), n_blocks))
    found: Floats = (sparse_member @ counts).toarray()
    return found


def _log_falling(n: int, k: Floats) -> Floats:
    # Logarithm of n (n-1) … (n-k+1).
    value: Floats = special.gammaln(n + 1.0) - special.gammaln(n - k + 1.0)
    return value
