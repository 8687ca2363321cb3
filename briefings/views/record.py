"""The public track record, where the desk wants one: the desk's line alone, and the forecasts behind each number."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import public
from briefings.filters import PublicForecastFilter
from briefings.models import EditionForecast
from forecasts.columns import outcome_of, standing_judgement
from forecasts.models import Forecast
from forecasts.querysets import ForecastQuerySet
from forecasts.views.record_asked import Addresses
from forecasts.views.track_record import answer
from groundwork.lists import Column, list_view

_READER: Final = AnonymousUser()  # everybody is shown what those are who are not signed in


def _term(forecast: Forecast) -> str | None:
    said = standing_judgement(forecast)
    return said.term_text if said is not None else None


def _band_end(name: str) -> Column:
    heading = {"low": _("low"), "high": _("high"), "probability": _("probability"), "negated": _("negated")}[name]
    return Column(heading, lambda forecast: getattr(standing_judgement(forecast), name, None))


_COLUMNS: Final = (
    Column(_("reference"), lambda forecast: forecast.reference),
    Column(_("event"), str),
    Column(_("statement"), lambda forecast: forecast.statement),
    Column(_("made on"), lambda forecast: forecast.made_on),
    Column(_("opens on"), lambda forecast: forecast.opens_on),
    Column(_("closes on"), lambda forecast: forecast.closes_on),
    Column(_("said"), _term),
    *(_band_end(name) for name in ("negated", "low", "high", "probability")),
    Column(_("outcome"), outcome_of),
    Column(_("briefing"), lambda forecast: next((each.edition.get_absolute_url() for each in forecast.carriers), "")),
)


@public
@require_safe
def track_record(request: HttpRequest) -> HttpResponseBase:
    """What the desk's words were worth, of whatever public forecasts the filter lets through."""
    _wanted(request)
    filterset = PublicForecastFilter(request.GET, queryset=Forecast.objects.visible_to(_READER), request=request)
    rows_path = reverse("briefings:record_rows")
    addresses = Addresses(query=request.GET, record_path=request.path, rows_path=rows_path, forced={})
    return answer(request, filterset, addresses, template="briefings/track_record.html", public=True)


@public
@require_safe
def record_rows(request: HttpRequest) -> HttpResponseBase:
    """The forecasts that a number of the record counts, each with the edition that carried it."""
    _wanted(request)
    return list_view(
        request,
        queryset=_with_editions(Forecast.objects.visible_to(_READER).for_lists(_READER)),
        filterset_class=PublicForecastFilter,
        template="briefings/record_rows.html",
        columns=_COLUMNS,
        order="-recorded_at",
        name="forecasts",
        context={"today": timezone.localdate()},
    )


def _with_editions(rows: ForecastQuerySet) -> ForecastQuerySet:
    """With the published editions that carry each, the newest first, as `carriers`."""
    carried = EditionForecast.objects.filter(edition__briefing__state="published").select_related("edition__briefing")
    carried = carried.defer("edition__markdown", "edition__briefing__markdown").order_by(
        "-edition__published_at", "-pk"
    )
    return rows.prefetch_related(Prefetch("carried_by", carried, to_attr="carriers"))


def _wanted(request: HttpRequest) -> None:
    """Raises Http404 where the desk keeps its record to itself, and for one that only the desk can ask for."""
    asked_of_the_desk = any(request.GET.get(name) for name in PublicForecastFilter.OF_THE_DESK)
    if asked_of_the_desk or not settings.PUBLIC_TRACK_RECORD:
        raise Http404
