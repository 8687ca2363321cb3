"""Seeing to what is due: giving it to somebody, putting it off, waking it; and who looks after which topic."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, needs
from accounts.models import User
from accounts.roles import Capability
from forecasts.forms.handling import AssignForm, SnoozeForm, TopicCareForm
from forecasts.models import Due, DueChange, Forecast, TopicCare
from forecasts.services import caring, handling
from forecasts.views.access import forecast_for
from forecasts.views.changes import sent
from groundwork.errors import Refusal
from groundwork.forms import blame

form_page = require_http_methods(["GET", "HEAD", "POST"])


@needs(Capability.GRADE)
@form_page
def assign(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """To me, to somebody, or to nobody; and to whom it was given before."""
    forecast = forecast_for(request.user, forecast_id)
    due = handling.due_of(forecast)
    kept = handling.kept_from(forecast)
    form = AssignForm(sent(request), without=kept, initial={"assignee": due and due.assignee_id})
    if request.method == "POST" and form.is_valid():
        to = request.user if "me" in request.POST else form.cleaned_data["assignee"]
        try:
            handling.assign(forecast, to=to, by=request.user, at=timezone.now())
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _given(forecast, to, by=request.user))
            return redirect(_back(request, forecast))
    return _page(request, forecast, due, form, "forecasts/assign.html", may_take=request.user.pk not in kept)


@needs(Capability.GRADE)
@form_page
def snooze(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Until when it waits, and why."""
    forecast, now = forecast_for(request.user, forecast_id), timezone.now()
    due = handling.due_of(forecast)
    initial = {"until": due.snoozed_until, "reason": due.snooze_reason} if due and due.snoozed_until else {}
    form = SnoozeForm(sent(request), on=timezone.localdate(now), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            handling.snooze(forecast, by=request.user, at=now, **form.cleaned_data)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("%s is snoozed. It stays due.") % forecast.reference)
            return redirect(_back(request, forecast))
    return _page(request, forecast, due, form, "forecasts/snooze.html")


@needs(Capability.GRADE)
@require_POST
def wake(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Show it among what is overdue again, before its day."""
    forecast = forecast_for(request.user, forecast_id)
    try:
        handling.wake(forecast, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("%s is awake: it stands in the queue again.") % forecast.reference)
    return redirect(_back(request, forecast))


@needs(Capability.PUBLISH)
@form_page
def topic_care(request: SignedInRequest) -> HttpResponse:
    """Who looks after which topic, and a form that changes one."""
    form = TopicCareForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            caring.look_after(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("It is saved who looks after “%s”.") % form.cleaned_data["topic"])
            return redirect("forecasts:topic_care")
    rows = TopicCare.objects.select_related("topic", "user").order_by("topic__name", "pk")
    return render(request, "forecasts/topic_care.html", {"form": form, "rows": rows})


def seen_to(forecast: Forecast) -> dict[str, Any]:
    """What a forecast's page shows of what is due about it, and of how that was handled; two queries."""
    rows = Due.objects.waiting().filter(forecast=forecast).select_related("assignee", "assigned_by", "snoozed_by")
    changes = DueChange.objects.filter(due__forecast=forecast).select_related("assignee", "by")
    due = rows.first()
    snoozed = due is not None and due.snoozed_until is not None and due.snoozed_until > timezone.localdate()
    return {"due": due, "due_changes": list(changes), "is_snoozed": snoozed}


def _page(
    request: SignedInRequest, forecast: Forecast, due: Due | None, form: Any, template: str, **more: Any
) -> HttpResponse:
    context = {"forecast": forecast, "due": due, "form": form, "back": _back(request, forecast)}
    context["due_changes"] = DueChange.objects.filter(Q(due=due)).select_related("assignee", "by") if due else []
    context["from_queue"] = _from_queue(request)
    return render(request, template, context | more)


def _given(forecast: Forecast, to: User | None, *, by: User) -> str:
    words = {"forecast": forecast.reference, "who": to}
    if to is None:
        return _("%(forecast)s is nobody’s in particular.") % words
    if to.pk == by.pk:
        return _("%(forecast)s is yours to grade.") % words
    return _("%(forecast)s is given to %(who)s, who is told.") % words


def _from_queue(request: SignedInRequest) -> str:
    """The list of the queue that one came from; empty for the forecast's own page."""
    name = request.POST.get("queue", request.GET.get("queue", ""))
    return name if name in ("overdue", "mine", "snoozed") else ""


def _back(request: SignedInRequest, forecast: Forecast) -> str:
    name = _from_queue(request)
    if not name:
        return forecast.get_absolute_url()
    query = {} if name == "overdue" else {"list": name}
    return f"{reverse('forecasts:queue', query=query)}#row-{forecast.reference}"
