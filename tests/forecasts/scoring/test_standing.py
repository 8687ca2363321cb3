"""Which judgement counts on which day, and what it earns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.points import log_score
from forecasts.scoring.standing import Held, Span, StandingScores, Stretch, standing_scores, stretches


def day(number: int) -> date:
    """A day of March 2025, and of April from 32 on."""
    return date(2025, 3, 1) + timedelta(days=number - 1)


SPAN = Span(known_on=day(20), closes_on=day(10))


def scores(*judgements, span=SPAN, occurred=True):
    return standing_scores(judgements, span, occurred=occurred)


def test_days_run_from_the_first_judgement_to_the_last_day_of_the_window():
    found = scores(Held(day(1), 0.5), Held(day(5), 0.8))
    assert (found.days, found.unscored_days) == (10, 0)
    assert found.average == pytest.approx((4 * 0.25 + 6 * 0.04) / 10)
    assert (found.first, found.final) == (0.25, pytest.approx(0.04))


@pytest.mark.parametrize(
    ("known_on", "closes_on", "last_full_day", "last_day_to_judge"),
    [
        (20, 10, 10, 10),
        (11, 10, 10, 10),
        (10, 10, 9, 10),
        (5, 10, 4, 5),
        (5, None, 4, 5),
    ],
)
def test_the_last_day_is_the_one_before_the_outcome_became_known_if_the_window_was_open(
    known_on, closes_on, last_full_day, last_day_to_judge
):
    span = Span(day(known_on), day(closes_on) if closes_on else None)
    assert (span.last_full_day, span.last_day_to_judge) == (day(last_full_day), day(last_day_to_judge))
    assert stretches([Held(day(1), 0.5)], span) == (Stretch(day(1), day(last_full_day), 0.5),)


def test_the_judgement_of_a_day_is_the_one_that_stands_when_it_ends():
    found = stretches([Held(day(1), 0.2), Held(day(3), 0.4), Held(day(3), 0.6), Held(day(10), 0.8)], SPAN)
    assert found == (
        Stretch(day(1), day(2), 0.2),
        Stretch(day(3), day(9), 0.6),
        Stretch(day(10), day(10), 0.8),
    )
    assert [each.days for each in found] == [2, 7, 1]


def test_what_is_said_after_the_last_day_does_not_count():
    assert scores(Held(day(1), 0.5), Held(day(11), 0.9)) == scores(Held(day(1), 0.5))
    nothing = StandingScores(first=None, final=None, average=None, days=0, unscored_days=0)
    assert scores(Held(day(11), 0.9)) == nothing
    assert scores() == nothing


def test_what_is_said_on_the_day_the_outcome_becomes_known_ends_no_full_day():
    known = Span(known_on=day(5), closes_on=day(10))
    found = scores(Held(day(1), 0.5), Held(day(5), 0.9), span=known)
    assert found == StandingScores(first=0.25, final=0.25, average=0.25, days=4, unscored_days=0)


def test_with_no_full_day_there_is_no_average_and_the_first_judgement_is_the_final_one():
    known = Span(known_on=day(5), closes_on=day(10))
    found = scores(Held(day(5), 0.5), Held(day(5), 0.9), span=known)
    assert found == StandingScores(first=0.25, final=0.25, average=None, days=0, unscored_days=0)


def test_what_was_withdrawn_and_not_replaced_is_no_final_judgement():
    found = scores(Held(day(1), 0.5, ended_day=day(3)))
    assert found == StandingScores(first=0.25, final=None, average=0.25, days=2, unscored_days=0)
    at_once = scores(Held(day(1), 0.5, ended_day=day(1)))
    assert at_once == StandingScores(first=0.25, final=None, average=None, days=0, unscored_days=0)


def test_days_between_two_judgements_on_which_none_stood_do_not_count():
    found = scores(Held(day(1), 0.5, ended_day=day(3)), Held(day(9), 0.0))
    assert (found.days, found.average, found.final) == (4, pytest.approx((2 * 0.25 + 2) / 4), 1)


def test_a_judgement_that_the_next_one_ended_stands_until_then():
    assert scores(Held(day(1), 0.5, ended_day=day(5)), Held(day(5), 0.8)) == scores(
        Held(day(1), 0.5), Held(day(5), 0.8)
    )


def test_a_judgement_without_a_point_has_days_and_no_score():
    found = scores(Held(day(1), None), Held(day(4), 0.5))
    assert found == StandingScores(first=None, final=0.25, average=0.25, days=7, unscored_days=3)
    found = scores(Held(day(1), 0.5), Held(day(4), None))
    assert found == StandingScores(first=0.25, final=None, average=0.25, days=3, unscored_days=7)


def test_a_probability_of_nothing_is_a_point():
    assert scores(Held(day(1), 0.0), occurred=False) == StandingScores(0, 0, 0, 10, 0)


def test_another_rule_scores_by_it():
    found = standing_scores([Held(day(1), 0.9)], SPAN, occurred=True, rule=log_score)
    assert (found.first, found.final, found.average) == pytest.approx([log_score(0.9, occurred=True)] * 3)


JUDGEMENTS = st.lists(
    st.builds(
        lambda made, lasted, point: Held(day(made), point, None if lasted is None else day(made + lasted)),
        st.integers(1, 30),
        st.none() | st.integers(0, 12),
        st.none() | st.floats(0, 1),
    ),
    max_size=8,
).map(lambda held: sorted(held, key=lambda each: each.made_day))


def standing_by_the_letter(judgements, number):
    """The one that stands when that day ends, found by looking at each."""
    made = [each for each in judgements if each.made_day <= day(number)]
    if not made or (made[-1].ended_day is not None and made[-1].ended_day <= day(number)):
        return None
    return made[-1]


@given(JUDGEMENTS, st.integers(1, 32), st.none() | st.integers(1, 32), st.booleans())
def test_the_average_is_that_of_a_calendar_gone_through_day_by_day(judgements, known, closes, occurred):
    last = known - 1 if closes is None else min(closes, known - 1)
    standing = [standing_by_the_letter(judgements, number) for number in range(1, last + 1)]
    points = [each.point for each in standing if each is not None and each.point is not None]
    found = standing_scores(judgements, Span(day(known), closes and day(closes)), occurred=occurred)
    assert found.days == len(points)
    assert found.unscored_days == sum(each is not None for each in standing) - len(points)
    expected = sum((p - occurred) ** 2 for p in points) / len(points) if points else None
    assert found.average == (None if expected is None else pytest.approx(expected))
    if standing and standing[-1] is not None and standing[-1].point is not None:
        assert found.final == (standing[-1].point - occurred) ** 2
