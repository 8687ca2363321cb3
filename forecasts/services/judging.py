"""Judgements: who held what to be how likely, and until when."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import Line
from forecasts.errors import JudgementRefused, OutcomeKnown
from forecasts.models import Forecast, Judgement, Resolution
from forecasts.services.entries import Chance, completed_chance
from sources.models import Article, Source
from sources.services import people


@transaction.atomic
def judge(
    forecast: Forecast,
    *,
    chance: Chance,
    by: User,
    at: datetime,
    forecaster: Source | None = None,
) -> Judgement:
    """A new standing judgement of `forecaster` (by themselves, unless named); it ends the one before.

    Raises JudgementRefused, or OutcomeKnown once the forecast is resolved.
    """
    forecaster = forecaster or people.person_for(by)
    return _set(forecast, line=Line.PERSONAL, forecaster=forecaster, chance=chance, by=by, at=at)


@transaction.atomic
def set_desk_line(
    forecast: Forecast, *, chance: Chance, by: User, at: datetime, made_on: date | None = None, article: Article
) -> Judgement:
    """The desk's line as `article` publishes it: the first from `made_on` (for the archive a past day),
    later ones from now.

    Where the standing line says the same, that one stays. Raises JudgementRefused.
    """
    lines = forecast.judgements.of_the_desk()
    standing = lines.standing().first()
    chance = completed_chance(chance)
    if standing is not None and _as_chance(standing) == chance:
        return standing
    is_first = standing is None and not lines.exists()
    made_at = start_of_day(made_on, forecast.time_zone, not_after=at) if made_on and is_first else at
    return _replace(
        forecast, line=Line.DESK, forecaster=people.desk(), chance=chance, by=by, made_at=made_at, article=article
    )


@transaction.atomic
def end_desk_line(forecast: Forecast, *, by: User, at: datetime, why: str) -> None:
    """The desk no longer stands by its line. The forecast stays on the record, and due.

    What is resolved keeps the line that it was judged by.
    """
    Forecast.objects.select_for_update(no_key=True).only("pk").get(pk=forecast.pk)
    if not Resolution.objects.standing().filter(forecast=forecast).exists():
        forecast.judgements.of_the_desk().standing().update(ended_at=at, ended_by=by, ended_why=why)


def first_judgement(
    forecast: Forecast, *, chance: Chance, forecaster: Source, by: User, at: datetime, article: Article | None
) -> Judgement:
    """The judgement that comes with a forecast: made on the forecast's own day, within the caller's transaction."""
    made_at = start_of_day(forecast.made_on, forecast.time_zone, not_after=at) if forecast.made_on else at
    return _replace(
        forecast,
        line=Line.PERSONAL,
        forecaster=forecaster,
        chance=completed_chance(chance),
        by=by,
        made_at=made_at,
        article=article,
    )


def chance_of(judgement: Judgement) -> Chance:
    """What a judgement says, apart from who and when."""
    return _as_chance(judgement)


def start_of_day(day: date, time_zone: str, *, not_after: datetime | None = None) -> datetime:
    """The first instant of that day there; `not_after` where that lies ahead."""
    start = datetime.combine(day, time.min, ZoneInfo(time_zone))
    return start if not_after is None else min(start, not_after)


def _set(forecast: Forecast, *, line: str, forecaster: Source, chance: Chance, by: User, at: datetime) -> Judgement:
    chance = completed_chance(chance)
    Forecast.objects.select_for_update(no_key=True).only("pk").get(pk=forecast.pk)
    if Resolution.objects.standing().filter(forecast=forecast).exists():
        raise OutcomeKnown(_("The outcome is known. A judgement made now would foretell nothing."))
    return _replace(forecast, line=line, forecaster=forecaster, chance=chance, by=by, made_at=at, article=None)


def _replace(
    forecast: Forecast,
    *,
    line: str,
    forecaster: Source,
    chance: Chance,
    by: User,
    made_at: datetime,
    article: Article | None,
) -> Judgement:
    standing = Judgement.objects.filter(forecast=forecast, line=line, forecaster=forecaster).standing()
    if (last := standing.first()) is not None:
        if made_at <= last.made_at:
            raise JudgementRefused(_("There is a judgement from that moment or later already."), field="made_at")
        standing.update(ended_at=made_at, ended_by=by, ended_why=_("revised"))
    values = {each.name: getattr(chance, each.name) for each in fields(chance)}
    return Judgement.objects.create(
        forecast=forecast,
        forecaster=forecaster,
        line=line,
        article=article,
        made_at=made_at,
        recorded_by=by,
        **values,
    )


def _as_chance(judgement: Judgement) -> Chance:
    return Chance(**{each.name: getattr(judgement, each.name) for each in fields(Chance)})
