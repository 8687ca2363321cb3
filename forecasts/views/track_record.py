"""The desk's track record, and each forecaster's own, which they show to whom they like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, needs
from accounts.models import RecordShown
from accounts.roles import Capability
from accounts.services import people
from forecasts.filters import ForecastFilter
from forecasts.models import Forecast
from forecasts.services.record_rows import Whose
from forecasts.views.record_asked import Addresses, Asked
from forecasts.views.record_page import record_context, record_csv
from groundwork.errors import Refusal
from sources.models import Source

_NOT_NARROWING: Final = frozenset({"by", "judgement", "include", "format", "table"})


@require_safe
@needs(Capability.READ_DESK)
def track_record(request: SignedInRequest) -> HttpResponseBase:
    """What the desk's words were worth, of whatever forecasts the filter lets through."""
    filterset = ForecastFilter(request.GET, queryset=Forecast.objects.visible_to(request.user), request=request)
    forecaster = filterset.form.cleaned_data.get("forecaster") if filterset.form.is_valid() else None
    if forecaster is not None:
        _whose_record_shows(request, forecaster)
    addresses = desk_addresses(request, {})
    return answer(request, filterset, addresses, template="forecasts/track_record.html")


@require_safe
@needs(Capability.READ_DESK)
def source_record(request: SignedInRequest, source_id: int) -> HttpResponseBase:
    """What a forecaster's own judgements were worth, for those to whom they show it."""
    source = _whose_record_shows(request, source_id, or_word=True)
    is_own = source.user_id == request.user.pk
    choices, section = RecordShown.choices, "forecasts:track_record"
    context = {"source": source, "is_own": is_own, "choices": choices, "section": section}
    if not _shows(request, source):
        return render(request, "forecasts/track_record_private.html", context)
    query = request.GET.copy()
    if query.get("judgement", "") not in (Whose.FIRST, Whose.AVERAGE):
        query["judgement"] = Whose.FINAL.value
    query["forecaster"] = source.reference
    filterset = ForecastFilter(query, queryset=Forecast.objects.visible_to(request.user), request=request)
    forced = {"judgement": str(query["judgement"]), "forecaster": source.reference}
    addresses = desk_addresses(request, forced)
    return answer(request, filterset, addresses, template="forecasts/track_record_of.html", context=context)


@require_safe
@needs(Capability.READ_DESK)
def my_record(request: SignedInRequest) -> HttpResponse:
    """To one's own record."""
    source = Source.objects.filter(user=request.user).first()
    if source is None:
        messages.info(request, _("Your own track record begins with the first forecast that you judge."))
        return redirect("forecasts:track_record")
    url = reverse("forecasts:source_record", args=[source.pk])
    return redirect(f"{url}?{request.GET.urlencode()}" if request.GET else url)


@require_POST
@needs(Capability.READ_DESK)
def show_record(request: SignedInRequest) -> HttpResponse:
    """Decide who sees one's own record."""
    source = get_object_or_404(Source, user=request.user)
    try:
        people.show_record_to(user=request.user, shown_to=request.POST.get("shown_to", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        shown_to = request.user.get_record_shown_to_display()
        messages.success(request, _("Your track record is now seen by: %(who)s.") % {"who": shown_to})
    return redirect("forecasts:source_record", source.pk)


def desk_addresses(request: HttpRequest, forced: Mapping[str, str]) -> Addresses:
    """Those of a record of the desk, whose rows are in the list of forecasts."""
    return Addresses(
        query=request.GET, record_path=request.path, rows_path=reverse("forecasts:forecast_list"), forced=forced
    )


def answer(
    request: HttpRequest,
    filterset: ForecastFilter,
    addresses: Addresses,
    *,
    template: str,
    context: Mapping[str, Any] | None = None,
    public: bool = False,
) -> HttpResponseBase:
    """The page of the record that the filter asks for, or one of its tables as CSV; an invalid filter says why."""
    narrowed = any(value for name, value in request.GET.items() if name not in _NOT_NARROWING)
    shown: dict[str, Any] = {"form": filterset.form, "is_narrowed": narrowed, **(context or {})}
    if not filterset.form.is_valid():
        return render(request, template, shown)
    now = timezone.now()
    asked = Asked.of(filterset, addresses, on=timezone.localdate(now))
    if request.GET.get("format") == "csv":
        return record_csv(asked, request.GET.get("table", ""))
    part = request.GET.get("by", "")
    return render(request, template, shown | record_context(asked, part=part, public=public, at=now))


def _whose_record_shows(request: SignedInRequest, source_id: int, *, or_word: bool = False) -> Source:
    """That source. Raises Http404 where it keeps its record to itself, unless the page has a word for that."""
    source = get_object_or_404(Source.objects.visible_to(request.user).select_related("user"), pk=source_id)
    if not or_word and not _shows(request, source):
        raise Http404
    return source


def _shows(request: SignedInRequest, source: Source) -> bool:
    return Source.objects.whose_record_shows_to(request.user).filter(pk=source.pk).exists()
