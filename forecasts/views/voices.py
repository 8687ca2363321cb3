"""Who says what of a forecast: its judgements with their chart and crowd, withdrawing, releasing, the desk's line,
following."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, needs
from accounts.models import User
from accounts.roles import Capability
from forecasts.charts.chart import Drawn, draw
from forecasts.charts.judgements import judgement_chart
from forecasts.choices import Line
from forecasts.forms.entries import JudgementForm
from forecasts.forms.voices import DeskLineForm, WhyForm
from forecasts.models import Forecast, Judgement
from forecasts.scoring.crowd import Crowd, crowd
from forecasts.scoring.points import point_value
from forecasts.services import following, judging
from forecasts.services.entries import Chance
from forecasts.views.access import forecast_for
from groundwork.errors import Refusal
from groundwork.forms import blame

FEWEST = 2  # forecasters, before what they say together is anything else than what one of them says


def judgements_of(forecast: Forecast, *, user: User) -> list[Judgement]:
    """The judgements that user may see, the oldest first, with whom a page names; one query."""
    rows = forecast.judgements.visible_to(user).select_related("forecaster", "recorded_by", "ended_by", "article")
    return list(rows.defer("article__text").order_by("made_at", "pk"))


def voices(forecast: Forecast, *, user: User, at: datetime) -> dict[str, Any]:
    """What the page shows of who said what; at most four queries, however many judged it."""
    judgements = judgements_of(forecast, user=user)
    own = [each for each in judgements if each.line == Line.PERSONAL and each.forecaster.user_id == user.pk]
    resolved = bool(forecast.standing_resolutions)
    return {
        "desk_lines": [each for each in judgements if each.line == Line.DESK],
        "personal": [each for each in judgements if each.line == Line.PERSONAL],
        "own_judgement": None if resolved else next((each for each in own if each.ended_at is None), None),
        "may_release": any(each.released_at is None for each in own),
        "crowd": crowd_of(judgements),
        "drawn": chart_of(forecast, judgements, at=at),
        "is_followed": following.follows(user, forecast),
        "why_form": WhyForm(auto_id="withdraw_%s"),
    }


def crowd_of(judgements: Sequence[Judgement]) -> Crowd | None:
    """What the forecasters' standing numbers say together; None of fewer than two. The desk's line takes no part."""
    standing = [each for each in judgements if each.line == Line.PERSONAL and each.ended_at is None]
    points = [point_value(each.low, each.high, each.probability) for each in standing]
    said = crowd(point for point in points if point is not None)
    if said is None or said.n < FEWEST:
        return None
    # To a tenth of a per cent, which is what a middle of bands needs; more would claim more than the words hold.
    return replace(said, median=round(said.median, 3), geometric=round(said.geometric, 3))


def chart_of(forecast: Forecast, judgements: Sequence[Judgement], *, at: datetime) -> Drawn | None:
    """The chart of these judgements, for the desk."""
    resolution = forecast.standing_resolutions[0] if forecast.standing_resolutions else None
    chart = judgement_chart(forecast, judgements, resolution, at=at)
    return None if chart is None else draw(chart, public=False, at=at)


@require_POST
@needs(Capability.RECORD)
def withdraw(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """End one's own judgement, with a reason."""
    forecast = forecast_for(request.user, forecast_id)
    try:
        judging.withdraw(forecast, by=request.user, at=timezone.now(), why=request.POST.get("why", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Your judgement is withdrawn. It stays on the record, and the forecast stays due."))
    return redirect(forecast)


@require_POST
@needs(Capability.RECORD)
def release(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Let everybody see what one has judged so far."""
    forecast = forecast_for(request.user, forecast_id)
    try:
        judging.release_own(forecast, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("What you have judged so far is released."))
    return redirect(forecast)


@needs(Capability.PUBLISH)
def desk_line(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """The desk's line between two editions, with the reason for it."""
    forecast = forecast_for(request.user, forecast_id)
    standing = forecast.judgements.of_the_desk().standing().first()
    sent = request.POST if request.method == "POST" else None
    form: JudgementForm = DeskLineForm(sent, chance=judging.chance_of(standing) if standing else Chance())
    if request.method == "POST" and form.is_valid():
        chance = form.chance()
        try:
            judging.set_line_by_editor(
                forecast, chance=chance, by=request.user, at=timezone.now(), why=chance.rationale
            )
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The desk’s line is set."))
            return redirect(forecast)
    context = {"form": form, "forecast": forecast, "own": standing, "for_desk": True}
    return render(request, "forecasts/judge.html", context)


@require_POST
@needs(Capability.READ_DESK)
def follow(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Be told what happens to it, or not any more."""
    forecast = forecast_for(request.user, forecast_id)
    if request.POST.get("follow") == "no":
        following.unfollow(forecast, by=request.user)
        messages.success(request, _("You do not follow it any more."))
    else:
        following.follow(forecast, by=request.user, at=timezone.now())
        messages.success(request, _("You follow it: judgements, clarifications, comments and what becomes of it."))
    return redirect(forecast)
