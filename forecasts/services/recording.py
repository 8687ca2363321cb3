"""Logging a forecast: by hand, from a find, or through the API."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

import pghistory
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.errors import ForecastRefused
from forecasts.models import Forecast
from forecasts.services import judging, scorekeeping
from forecasts.services.changing import is_graded, lock, wording_closed
from forecasts.services.due import EASTERNMOST
from forecasts.services.entries import Chance, Criteria, Wording, check_criteria, completed, refuse_contradiction
from forecasts.services.resolving import is_open, standing
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


def log_by_hand(
    *,
    wording: Wording,
    chance: Chance,
    by: User,
    at: datetime,
    author: Source | None = None,
    place: Place | None = None,
) -> Forecast:
    """As `log_forecast`, for what somebody writes or sends now: it is dated today, or on the day of its article.

    Raises ForecastRefused or JudgementRefused, with the field to blame.
    """
    published_on = place.article.published_on if place else None
    # Yesterday counts as today: somewhere it still is.
    earliest = timezone.localdate(at) - timedelta(days=1)
    if wording.made_on is not None and wording.made_on < earliest and wording.made_on != published_on:
        message = _(
            "What was foretold on a past day is not logged by hand. Bring it in by an import, where it is marked, or"
            " paste the text that it stands in, with its day of publication."
        )
        raise ForecastRefused(message, field="made_on", code="back_dated")
    refuse_contradiction(chance)
    return log_forecast(wording=wording, chance=chance, by=by, at=at, author=author, place=place)


@transaction.atomic
def set_criteria(
    forecast: Forecast, *, criteria: Criteria, by: User, at: datetime, version: int | None = None, event: str = ""
) -> Forecast:
    """Write down how the outcome will be told, and the event where that was still missing.

    What was missing may come at any time before the first grade; criteria written after the window closed are marked
    retroactive. What is there already changes only while the wording may. The lock is the one that grading takes, so
    that evidence is never attached before the criteria are fixed. Raises ForecastRefused, or Stale where `version` is
    not the forecast's own any more.
    """
    forecast = lock(forecast, version=version)
    if not criteria.observable.strip():
        raise ForecastRefused(_("Say what is observed."), field="observable")
    check_criteria(criteria)
    _check_ungraded(forecast)
    closed = wording_closed(forecast, at=at)
    if closed and forecast.has_criteria:
        raise closed
    values = _criteria_columns(criteria, ends_on=forecast.ends_on, on=forecast.today(at=at), by=by, at=at)
    if event.strip():
        if closed and forecast.event and forecast.event != event.strip():
            closed.field = "event"
            raise closed
        values["event"] = event.strip()
    with pghistory.context(user=by.pk, why="criteria set"):
        Forecast.objects.filter(pk=forecast.pk).update(version=F("version") + 1, **values)
    scorekeeping.rescore([forecast.pk], why=_("criteria set"), at=at)
    forecast.refresh_from_db()
    return forecast


def _check_ungraded(forecast: Forecast) -> None:
    if not is_open(standing(forecast)):
        raise ForecastRefused(_("The forecast is resolved; its criteria stay as they are."))
    if is_graded(forecast):
        message = _("Somebody has graded it already; criteria written now would fit the evidence.")
        raise ForecastRefused(message, code="criteria_locked")


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
