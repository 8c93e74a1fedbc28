"""Simultaneous quantiles and ranks."""

import numpy as np
import pytest
from scipy import stats

from zhuti.reports.differences import rank_intervals, simultaneous_quantile


def test_two_groups_need_the_ordinary_quantile() -> None:
    quantile = simultaneous_quantile(np.array([0.1, 0.1]), np.array([np.inf, np.inf]), level=0.95, random_state=0)
    assert quantile == pytest.approx(1.96, abs=0.001)


def test_equal_errors_give_tukeys_studentised_range() -> None:
    quantile = simultaneous_quantile(np.full(16, 0.1), np.full(16, np.inf), level=0.95, random_state=0)
    assert quantile == pytest.approx(stats.studentized_range.ppf(0.95, 16, 10_000) / np.sqrt(2), rel=0.02)


def test_ranks_that_cannot_be_told_apart_span_all() -> None:
    rank, low, high = rank_intervals(np.array([0.3, 0.31, 0.29]), np.full(3, 0.1), 2.4)
    assert rank.tolist() == [2, 1, 3]
    assert low.tolist() == [1, 1, 1]
    assert high.tolist() == [3, 3, 3]
