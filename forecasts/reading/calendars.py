"""Arithmetic on days: calendar months, ends of months, the next such day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

LAST_YEAR = 9998


def add_months(day: date, months: int) -> date | None:
    """The same day so many calendar months later, clamped to the month's end; None beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > LAST_YEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date | None:
    """So many days later; None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])
