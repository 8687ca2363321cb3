"""Days that a sentence names, and another one in the place of one."""

from __future__ import annotations

from datetime import date

import pytest

from forecasts.reading.named_days import named_days, names_another_day, with_day, with_days

OLD, NEW = date(2026, 1, 3), date(2026, 2, 13)


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("The bridge opens by 3 January 2026.", "The bridge opens by 13 February 2026."),
        ("The bridge opens by 3rd January, 2026.", "The bridge opens by 13 February 2026."),
        ("By January 3, 2026 the bridge opens.", "By February 13, 2026 the bridge opens."),
        ("It opens by 2026-01-03, not 2026-01-04.", "It opens by 2026-02-13, not 2026-01-04."),
        ("It opens by 4 January 2026.", "It opens by 4 January 2026."),
        ("It opens by 31 February 2026.", "It opens by 31 February 2026."),
    ],
)
def test_a_day_gives_its_place_to_another_one(text, moved):
    assert with_day(text, old=OLD, new=NEW) == moved


def test_days_that_become_each_other_are_told_apart():
    days = {date(2026, 5, 3): date(2026, 8, 3), date(2026, 8, 3): date(2026, 11, 3), None: OLD}
    text = "It opens between 3 May 2026 and August 3, 2026."
    assert with_days(text, days) == "It opens between 3 August 2026 and November 3, 2026."


def test_without_either_day_the_text_stays():
    text = "The bridge opens by 3 January 2026."
    assert [with_day(text, old=None, new=NEW), with_day(text, old=OLD, new=None)] == [text, text]


def test_the_days_of_a_text_are_found_in_their_order():
    assert named_days("From 1 March 2026 to April 2, 2026.") == [date(2026, 3, 1), date(2026, 4, 2)]


def test_a_text_names_another_day_where_none_of_its_days_is_that():
    text = "From 1 March 2026 to 2 April 2026."
    assert [names_another_day(text, day) for day in (date(2026, 4, 2), date(2026, 4, 3), None)] == [
        None,
        date(2026, 4, 2),
        date(2026, 4, 2),
    ]
    assert names_another_day("It opens.", OLD) is None
