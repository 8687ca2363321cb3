"""Bands, probabilities and outcomes in words."""

from datetime import date
from decimal import Decimal

import pytest

from groundwork import marks

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("low", "high", "low_open", "high_open", "text"),
    [
        (0.55, 0.75, False, False, f"55–75{NBSP}%"),
        (0.4, 0.5, False, True, f"40 to under 50{NBSP}%"),
        (0.0, 0.05, True, False, f"over 0 to 5{NBSP}%"),
        (0.0, 1.0, True, True, f"over 0 to under 100{NBSP}%"),
        (0.0, 0.05, False, False, f"0–5{NBSP}%"),
        (0.2, None, False, False, f"at least 20{NBSP}%"),
        (0.5, None, True, False, f"more than 50{NBSP}%"),
        (None, 0.33, False, False, f"at most 33{NBSP}%"),
        (None, 0.33, False, True, f"under 33{NBSP}%"),
        (None, 0.0, False, False, f"at most 0{NBSP}%"),
        (0.0, None, False, False, f"at least 0{NBSP}%"),
        (0.4, 0.4, False, False, f"40{NBSP}%"),
        (Decimal("0.2500"), Decimal("0.3500"), False, False, f"25–35{NBSP}%"),
        (None, None, False, False, "no number"),
    ],
)
def test_a_band_says_which_ends_it_has(low, high, low_open, high_open, text):
    assert marks.band_text(low, high, low_open=low_open, high_open=high_open) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, f"0{NBSP}%"),
        (1.0, f"100{NBSP}%"),
        (0.55, f"55{NBSP}%"),
        (0.125, f"12.5{NBSP}%"),
        (Decimal("0.9999"), f"99.99{NBSP}%"),
        (None, "no number"),
    ],
)
def test_a_probability_of_nought_is_a_number(value, text):
    assert marks.probability_text(value) == text


@pytest.mark.parametrize(
    ("outcome", "shape", "word"),
    [
        ("occurred", "tick", "occurred"),
        ("did_not_occur", "cross", "did not occur"),
        ("partly", "half", "partly"),
        ("condition_not_met", "dash", "condition not met"),
        ("overtaken", "dash", "overtaken"),
        ("ungradable", "dash", "ungradable"),
        ("void", "dash", "void"),
        (None, "ring", "open"),
        ("", "ring", "open"),
    ],
)
def test_every_outcome_has_a_shape_and_a_word(outcome, shape, word):
    assert (marks.outcome_mark(outcome).shape, marks.outcome_word(outcome)) == (shape, word)


def test_what_nobody_has_graded_in_time_is_overdue_and_what_is_graded_is_not():
    marked = [marks.outcome_mark(outcome, overdue=True) for outcome in (None, "void")]

    assert [(mark.key, mark.shape, mark.word) for mark in marked] == [
        ("overdue", "ring", "overdue"),
        ("void", "dash", "void"),
    ]


def test_an_outcome_that_nobody_has_drawn_is_an_error():
    with pytest.raises(KeyError, match="cancelled"):
        marks.outcome_mark("cancelled")


def test_a_day_stands_in_text_without_a_leading_nought():
    assert marks.day_text(date(2025, 5, 2)) == "2 May 2025"


@pytest.mark.parametrize(("score", "text"), [(0.18, "0.180"), (0.4225, "0.423"), (0.0, "0.000"), (-0.02249, "-0.022")])
def test_a_score_has_three_decimals_and_half_of_the_last_goes_up(score, text):
    assert marks.score_text(score) == text
