"""Scores of one judgement."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.points import band_brier, brier, log_score, point_value

PROBABILITIES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("low", "high", "probability", "expected"),
    [
        (0.55, 0.75, None, 0.65),
        (0.55, 0.75, 0.9, 0.9),
        (0.55, 0.75, 0.0, 0.0),
        (0.2, None, None, None),
        (None, 0.1, None, None),
        (None, None, None, None),
        (None, None, 0.4, 0.4),
    ],
)
def test_the_point_value_is_the_number_or_the_middle_of_a_two_sided_band(low, high, probability, expected):
    assert point_value(low, high, probability) == expected


def test_brier_of_four_forecasts():
    scores = [brier(p, y) for p, y in zip([0.1, 0.9, 0.8, 0.3], [False, True, True, False], strict=True)]
    assert sum(scores) / 4 == pytest.approx(0.0375)


def test_band_brier_gives_best_and_worst():
    assert band_brier(0.55, 0.75, occurred=True) == pytest.approx((0.0625, 0.2025))
    assert band_brier(0.55, 0.75, occurred=False) == pytest.approx((0.3025, 0.5625))


@given(st.tuples(PROBABILITIES, PROBABILITIES).map(sorted), PROBABILITIES, st.booleans())
def test_every_probability_within_the_band_scores_between_best_and_worst(band, share, occurred):
    low, high = band
    best, worst = band_brier(low, high, occurred)
    assert best - 1e-9 <= brier(low + share * (high - low), occurred) <= worst + 1e-9


def test_the_log_score_of_the_truth():
    said = [(0.9, True), (0.1, False), (0.8, True), (0.35, False)]
    assert round(sum(log_score(p, y) for p, y in said) / 4, 5) == 0.21616


def test_the_log_score_is_clipped_where_it_would_be_infinite():
    assert log_score(0, occurred=True) == log_score(0.001, occurred=True) == pytest.approx(6.907755)
    assert log_score(1, occurred=False) == pytest.approx(log_score(0.999, occurred=False))
    assert log_score(1, occurred=True) == pytest.approx(0.0010005)


@pytest.mark.parametrize("rule", [brier, log_score])
@given(truth=st.floats(0.001, 0.999), said=PROBABILITIES)
def test_nobody_expects_to_gain_by_saying_what_they_do_not_think(rule, truth, said):
    def expected(p):
        return truth * rule(p, True) + (1 - truth) * rule(p, False)

    assert expected(truth) <= expected(said) + 1e-12
