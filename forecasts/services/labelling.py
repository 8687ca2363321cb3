"""What a forecast is about: topics and countries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pghistory
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.errors import ForecastRefused, Stale
from forecasts.models import Forecast
from forecasts.services import scorekeeping
from sources.services.topics import topics as topics_named

MOST = 20


@transaction.atomic
def set_subjects(
    forecast: Forecast,
    *,
    topics: Sequence[str],
    countries: Sequence[str],
    by: User,
    at: datetime,
    version: int | None = None,
) -> Forecast:
    """Let a forecast be about these topics, by name, and these countries, by their two letters; new topics are made.

    They change nothing that is graded, so they may change at any time. Raises ForecastRefused or Stale.
    """
    for field, given in (("topics", topics), ("countries", countries)):
        if len(given) > MOST:
            raise ForecastRefused(_("At most %d of them.") % MOST, field=field)
    forecast = Forecast.objects.kept().select_for_update(no_key=True, of=("self",)).get(pk=forecast.pk)
    if version is not None and version != forecast.version:
        raise Stale(_("Somebody has changed this forecast meanwhile. Look at it again before you save."))
    about = topics_named(topics)
    countries = list(dict.fromkeys(countries))
    if set(forecast.topics.all()) == set(about) and forecast.countries == countries:
        return forecast
    forecast.topics.set(about)
    with pghistory.context(user=by.pk, why="topics or countries changed"):
        Forecast.objects.filter(pk=forecast.pk).update(version=F("version") + 1, countries=countries)
    scorekeeping.rescore([forecast.pk], why=_("topics or countries changed"), at=at)
    forecast.refresh_from_db()
    return forecast
