"""Wilson's interval."""

from __future__ import annotations

import random

import pytest
from statsmodels.stats.proportion import proportion_confint

from forecasts.scoring.intervals import Interval, wilson


@pytest.mark.parametrize(("n", "occurred", "low", "high"), [(20, 15, 0.531, 0.888), (100, 80, 0.711, 0.867)])
def test_the_interval_of_a_share(n, occurred, low, high):
    found = wilson(n, occurred)
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


def test_where_none_or_all_occurred_the_interval_ends_at_the_end():
    assert wilson(7, 0) == Interval(0, pytest.approx(0.354, abs=5e-4))
    assert wilson(7, 7) == Interval(pytest.approx(0.646, abs=5e-4), 1)


def test_none_has_no_interval():
    assert wilson(0, 0) is None


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_it_is_that_of_statsmodels(confidence):
    numbers = random.Random(1)
    for n in [1, 2, 3, 10, 57, 1_000, 1_000_000]:
        for occurred in {0, n, *(numbers.randint(0, n) for _ in range(20))}:
            low, high = proportion_confint(occurred, n, alpha=1 - confidence, method="wilson")
            found = wilson(n, occurred, confidence)
            assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)
