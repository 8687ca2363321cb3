"""Days that a sentence names in full, and the sentence with another day in the place of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from sources.reading.dates import MONTHS, written_dates

# Each month by its full name, which comes first among its names.
_FULL_NAMES = {number: next(names)[0].title() for number, names in groupby(MONTHS.items(), key=lambda each: each[1])}


def named_days(text: str) -> list[date]:
    """The days that a text names with their year, in their order."""
    return [each.day for each in written_dates(text) if each.day is not None]


def with_day(text: str, *, old: date | None, new: date | None) -> str:
    """The text with `new` wherever it names `old`, day or month first as there; itself where either is None."""
    return with_days(text, {old: new})


def with_days(text: str, days: Mapping[date | None, date | None]) -> str:
    """As `with_day` of several days at once, each of which may become what another was."""
    for each in reversed(list(written_dates(text))):
        new = days.get(each.day)
        if new is not None and new != each.day:
            text = text[: each.start] + _written_as(text[each.start : each.end], new) + text[each.end :]
    return text


def names_another_day(text: str, day: date | None) -> date | None:
    """The last of the days that a text names where none of them is `day`; None where it names that, or none."""
    days = named_days(text)
    return days[-1] if days and day not in days else None


def _written_as(words: str, day: date) -> str:
    month = _FULL_NAMES[day.month]
    if not any(letter.isalpha() for letter in words):
        return day.isoformat()
    return f"{day.day} {month} {day.year}" if words[0].isdigit() else f"{month} {day.day}, {day.year}"
