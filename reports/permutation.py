"""Test words by exchanging whole blocks of text between the two sides, since words come in bursts."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zhuti.reports.bags import Bags
from zhuti.reports.sums import Floats, Ints

Flags = NDArray[np.bool_]

# Words of the informative prior, spread like the words of all texts (Monroe, Colaresi and Quinn 2008, p. 386).
PRIOR_WORDS = 500.0
# Exchanges for every word, and for those that the first ones leave in doubt.
DRAWS, MORE_DRAWS, DOUBT = 999, 19_999, 0.02
# Below so many blocks a side there are at most 20 exchanges: no p-value.
LEAST_BLOCKS = 4


def log_odds(count: Floats, total: Floats, rest: Floats, rest_total: Floats, prior: Floats) -> tuple[Floats, Floats]:
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


def permutation_p(bags: Bags, side: Flags, *, random_state: int) -> Floats:
    """p-values of words by exchanging blocks between a side and the rest, within strata.

    Parameters
    ----------
    bags : Bags
    side : bool array of shape (n_blocks,)
        True for the blocks of the side.
    random_state : int

    Returns
    -------
    array of shape (n_terms,)
        Two-sided; NaN throughout where either side has fewer than four blocks.
    """
    n_terms = bags.counts.shape[1]
    if min(side.sum(), (~side).sum()) < LEAST_BLOCKS:
        return np.full(n_terms, np.nan)
    rng = np.random.default_rng(random_state)
    columns = np.arange(n_terms)
    p_value = _tail(bags, side, columns, DRAWS, rng)
    doubtful = np.flatnonzero(p_value <= DOUBT)
    if len(doubtful):
        p_value[doubtful] = _tail(bags, side, doubtful, MORE_DRAWS, rng)
    return p_value


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


def _tail(bags: Bags, side: Flags, columns: Ints, draws: int, rng: np.random.Generator) -> Floats:
    counts = sparse.csr_array(bags.counts[:, columns])
    every, words = np.asarray(counts.sum(axis=0), dtype=float), float(bags.totals.sum())
    prior = PRIOR_WORDS * np.maximum(every, 0.5) / max(words, 1.0)

    def effect(chosen: Floats) -> Floats:
        one, total = chosen @ counts, (chosen @ bags.totals)[:, None]
        return log_odds(one, total, every - one, words - total, prior)[0]

    observed = effect(side[None, :].astype(float))
    above, below = np.zeros(len(columns)), np.zeros(len(columns))
    step = max(1, int(4e6 / max(len(columns), len(side))))
    for start in range(0, draws, step):
        drawn = effect(exchanged(side, bags.stratum, min(step, draws - start), rng))
        above += (drawn >= observed - 1e-12).sum(axis=0)
        below += (drawn <= observed + 1e-12).sum(axis=0)
    tail: Floats = np.minimum(1.0, 2.0 * (np.minimum(above, below) + 1.0) / (draws + 1.0))
    return tail


def exchanged(side: Flags, stratum: Ints, draws: int, rng: np.random.Generator) -> Floats:
    """Draw sides of the same number of blocks in each stratum.

    Returns
    -------
    array of shape (draws, n_blocks)
        1 for blocks of the side.
    """
    order = np.argsort(stratum, kind="stable")
    start = np.searchsorted(stratum[order], np.unique(stratum))
    wanted = np.bincount(stratum, side)[stratum[order]]
    chosen = np.zeros((draws, len(side)))
    # Ranks of random numbers within a stratum; the lowest are the side.
    noise = rng.random((draws, len(side))) + np.repeat(np.arange(len(start)), np.diff([*start, len(side)]))
    rank = noise.argsort(axis=1).argsort(axis=1) - np.repeat(start, np.diff([*start, len(side)]))
    chosen[:, order] = rank < wanted
    return chosen
