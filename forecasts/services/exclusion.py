"""What follows for one outcome from another one that excludes it; reads, and writes nothing."""

from __future__ import annotations

from django.db.models import F

from accounts.models import User
from forecasts.choices import How, Outcome
from forecasts.models import Forecast, Grade, Resolution
from forecasts.querysets import ForecastQuerySet


def others_of(forecast: Forecast) -> ForecastQuerySet:
    """The forecasts that this one excludes, the oldest first; none without a group."""
    if not forecast.scenario_group:
        return Forecast.objects.none()
    kept = Forecast.objects.kept().filter(scenario_group=forecast.scenario_group)
    return kept.exclude(pk=forecast.pk).order_by("pk")


def is_ruled_out(forecast: Forecast, *, by: User) -> bool:
    """Whether it can no longer happen, because one that excludes it has: as the desk holds, or as that grader has said.

    So each grader rests on their own verdict and on nobody else's while a round is open.
    """
    return excluded_by(forecast, by=by) is not None


def excluded_by(forecast: Forecast, *, by: User) -> Forecast | None:
    """The one that occurred and excludes this one, as `is_ruled_out` tells; None without any."""
    if not forecast.scenario_group:
        return None
    others = others_of(forecast)
    said = Grade.objects.standing().filter(forecast__in=others, grader=by, outcome=Outcome.OCCURRED)
    own = others.filter(pk__in=said.filter(round=F("forecast__grading_round")).values("forecast"))
    return held_to_occur(others).first() or own.first()


def held_to_occur(forecasts: ForecastQuerySet) -> ForecastQuerySet:
    """Those of them that the desk holds to have occurred, and not only provisionally."""
    held = Resolution.objects.standing().filter(outcome=Outcome.OCCURRED).exclude(how=How.PROVISIONAL)
    return forecasts.filter(pk__in=held.values("forecast"))
