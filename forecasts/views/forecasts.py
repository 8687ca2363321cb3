"""The forecasts, and one forecast with all that belongs to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import SignedInRequest, needs
from accounts.models import User
from accounts.roles import Capability
from forecasts.columns import FORECAST_COLUMNS
from forecasts.filters import ForecastFilter
from forecasts.models import Evidence, Forecast, Grade
from forecasts.services.parting import parts_of
from forecasts.services.rounds import round_for
from forecasts.services.scores import scores_of
from forecasts.views.access import forecast_for
from forecasts.views.comments import comments
from forecasts.views.handling import seen_to
from forecasts.views.history import versions
from forecasts.views.kind import standing_of
from forecasts.views.life import life_of
from forecasts.views.ties import ties
from forecasts.views.voices import voices
from groundwork.lists import list_view

PAGE_KEYS: Final = (
    ("f", _("follow it, or not any more")),
    ("l", _("link it to another one")),
    ("m", _("comment")),
    ("a", _("give it to somebody, while it is due")),
    ("s", _("snooze it, with a reason")),
)


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
    if retracted := _retracted(request, forecast_id):
        return retracted
    shown, now = forecast_for(request.user, forecast_id), timezone.now()
    context: dict[str, Any] = {
        "forecast": shown,
        "today": shown.today(at=now),
        "appearances": shown.appearances.select_related("article__source").defer("article__text"),
        "import_row": shown.import_rows.filter(made_forecast=True).select_related("batch").first(),
        "life": life_of(shown, versions(shown), user=request.user, at=now),
        "page_keys": PAGE_KEYS,
        **voices(shown, user=request.user, at=now),
        **ties(shown, user=request.user),
        **comments(shown, user=request.user),
        **seen_to(shown),
    }
    context |= _outcome(shown, request.user, at=now)
    if context["resolution"] is not None:
        context |= standing_of(shown, user=request.user, on=timezone.localdate(now))
    return render(request, "forecasts/forecast.html", context)


def _retracted(request: SignedInRequest, forecast_id: int) -> HttpResponse | None:
    """Word that the recording of a forecast was undone: its reference may stand in mails. None for one that is kept."""
    rows = Forecast.objects.retracted_for(request.user).select_related("article__source", "retracted_by")
    gone = rows.filter(pk=forecast_id).first()
    if gone is None:
        return None
    context = {"forecast": gone, "parts": parts_of(gone).visible_to(request.user), **comments(gone, user=request.user)}
    return render(request, "forecasts/forecast_retracted.html", context, status=410)


def _outcome(forecast: Forecast, user: User, *, at: datetime) -> dict[str, Any]:
    """What is held to have become of it, by whom and on what evidence, what was held before, and the round that is on.

    Of that round, what this person may see.
    """
    evidence = Prefetch("evidence", Evidence.objects.for_pages())
    grades = Prefetch("grades", Grade.objects.select_related("grader").prefetch_related(evidence).order_by("slot"))
    rows = forecast.resolutions.told().select_related("resolved_by", "superseded_by").prefetch_related(grades, evidence)
    resolutions = list(rows)
    standing = next((each for each in resolutions if each.superseded_at is None), None)
    shown = round_for(forecast, user=user, resolution=standing)
    prefetch_related_objects([*shown.verdicts, *([shown.own] if shown.own else [])], evidence)
    if standing is not None:
        standing.forecast = forecast
    return {
        "resolution": standing,
        "earlier": [each for each in resolutions if each is not standing],
        "scores": scores_of(standing) if standing is not None else [],
        "round": shown,
        "takes_a_grade": shown.is_open,
        "takes_judgements": standing is None and shown.own is None and not forecast.has_ended(on=forecast.today(at=at)),
    }
