"""The forecasts, and one forecast with all that belongs to it."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from forecasts.columns import FORECAST_COLUMNS
from forecasts.filters import ForecastFilter
from forecasts.models import Forecast, Grade
from forecasts.services.scores import scores_of
from forecasts.views.access import forecast_for
from forecasts.views.history import history
from groundwork.lists import list_view


@needs(Capability.READ_DESK)
def forecast_list(request: SignedInRequest) -> HttpResponseBase:
    return list_view(
        request,
        queryset=Forecast.objects.visible_to(request.user).for_lists(request.user),
        filterset_class=ForecastFilter,
        template="forecasts/forecast_list.html",
        columns=FORECAST_COLUMNS,
        order="-recorded_at",
        name="forecasts",
        context={"today": timezone.localdate()},
    )


@needs(Capability.READ_DESK)
def forecast(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """The event, its window and criteria, who held it to be how likely, and what became of it."""
    shown = forecast_for(request.user, forecast_id)
    context = {
        "forecast": shown,
        "today": shown.today(at=timezone.now()),
        "appearances": shown.appearances.select_related("article__source").defer("article__text"),
        "history": history(shown),
    }
    return render(request, "forecasts/forecast.html", context | _resolution(shown))


def _resolution(forecast: Forecast) -> dict[str, Any]:
    """What is held to have become of it, by whom and on what evidence, with the score of each judgement."""
    grades = Prefetch("grades", queryset=Grade.objects.select_related("grader").prefetch_related("evidence__article"))
    rows = forecast.resolutions.select_related("resolved_by", "superseded_by").prefetch_related(grades)
    resolutions = list(rows)
    standing = next((each for each in resolutions if each.superseded_at is None), None)
    if standing is None:
        return {"resolution": None, "earlier": resolutions, "scores": []}
    standing.forecast = forecast
    return {
        "resolution": standing,
        "earlier": [each for each in resolutions if each is not standing],
        "scores": scores_of(standing),
    }
