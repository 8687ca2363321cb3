"""Every version of a forecast, and any two of them compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from forecasts.views.access import forecast_for
from forecasts.views.history import TRACKED, Version, field_name, shown
from forecasts.views.history import versions as versions_of
from forecasts.views.word_differences import Piece, differences
from groundwork.marks import day_text


@needs(Capability.READ_DESK)
@require_safe
def versions(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """The versions with who made them and why; `?from=1&to=3` compares these, else the last two are."""
    forecast = forecast_for(request.user, forecast_id)
    found = versions_of(forecast)
    older = _chosen(request, "from", found, usual=max(len(found) - 1, 1))
    newer = _chosen(request, "to", found, usual=len(found))
    context = {
        "forecast": forecast,
        "versions": list(reversed(found)),
        "older": older,
        "newer": newer,
        "fields": _compared(older, newer),
        "latest": found[-1],
    }
    return render(request, "forecasts/versions.html", context)


def _chosen(request: SignedInRequest, name: str, found: Sequence[Version], *, usual: int) -> Version:
    """The version that the address names. Raises Http404."""
    given = request.GET.get(name, "")
    number = int(given) if given.isdecimal() else usual
    if not 1 <= number <= len(found):
        raise Http404(_("There is no such version."))
    return found[number - 1]


def _compared(older: Version, newer: Version) -> list[tuple[str, bool, list[Piece]]]:
    """Each field that either of them fills: its name, whether they differ in it, and the pieces of both."""
    rows = []
    for name in TRACKED:
        before, after = (_words(name, each.values[name]) for each in (older, newer))
        if before or after:
            rows.append((field_name(name), before != after, differences(before, after)))
    return rows


def _words(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    return day_text(value) if hasattr(value, "isoformat") else str(shown(name, value))
