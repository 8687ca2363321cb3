"""Saying how a forecast is to be understood, without changing its words."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.errors import ChangeRefused
from forecasts.models import Clarification, Forecast
from forecasts.services import following
from forecasts.services.changing import lock

LONGEST: Final = 2_000


@transaction.atomic
def clarify(forecast: Forecast, *, text: str, by: User, at: datetime, version: int | None = None) -> Clarification:
    """A dated, signed remark on how the forecast is to be understood.

    It counts as a change: whoever has the forecast open to grade it is told to look again. Raises ChangeRefused or
    Stale.
    """
    text = text.strip()
    if not text:
        raise ChangeRefused(_("Say how it is to be understood."), field="text")
    if len(text) > LONGEST:
        raise ChangeRefused(_("At most %d characters fit here.") % LONGEST, field="text")
    forecast = lock(forecast, version=version)
    Forecast.objects.filter(pk=forecast.pk).update(version=F("version") + 1)
    made = Clarification.objects.create(forecast=forecast, text=text, by=by, at=at)
    told = _("%(who)s has clarified %(forecast)s.") % {"who": by, "forecast": forecast.reference}
    following.tell_followers(forecast, kind=following.CLARIFICATION, text=told, by=by, at=at)
    return made
