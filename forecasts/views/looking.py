"""“Not known yet”, said of an open forecast from the queue."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import needs
from accounts.roles import Capability
from forecasts.errors import NothingToLookFor
from forecasts.services import looking
from forecasts.services.looking import UNTIL_THE_NEXT
from forecasts.views.access import DeskRequest, forecast_for
from forecasts.views.queue import known_count
from groundwork.marks import day_text


@require_POST
@needs(Capability.GRADE)
def look(request: DeskRequest, forecast_id: int) -> HttpResponse:
    """Let a forecast come up again in ninety days. In place the row says so; otherwise the queue comes back."""
    forecast = forecast_for(request.user, forecast_id)
    now = timezone.now()
    refusal = None
    try:
        looking.look_again(forecast, by=request.user, at=now)
    except NothingToLookFor as conflict:
        refusal = conflict
    if request.htmx:
        next_day = day_text(forecast.today(at=now) + UNTIL_THE_NEXT)
        context = {"forecast": forecast, "next_day": next_day, "refusal": refusal, "known_count": known_count(at=now)}
        status = HTTPStatus.OK if refusal is None else HTTPStatus.CONFLICT
        return render(request, "forecasts/queue_looked.html", context, status=status)
    if refusal is not None:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("%s comes up again in 90 days.") % forecast.reference)
    return redirect(f"{reverse('forecasts:queue')}#list-known")
