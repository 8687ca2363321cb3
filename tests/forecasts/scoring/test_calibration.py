"""The points of the calibration plot, and where they would lie if the forecasts were what they say."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from forecasts.scoring.calibration import CalibrationPoint, calibration, calibration_binned, expected_range
from forecasts.scoring.cells import Cells
from forecasts.scoring.intervals import Interval
from tests.forecasts.scoring.samples import FORECASTS, GIVEN, cells_of


def test_a_point_for_each_probability():
    assert calibration(Cells.of_rows([(0.65, 20, 15), (0.3, 10, 2)])) == (
        CalibrationPoint(0.3, 10, 2, 0.2, Interval(0.1, 0.5)),
        CalibrationPoint(0.65, 20, 15, 0.75, Interval(0.45, 0.8)),
    )


def test_a_point_for_each_bin_that_has_any():
    low, high = calibration_binned(Cells.of_rows([(0.1, 10, 1), (0.2, 30, 9), (0.75, 5, 5)]), (0.25, 0.5, 0.75))
    assert (low.p, low.n, low.occurred, low.rate) == (pytest.approx(0.175), 40, 10, 0.25)
    assert low.expected == expected_range([(0.1, 10), (0.2, 30)])
    assert high == CalibrationPoint(0.75, 5, 5, 1, Interval(0.4, 1))


def test_none_has_neither_points_nor_a_range():
    assert calibration(Cells()) == ()
    assert expected_range([]) is None
    assert expected_range([(0.5, 0)]) is None


@pytest.mark.parametrize(("p", "end"), [(0.0, 0.0), (1.0, 1.0)])
def test_what_is_certain_has_one_place_to_be(p, end):
    assert expected_range([(p, 1)]) == expected_range([(p, 12)]) == Interval(end, end)


@pytest.mark.parametrize("n", [1, 2, 5, 20, 100, 3_000, 1_000_000])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_the_range_of_one_probability_is_the_binomial_of_scipy(n, share):
    numbers = random.Random(n)
    for p in [*(numbers.random() for _ in range(30)), 1 / n / 3, 1 - 1 / n / 3]:
        low, high = binom.interval(share, n, p)
        assert expected_range([(p, n)], share) == Interval(low / n, high / n)


def test_a_tail_of_exactly_the_share_is_left_out_on_both_sides():
    assert expected_range([(0.05, 1)]) == Interval(0, 0)
    assert expected_range([(0.95, 1)]) == Interval(1, 1)


def test_the_range_of_several_probabilities_counts_every_way_it_could_go():
    parts = [(0.1, 2), (0.35, 3), (0.8, 2), (0.97, 1)]
    trials = [p for p, count in parts for _ in range(count)]
    chances = np.zeros(len(trials) + 1)
    for way in np.ndindex(*[2] * len(trials)):
        chances[sum(way)] += np.prod([p if y else 1 - p for p, y in zip(trials, way, strict=True)])
    low, high = np.searchsorted(np.cumsum(chances), [0.05, 0.95])
    assert expected_range(parts) == Interval(low / 8, high / 8)


@given(GIVEN, st.integers(1, 200))
def test_the_range_of_the_event_flipped_is_the_range_flipped(p, n):
    found, flipped = expected_range([(p, n)]), expected_range([(1 - p, n)])
    assert (flipped.low, flipped.high) == pytest.approx((1 - found.high, 1 - found.low))


@given(GIVEN, st.integers(1, 60), st.integers(1, 60))
def test_parts_of_one_probability_are_one(p, n, more):
    assert expected_range([(p, n), (p, more)]) == expected_range([(p, n + more)])


@given(FORECASTS)
def test_every_expected_rate_can_occur_and_points_add_up(forecasts):
    points = calibration(cells_of(forecasts))
    assert sum(point.n for point in points) == len(forecasts)
    assert all(0 <= point.expected.low <= point.expected.high <= 1 for point in points)
