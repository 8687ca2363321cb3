"""One forecaster's judgements of one event over time: the first, the final, and what stood from day to day.

Days are days in the forecast's zone. A day's judgement is the one that stands when it ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from forecasts.scoring.points import Rule, brier

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """A judgement, held from `made_day` until it ended or another took its place; `point` is None where it has none."""

    made_day: date
    point: float | None
    ended_day: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The days that count: to the last day of the window, if it has one, or the day the outcome became known.

    Judgements made after `last_day_to_judge` do not count, and the last full day that is averaged is `last_full_day`:
    the one before the earlier of the day the outcome became known and the day after the window closed.
    """

    known_on: date
    closes_on: date | None

    @property
    def last_day_to_judge(self) -> date:
        return self.known_on if self.closes_on is None else min(self.closes_on, self.known_on)

    @property
    def last_full_day(self) -> date:
        day_before = self.known_on - _DAY
        return day_before if self.closes_on is None else min(self.closes_on, day_before)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row at whose end one judgement stood, the last of them included."""

    first_day: date
    last_day: date
    point: float | None

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True)
class StandingScores:
    """The scores of one forecaster for one event, in the rule's range and form; None where there is none.

    `average` is the mean over `days`, the days at whose end a judgement with a point stood. `unscored_days` are those
    of judgements without.
    """

    first: float | None
    final: float | None
    average: float | None
    days: int
    unscored_days: int


def standing_scores(judgements: Iterable[Held], span: Span, *, occurred: bool, rule: Rule = brier) -> StandingScores:
    """First, final and time-averaged score of one forecaster's judgements, in the order in which they were made.

    The final judgement is the one that stood when the last full day ended; where there was no full day it is the first,
    and the average is None. What was withdrawn and not replaced has no final score.
    """
    counted = _counted(judgements, span)
    days = stretches(counted, span)
    scored = [(each.days, rule(each.point, occurred)) for each in days if each.point is not None]
    n = sum(count for count, _ in scored)
    return StandingScores(
        first=_score(counted[0].point, occurred, rule) if counted else None,
        final=_score(_final_point(counted, days, span), occurred, rule),
        average=fsum(count * score for count, score in scored) / n if n else None,
        days=n,
        unscored_days=sum(each.days for each in days) - n,
    )


def stretches(judgements: Iterable[Held], span: Span) -> tuple[Stretch, ...]:
    """Which judgement stood at the end of each full day, from the first judgement's day to the last full day.

    Days at whose end none stood are in no stretch. Judgements come in the order in which they were made.
    """
    held = _counted(judgements, span)
    found = []
    for index, each in enumerate(held):
        ends = [span.last_full_day, *(other.made_day - _DAY for other in held[index + 1 : index + 2])]
        if each.ended_day is not None:
            ends.append(each.ended_day - _DAY)
        if min(ends) >= each.made_day:
            found.append(Stretch(each.made_day, min(ends), each.point))
    return tuple(found)


def _counted(judgements: Iterable[Held], span: Span) -> list[Held]:
    counted = (each for each in judgements if each.made_day <= span.last_day_to_judge)
    return sorted(counted, key=lambda each: each.made_day)


def _final_point(counted: Sequence[Held], days: Sequence[Stretch], span: Span) -> float | None:
    if days:
        return days[-1].point if days[-1].last_day == span.last_full_day else None
    if counted and counted[0].made_day > span.last_full_day:
        return counted[0].point
    return None


def _score(point: float | None, occurred: bool, rule: Rule) -> float | None:
    return None if point is None else rule(point, occurred)
