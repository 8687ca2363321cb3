"""Dating what was a preview, and letting forecasts be seen outside, because an edition carries them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pghistory
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from accounts.models import User
from forecasts.choices import Triage, Visibility
from forecasts.models import Forecast
from forecasts.reading.calendars import add_months
from forecasts.reading.finding import FoundForecast
from forecasts.services import scorekeeping
from forecasts.services.entries import YEARS_TO_ASSESSMENT, horizon_class
from sources.services import people


@transaction.atomic
def date_preview(forecast: Forecast, *, found: FoundForecast | None, on: date, by: User) -> None:
    """Give a forecast that was written here its day and window, from the edition of that day that first carries it.

    `found` is its sentence as read in that edition. What has its day keeps it.
    """
    if forecast.made_on is not None:
        return
    opens_on = (found.opens_on if found else None) or on
    closes_on = found.closes_on if found else None
    open_ended = closes_on is None and forecast.triage != Triage.ASSESSMENT
    with pghistory.context(user=by.pk, why="dated by its first edition"):
        Forecast.objects.filter(pk=forecast.pk, made_on__isnull=True).update(
            made_on=on,
            opens_on=opens_on,
            closes_on=closes_on,
            assessment_on=add_months(opens_on, 12 * YEARS_TO_ASSESSMENT) if open_ended else None,
            horizon=(found.horizon if found else None) or horizon_class(on, closes_on),
            version=F("version") + 1,
        )
    forecast.refresh_from_db()


@transaction.atomic
def release_forecasts(forecasts: Sequence[Forecast], *, at: datetime) -> None:
    """Make these forecasts public, internal ones excepted, and with them that their authors exist.

    What is resolved already is scored anew, with the desk's line that the edition gave it.
    """
    public = [forecast for forecast in forecasts if forecast.visibility == Visibility.PUBLIC]
    keys = [forecast.pk for forecast in public]
    Forecast.objects.filter(pk__in=keys, released_at__isnull=True).update(released_at=at)
    people.release([forecast.author for forecast in public], at=at)
    scorekeeping.rescore([forecast.pk for forecast in forecasts], why=gettext("an edition carries it"), at=at)
