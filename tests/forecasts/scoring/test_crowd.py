"""Several forecasters, and one among them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.crowd import Crowd, crowd, median_line, relative_average, relative_score
from forecasts.scoring.points import brier, log_score
from forecasts.scoring.standing import Held, Span
from tests.forecasts.scoring.samples import GIVEN

POINTS = st.lists(GIVEN, min_size=1, max_size=9)


def day(number: int) -> date:
    return date(2025, 3, 1) + timedelta(days=number - 1)


def test_the_median_and_the_geometric_mean_of_odds():
    # Odds of 1/4, 1 and 4/1, whose geometric mean is 1; of 1/9 and 4, which is 2/3.
    assert crowd([0.2, 0.5, 0.8]) == Crowd(3, 0.5, pytest.approx(0.5))
    assert crowd([0.1, 0.8]) == Crowd(2, pytest.approx(0.45), pytest.approx(0.4))


def test_the_odds_are_clipped_and_the_median_is_not():
    assert crowd([0.0]) == Crowd(1, 0, pytest.approx(0.001))
    assert crowd([1.0, 1.0]) == Crowd(2, 1, pytest.approx(0.999))


def test_nobody_says_nothing():
    assert crowd([]) is None
    assert relative_score(0.5, [], occurred=True) is None


@given(POINTS, st.randoms(use_true_random=False))
def test_both_lie_among_what_was_said_in_whatever_order(points, numbers):
    found = crowd(points)
    assert crowd(numbers.sample(points, len(points))) == found
    assert min(points) <= found.median <= max(points)
    assert min(max(min(points), 0.001), 0.999) - 1e-9 <= found.geometric <= max(min(max(points), 0.999), 0.001) + 1e-9


@given(POINTS)
def test_the_event_flipped_flips_both(points):
    found, flipped = crowd(points), crowd([1 - p for p in points])
    assert (flipped.median, flipped.geometric) == pytest.approx((1 - found.median, 1 - found.geometric))


def test_the_relative_score_is_ones_own_less_that_of_the_median():
    assert relative_score(0.9, [0.9, 0.6, 0.2], occurred=True) == pytest.approx(0.01 - 0.16)
    assert relative_score(0.9, [0.9, 0.6, 0.2], occurred=False) == pytest.approx(0.81 - 0.36)
    expected = log_score(0.9, occurred=True) - log_score(0.6, occurred=True)
    assert relative_score(0.9, [0.9, 0.6, 0.2], occurred=True, rule=log_score) == pytest.approx(expected)


@given(POINTS.filter(lambda points: len(points) % 2), st.booleans())
def test_in_a_crowd_of_odd_number_the_score_of_the_median_is_the_median_score(points, occurred):
    own = brier(0.3, occurred)
    middle = sorted(brier(p, occurred) for p in points)[len(points) // 2]
    assert relative_score(0.3, points, occurred=occurred) == pytest.approx(own - middle)


def test_the_line_of_the_crowd_changes_when_anybody_does():
    lines = [
        [Held(day(1), 0.2), Held(day(4), 0.6)],
        [Held(day(3), 0.8, ended_day=day(6))],
        [Held(day(3), None)],
    ]
    assert median_line(lines) == (
        Held(day(1), 0.2),
        Held(day(3), 0.5),
        Held(day(4), pytest.approx(0.7)),
        Held(day(6), 0.6),
    )


def test_where_nobody_stands_the_line_has_no_point():
    assert median_line([[Held(day(1), 0.2, ended_day=day(2))]]) == (Held(day(1), 0.2), Held(day(2), None))
    assert median_line([]) == ()


def test_days_on_which_one_had_said_nothing_do_not_count():
    span = Span(known_on=day(11), closes_on=None)
    early, late = [Held(day(1), 0.4)], [Held(day(6), 0.9), Held(day(8), 0.7)]
    everyone = [Held(day(1), 0.4), Held(day(6), 0.6), Held(day(7), None), Held(day(9), 0.5)]
    # Late stood from the 6th on; the crowd said nothing on the 7th and 8th.
    expected = ((0.01 - 0.16) + 2 * (0.09 - 0.25)) / 3
    assert relative_average(late, everyone, span, occurred=True) == pytest.approx(expected)
    assert relative_average(early, early, span, occurred=True) == 0
    by_log = relative_average(early, late, span, occurred=True, rule=log_score)
    expected = (
        log_score(0.4, occurred=True) - (2 * log_score(0.9, occurred=True) + 3 * log_score(0.7, occurred=True)) / 5
    )
    assert by_log == pytest.approx(expected)


def test_with_no_shared_day_there_is_no_relative_average():
    span = Span(known_on=day(11), closes_on=None)
    gone, come = [Held(day(1), 0.4, ended_day=day(3))], [Held(day(3), 0.9)]
    assert relative_average(gone, come, span, occurred=True) is None
    assert relative_average([Held(day(1), None)], come, span, occurred=True) is None
    assert relative_average([], come, span, occurred=True) is None
