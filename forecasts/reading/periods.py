"""Named periods ("by the end of June", "before 2030", "in the third quarter") as days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from forecasts.reading.calendars import LAST_YEAR, month_end
from sources.reading.dates import MONTHS, YEAR, calendar_day

_MONTH_NAMES = sorted({name.capitalize() for name in MONTHS}, key=len, reverse=True)
_MONTH = "(?:" + "|".join(_MONTH_NAMES) + r")\b\.?"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_UNIT = r"(?:month|quarter|year|decade|week)"
_DEADLINE = (
    r"(?:by|before|until|till|through|throughout|up\s+to|no\s+later\s+than|not\s+later\s+than|ahead\s+of|prior\s+to|into"
    r"|to(?=\s+(?:the\s|\d))|between\s+now\s+and)"
)
_VAGUELY = r"(?:(?:at\s+least|around|about|roughly|approximately)\s+)?"
_OF_YEAR = rf"(?:\s*,?\s*(?:of\s+)?(?P<NAME_year>{YEAR}|next\s+year|this\s+year|the\s+year))?"


def _of_year(name: str) -> str:
    return _OF_YEAR.replace("NAME", name)


# A season is no period: when it begins, and in which hemisphere, the text does not settle.
_PERIOD = rf"""
    (?:
      (?:the\s+(?P<close>close)\s+of|(?:the\s+)?(?P<edge>end|middle|start|beginning|rest|remainder)(?:\s+of|-|\s))\s*(?:
          (?P<edge_month>{_MONTH}){_of_year("edge_month")}
        | (?P<edge_year>(?:the\s+)?{YEAR}|the\s+year|this\s+year|next\s+year|the\s+current\s+year)
        | (?:the\s+)?(?:Q(?P<edge_quarter>[1-4])|(?P<edge_nth>first|second|third|fourth|last|final)\s+quarter)
          {_of_year("edge_quarter")}
        | (?:the\s+|this\s+|(?P<edge_next>next\s+|the\s+(?:coming|following)\s+))?
          (?P<edge_unit>month|quarter|decade|week)\b
      )
    | (?P<iso>{YEAR}-\d\d-\d\d)
    | (?:the\s+)?(?:\d{{1,2}}\s?[-–]\s?)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<day_month>{_MONTH})
      {_of_year("day_month")}
    | (?P<month_day_month>{_MONTH})\s+(?P<month_day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_of_year("month_day")}
    | (?P<mid_year>mid[\s-]?year)
    | (?P<part>mid|early|late)[\s-]+(?:in\s+)?(?:(?P<part_month>{_MONTH}){_of_year("part_month")}
      |(?P<part_year>{YEAR}|this\s+year|next\s+year))
    | (?P<month>{_MONTH}){_of_year("month")}
    | (?:the\s+)?(?:Q(?P<quarter>[1-4])|(?P<nth>first|second|third|fourth|last|final)\s+quarter){_of_year("quarter")}
    | (?:the\s+)?(?:H(?P<half>[12])|(?P<nth_half>first|second)\s+half)
      (?:\s+of\s+(?P<half_month>{_MONTH}){_of_year("half_month")}|{_of_year("half")})
    | (?P<ends_year>(?:the\s+)?(?:year[\s-]?end|year['’]s\s+end)|(?:the|this)\s+year\s+(?:is\s+(?:out|over)|ends))
      {_of_year("ends_year")}
    | (?:the\s+year\s+|{YEAR}\s?[-–]\s?)?(?P<year>{YEAR})(?![\d%-])
      (?!\s+(?:percent|per\s|troops|soldiers|people|men|[a-z]*\s*elections?))
    | (?P<relative>(?:this|next|the\s+coming|the\s+current|(?P<plain>the))\s+{_UNIT})\b
    )
"""
_NAMED = re.compile(
    rf"""
    (?<![\w-]) (?:
        (?P<deadline>(?i:{_DEADLINE})) \s+ (?i:{_VAGUELY})
      | (?i:between) \s+ (?P<between>(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}}\b)?(?:,?\s+{YEAR})?) \s+ and \s+
      | (?P<during>(?i:in|on|during|at|over|for|within)) \s+ (?i:{_VAGUELY})
      | (?P<bare>(?i:later\s+(?=this\s)|(?=this\s|next\s|(?:early|late|mid)[\s-]+(?:this|next|in)\s)))
      | (?P<after>(?i:after|beyond|from)) \s+
    )
    {_PERIOD} (?![\w]) (?!-\w)
    """,
    re.VERBOSE,
)
# Without one of these no period is named.
_MAYBE = re.compile(rf"\d|{_UNIT}|[Yy]ear|half|\b(?:{'|'.join(_MONTH_NAMES)})")
_BARE_PERIOD = re.compile(_PERIOD, re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Period:
    """A named period in a text: its first and last day, None where the text does not settle them.

    Of one whose end is only roughly known ("early 2027") `last` is None and `ends_within` the latest day it may mean.
    """

    start: int
    end: int
    preposition: str
    first: date | None
    last: date | None
    ends_within: date | None = None

    @property
    def is_deadline(self) -> bool:
        """Whether it says until when, not merely when."""
        return bool(re.fullmatch(_DEADLINE, self.preposition, re.IGNORECASE))

    @property
    def opens_after(self) -> bool:
        """Whether the window begins where the period ends ("after 2026")."""
        return self.preposition.lower() in {"after", "beyond"}


def named_periods(text: str, published_on: date | None) -> Iterator[Period]:
    """The named periods of a sentence in order, those that ended before publication left out."""
    if not _MAYBE.search(text):
        return
    for match in _NAMED.finditer(text):
        preposition = match["deadline"] or match["during"] or match["after"] or ("by" if match["between"] else "")
        if not _is_period(match, preposition):
            continue
        first, last = _days(match, published_on)
        within = _roughly_ends(match, first)
        ends = last or within
        if published_on is not None and (ends is None or ends < published_on):
            continue
        yield Period(match.start(), match.end(), " ".join(preposition.split()), first, last, within)


def whole_period(text: str, published_on: date | None) -> Period | None:
    """The period that a heading's bracket names as a whole ("Q3 2025", "2026"), with or without a preposition."""
    words = text.strip()
    match = _NAMED.fullmatch(words) or _BARE_PERIOD.fullmatch(words)
    if not match or match["plain"]:
        return None
    found = match.groupdict()
    preposition = found.get("deadline") or found.get("during") or found.get("after") or "in"
    first, last = _days(match, published_on)
    return Period(0, len(words), preposition.lower(), first, last, _roughly_ends(match, first))


def _is_period(match: re.Match[str], preposition: str) -> bool:
    """A bare "to" or "from" before a year or month is seldom a deadline."""
    word = preposition.lower()
    if match["plain"]:
        return word == "within"
    if word in {"to", "from", "at", "for", "over", "within"}:
        return bool(match["edge"] or match["close"] or match["iso"] or match["relative"])
    if word in {"after", "beyond"}:
        return bool(match["year"] or match["month_year"] or match["relative"])
    return bool(preposition or match["relative"] or match["part"])


def _days(match: re.Match[str], published_on: date | None) -> tuple[date | None, date | None]:
    """First and last day; without a date of publication nothing is settled."""
    if published_on is None or published_on.year + 20 > LAST_YEAR:
        return None, None
    return next(days for reader in _READERS if (days := reader(match, published_on)) is not None)


def _roughly_ends(match: re.Match[str], first: date | None) -> date | None:
    """The latest day that "early June" or "early 2027" may mean."""
    if match["part"] is None or match["part"].lower() != "early" or first is None:
        return None
    return first.replace(day=15) if match["part_month"] else first.replace(month=4, day=30)


Days = tuple[date | None, date | None]
Run = tuple[date, date]


def _year(words: str | None, published_on: date) -> int | None:
    """The year that words name; None where they leave it to the date of publication."""
    if words is None:
        return None
    words = " ".join(words.lower().removeprefix("the ").split())
    if words.isdigit():
        return int(words)
    return published_on.year + (words == "next year")


def _single(day: date | None) -> Days:
    return day, day


def _next_day(year: int | None, month: int, day: int, published_on: date) -> date | None:
    """That day in the given year, else the next one after publication."""
    if year is not None:
        return calendar_day(year, month, day)
    this = calendar_day(published_on.year, month, day)
    return this if this and this > published_on else calendar_day(published_on.year + 1, month, day)


def _month_number(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _months(year: int | None, first: int, last: int, published_on: date) -> Run:
    """A run of months of one year, the next that ends after publication where no year is given."""
    if year is None:
        year = published_on.year + (month_end(published_on.year, last) <= published_on)
    return date(year, first, 1), month_end(year, last)


def _year_end(year: int) -> Days:
    """ "before" the end of a year still counts its last day."""
    return date(year + 1, 1, 1), date(year, 12, 31)


def _read_edge(match: re.Match[str], published_on: date) -> Days | None:
    edge = (match["edge"] or match["close"] or "").lower()
    if not edge:
        return None
    first, last = _edge_period(match, published_on)
    if edge in {"end", "close", "rest", "remainder"}:
        return last + timedelta(days=1), last
    return _single(_middle(first, last) if edge == "middle" else first)


def _edge_period(match: re.Match[str], published_on: date) -> Run:
    if match["edge_month"]:
        number = _month_number(match["edge_month"])
        return _months(_year(match["edge_month_year"], published_on), number, number, published_on)
    if match["edge_year"]:
        year = _year(match["edge_year"], published_on) or published_on.year
        return date(year, 1, 1), date(year, 12, 31)
    if match["edge_quarter"] or match["edge_nth"]:
        return _quarter(match["edge_quarter"] or match["edge_nth"], match["edge_quarter_year"], published_on)
    return _unit_period(match["edge_unit"], published_on, ahead=int(bool(match["edge_next"])))


def _unit_period(unit: str, published_on: date, ahead: int = 0) -> Run:
    """The month, quarter, year or decade of publication, or the one so many further on."""
    if unit == "week":
        monday = published_on + timedelta(days=7 * ahead - published_on.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "decade":
        start = published_on.year // 10 * 10 + 10 * ahead
        return date(start, 1, 1), date(start + 9, 12, 31)
    size = {"month": 1, "quarter": 3, "year": 12}[unit]
    index = (published_on.year * 12 + published_on.month - 1) // size * size + ahead * size
    year, month = divmod(index, 12)
    return date(year, month + 1, 1), month_end(year, month + size)


def _middle(first: date, last: date) -> date:
    return (
        first.replace(day=15) if first.month == last.month else month_end(first.year, (first.month + last.month) // 2)
    )


def _read_day(match: re.Match[str], published_on: date) -> Days | None:
    if match["iso"]:
        return _single(calendar_day(*(int(part) for part in match["iso"].split("-"))))
    for day, month, year in (
        ("day", "day_month", "day_month_year"),
        ("month_day", "month_day_month", "month_day_year"),
    ):
        if match[day]:
            number = _month_number(match[month])
            return _single(_next_day(_year(match[year], published_on), number, int(match[day]), published_on))
    return None


def _read_part(match: re.Match[str], published_on: date) -> Days | None:
    """ "mid" is the 15th or the end of June, "late" the whole's end; "early" settles no day."""
    if match["mid_year"]:
        return _single(_next_day(None, 6, 30, published_on))
    if not match["part"]:
        return None
    part = match["part"].lower()
    if match["part_year"]:
        year = _year(match["part_year"], published_on) or published_on.year
        days = {"mid": _single(date(year, 6, 30)), "late": _single(date(year, 12, 31))}
        return days.get(part, (date(year, 1, 1), None))
    number = _month_number(match["part_month"])
    given = _year(match["part_month_year"], published_on)
    if part == "mid":
        return _single(_next_day(given, number, 15, published_on))
    first, last = _months(given, number, number, published_on)
    return _single(last) if part == "late" else (first, None)


def _read_month(match: re.Match[str], published_on: date) -> Days | None:
    if not match["month"]:
        return None
    number = _month_number(match["month"])
    return _months(_year(match["month_year"], published_on), number, number, published_on)


def _quarter(name: str, year: str | None, published_on: date) -> Run:
    number = int(name) if name.isdigit() else _ORDINALS[name.lower()]
    return _months(_year(year, published_on), 3 * number - 2, 3 * number, published_on)


def _read_quarter(match: re.Match[str], published_on: date) -> Days | None:
    if match["quarter"] or match["nth"]:
        return _quarter(match["quarter"] or match["nth"], match["quarter_year"], published_on)
    if match["half"] or match["nth_half"]:
        return _half(match, published_on)
    return None


def _half(match: re.Match[str], published_on: date) -> Days:
    number = int(match["half"] or _ORDINALS[match["nth_half"].lower()])
    if not match["half_month"]:
        return _months(_year(match["half_year"], published_on), 6 * number - 5, 6 * number, published_on)
    month = _month_number(match["half_month"])
    first, last = _months(_year(match["half_month_year"], published_on), month, month, published_on)
    return (first, first.replace(day=15)) if number == 1 else (first.replace(day=16), last)


def _read_year(match: re.Match[str], published_on: date) -> Days | None:
    if match["ends_year"]:
        return _year_end(_year(match["ends_year_year"], published_on) or published_on.year)
    if match["relative"]:
        ahead = int(match["relative"].lower().startswith(("next", "the coming")))
        return _unit_period(match["relative"].lower().split()[-1], published_on, ahead)
    return date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31)


_READERS = (_read_edge, _read_day, _read_part, _read_month, _read_quarter, _read_year)
