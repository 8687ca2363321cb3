"""By when: headings, sentences, named periods."""

from __future__ import annotations

from datetime import date

import pytest

from forecasts.reading.calendars import add_days, add_months
from forecasts.reading.horizons import heading_window, sentence_window

PUBLISHED = date(2025, 5, 2)


def iso(day):
    return day and day.isoformat()


@pytest.mark.parametrize(
    ("heading", "horizon", "opens", "closes"),
    [
        ("Short-term (Now - 3 months)", "short", "2025-05-02", "2025-08-02"),
        ("Medium-term (3-12 months)", "medium", "2025-08-02", "2026-05-02"),
        ("Long-term (>1 year)", "long", "2026-05-02", None),
        ("Long term (more than one year)", "long", "2026-05-02", None),
        ("Long term (1+ years)", "long", "2026-05-02", None),
        ("Long term (12 months and beyond)", "long", "2026-05-02", None),
        ("Next 6 months", "medium", "2025-05-02", "2025-11-02"),
        ("6 months", "medium", "2025-05-02", "2025-11-02"),
        ("Within three months", "short", "2025-05-02", "2025-08-02"),
        ("Short term (0–6 months)", "medium", "2025-05-02", "2025-11-02"),
        ("Short term (0 to 4 weeks)", "short", "2025-05-02", "2025-05-30"),
        ("Medium term (1–3 years)", "long", "2026-05-02", "2028-05-02"),
        ("Short term", "short", None, None),
        ("Mid-term", "medium", None, None),
        ("Longer term outlook", "long", None, None),
        ("Short term (to 31 July 2025)", "short", "2025-05-02", "2025-07-31"),
        ("Q3 2025", "medium", "2025-05-02", "2025-09-30"),
        ("Outlook for 2026", "long", "2025-05-02", "2026-12-31"),
        ("Medium term (by the end of 2025)", "medium", "2025-05-02", "2025-12-31"),
        ("Long term (2027)", "long", "2025-05-02", "2027-12-31"),
        ("Outlook to 2030", "long", "2025-05-02", "2030-12-31"),
        ("Outlook through 2030", "long", "2025-05-02", "2030-12-31"),
        ("Long term (2027 and beyond)", "long", "2027-01-01", None),
        ("Medium term (early June)", "medium", "2025-05-02", None),
        ("Beyond 2026", "long", "2027-01-01", None),
    ],
)
def test_a_heading_names_a_window(heading, horizon, opens, closes):
    window = heading_window(("Forecast", heading), PUBLISHED)
    found = (window.horizon, iso(window.opens_on), iso(window.closes_on)) if window else (None, None, None)
    assert found == (horizon, opens, closes)


def test_the_nearest_heading_wins_and_one_without_a_window_names_none():
    assert heading_window(("Short-term (0-3 months)", "Gao"), PUBLISHED).horizon == "short"
    assert heading_window(("Forecast", "Gao"), PUBLISHED) is None


@pytest.mark.parametrize(
    ("sentence", "horizon", "text", "opens", "closes"),
    [
        ("It falls by 2030.", "long", "by 2030", "2025-05-02", "2030-12-31"),
        ("It holds through 2030.", "long", "through 2030", "2025-05-02", "2030-12-31"),
        ("It falls before 2030.", "long", "before 2030", "2025-05-02", "2029-12-31"),
        ("It falls by mid-June.", "short", "by mid-June", "2025-05-02", "2025-06-15"),
        ("It falls by the end of June.", "short", "by the end of June", "2025-05-02", "2025-06-30"),
        ("It falls by June.", "short", "by June", "2025-05-02", "2025-06-30"),
        ("By June, it falls.", "short", "By June", "2025-05-02", "2025-06-30"),
        ("It falls before June.", "short", "before June", "2025-05-02", "2025-05-31"),
        ("It falls by April.", "medium", "by April", "2025-05-02", "2026-04-30"),
        ("It falls by 1 May.", "medium", "by 1 May", "2025-05-02", "2026-05-01"),
        ("It falls by 31 July 2025.", "short", "by 31 July 2025", "2025-05-02", "2025-07-31"),
        ("It falls by July 31, 2025.", "short", "by July 31, 2025", "2025-05-02", "2025-07-31"),
        ("It falls before 15 June.", "short", "before 15 June", "2025-05-02", "2025-06-14"),
        ("It falls by the end of 2026.", "long", "by the end of 2026", "2025-05-02", "2026-12-31"),
        ("It falls by the end of the year.", "medium", "by the end of the year", "2025-05-02", "2025-12-31"),
        ("It falls by year-end.", "medium", "by year-end", "2025-05-02", "2025-12-31"),
        ("It falls by the end of next year.", "long", "by the end of next year", "2025-05-02", "2026-12-31"),
        ("It falls by the end of the month.", "short", "by the end of the month", "2025-05-02", "2025-05-31"),
        ("It falls by mid-2026.", "long", "by mid-2026", "2025-05-02", "2026-06-30"),
        (
            "It falls in the third quarter of 2025.",
            "medium",
            "in the third quarter of 2025",
            "2025-05-02",
            "2025-09-30",
        ),
        ("It falls in Q4.", "medium", "in Q4", "2025-05-02", "2025-12-31"),
        ("It falls in the first half of 2026.", "long", "in the first half of 2026", "2025-05-02", "2026-06-30"),
        # When a season begins, and in which hemisphere, no text settles.
        ("It falls this summer.", None, None, None, None),
        ("It falls before winter.", None, None, None, None),
        ("It falls this year.", "medium", "this year", "2025-05-02", "2025-12-31"),
        ("It falls next year.", "long", "next year", "2025-05-02", "2026-12-31"),
        ("It falls in late June.", "short", "in late June", "2025-05-02", "2025-06-30"),
        # The class is settled although the day is not.
        ("It falls in early June.", "short", "in early June", "2025-05-02", None),
        ("It falls by early 2027.", "long", "by early 2027", "2025-05-02", None),
        ("It falls early next year.", "medium", "early next year", "2025-05-02", None),
        ("It falls by the end of Q3.", "medium", "by the end of Q3", "2025-05-02", "2025-09-30"),
        ("It falls before year-end.", "medium", "before year-end", "2025-05-02", "2025-12-31"),
        ("It falls before the year is out.", "medium", "before the year is out", "2025-05-02", "2025-12-31"),
        ("It falls by mid-year.", "short", "by mid-year", "2025-05-02", "2025-06-30"),
        ("It is due to end this year.", "medium", "this year", "2025-05-02", "2025-12-31"),
        ("It is due to start next month.", "short", "next month", "2025-05-02", "2025-06-30"),
        ("It falls later this year.", "medium", "later this year", "2025-05-02", "2025-12-31"),
        ("It falls within the month.", "short", "within the month", "2025-05-02", "2025-05-31"),
        ("It falls by the 15th of May.", "short", "by the 15th of May", "2025-05-02", "2025-05-15"),
        ("It falls in the first half of June.", "short", "in the first half of June", "2025-05-02", "2025-06-15"),
        ("It falls between now and June.", "short", "between now and June", "2025-05-02", "2025-06-30"),
        ("It falls between June and August.", "medium", "between June and August", "2025-05-02", "2025-08-31"),
        ("It falls by the end of next month.", "short", "by the end of next month", "2025-05-02", "2025-06-30"),
        ("It holds for the rest of the year.", "medium", "for the rest of the year", "2025-05-02", "2025-12-31"),
        ("It falls in six months' time.", "medium", "in six months' time", "2025-05-02", "2025-11-02"),
        ("It falls six weeks from now.", "short", "six weeks from now", "2025-05-02", "2025-06-13"),
        ("It falls within 72 hours.", "short", "within 72 hours", "2025-05-02", "2025-05-05"),
        ("It falls in a few weeks.", "short", "in a few weeks", "2025-05-02", None),
        ("It falls in the foreseeable future.", None, None, None, None),
        ("It falls by Friday.", None, None, None, None),
        ("It falls within six months.", "medium", "within six months", "2025-05-02", "2025-11-02"),
        ("It falls over the next 12 months.", "medium", "over the next 12 months", "2025-05-02", "2026-05-02"),
        ("It falls in the next two weeks.", "short", "in the next two weeks", "2025-05-02", "2025-05-16"),
        ("It falls within a year.", "medium", "within a year", "2025-05-02", "2026-05-02"),
        ("It falls over the coming months.", "medium", "over the coming months", "2025-05-02", None),
        ("It falls in the coming weeks.", "short", "in the coming weeks", "2025-05-02", None),
        ("It falls in the years ahead.", "long", "in the years ahead", "2025-05-02", None),
        ("It falls in the near future.", "short", "in the near future", "2025-05-02", None),
        ("It falls in the long term.", "long", "in the long term", None, None),
        ("It falls by the end of the decade.", "long", "by the end of the decade", "2025-05-02", "2029-12-31"),
        ("It falls by the end of June 2026.", "long", "by the end of June 2026", "2025-05-02", "2026-06-30"),
        ("It falls by the middle of June.", "short", "by the middle of June", "2025-05-02", "2025-06-15"),
        ("It falls by the middle of 2026.", "long", "by the middle of 2026", "2025-05-02", "2026-06-30"),
        ("It falls by the start of 2026.", "medium", "by the start of 2026", "2025-05-02", "2026-01-01"),
        ("It falls by the end of the summer.", None, None, None, None),
        ("It falls next week.", "short", "next week", "2025-05-02", "2025-05-11"),
        ("It falls by 2026-01-31.", "medium", "by 2026-01-31", "2025-05-02", "2026-01-31"),
        ("It falls by 2026-02-31.", None, None, None, None),
        ("It falls after 2026.", "long", "after 2026", "2027-01-01", None),
        ("It falls at the end of the month.", "short", "at the end of the month", "2025-05-02", "2025-05-31"),
        ("It falls by the end of the quarter.", "short", "by the end of the quarter", "2025-05-02", "2025-06-30"),
        ("It falls in summer 2026.", None, None, None, None),
        ("It lasts from June.", None, None, None, None),
        ("It fell in 2022.", None, None, None, None),
        ("It fell in April 2025.", None, None, None, None),
        ("It fell for the first time in ten years.", None, None, None, None),
        ("It may fall.", None, None, None, None),
    ],
)
def test_a_sentence_names_a_window(sentence, horizon, text, opens, closes):
    window = sentence_window(sentence, PUBLISHED, term_at=None, condition=None)
    found = (window.horizon, window.text, iso(window.opens_on), iso(window.closes_on)) if window else (None,) * 4
    assert found == (horizon, text, opens, closes)


def test_a_deadline_wins_over_a_date_in_the_condition_and_one_before_the_judgement():
    words = "If talks fail by June, war is likely within six months."
    assert sentence_window(words, PUBLISHED, term_at=30, condition=(0, 21)).text == "within six months"
    words = "The deal signed in June is likely to hold until 2026."
    assert sentence_window(words, PUBLISHED, term_at=27, condition=None).text == "until 2026"


def test_without_a_date_of_publication_all_dates_are_null():
    window = heading_window(("Short-term (Now - 3 months)",), None)
    assert (window.horizon, window.opens_on, window.closes_on) == ("short", None, None)
    window = sentence_window("It falls by 2030.", None, term_at=None, condition=None)
    assert (window.horizon, window.text, window.opens_on, window.closes_on) == (None, "by 2030", None, None)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2025, 5, 2), 12, date(2026, 5, 2)),
        (date(9998, 12, 1), 12, None),
    ],
)
def test_a_month_s_end_is_clamped(start, months, expected):
    assert add_months(start, months) == expected


def test_nothing_is_reckoned_where_the_calendar_ends():
    window = sentence_window("It falls by June.", date(9990, 1, 1), term_at=None, condition=None)
    assert window is None
    assert (
        sentence_window("It falls in the next 9000 years.", PUBLISHED, term_at=None, condition=None).closes_on is None
    )


def test_no_day_lies_beyond_the_calendar():
    assert add_days(date.max, 1) is None
