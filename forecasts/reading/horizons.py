"""By when: the horizon of a forecast, from the heading it stands under, else from its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from forecasts.reading.calendars import add_days, add_months
from forecasts.reading.chances import WORD_NUMBERS
from forecasts.reading.periods import Period, named_periods, whole_period

Horizon = Literal["short", "medium", "long"]

SHORT_MONTHS = 3
MEDIUM_MONTHS = 12
_COUNTS = WORD_NUMBERS | {"a": 1, "an": 1, "twenty-four": 24, "thirty-six": 36}
_COUNT = r"(?:\d{1,4}|" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + r")"
_UNIT = r"(?:hour|day|week|month|quarter|year|decade|mth|yr)s?"
_MONTHS_IN = {"month": 1, "mth": 1, "quarter": 3, "year": 12, "yr": 12, "decade": 120}
_CLASS_WORDS: tuple[tuple[Horizon, re.Pattern[str]], ...] = (
    ("medium", re.compile(r"\b(?:medium|mid)[\s-]*(?:to[\s-]*long[\s-]*)?(?:term|run|range)\b", re.IGNORECASE)),
    ("short", re.compile(r"\b(?:short|shorter|near|immediate)[\s-]*(?:term|run|range)\b|\bimmediate\b", re.IGNORECASE)),
    ("long", re.compile(r"\b(?:long|longer)[\s-]*(?:term|run|range)\b", re.IGNORECASE)),
)
_RANGE = re.compile(
    rf"(?P<low>now|today|present|publication|{_COUNT})\s*(?P<low_unit>{_UNIT})?\s*(?:-|–|—"
    rf"|\bto\b)\s*(?P<high>{_COUNT})\s*-?\s*(?P<unit>{_UNIT})\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    rf"(?:(?:>|≥|\bmore\s+than|\bover|\bbeyond|\bafter|\blonger\s+than|\bgreater\s+than"
    rf"|\bat\s+least)\s*(?P<count>{_COUNT})\s*-?\s*(?P<unit>{_UNIT})\b"
    rf"|\b(?P<plus_count>{_COUNT})\s*(?:(?P<unit_before>{_UNIT})\s*\+|\+\s*(?P<unit_after>{_UNIT})\b"
    rf"|(?P<unit_more>{_UNIT})\s+(?:and|or)\s+(?:beyond|more|longer|over|after)\b))",
    re.IGNORECASE,
)
_CLOSED = re.compile(rf"(?<![\w-])(?P<count>{_COUNT})[\s-]*(?P<unit>{_UNIT})\b", re.IGNORECASE)
_RELATIVE = re.compile(
    rf"""\b(?:
        (?:(?:over|in|within|during|for|through|throughout|across)\s+)? (?:the\s+)? (?:next|coming|following)\s+
        (?P<count>{_COUNT}) (?:\s*(?:-|–|to|or)\s*(?P<upper>{_COUNT}))? [\s-]+ (?P<unit>{_UNIT})\b
      | (?<!time\s) (?:within|in|inside)\s+ (?:the\s+)? (?:space\s+of\s+|a\s+period\s+of\s+)?
        (?:about\s+|around\s+|roughly\s+)?
        (?P<within_count>{_COUNT}) (?:\s*(?:-|–|to|or)\s*(?P<within_upper>{_COUNT}))? [\s-]+ (?P<within_unit>{_UNIT})\b
        (?: ['’]\s+time\b | (?!['’]|\s+(?:of|ago|after|before|earlier)) )
      | (?P<hence_count>{_COUNT}) \s+ (?P<hence_unit>{_UNIT}) \s+ (?:from\s+(?:now|today)|hence)\b
      | (?:(?:over|in|within|during|for|through)\s+)? the\s+(?:next|coming)\s+
        (?P<one_unit>month|quarter|year|decade|week)\b
        (?!\s+(?:and\s+a\s+half|or\s+(?:two|so))\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_VAGUE = re.compile(
    r"""\b(?:
        (?:(?:over|in|within|during|for|through)\s+)? (?:the\s+)? (?:next|coming)\s+
        (?:few\s+|several\s+|couple\s+of\s+)? (?P<unit>days|weeks|months|years|decades)\b
      | (?:(?:over|in|within|during|for)\s+)? the\s+ (?P<ahead>days|weeks|months|years|decades)\s+
        (?:ahead|to\s+come|that\s+follow)\b
      | within\s+(?:a\s+(?:few|couple\s+of|matter\s+of)\s+|the\s+)?(?P<within>days|weeks|months|years)\b
      | in\s+a\s+(?:few|couple\s+of|matter\s+of)\s+(?P<few>days|weeks|months|years)\b(?!['’]|\s+(?:of|ago))
      | (?:over|in|within|during|for)\s+the\s+(?:next|coming)\s+(?P<or_two>week|month|year)\s+or\s+(?:two|so)\b
      | (?:in|over)\s+the\s+(?:very\s+)?(?P<near>near|immediate|not\s+too\s+distant)\s+future\b
      | (?:in|over|for)\s+the\s+
        (?P<term>(?:short|near|medium|mid|long|immediate)(?:er)?[\s-]+(?:to[\s-]+(?:medium|long)[\s-]+)?(?:term|run))\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Without one of these no sentence has a window that counts from publication.
_HINTS = ("hour", "day", "week", "month", "quarter", "year", "decade", "mth", "yr", "future", "term", "run")
_VAGUE_CLASS: dict[str, Horizon] = {
    "days": "short",
    "weeks": "short",
    "months": "medium",
    "years": "long",
    "decades": "long",
    "near": "short",
    "not too distant": "short",
    "immediate": "short",
    "week": "short",
    "month": "short",
    "year": "long",
}
# Where a heading may name a period: in brackets, after a mark, after "to" or "for", or as a whole.
_NAMED_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        r"[(\[]([^()\[\]]{1,60})[)\]]",
        r"[:–—-]\s+([^:]{1,60})$",
        r"\b(?:to|for)\s+(.{1,60})$",
        r"^(.{1,60})$",
    )
)

_BEYOND = re.compile(
    r"(?:from\s+)?(.{1,40}?)(?:\s+(?:and|or)\s+(?:beyond|after|later)|\s+onwards?|\s?\+)", re.IGNORECASE
)


_COPULA = re.compile(
    r"\s+(?:is|are|remains?|seems?|looks?|appears?)\s+(?:(?:now|still|also|not|an?|\w+ly)\s+)*[*_]*", re.IGNORECASE
)
_GOES_ON = re.compile(r"[\w\s*_-]{0,40}?\b(?:to|that)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Window:
    """When a forecast opens and closes (inclusive), its class, and the wording that says so."""

    horizon: Horizon | None
    text: str | None
    opens_on: date | None
    closes_on: date | None


NO_WINDOW = Window(None, None, None, None)


@dataclass(frozen=True, slots=True)
class _Offset:
    """A distance from the day of publication."""

    months: int = 0
    days: int = 0

    def after(self, day: date | None) -> date | None:
        if day is None:
            return None
        moved = add_months(day, self.months)
        return moved and add_days(moved, self.days)

    @property
    def in_months(self) -> float:
        return self.months + self.days / 30.4


def heading_window(under: Sequence[str], published_on: date | None) -> Window | None:
    """The window of the nearest heading that names one; None where no heading does."""
    for heading in reversed(under):
        if window := _read_heading(heading, published_on):
            return window
    return None


@lru_cache(maxsize=256)
def _read_heading(heading: str, published_on: date | None) -> Window | None:
    named = next((horizon for horizon, pattern in _CLASS_WORDS if pattern.search(heading)), None)
    if offsets := _offsets(heading):
        return _offset_window(*offsets, heading, published_on)
    for pattern in _NAMED_PLACES:
        match = pattern.search(heading)
        if match and (period := _open_period(match[1], published_on)):
            return Window("long", heading, period.first, None)
        if match and (period := whole_period(match[1], published_on)):
            return _period_window(period, heading, published_on, named)
    if named:
        return Window(named, heading, None, None)
    period = next(named_periods(heading, published_on), None)
    return _period_window(period, heading, published_on, None) if period else None


def _open_period(words: str, published_on: date | None) -> Period | None:
    """The period that a window opens with ("2027 and beyond")."""
    beyond = _BEYOND.fullmatch(words)
    return whole_period(beyond[1], published_on) if beyond else None


def _offsets(heading: str) -> tuple[_Offset, _Offset | None] | None:
    """Where the window of a heading opens and closes; the second is None where it stays open."""
    if match := _RANGE.search(heading):
        low = _COUNTS.get(match["low"].lower(), 0) if not match["low"].isdigit() else int(match["low"])
        return _offset(low, match["low_unit"] or match["unit"]), _offset(_count(match["high"]), match["unit"])
    if match := _OPEN.search(heading):
        count = match["count"] or match["plus_count"]
        unit = match["unit"] or match["unit_before"] or match["unit_after"] or match["unit_more"]
        return _offset(_count(count), unit), None
    if match := _CLOSED.search(heading):
        return _Offset(), _offset(_count(match["count"]), match["unit"])
    return None


def _count(words: str) -> int:
    return int(words) if words.isdigit() else _COUNTS[words.lower()]


def _offset(count: int, unit: str) -> _Offset:
    unit = unit.lower().rstrip("s")
    if unit in _MONTHS_IN:
        return _Offset(months=count * _MONTHS_IN[unit])
    if unit == "hour":
        return _Offset(days=-(-count // 24))
    return _Offset(days=count * (7 if unit == "week" else 1))


def _offset_window(opens: _Offset, closes: _Offset | None, text: str, published_on: date | None) -> Window:
    return Window(
        _class_of(closes.in_months if closes else None),
        text,
        opens.after(published_on),
        closes.after(published_on) if closes else None,
    )


def _class_of(months: float | None) -> Horizon:
    if months is None or months > MEDIUM_MONTHS:
        return "long"
    return "short" if months <= SHORT_MONTHS else "medium"


def _period_window(period: Period, text: str, published_on: date | None, named: Horizon | None) -> Window:
    if published_on is None:
        return Window(named, text, None, None)
    if period.opens_after:
        opens = add_days(period.last, 1) if period.last else None
        return Window("long", text, opens, None)
    closes = _closing_day(period)
    horizon = _class_by_date(closes, published_on) if closes else named or _rough_class(period, published_on)
    return Window(horizon, text, published_on, closes)


def _rough_class(period: Period, published_on: date) -> Horizon | None:
    """The class of a period that ends on no certain day, where all that it may mean falls into one."""
    ends = {_class_by_date(day, published_on) for day in (period.first, period.ends_within)}
    return ends.pop() if len(ends) == 1 else None


def _closing_day(period: Period) -> date | None:
    """ "before" a period is until the day before it begins; every other named period closes on its last day."""
    if period.preposition.lower() in {"before", "ahead of", "prior to"} and period.first:
        return period.first - timedelta(days=1)
    return period.last


def _class_by_date(closes: date | None, published_on: date) -> Horizon | None:
    if closes is None:
        return None
    for horizon, months in (("short", SHORT_MONTHS), ("medium", MEDIUM_MONTHS)):
        limit = add_months(published_on, months)
        if limit is None or closes <= limit:
            return "short" if horizon == "short" else "medium"
    return "long"


def sentence_window(
    sentence: str, published_on: date | None, *, term_at: int | None, condition: tuple[int, int] | None
) -> Window | None:
    """The window that a sentence names itself, None where it names none.

    A date inside the condition belongs to the condition and is used only where there is no other; a mere
    "in June" before the judgement tells of something else.
    """
    ranked = [
        (_is_inside(start, condition), rank, start, window)
        for start, rank, window in _sentence_windows(sentence, published_on, term_at)
    ]
    return min(ranked, key=lambda each: each[:3])[3] if ranked else None


def _is_inside(start: int, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] <= start < span[1]


def _sentence_windows(
    sentence: str, published_on: date | None, term_at: int | None
) -> Iterator[tuple[int, int, Window]]:
    for period in named_periods(sentence, published_on):
        early = not period.is_deadline and period.start > 0 and _tells_of_something_else(sentence, period, term_at)
        window = _period_window(period, _words(sentence, period.start, period.end), published_on, None)
        if not early and not _ends_before(window):
            yield period.start, 0 if period.is_deadline else 1, window
    lowered = sentence.lower()
    if not any(hint in lowered for hint in _HINTS):
        return
    for match in _RELATIVE.finditer(sentence):
        counts = ("upper", "count", "within_upper", "within_count", "hence_count")
        count = next((match[name] for name in counts if match[name]), "1")
        unit = match["unit"] or match["within_unit"] or match["hence_unit"] or match["one_unit"]
        window = _offset_window(_Offset(), _offset(_count(count), unit), _words(sentence, *match.span()), published_on)
        yield match.start(), 0, window
    for match in _VAGUE.finditer(sentence):
        yield match.start(), 2, _vague_window(match, _words(sentence, *match.span()), published_on)


def _tells_of_something_else(sentence: str, period: Period, term_at: int | None) -> bool:
    """ "The ban passed in June is likely to …" is not about June; "A vote in June is likely" is."""
    if term_at is None or period.start >= term_at:
        return False
    in_subject = _COPULA.fullmatch(sentence[period.end : term_at])
    return not in_subject or bool(_GOES_ON.match(sentence, term_at))


def _ends_before(window: Window) -> bool:
    return bool(window.opens_on and window.closes_on and window.closes_on < window.opens_on)


def _words(sentence: str, start: int, end: int) -> str:
    return " ".join(sentence[start:end].split()).rstrip(".")


def _vague_window(match: re.Match[str], text: str, published_on: date | None) -> Window:
    if match["term"]:
        horizon = next((each for each, pattern in _CLASS_WORDS if pattern.search(match["term"])), None)
        return Window(horizon, text, None, None)
    word = next(match[name] for name in ("unit", "ahead", "within", "few", "or_two", "near") if match[name]).lower()
    return Window(_VAGUE_CLASS[word], text, published_on, None)
