"""Grading: the page of one forecast, and the same opened in place in the queue."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import push_url, reswap, retarget

from accounts.access import SignedInRequest, needs
from accounts.models import User
from accounts.roles import Capability
from forecasts.errors import AlreadyResolved, ForecastRefused, GradeRefused, Stale
from forecasts.forms.grading import CriteriaForm, GradeForm, TakeBackForm
from forecasts.models import Due, Evidence, Forecast, Grade, Resolution
from forecasts.services import grading, scores
from forecasts.views.access import forecast_for
from forecasts.views.entries import write_criteria
from forecasts.views.queue import PAGE_KEYS, overdue_count, queue_row
from groundwork.forms import blame

SECONDS_TO_UNDO: Final = 10
AROUND_A_QUOTE: Final = 240  # characters of the article on either side
# What a form can mend; any other hindrance is explained.
_CRITERIA_FIELDS: Final = ("event", "observable")
_WITHOUT_CRITERIA: Final = "without_criteria"  # in the address: of what is too vague to have any


@needs(Capability.GRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def grade(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """The forecast with the form that grades it, or with what became of it once it is graded."""
    forecast = forecast_for(request.user, forecast_id)
    if request.method != "POST":
        return _show(request, forecast)
    form = _grade_form(request, forecast, at=timezone.now())
    if not form.is_valid():
        return _show(request, forecast, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        given, resolution = grading.grade(
            forecast,
            verdict=form.verdict(),
            by=request.user,
            at=timezone.now(),
            version=form.cleaned_data["version"],
        )
    except (AlreadyResolved, Stale) as conflict:
        return _beaten(request, forecast, form, conflict)
    except GradeRefused as refusal:
        blame(form, refusal)
        return _show(request, forecast, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _graded(request, given, resolution)


@needs(Capability.RECORD)
@require_POST
def criteria(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Write down the event and the criteria that grading asked for."""
    forecast = forecast_for(request.user, forecast_id)
    form = CriteriaForm(request.POST, forecast=forecast)
    if not form.is_valid():
        return _show(request, forecast, criteria=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        write_criteria(form, forecast, by=request.user)
    except Stale as conflict:
        forecast = forecast_for(request.user, forecast_id)
        _renew_version(form, forecast)
        return _show(request, forecast, criteria=form, conflict=conflict, status=HTTPStatus.CONFLICT)
    except ForecastRefused as refusal:
        blame(form, refusal)
        return _show(request, forecast, criteria=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if _in_place(request):
        return _show(request, forecast_for(request.user, forecast_id))
    messages.success(request, _("The criteria of %s are written down.") % forecast.reference)
    return redirect("forecasts:grade", forecast.pk)


@needs(Capability.GRADE)
@require_POST
def undo_grade(request: SignedInRequest, grade_id: int) -> HttpResponse:
    """Take a grade back, with a reason where one is asked for; it stays on record, and the forecast is due again."""
    given = get_object_or_404(Grade.objects.filter(forecast__in=Forecast.objects.visible_to(request.user)), pk=grade_id)
    now = timezone.now()
    form = TakeBackForm(request.POST) if "why" in request.POST else None
    if form is not None and not form.is_valid():
        shown = forecast_for(request.user, given.forecast_id)
        return _show(request, shown, take_back=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        grading.undo_grade(given, by=request.user, at=now, why=form.cleaned_data["why"] if form else "")
    except GradeRefused as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    if not _in_place(request):
        messages.success(request, _("The grade of %s is taken back.") % given.forecast.reference)
        return redirect("forecasts:grade", given.forecast_id)
    due = Due.objects.waiting().for_queue().filter(forecast=given.forecast_id).first()
    context = {"forecast": given.forecast, "row": queue_row(due, at=now) if due else None, "count": overdue_count()}
    # The component's plain form is boosted here, which would put its address into the history.
    return push_url(render(request, "forecasts/queue_undone.html", context), False)


def _graded(request: SignedInRequest, given: Grade, resolution: Resolution) -> HttpResponse:
    if not _in_place(request):
        return redirect("forecasts:grade", given.forecast_id)
    context = {"seconds": SECONDS_TO_UNDO, "count": overdue_count(), **_result(resolution, given)}
    answer = render(request, "forecasts/queue_graded.html", context)
    return reswap(retarget(answer, f"#row-{resolution.forecast.reference}"), "outerHTML")


def _beaten(
    request: SignedInRequest, forecast: Forecast, form: GradeForm, conflict: AlreadyResolved | Stale
) -> HttpResponse:
    """Somebody was faster: say so and keep what was typed, but not what they said."""
    forecast = forecast_for(request.user, forecast.pk)
    _renew_version(form, forecast)
    return _show(request, forecast, form=form, conflict=conflict, status=HTTPStatus.CONFLICT)


def _renew_version(form: Form, forecast: Forecast) -> None:
    """Let the form be sent again, now that its sender sees how the record stands."""
    form.data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict, whatever the stubs allow
    form.data["version"] = forecast.version  # type: ignore[index]


def _show(
    request: SignedInRequest,
    forecast: Forecast,
    *,
    form: GradeForm | None = None,
    criteria: CriteriaForm | None = None,
    take_back: TakeBackForm | None = None,
    conflict: AlreadyResolved | Stale | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    now = timezone.now()
    resolution = forecast.standing_resolutions[0] if forecast.standing_resolutions else None
    context: dict[str, Any] = {"conflict": conflict, "in_place": _in_place(request), "page_keys": PAGE_KEYS}
    if resolution is not None and form is None:
        given = _retractable(resolution, by=request.user)
        context |= _result(resolution, given if given and given.grader_id == request.user.pk else None, at=now)
        context |= {"retractable": given, "take_back": take_back or TakeBackForm()}
    else:
        context |= _open(request, forecast, at=now, form=form, criteria=criteria)
        context["is_graded"] = resolution is not None
    template = "forecasts/grade_panel.html" if context["in_place"] else "forecasts/grade.html"
    return render(request, template, context | _facts(forecast, at=now), status=status)


def _open(
    request: SignedInRequest,
    forecast: Forecast,
    *,
    at: datetime,
    form: GradeForm | None,
    criteria: CriteriaForm | None,
) -> dict[str, Any]:
    """What can be done about a forecast that nobody has graded: grade it, write its criteria first, or neither."""
    hindrance = grading.hindrance(forecast, by=request.user)
    too_vague = hindrance is not None and hindrance.field == "observable"
    free = hindrance is None or (too_vague and _WITHOUT_CRITERIA in request.GET)
    if form is not None or (free and criteria is None):
        return {"form": form or _grade_form(request, forecast, at=at)}
    if criteria is not None or (hindrance is not None and hindrance.field in _CRITERIA_FIELDS):
        return {
            "criteria_form": criteria or CriteriaForm(forecast=forecast),
            "hindrance": hindrance,
            "may_be_too_vague": too_vague,
            "retroactive": forecast.has_ended(on=forecast.today(at=at)),
        }
    return {"hindrance": hindrance}


def _retractable(resolution: Resolution, *, by: User) -> Grade | None:
    """The grade under the resolution that this person may take back: their own, or for an editor anybody's."""
    standing = resolution.grades.filter(retracted_at__isnull=True)
    own = standing.filter(grader=by).first()
    return standing.first() if own is None and by.may_publish else own


def _result(resolution: Resolution, given: Grade | None, *, at: datetime | None = None) -> dict[str, Any]:
    """What became of it, and what that makes of the judgements; `given` is the viewer's own grade."""
    left = SECONDS_TO_UNDO
    if at is not None and given is not None:
        left = SECONDS_TO_UNDO - int((at - given.graded_at).total_seconds())
    return {
        "forecast": resolution.forecast,
        "resolution": resolution,
        "scores": scores.scores_of(resolution),
        "evidence": Evidence.objects.filter(grade__resolutions=resolution).select_related("article"),
        "undoable": given if left > 0 else None,
        "seconds": left,
    }


def _facts(forecast: Forecast, *, at: datetime) -> dict[str, Any]:
    today = forecast.today(at=at)
    waiting = Due.objects.waiting().exclude(forecast=forecast).oldest_first().select_related("forecast")
    return {
        "forecast": forecast,
        "today": today,
        "judgements": [each for each in forecast.shown_judgements if each.ended_at is None],
        "passage": _passage(forecast),
        "evidence_so_far": Evidence.objects.filter(grade__forecast=forecast).select_related("article"),
        "next_due": waiting.first(),
    }


def _passage(forecast: Forecast) -> tuple[str, str, str] | None:
    """The quote in its article: what stands before it, the quote, and what follows."""
    if not (quote := forecast.quote):
        return None
    assert forecast.article is not None
    assert forecast.quote_start is not None
    start, text = forecast.quote_start, forecast.article.text
    end = start + len(quote)
    return text[max(start - AROUND_A_QUOTE, 0) : start], quote, text[end : end + AROUND_A_QUOTE]


def _in_place(request: SignedInRequest) -> bool:
    """Whether the queue asks, which shows the answer in a row of its own."""
    return bool(request.htmx)  # type: ignore[attr-defined]  # set by django-htmx


def _grade_form(request: SignedInRequest, forecast: Forecast, *, at: datetime) -> GradeForm:
    today = forecast.today(at=at)
    return GradeForm(
        request.POST if request.method == "POST" else None,
        forecast=forecast,
        by=request.user,
        refused=grading.refused_outcomes(forecast, by=request.user, on=today),
        initial={"version": forecast.version, "known_on": grading.usual_day(forecast, on=today)},
    )
