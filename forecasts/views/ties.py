"""What a forecast has to do with others: links, groups of scenarios, its parts; and what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, needs
from accounts.models import User
from accounts.roles import Capability
from forecasts.columns import outcome_of, standing_judgement
from forecasts.forms.voices import BACKWARDS, GroupForm, PartForm, SubjectsForm, Tie, TieForm
from forecasts.models import Forecast, Judgement, Lineage, ScenarioGroup
from forecasts.reading.finding import FoundForecast
from forecasts.reading.proposing import proposal
from forecasts.reading.splitting import split_judgements
from forecasts.scoring.points import point_value
from forecasts.services import labelling, linking, parting, scenarios
from forecasts.services.entries import Chance
from forecasts.views.access import forecast_for
from forecasts.yardsticks.scales import DEFAULT
from groundwork.errors import Refusal
from groundwork.forms import blame
from groundwork.marks import percent_text
from sources.reading.document_parts import Span
from sources.reading.parting import read_parts

MOST_FOUND: Final = 20
# How far the middles of bands may add up past 100 % before that is worth a word.
TOLERANCE: Final = 0.05


@dataclass(frozen=True, kw_only=True)
class Member:
    """One outcome of a group, with the judgement that counts for it and the number that it amounts to."""

    forecast: Forecast
    judgement: Judgement | None
    outcome: str | None

    @property
    def point(self) -> float | None:
        said = self.judgement
        return None if said is None else point_value(said.low, said.high, said.probability)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Outcomes that exclude each other, and what their chances add up to."""

    key: str
    title: str
    exhaustive: bool
    members: Sequence[Member]

    @property
    def total(self) -> float | None:
        """The sum of the numbers; None where not all have one."""
        points = [member.point for member in self.members]
        known = [point for point in points if point is not None]
        return round(sum(known), 4) if len(known) == len(points) else None

    @property
    def warning(self) -> str:
        """What is off about the sum; "" where nothing is, or where not all have numbers."""
        total = self.total
        if total is None:
            return ""
        words = {"sum": percent_text(total)}
        if total > 1 + TOLERANCE:
            return _("Together %(sum)s %%: what excludes each other adds up to 100 %% at most.") % words
        if self.exhaustive and total < 1 - TOLERANCE:
            return _("Together %(sum)s %%, though one of them has to happen: that would be 100 %%.") % words
        return ""

    @property
    def rest(self) -> float | None:
        """What is left for “none of these”; None where that is not possible or not known."""
        return None if self.exhaustive or self.total is None else max(round(1 - self.total, 4), 0.0)


def ties(forecast: Forecast, *, user: User) -> dict[str, Any]:
    """What the page shows of other forecasts: two queries, and seven more for a group."""
    links = Lineage.objects.select_related("earlier", "later", "noted_by", "ended_by")
    earlier = links.filter(later=forecast, earlier__retracted_at=None)
    later = links.filter(earlier=forecast, later__retracted_at=None)
    return {
        "earlier_links": list(earlier),
        "later_links": list(later),
        "group": group_of(forecast, user=user),
    }


def group_of(forecast: Forecast, *, user: User) -> Group | None:
    """The group that a forecast stands in, with all of its members; None without one."""
    if not forecast.scenario_group:
        return None
    key = forecast.scenario_group
    rows = Forecast.objects.visible_to(user).for_lists(user).filter(scenario_group=key).order_by("pk")
    members = [Member(forecast=each, judgement=standing_judgement(each), outcome=outcome_of(each)) for each in rows]
    noted = ScenarioGroup.objects.filter(pk=key).first()
    return Group(
        key=key,
        title=noted.title if noted else "",
        exhaustive=noted is not None and noted.exhaustive,
        members=members,
    )


# --- Links and groups -----------------------------------------------------------------------------------------------


@needs(Capability.RECORD)
def tie(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Link a forecast to another one, or group it with it: by reference, found by its words."""
    forecast = forecast_for(request.user, forecast_id)
    words = request.GET.get("q", "").strip()[:200]
    chosen = {"other": request.GET.get("other", ""), "tie": request.GET.get("tie", Tie.CONTINUES)}
    sent = request.POST if request.method == "POST" else None
    form = TieForm(sent, viewer=request.user, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            _tie(forecast, form.cleaned_data["other"], form.cleaned_data["tie"], by=request.user)
        except Refusal as refusal:
            refusal.field = "other" if refusal.field in ("earlier", "other") else refusal.field
            blame(form, refusal)
        else:
            messages.success(request, _("The two are linked; both stay due."))
            return redirect(f"{forecast.get_absolute_url()}#ties-title")
    found = search(words, user=request.user, but=forecast) if words else []
    context = {"form": form, "forecast": forecast, "words": words, "found": found, "chosen": chosen}
    return render(request, "forecasts/tie.html", context)


def search(words: str, *, user: User, but: Forecast) -> list[Forecast]:
    """Other forecasts whose event has all of these words, the newest first."""
    rows = Forecast.objects.visible_to(user).exclude(pk=but.pk).select_related("author")
    return list(rows.with_words(words)[:MOST_FOUND])


def _tie(forecast: Forecast, other: Forecast, said: str, *, by: User) -> None:
    """Raises Refusal."""
    if said == Tie.EXCLUDES:
        scenarios.exclude_each_other(forecast, other=other, by=by)
    elif said in BACKWARDS:
        linking.link(other, earlier=forecast, relation=BACKWARDS[Tie(said)], by=by, at=timezone.now())
    else:
        linking.link(forecast, earlier=other, relation=said, by=by, at=timezone.now())


@require_POST
@needs(Capability.RECORD)
def end_link(request: SignedInRequest, forecast_id: int, link_id: int) -> HttpResponse:
    """Take back what was noted of two forecasts, seen from either of them."""
    forecast = forecast_for(request.user, forecast_id)
    either = Lineage.objects.filter(later=forecast) | Lineage.objects.filter(earlier=forecast)
    noted = get_object_or_404(either, pk=link_id)
    try:
        linking.end_link(noted, by=request.user, why=request.POST.get("why", ""), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The two are not linked any more."))
    return redirect(f"{forecast.get_absolute_url()}#ties-title")


@require_POST
@needs(Capability.RECORD)
def change_group(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Leave the group (`leave`), or say what it is about."""
    forecast = forecast_for(request.user, forecast_id)
    try:
        if "leave" in request.POST:
            scenarios.leave_group(forecast, by=request.user)
        else:
            form = GroupForm(request.POST)
            if not form.is_valid():
                raise BadRequest(_("A title has at most 200 characters."))
            scenarios.describe_group(forecast.scenario_group, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The group is changed."))
    return redirect(f"{forecast.get_absolute_url()}#ties-title")


# --- Topics and countries -------------------------------------------------------------------------------------------


@needs(Capability.RECORD)
def subjects(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Topics and countries."""
    forecast = forecast_for(request.user, forecast_id)
    form = SubjectsForm(request.POST if request.method == "POST" else None, forecast=forecast)
    if request.method == "POST" and form.is_valid():
        try:
            labelling.set_subjects(forecast, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Topics and countries are saved."))
            return redirect(forecast)
    return render(request, "forecasts/subjects.html", {"form": form, "forecast": forecast})


# --- Splitting ------------------------------------------------------------------------------------------------------


@needs(Capability.RECORD)
def split(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """The parts of a compound forecast, as its sentence suggests them."""
    forecast = forecast_for(request.user, forecast_id)
    forms = _part_forms(request, forecast)
    errors: list[str] = []
    refused = [form for form in forms if form.is_bound and not form.is_valid()]
    if request.method == "POST" and "more" not in request.POST and not refused:
        parts = [form.part() for form in forms if not form.is_blank]
        try:
            found = parting.split_recorded(
                forecast, parts=parts, by=request.user, at=timezone.now(), version=_version(request)
            )
        except Refusal as refusal:
            errors = [str(refusal.message)]
        else:
            names = ", ".join(part.reference for part in found)
            messages.success(request, _("Split into %s. Each needs criteria of its own.") % names)
            return redirect(found[0])
    context = {
        "forecast": forecast,
        "forms": forms,
        "errors": errors,
        "stays": parting.is_relied_on(forecast),
        "may_grow": len(forms) < parting.MOST,
    }
    return render(request, "forecasts/split.html", context)


def _version(request: SignedInRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _part_forms(request: SignedInRequest, forecast: Forecast) -> list[PartForm]:
    if request.method != "POST":
        proposed = _proposed_parts(forecast)
        return [
            PartForm(prefix=f"part{number}", event=event, chance=chance)
            for number, (event, chance) in enumerate(proposed, start=1)
        ]
    count = sum(f"part{number}-event" in request.POST for number in range(1, parting.MOST + 1))
    forms = [PartForm(request.POST, prefix=f"part{number}") for number in range(1, count + 1)]
    if "more" in request.POST and count < parting.MOST:
        forms.append(PartForm(prefix=f"part{count + 1}"))
    return forms


def _proposed_parts(forecast: Forecast) -> list[tuple[str, Chance]]:
    """What its sentence holds, as far as it can be taken apart by its words: an event and a chance for each part."""
    parts = read_parts(forecast.statement)
    whole = Span(0, len(parts.text))
    read = split_judgements(parts, whole, published_on=forecast.made_on, yardstick=DEFAULT)
    # A part without a probability is the whole sentence again: somebody words it.
    events = [proposal(part, parts)["event"] if "unquantified" not in part.flags else "" for part in read]
    return [(event, _said(part)) for event, part in zip(events, read, strict=True)][: parting.MOST]


def _said(part: FoundForecast) -> Chance:
    named = {"yardstick": part.yardstick, "term": part.term, "term_text": part.term_text or ""} if part.term else {}
    return Chance(negated=part.negated, low=part.low, high=part.high, probability=part.probability, **named)
