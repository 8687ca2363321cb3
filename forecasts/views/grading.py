"""Grading: the page of one forecast, and the same opened in place in the queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, prefetch_related_objects
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
from forecasts.choices import How
from forecasts.errors import DecisionRefused, ForecastRefused, GradeRefused, NotResolved, Stale
from forecasts.forms.grading import CriteriaForm, GradeForm, ReopenForm, TakeBackForm
from forecasts.models import Due, Evidence, Forecast, Grade, Resolution
from forecasts.services import grading, scenarios, scores
from forecasts.services.recusing import is_recused
from forecasts.services.reopening import SECONDS_TO_UNDO, reopen
from forecasts.services.rounds import Round, round_for
from forecasts.tasks import hurry_evidence
from forecasts.views.access import forecast_for
from forecasts.views.entries import write_criteria
from forecasts.views.grouping import say_group
from forecasts.views.queue import PAGE_KEYS, known_count, known_row, overdue_count, queue_row, waiting_count
from groundwork.errors import Conflict
from groundwork.forms import blame

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
        graded = scenarios.grade_group(
            forecast,
            verdict=form.verdict(),
            by=request.user,
            at=timezone.now(),
            version=form.cleaned_data["version"],
        )
    except Conflict as conflict:
        return _beaten(request, forecast, form, conflict)
    except GradeRefused as refusal:
        blame(form, refusal)
        return _show(request, forecast, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    for given in (graded.grade, *graded.others):
        hurry_evidence(given)
    say_group(request, graded)
    return _graded(request, graded.grade, graded.resolution)


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
    """Take a grade back, with a reason once the seconds to undo it are over; it stays on record."""
    given = get_object_or_404(Grade.objects.filter(forecast__in=Forecast.objects.visible_to(request.user)), pk=grade_id)
    now = timezone.now()
    form = TakeBackForm(request.POST) if "why" in request.POST else None
    if form is not None and not form.is_valid():
        shown = forecast_for(request.user, given.forecast_id)
        return _show(request, shown, take_back=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        scenarios.undo_group(given, by=request.user, at=now, why=form.cleaned_data["why"] if form else "")
    except GradeRefused as refusal:
        if refusal.code == "reason_needed" and given.grader_id == request.user.pk and not _in_place(request):
            return _ask_why(request, given, refusal)
        raise PermissionDenied(str(refusal.message)) from refusal
    to_others = is_recused(forecast_for(request.user, given.forecast_id), by=request.user)
    if not _in_place(request):
        told = _("The grade of %s is taken back. Somebody else grades it now.")
        told = told if to_others else _("The grade of %s is taken back.")
        messages.success(request, told % given.forecast.reference)
        return redirect("forecasts:grade", given.forecast_id)
    due = Due.objects.waiting().for_queue().filter(forecast=given.forecast_id).first()
    row = queue_row(due, at=now) if due else known_row(given.forecast, at=now)
    context = {
        "forecast": given.forecast,
        "row": None if to_others else row,
        "to_others": to_others,
        **_counts(request.user, at=now),
    }
    # The component's plain form is boosted here, which would put its address into the history.
    return push_url(render(request, "forecasts/queue_undone.html", context), False)


@needs(Capability.PUBLISH)
@require_POST
def reopen_forecast(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Let a resolved forecast be graded anew, with a reason; what was held stays readable."""
    forecast = forecast_for(request.user, forecast_id)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _show(request, forecast, reopening=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        reopen(forecast, by=request.user, at=timezone.now(), **form.cleaned_data)
    except (NotResolved, Stale) as conflict:
        shown = forecast_for(request.user, forecast_id)
        _renew_version(form, shown)
        return _show(request, shown, reopening=form, conflict=conflict, status=HTTPStatus.CONFLICT)
    except DecisionRefused as refusal:
        blame(form, refusal)
        return _show(request, forecast, reopening=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("%s is reopened. What was held of it stays on the record.") % forecast.reference)
    return redirect("forecasts:grade", forecast.pk)


def _ask_why(request: SignedInRequest, given: Grade, refusal: GradeRefused) -> HttpResponse:
    """The time to undo went by meanwhile: the page with the field for a reason."""
    form = TakeBackForm({"why": ""})
    form.is_valid()
    form.errors.clear()
    blame(form, refusal)
    shown = forecast_for(request.user, given.forecast_id)
    return _show(request, shown, take_back=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _graded(request: SignedInRequest, given: Grade, resolution: Resolution | None) -> HttpResponse:
    if not _in_place(request):
        return redirect("forecasts:grade", given.forecast_id)
    forecast = forecast_for(request.user, given.forecast_id)
    shown = round_for(forecast, user=request.user, resolution=resolution)
    second = shown.is_disputed or (resolution is not None and resolution.how == How.AGREED)
    now = timezone.now()
    early = forecast.due_on is not None and forecast.due_on > forecast.today(at=now)
    counts = _counts(request.user, at=now)
    context: dict[str, Any] = {
        "forecast": forecast,
        "given": given,
        "round": shown,
        "undoable": given,
        "seconds": SECONDS_TO_UNDO,
        "undo_label": _undo_label(settled=second),
        # The row was in the list of those that had one grade, if this one is the second.
        "left": counts["waiting_count" if second else "known_count" if early else "overdue_count"],
        **counts,
    }
    context |= _result(resolution, given) if resolution is not None else {}
    answer = render(request, "forecasts/queue_graded.html", context)
    return reswap(retarget(answer, f"#row-{forecast.reference}"), "outerHTML")


def _counts(user: User, *, at: datetime) -> dict[str, int]:
    return {
        "overdue_count": overdue_count(at=at),
        "known_count": known_count(at=at),
        "waiting_count": waiting_count(user),
    }


def _beaten(request: SignedInRequest, forecast: Forecast, form: GradeForm, conflict: Conflict) -> HttpResponse:
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
    reopening: ReopenForm | None = None,
    conflict: Conflict | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    now = timezone.now()
    resolution = forecast.standing_resolutions[0] if forecast.standing_resolutions else None
    shown = round_for(forecast, user=request.user, resolution=resolution)
    context: dict[str, Any] = {"conflict": conflict, "in_place": _in_place(request), "page_keys": PAGE_KEYS}
    context["take_back"] = take_back or TakeBackForm()
    if conflict is not None and form is not None:
        # What was typed and nothing else: the other verdict would steer whoever types.
        context |= {"form": form, "is_graded": not shown.is_open}
    else:
        context |= _standing(request, shown, at=now)
        context |= {"round": shown, "reopening": reopening or _reopen_form(request, shown, forecast)}
        if shown.is_open:
            context |= _open(request, forecast, at=now, form=form, criteria=criteria)
    template = "forecasts/grade_panel.html" if context["in_place"] else "forecasts/grade.html"
    return render(request, template, context | _facts(request.user, forecast, at=now), status=status)


def _standing(request: SignedInRequest, shown: Round, *, at: datetime) -> dict[str, Any]:
    """What is held or disputed, with one's own grade and the ways to take it back."""
    held: dict[str, Any] = {}
    if shown.resolution is not None:
        given = _retractable(shown.resolution, by=request.user)
        own = given if given is not None and given.grader_id == request.user.pk else None
        stays = shown.resolution.how == How.AGREED
        held = _result(shown.resolution, own, at=at) | {"retractable": None if stays else given}
    # A grade that waits beside an imported outcome is no part of it.
    if shown.own is None or (shown.resolution is not None and shown.resolution.how != How.IMPORTED):
        return held | {"verdicts": _with_evidence(shown.verdicts)}
    left = _seconds_left(shown.own, at=at)
    return held | {
        "verdicts": _with_evidence(shown.verdicts),
        "own": shown.own,
        "own_evidence": shown.own.evidence.for_pages(),
        "retractable": None if shown.is_disputed else shown.own,
        "undoable": shown.own if left > 0 else None,
        "undo_label": _undo_label(settled=shown.is_disputed),
        "seconds": left,
    }


def _with_evidence(grades: Sequence[Grade]) -> Sequence[Grade]:
    prefetch_related_objects(list(grades), Prefetch("evidence", Evidence.objects.for_pages()))
    return grades


def _reopen_form(request: SignedInRequest, shown: Round, forecast: Forecast) -> ReopenForm | None:
    if shown.resolution is None or not request.user.may_publish:
        return None
    return ReopenForm(initial={"version": forecast.version})


def _open(
    request: SignedInRequest,
    forecast: Forecast,
    *,
    at: datetime,
    form: GradeForm | None,
    criteria: CriteriaForm | None,
) -> dict[str, Any]:
    """What this person can do about a forecast that takes a grade: that, write its criteria first, or neither."""
    hindrance = grading.hindrance(forecast, by=request.user)
    too_vague = hindrance is not None and hindrance.field == "observable"
    free = hindrance is None or (too_vague and _WITHOUT_CRITERIA in request.GET)
    if form is not None or (free and criteria is None):
        return {"form": form or _grade_form(request, forecast, at=at, sent=False)}
    if criteria is not None or (hindrance is not None and hindrance.field in _CRITERIA_FIELDS):
        return {
            "criteria_form": criteria or CriteriaForm(forecast=forecast),
            "hindrance": hindrance,
            "may_be_too_vague": too_vague,
            "retroactive": forecast.has_ended(on=forecast.today(at=at)),
        }
    return {"hindrance": hindrance}


def _retractable(resolution: Resolution, *, by: User) -> Grade | None:
    """The grade under the resolution that this person may take back: their own, or for an editor the only one."""
    if resolution.how == How.ADJUDICATED:
        return None
    grades = list(resolution.grades.filter(retracted_at__isnull=True))
    own = next((each for each in grades if each.grader_id == by.pk), None)
    return grades[0] if own is None and by.may_publish and len(grades) == 1 else own


def _result(resolution: Resolution, given: Grade | None, *, at: datetime | None = None) -> dict[str, Any]:
    """What became of it, and what that makes of the judgements; `given` is the viewer's own grade."""
    left = SECONDS_TO_UNDO if at is None or given is None else _seconds_left(given, at=at)
    return {
        "forecast": resolution.forecast,
        "resolution": resolution,
        "scores": scores.scores_of(resolution),
        "evidence": Evidence.objects.behind(resolution).distinct().for_pages(),
        "undoable": given if left > 0 else None,
        "undo_label": _undo_label(settled=resolution.how == How.AGREED),
        "seconds": left,
    }


def _undo_label(*, settled: bool) -> str:
    """What undoing means, as the button says it: of a pair, that somebody else gives that grade."""
    return _("Undo: somebody else will grade it then") if settled else _("Undo")


def _seconds_left(given: Grade, *, at: datetime) -> int:
    return SECONDS_TO_UNDO - int((at - given.graded_at).total_seconds())


def _facts(user: User, forecast: Forecast, *, at: datetime) -> dict[str, Any]:
    today = forecast.today(at=at)
    waiting = Due.objects.to_grade(on=timezone.localdate(at)).exclude(forecast=forecast)
    return {
        "forecast": forecast,
        "today": today,
        "judgements": [each for each in forecast.shown_judgements if each.ended_at is None],
        "passage": _passage(forecast),
        "evidence_so_far": Evidence.objects.visible_to(user)
        .about(Forecast.objects.filter(pk=forecast.pk))
        .not_undone()
        .for_pages(),
        "next_due": grading.gradable(waiting, by=user).oldest_first().select_related("forecast").first(),
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


def _grade_form(request: SignedInRequest, forecast: Forecast, *, at: datetime, sent: bool = True) -> GradeForm:
    """The form as it was sent, or an empty one beside what was sent by another."""
    today = forecast.today(at=at)
    return GradeForm(
        request.POST if sent and request.method == "POST" else None,
        request.FILES if sent and request.method == "POST" else None,
        forecast=forecast,
        by=request.user,
        refused=grading.refused_outcomes(forecast, by=request.user, on=today),
        initial={"version": forecast.version, "known_on": grading.usual_day(forecast, on=today)},
    )
