"""Several forecasters of one event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import exp, fsum, log
from statistics import median

from forecasts.scoring.limits import clipped
from forecasts.scoring.points import Rule, brier
from forecasts.scoring.standing import Held, Span, Stretch, stretches


@dataclass(frozen=True, slots=True)
class Crowd:
    """What `n` forecasters say together, as probabilities, 0 to 1.

    `median` is that of their probabilities; `geometric` comes from the geometric mean of their odds, each clipped at
    0.001 and 0.999 (Satopää et al. 2014, without their extremizing).
    """

    n: int
    median: float
    geometric: float


def crowd(points: Iterable[float]) -> Crowd | None:
    """The median and the geometric mean of odds of one probability from each forecaster; None of none."""
    said = list(points)
    if not said:
        return None
    log_odds = fsum(log(p / (1 - p)) for p in map(clipped, said)) / len(said)
    return Crowd(len(said), median(said), 1 / (1 + exp(-log_odds)))


def relative_score(point: float, everyone: Iterable[float], *, occurred: bool, rule: Rule = brier) -> float | None:
    """The score of one probability less that of the crowd's median; below 0 is better. None without a crowd.

    −1 to 1 with the one-sided Brier. `everyone` has the forecaster's own probability among the others.
    """
    said = list(everyone)
    return rule(point, occurred) - rule(median(said), occurred) if said else None


def median_line(lines: Iterable[Iterable[Held]]) -> tuple[Held, ...]:
    """The crowd's judgements over time: for each day on which anybody's changed, the median of what stood at its end.

    Each line is one forecaster's judgements in the order in which they were made. Where nobody's stood, the point is
    None; a judgement without a point takes no part.
    """
    each = [list(line) for line in lines]
    changes = {held.made_day for line in each for held in line} | {
        held.ended_day for line in each for held in line if held.ended_day is not None
    }
    found = []
    for day in sorted(changes):
        today = Span(known_on=day + timedelta(days=1), closes_on=None)
        standing = [last.point for line in each for last in stretches(line, today)[-1:] if last.last_day == day]
        points = [point for point in standing if point is not None]
        found.append(Held(day, median(points) if points else None))
    return tuple(found)


def relative_average(
    own: Iterable[Held], everyone: Iterable[Held], span: Span, *, occurred: bool, rule: Rule = brier
) -> float | None:
    """The mean, over the days on which both stood, of one's own score less that of the crowd; below 0 is better.

    `everyone` is the crowd's line, from `median_line`. Days on which one had no judgement do not count, so that nobody
    gains by coming late. None where there is no such day.
    """
    ours, theirs = stretches(own, span), stretches(everyone, span)
    shared = [
        (days, rule(one.point, occurred) - rule(other.point, occurred))
        for one in ours
        for other in theirs
        if (days := _days_shared(one, other)) > 0 and one.point is not None and other.point is not None
    ]
    n = sum(days for days, _ in shared)
    return fsum(days * difference for days, difference in shared) / n if n else None


def _days_shared(one: Stretch, other: Stretch) -> int:
    return (min(one.last_day, other.last_day) - max(one.first_day, other.first_day)).days + 1
