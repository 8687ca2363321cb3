"""Logging a forecast by hand, judging one again, and writing down its criteria."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, needs
from accounts.models import User
from accounts.roles import Capability
from forecasts.forms.entries import JudgementForm, LogForm
from forecasts.forms.grading import CriteriaForm
from forecasts.forms.quick import Proposed, read_line
from forecasts.models import Forecast
from forecasts.reading.duplicates import content_words, shared
from forecasts.services import judging, recording
from forecasts.services.entries import Chance, Wording
from forecasts.views.access import article_for, forecast_for
from forecasts.yardsticks.scales import DEFAULT
from groundwork.errors import Refusal
from groundwork.forms import blame
from groundwork.once import came_before, once
from groundwork.references import parse
from sources.services import people

MOST_COMPARED: Final = 500
ENOUGH_ALIKE: Final = 0.8


@needs(Capability.RECORD)
def log(request: SignedInRequest) -> HttpResponse:
    """Log a forecast: from nothing, from one line, or from words that were selected in an article."""
    origin = _origin(request)
    proposed = _proposed(request, origin)
    form = LogForm(_sent(request), wording=proposed.wording, chance=proposed.chance)
    alike: list[Forecast] = []
    if request.method == "POST" and form.is_valid():
        known = form.cleaned_data["anyway"] or came_before(form.cleaned_data["token"], user_id=request.user.pk)
        alike = [] if known else much_alike(form.entry())
        if not alike:
            try:
                forecast = _log(form, request, origin)
            except Refusal as refusal:
                blame(form, refusal)
            else:
                messages.success(request, _("%s is logged.") % forecast.reference)
                return redirect("forecasts:confirm", origin.article.pk) if origin else redirect(forecast)
    context = {"form": form, "article": origin and origin.article, "alike": alike, "line": request.GET.get("line", "")}
    return render(request, "forecasts/log.html", context)


@require_POST
@needs(Capability.RECORD)
def advice(request: SignedInRequest) -> HttpResponse:
    """Advice on the wording of what the form for logging holds; no content where the page shows it already."""
    form = LogForm(request.POST, wording=Wording(statement=""))
    if request.POST.get("advised") == form.advice_key:
        return HttpResponse(status=204)
    return render(request, "forecasts/includes/wording_advice.html", {"form": form})


def _log(form: LogForm, request: SignedInRequest, origin: recording.Place | None) -> Forecast:
    """Its author is the article's, and without an article whoever logs it. Sent again, it is the same forecast.

    Raises Refusal.
    """

    def act() -> int:
        forecast = recording.log_by_hand(
            wording=form.entry(),
            chance=form.chance(),
            by=request.user,
            at=timezone.now(),
            author=people.author_of(origin.article) if origin else None,
            place=origin,
        )
        return forecast.pk

    return Forecast.objects.get(pk=once(form.cleaned_data["token"], user_id=request.user.pk, act=act))


def _origin(request: SignedInRequest) -> recording.Place | None:
    """The article and span that the address names. Raises Http404 or BadRequest."""
    named = request.GET.get("article")
    if not named:
        return None
    try:
        article = article_for(request.user, parse("article", named))
        start, end = (int(request.GET[name]) if name in request.GET else None for name in ("start", "end"))
    except ValueError as error:
        raise BadRequest(str(error)) from error
    if start is None or end is None:
        return recording.Place(article=article)
    if not 0 <= start < end <= len(article.text):
        raise BadRequest(_("These words do not stand in the article."))
    return recording.Place(article=article, start=start, end=end)


def _proposed(request: SignedInRequest, origin: recording.Place | None) -> Proposed:
    """What the form starts with; topics are carried from the article, or from one's last entry."""
    if origin is not None:
        made_on = origin.article.published_on or timezone.localdate()
        words = "" if origin.start is None else origin.article.text[origin.start : origin.end]
        topics = [topic.name for topic in origin.article.topics.all()]
        return read_line(" ".join(words.split()), made_on=made_on, yardstick=DEFAULT.slug, topics=topics)
    line, today = request.GET.get("line", ""), timezone.localdate()
    last = Forecast.objects.kept().filter(recorded_by=request.user, article=None).order_by("-recorded_at").first()
    topics = [topic.name for topic in last.topics.all()] if last else []
    return read_line(line, made_on=today, yardstick=DEFAULT.slug, topics=topics)


def much_alike(wording: Wording) -> list[Forecast]:
    """Forecasts that are open, close on the same day, and share most words of the event."""
    words = content_words(wording.event or wording.statement)
    rows = Forecast.objects.unresolved().filter(closes_on=wording.closes_on)
    return [
        each
        for each in rows[:MOST_COMPARED]
        if shared(words, content_words(each.event or each.statement)) >= ENOUGH_ALIKE
    ]


@needs(Capability.RECORD)
def judge(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """One's own judgement, from now on; the one before stays on the record."""
    forecast = forecast_for(request.user, forecast_id)
    own = forecast.judgements.standing().filter(forecaster__user=request.user, line="personal").first()
    form = JudgementForm(_sent(request), chance=judging.chance_of(own) if own else Chance())
    if request.method == "POST" and form.is_valid():
        try:
            judging.judge(forecast, chance=form.chance(), by=request.user, at=timezone.now())
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Your judgement is recorded."))
            return redirect(forecast)
    return render(request, "forecasts/judge.html", {"form": form, "forecast": forecast, "own": own})


@needs(Capability.RECORD)
def criteria(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """How the outcome will be told, and the event."""
    forecast = forecast_for(request.user, forecast_id)
    form = CriteriaForm(_sent(request), forecast=forecast)
    if request.method == "POST" and form.is_valid():
        try:
            write_criteria(form, forecast, by=request.user)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The criteria are written down."))
            return redirect(forecast)
    return render(request, "forecasts/criteria.html", {"form": form, "forecast": forecast})


def _sent(request: SignedInRequest) -> QueryDict | None:
    """What was sent, be it nothing at all; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def write_criteria(form: CriteriaForm, forecast: Forecast, *, by: User) -> None:
    """Hand a valid form to the service. Raises ForecastRefused or Stale."""
    data = form.cleaned_data
    recording.set_criteria(
        forecast, criteria=form.criteria(), event=data["event"], version=data["version"], by=by, at=timezone.now()
    )
