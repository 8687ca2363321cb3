"""A new forecast that continues an older one: the way on once the old one's wording is closed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from forecasts.choices import Relation
from forecasts.models import Forecast
from forecasts.services.entries import Chance, Wording
from forecasts.services.linking import link
from forecasts.services.recording import log_by_hand


@transaction.atomic
def log_continuation(earlier: Forecast, *, wording: Wording, chance: Chance, by: User, at: datetime) -> Forecast:
    """A new forecast of whoever logs it, linked to the earlier one; both stay due.

    Raises ForecastRefused or JudgementRefused, with the field to blame.
    """
    forecast = log_by_hand(wording=wording, chance=chance, by=by, at=at)
    link(forecast, earlier=earlier, relation=Relation.CONTINUES, by=by, at=at)
    return forecast
