"""The strip that shows a window against today."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundwork import horizon

OPENS, CLOSES = date(2025, 5, 2), date(2025, 8, 2)


def test_a_window_that_runs_is_elapsed_up_to_today():
    strip = horizon.strip(OPENS, CLOSES, date(2025, 6, 17))

    assert strip == horizon.Strip(window_x=4, window_width=168, elapsed_width=84, today_x=88, open_ended=False)


def test_a_window_that_has_ended_leaves_room_for_the_days_since():
    strip = horizon.strip(OPENS, CLOSES, date(2025, 11, 2))

    assert strip == horizon.Strip(window_x=4, window_width=84, elapsed_width=84, today_x=172, open_ended=False)


def test_nothing_has_elapsed_of_a_window_that_has_not_opened():
    strip = horizon.strip(OPENS, CLOSES, date(2025, 1, 30))

    assert strip == horizon.Strip(window_x=88, window_width=84, elapsed_width=0, today_x=4, open_ended=False)


def test_a_window_without_an_end_runs_a_year_beyond_today():
    strip = horizon.strip(OPENS, None, date(2026, 5, 2))

    assert strip == horizon.Strip(window_x=4, window_width=168, elapsed_width=84, today_x=88, open_ended=True)


def test_a_window_of_one_day_is_still_seen_years_later():
    strip = horizon.strip(OPENS, OPENS, date(2035, 5, 2))

    assert strip == horizon.Strip(window_x=4, window_width=3, elapsed_width=0, today_x=172, open_ended=False)


DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(opens=DAYS, length=st.integers(0, 5000), today=DAYS)
def test_everything_lies_inside_the_drawing(opens, length, today):
    strip = horizon.strip(opens, date.fromordinal(opens.toordinal() + length), today)

    assert strip.window_x >= horizon.FIRST
    assert strip.window_x + strip.window_width <= horizon.LAST + 3
    assert strip.elapsed_width <= strip.window_width
    assert horizon.FIRST <= strip.today_x <= horizon.LAST


@pytest.mark.parametrize(
    ("closes", "today", "outcome", "text"),
    [
        (CLOSES, date(2025, 5, 1), None, "2 May 2025 to 2 August 2025; opens in 1 day; open"),
        (CLOSES, date(2025, 7, 31), None, "2 May 2025 to 2 August 2025; closes in 2 days; open"),
        (CLOSES, CLOSES, None, "2 May 2025 to 2 August 2025; closes today; open"),
        (CLOSES, date(2025, 8, 3), "did_not_occur", "2 May 2025 to 2 August 2025; closed 1 day ago; did not occur"),
        (None, date(2025, 5, 12), None, "From 2 May 2025, open-ended; opened 10 days ago; open"),
        (None, OPENS, None, "From 2 May 2025, open-ended; opened today; open"),
    ],
)
def test_the_sentence_says_what_the_drawing_shows(closes, today, outcome, text):
    assert horizon.sentence(OPENS, closes, today, outcome) == text
