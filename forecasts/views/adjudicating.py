"""Where two graders differ: both verdicts side by side, and the form by which an editor decides."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from forecasts.errors import DecisionRefused, GradeRefused
from forecasts.forms.grading import DecisionForm
from forecasts.models import Evidence, Forecast
from forecasts.services.adjudicating import adjudicate, obstacle
from forecasts.services.involvement import who_may_decide
from forecasts.services.verdicts import refused_outcomes, usual_day
from forecasts.tasks import hurry_evidence
from forecasts.views.access import forecast_for
from forecasts.views.grouping import say_decided
from groundwork.errors import Conflict
from groundwork.forms import blame


@needs(Capability.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """What both graders say of a forecast, and the form for an editor who had no hand in it."""
    forecast = forecast_for(request.user, forecast_id)
    form = _form(request, forecast)
    if request.method != "POST":
        return _show(request, forecast, form)
    if not form.is_valid():
        return _show(request, forecast, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        held = adjudicate(
            forecast,
            finding=form.decided(),
            by=request.user,
            at=timezone.now(),
            version=form.cleaned_data["version"],
        )
    except Conflict as conflict:
        forecast = forecast_for(request.user, forecast_id)
        form.data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict, whatever the stubs allow
        form.data["version"] = forecast.version  # type: ignore[index]
        return _show(request, forecast, form, conflict=conflict, status=HTTPStatus.CONFLICT)
    except (GradeRefused, DecisionRefused) as refusal:
        blame(form, refusal)
        return _show(request, forecast, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    hurry_evidence(held)
    messages.success(request, _("%s is decided.") % forecast.reference)
    say_decided(request, held)
    return redirect("forecasts:grade", forecast.pk)


def _form(request: SignedInRequest, forecast: Forecast) -> DecisionForm:
    today = forecast.today(at=timezone.now())
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return DecisionForm(
        *sent,
        by=request.user,
        forecast=forecast,
        refused=refused_outcomes(forecast, by=request.user, on=today),
        initial={"version": forecast.version, "known_on": usual_day(forecast, on=today)},
    )


def _show(
    request: SignedInRequest,
    forecast: Forecast,
    form: DecisionForm,
    *,
    conflict: Conflict | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    disputed = forecast.disputes.open().exists()
    grades = forecast.grades.standing().filter(round=forecast.grading_round) if disputed else forecast.grades.none()
    context = {
        "forecast": forecast,
        "today": forecast.today(at=timezone.now()),
        "judgements": [each for each in forecast.shown_judgements if each.ended_at is None],
        "verdicts": grades.select_related("grader").prefetch_related(
            Prefetch("evidence", Evidence.objects.for_pages())
        ),
        "obstacle": obstacle(forecast, by=request.user) if disputed else None,
        "deciders": who_may_decide(forecast) if disputed else [],
        "is_disputed": disputed,
        "conflict": conflict,
        "form": form,
    }
    return render(request, "forecasts/decide.html", context, status=status)
