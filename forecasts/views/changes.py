"""Changing, settling, clarifying and continuing a forecast: each a page with one form and a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from forecasts.errors import Stale
from forecasts.forms.changes import AssessmentForm, ChangeForm, ClarificationForm, TriageForm, VisibilityForm
from forecasts.forms.entries import LogForm
from forecasts.models import Forecast
from forecasts.services import changing, clarifying, continuing, judging, settling
from forecasts.services.entries import Chance, Wording
from forecasts.views.access import forecast_for
from groundwork.errors import Refusal
from groundwork.forms import blame
from groundwork.once import once

form_page = require_http_methods(["GET", "HEAD", "POST"])


@needs(Capability.RECORD)
@form_page
def change(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Event, window, shape, condition and criteria, while they may change; else why not, and what can be done."""
    forecast = forecast_for(request.user, forecast_id)
    form = ChangeForm(sent(request), forecast=forecast)
    closed = changing.wording_closed(forecast, at=timezone.now())

    def act(version: int) -> None:
        given = {"to": form.revision(), "why": form.cleaned_data["why"], "version": version}
        changing.change_wording(forecast, by=request.user, at=timezone.now(), **given)

    if done := acted(request, form, act, _("The change is saved.")):
        return done
    return render(request, "forecasts/change.html", {"form": form, "forecast": forecast, "closed": closed})


@needs(Capability.RECORD)
@form_page
def triage(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Whether it is graded, and what it needs for that."""
    forecast = forecast_for(request.user, forecast_id)
    form = TriageForm(sent(request), forecast=forecast, initial={"triage": forecast.triage})

    def act(version: int) -> None:
        given = {"triage": form.cleaned_data["triage"], "why": form.cleaned_data["why"], "version": version}
        settling.set_triage(forecast, by=request.user, at=timezone.now(), **given)

    return acted(request, form, act, _("The triage is saved.")) or _page(
        request, form, heading=gettext_lazy("Triage"), button=gettext_lazy("Save the triage")
    )


@needs(Capability.RECORD)
@form_page
def visibility(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Who sees it."""
    forecast = forecast_for(request.user, forecast_id)
    form = VisibilityForm(sent(request), forecast=forecast, initial={"visibility": forecast.visibility})

    def act(version: int) -> None:
        given = {"visibility": form.cleaned_data["visibility"], "why": form.cleaned_data["why"], "version": version}
        settling.set_visibility(forecast, by=request.user, at=timezone.now(), **given)

    return acted(request, form, act, _("It is saved who sees the forecast.")) or _page(
        request, form, heading=gettext_lazy("Visibility"), button=gettext_lazy("Save")
    )


@needs(Capability.PUBLISH)
@form_page
def assessment(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """When the desk looks at what has no end."""
    forecast = forecast_for(request.user, forecast_id)
    form = AssessmentForm(sent(request), forecast=forecast, initial={"assessment_on": forecast.assessment_on})

    def act(version: int) -> None:
        given = {"to": form.cleaned_data["assessment_on"], "why": form.cleaned_data["why"], "version": version}
        settling.move_assessment(forecast, by=request.user, at=timezone.now(), **given)

    return acted(request, form, act, _("The assessment date is moved.")) or _page(
        request, form, heading=gettext_lazy("Assessment date"), button=gettext_lazy("Move the date")
    )


@needs(Capability.RECORD)
@form_page
def clarify(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """How it is to be understood, without another word in it."""
    forecast = forecast_for(request.user, forecast_id)
    form = ClarificationForm(sent(request), forecast=forecast)

    def act(version: int) -> None:
        text = form.cleaned_data["text"]
        clarifying.clarify(forecast, text=text, by=request.user, at=timezone.now(), version=version)

    return acted(request, form, act, _("The clarification is recorded.")) or _page(
        request, form, heading=gettext_lazy("Clarification"), button=gettext_lazy("Record it")
    )


@needs(Capability.RECORD)
@form_page
def continue_(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """A new forecast that goes on with this one, its fields filled from it."""
    earlier = forecast_for(request.user, forecast_id)
    own = earlier.judgements.standing().filter(forecaster__user=request.user, line="personal").first()
    chance = judging.chance_of(own) if own else Chance()
    form = LogForm(sent(request), wording=_next(earlier), chance=chance)

    def act() -> int:
        wording, chance = form.entry(), form.chance()
        return continuing.log_continuation(
            earlier, wording=wording, chance=chance, by=request.user, at=timezone.now()
        ).pk

    if request.method == "POST" and form.is_valid():
        try:
            key = once(form.cleaned_data["token"], user_id=request.user.pk, act=act)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            forecast = Forecast.objects.get(pk=key)
            words = {"later": forecast.reference, "earlier": earlier.reference}
            messages.success(request, _("%(later)s is logged and continues %(earlier)s.") % words)
            return redirect(forecast)
    return render(request, "forecasts/continue.html", {"form": form, "forecast": earlier})


def _next(earlier: Forecast) -> Wording:
    """The forecast that a new one starts from: the same question, made today, in a window that is to be chosen."""
    same = ("statement", "event", "shape", "triage", "condition", "visibility", "countries")
    return Wording(
        made_on=timezone.localdate(),
        criteria=changing.revision_of(earlier).criteria,
        topics=tuple(topic.name for topic in earlier.topics.all()),
        **{name: getattr(earlier, name) for name in same},
    )


def sent(request: SignedInRequest) -> Any:
    """What was sent, be it nothing at all; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def acted(request: SignedInRequest, form: Any, act: Callable[[int], object], done: str) -> HttpResponse | None:
    """The way back once `act` has been done with the valid form; None where its page is to be shown (again).

    Where somebody was faster, the form can be sent again, now that its sender sees how the record stands.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        act(form.cleaned_data["version"])
    except Refusal as refusal:
        blame(form, refusal)
        if isinstance(refusal, Stale):
            form.data = form.data.copy()
            form.data["version"] = form.forecast.version
        return None
    messages.success(request, done)
    return redirect(form.forecast)


def _page(request: SignedInRequest, form: Any, *, heading: str | Promise, button: str | Promise) -> HttpResponse:
    context = {"form": form, "forecast": form.forecast, "heading": heading, "button": button}
    return render(request, "forecasts/life_form.html", context)
