"""Logging a forecast: by hand, from a find, or through the API."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import pghistory
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.errors import ForecastRefused, Stale
from forecasts.models import Forecast, Resolution
from forecasts.services import judging
from forecasts.services.due import EASTERNMOST
from forecasts.services.entries import Chance, Criteria, Wording, check_criteria, completed
from sources.models import Article, Source
from sources.services import people
from sources.services.topics import topics


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a forecast stands: an article, and the span of its sentence in that article's text."""

    article: Article
    start: int | None = None
    end: int | None = None


@transaction.atomic
def log_forecast(
    *,
    wording: Wording,
    chance: Chance,
    by: User,
    at: datetime,
    author: Source | None = None,
    place: Place | None = None,
) -> Forecast:
    """A new forecast with its author's first judgement. The author is `author`, else the person who logs it.

    Raises ForecastRefused or JudgementRefused, with the field to blame.
    """
    if wording.made_on is None and place is None:
        raise ForecastRefused(_("Say on which day the forecast was made."), field="made_on")
    # By whichever calendar is furthest on: it is already tomorrow somewhere.
    if wording.made_on is not None and wording.made_on > at.astimezone(EASTERNMOST).date():
        raise ForecastRefused(_("A forecast is not made in the future."), field="made_on")
    wording = completed(wording)
    author = author or people.person_for(by)
    with pghistory.context(user=by.pk, why="forecast logged"):
        forecast = Forecast.objects.create(
            author=author,
            time_zone=settings.TIME_ZONE,
            recorded_by=by,
            article=place.article if place else None,
            quote_start=place.start if place else None,
            quote_end=place.end if place else None,
            countries=list(wording.countries),
            **_columns(wording),
            **_criteria_columns(
                wording.criteria,
                ends_on=wording.closes_on or wording.assessment_on,
                on=timezone.localdate(at),
                by=by,
                at=at,
            ),
        )
    forecast.topics.set(topics(wording.topics))
    judging.first_judgement(
        forecast, chance=chance, forecaster=author, by=by, at=at, article=place.article if place else None
    )
    return forecast


@transaction.atomic
def set_criteria(
    forecast: Forecast, *, criteria: Criteria, by: User, at: datetime, version: int | None = None, event: str = ""
) -> Forecast:
    """Write down how the outcome will be told, and the event where that was still missing.

    Criteria written after the window closed are marked retroactive. Raises ForecastRefused, or Stale where `version`
    is not the forecast's own any more.
    """
    forecast = Forecast.objects.select_for_update(no_key=True, of=("self",)).get(pk=forecast.pk)
    if version is not None and forecast.version != version:
        raise Stale(_("Somebody has changed this forecast meanwhile. Look at it again before you save."))
    if not criteria.observable.strip():
        raise ForecastRefused(_("Say what is observed."), field="observable")
    check_criteria(criteria)
    if Resolution.objects.standing().filter(forecast=forecast).exists():
        raise ForecastRefused(_("The forecast is resolved; its criteria stay as they are."))
    if forecast.has_criteria and forecast.released_at is not None:
        raise ForecastRefused(_("It was published with its criteria; a change would be a new forecast."))
    values = _criteria_columns(criteria, ends_on=forecast.ends_on, on=forecast.today(at=at), by=by, at=at)
    if event.strip():
        if forecast.event and forecast.event != event.strip() and forecast.released_at is not None:
            raise ForecastRefused(_("It was published with this event; another one is a new forecast."), field="event")
        values["event"] = event.strip()
    with pghistory.context(user=by.pk, why="criteria set"):
        Forecast.objects.filter(pk=forecast.pk).update(version=F("version") + 1, **values)
    forecast.refresh_from_db()
    return forecast


def _columns(wording: Wording) -> dict[str, Any]:
    taken = {"criteria", "topics", "countries"}
    values = {each.name: getattr(wording, each.name) for each in fields(wording) if each.name not in taken}
    return values | {"statement": wording.statement.strip(), "event": wording.event.strip()}


def _criteria_columns(criteria: Criteria, *, ends_on: date | None, on: date, by: User, at: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {each.name: getattr(criteria, each.name) for each in fields(criteria)}
    if criteria:
        retroactive = ends_on is not None and ends_on < on
        values |= {"criteria_by": by, "criteria_at": at, "criteria_retroactive": retroactive}
    return values
