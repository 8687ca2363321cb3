"""Full calendar dates as people write them in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:1[89]|2[01])\d\d"

_FULL_DATE = re.compile(
    rf"""
      (?<![\d/.-]) (?:
        (?P<iso_year>{YEAR}) (?P<iso_mark>[-/.]) (?P<iso_month>\d\d) (?P=iso_mark) (?P<iso_day>\d\d)
      | (?P<first>\d{{1,2}}) (?P<mark>[/.]) (?P<second>\d{{1,2}}) (?P=mark) (?P<plain_year>{YEAR})
      | (?P<day>{DAY}) [\s-]+ (?:of\s+)? (?P<month>{MONTH}) ,? [\s-]+ (?P<year>{YEAR})
      ) (?!\d)
    | \b (?P<month_first>{MONTH}) \s+ (?P<day_second>{DAY}) ,? \s+ (?P<year_last>{YEAR}) (?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)

_ANY_YEAR = re.compile(YEAR)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A full date where it stands; `day` is None where the writing does not settle which day is meant."""

    start: int
    end: int
    day: date | None


def written_dates(text: str) -> Iterator[WrittenDate]:
    """Every full date in the text, in order, among them those that cannot be known ("04/02/2025")."""
    if not _ANY_YEAR.search(text):
        return
    for match in _FULL_DATE.finditer(text):
        yield WrittenDate(match.start(), match.end(), _day(match))


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 to 12 for a month's name or abbreviation, in any case, with or without a full stop."""
    return MONTHS[name.lower().rstrip(".")]


def _day(match: re.Match[str]) -> date | None:
    found = match.groupdict()
    if found["iso_year"]:
        return calendar_day(int(found["iso_year"]), int(found["iso_month"]), int(found["iso_day"]))
    if found["plain_year"]:
        return _numeric_day(int(found["plain_year"]), int(found["first"]), int(found["second"]))
    month = month_number(found["month"] or found["month_first"])
    day = re.sub(r"\D", "", found["day"] or found["day_second"])
    return calendar_day(int(found["year"] or found["year_last"]), month, int(day))


def _numeric_day(year: int, first: int, second: int) -> date | None:
    """Day and month in figures: known only where one reading is possible."""
    readings = {calendar_day(year, first, second), calendar_day(year, second, first)} - {None}
    return readings.pop() if len(readings) == 1 else None
