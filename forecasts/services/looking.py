"""Looking, before a forecast's end, whether its outcome is known already."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.errors import NothingToLookFor
from forecasts.models import ComingDue, Forecast, Look
from forecasts.models.noting import DAYS_TO_A_LOOK
from forecasts.services.changing import lock

UNTIL_THE_NEXT: Final = timedelta(days=DAYS_TO_A_LOOK)


@transaction.atomic
def look_again(forecast: Forecast, *, by: User, at: datetime) -> Look:
    """Note that its outcome is not known yet by what that person has seen; it comes up again in ninety days.

    A second time on one day is the first one again. Raises NothingToLookFor where it is due, resolved or an assessment.
    """
    forecast = lock(forecast)
    today = forecast.today(at=at)
    note = ComingDue.objects.filter(forecast=forecast).first()
    if note is None or note.due_on <= today:
        raise NothingToLookFor(_("It is no open forecast any more, so nobody has to look at it early."))
    if forecast.look_again_on == today + UNTIL_THE_NEXT and (last := forecast.looks.last()) is not None:
        return last
    look = Look.objects.create(forecast=forecast, looked_by=by, looked_at=at)
    Forecast.objects.filter(pk=forecast.pk).update(look_again_on=today + UNTIL_THE_NEXT)
    return look
