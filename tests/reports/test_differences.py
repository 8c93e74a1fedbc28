"""Simultaneous quantiles and ranks."""

import numpy as np
import pytest
from scipy import stats

from zhuti.reports.differences import PairFamily, rank_intervals


def family(groups: int, *, themes: int = 1) -> PairFamily:
    return PairFamily.of(np.full(groups, 0.1), np.full(groups, np.inf), themes=themes, random_state=0)


def test_two_groups_need_the_ordinary_quantile() -> None:
    assert family(2).quantile(0.95) == pytest.approx(1.96, abs=0.001)


def test_equal_errors_give_tukeys_studentised_range() -> None:
    assert family(16).quantile(0.95) == pytest.approx(
        stats.studentized_range.ppf(0.95, 16, 10_000) / np.sqrt(2), rel=0.02
    )


def test_ranks_that_cannot_be_told_apart_span_all() -> None:
    rank, low, high = rank_intervals(np.array([0.3, 0.31, 0.29]), np.full(3, 0.1), 2.4)
    assert rank.tolist() == [2, 1, 3]
    assert low.tolist() == [1, 1, 1]
    assert high.tolist() == [3, 3, 3]
