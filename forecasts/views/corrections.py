"""Corrections: proposing one beside the quote, and a second person's look at it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from forecasts.forms.changes import CorrectionForm, MisreadForm
from forecasts.models import Correction, Forecast, Judgement
from forecasts.services import correcting
from forecasts.views.access import forecast_for
from forecasts.views.changes import acted, sent
from groundwork.errors import Refusal


@needs(Capability.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """The fields that the quote decides, as they are; what is changed in them is proposed."""
    forecast = forecast_for(request.user, forecast_id)
    readable = list(correcting.readable(forecast).order_by("-line", "made_at", "pk"))
    form = CorrectionForm(sent(request), forecast=forecast)
    judgement = _chosen(request, readable)
    said = MisreadForm(sent(request), judgement=judgement) if judgement is not None else None
    said_is_valid = said is None or request.method != "POST" or said.is_valid()

    def act(version: int) -> None:
        given = {"changes": form.changes(), "misread": said and said.misread(), "why": form.cleaned_data["why"]}
        correcting.propose(forecast, by=request.user, at=timezone.now(), version=version, **given)

    done = _("The correction is proposed. Somebody else has to confirm it.")
    if said_is_valid and (answer := acted(request, form, act, done)):
        return answer
    context = {"form": form, "said": said, "forecast": forecast, "readable": readable, "judgement": judgement}
    return render(request, "forecasts/correct.html", context)


@needs(Capability.RECORD)
@require_POST
def decide(request: SignedInRequest, correction_id: int) -> HttpResponse:
    """Confirm or decline what somebody else proposed, with all that was proposed together."""
    rows = Correction.objects.filter(forecast__in=Forecast.objects.visible_to(request.user))
    correction = get_object_or_404(rows.select_related("forecast"), pk=correction_id)
    acts = {"confirm": correcting.confirm, "decline": correcting.decline}
    act = acts.get(request.POST.get("decision", ""))
    if act is None:
        raise BadRequest(_("Confirm it or decline it."))
    try:
        act(correction, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        done = {"confirm": _("The correction is carried out."), "decline": _("The correction is declined.")}
        messages.success(request, done[request.POST["decision"]])
    return redirect(correction.forecast)


def _chosen(request: SignedInRequest, readable: list[Judgement]) -> Judgement | None:
    """The judgement that the address names, else the first that was read."""
    named = request.GET.get("judgement", "")
    return next((each for each in readable if str(each.pk) == named), readable[0] if readable else None)
