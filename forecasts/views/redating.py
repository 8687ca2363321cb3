"""Another date of publication: proposed with all that follows from it, then confirmed by a second person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from forecasts.choices import CorrectionState
from forecasts.forms.changes import DateForm
from forecasts.models import Correction, DateCorrection, Forecast
from forecasts.reading.named_days import names_another_day
from forecasts.services import redating
from forecasts.services.correcting import as_value
from forecasts.services.redating import DATED, Redated
from forecasts.views.access import article_for
from forecasts.views.changes import sent
from forecasts.views.history import field_name
from forecasts.views.life import in_words
from groundwork.errors import Refusal
from groundwork.forms import blame
from sources.models import Article


@dataclass(frozen=True, kw_only=True)
class Row:
    """A forecast of the batch with each field that changes: its name, what it is, what it becomes.

    `other_day` is one that the event names, where the window ends on another.
    """

    forecast: Forecast
    fields: Sequence[tuple[str, str, str]]
    by_hand: bool = False
    is_impossible: bool = False
    is_resolved: bool = False
    other_day: date | None = None


@needs(Capability.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def redate(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Propose another date after a look at what follows, or decide on the one that somebody else has proposed."""
    article = article_for(request.user, article_id)
    waiting = DateCorrection.objects.filter(article=article, state=CorrectionState.PROPOSED)
    batch = waiting.select_related("article", "proposed_by").first()
    if batch is not None:
        return _review(request, batch)
    if "decision" in request.POST:
        messages.error(request, _("Somebody has decided on this date already."))
        return redirect("forecasts:redate", article.pk)
    form = DateForm(sent(request), initial={"new": article.published_on})
    rows = None
    if request.method == "POST" and form.is_valid():
        plan = redating.redated(article, new=form.cleaned_data["new"])
        if "propose" in request.POST and (answer := _proposed(request, article, form, plan)):
            return answer
        rows = _rows(plan)
    earlier = article.date_corrections.select_related("proposed_by", "decided_by")
    context = {"article": article, "form": form, "rows": rows, "earlier": earlier}
    return render(request, "forecasts/redate.html", context)


def _proposed(
    request: SignedInRequest, article: Article, form: DateForm, plan: Sequence[Redated]
) -> HttpResponse | None:
    given: dict[str, Any] = form.cleaned_data
    try:
        redating.propose_date(article, plan=plan, by=request.user, at=timezone.now(), **given)
    except Refusal as refusal:
        blame(form, refusal)
        return None
    messages.success(request, _("The date is proposed. Somebody else has to confirm it."))
    return redirect("forecasts:redate", article.pk)


def _review(request: SignedInRequest, batch: DateCorrection) -> HttpResponse:
    decision = request.POST.get("decision", "")
    acts = {"confirm": redating.confirm_date, "decline": redating.decline_date}
    if decision in acts:
        try:
            acts[decision](batch, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
            return redirect("forecasts:redate", batch.article_id)
        done = {"confirm": _("The date is corrected, and its forecasts with it."), "decline": _("The date stays.")}
        messages.success(request, done[decision])
        return redirect(batch.article)
    context = {"article": batch.article, "batch": batch, "rows": _kept_rows(batch)}
    return render(request, "forecasts/redate_review.html", context)


def _rows(plan: Sequence[Redated]) -> list[Row]:
    resolved = _resolved([each.forecast.pk for each in plan])
    return [
        Row(
            forecast=each.forecast,
            fields=[
                (field_name(name), _text(name, before), _text(name, after)) for name, before, after in each.changes
            ],
            by_hand=each.by_hand,
            is_impossible=each.is_impossible,
            is_resolved=each.forecast.pk in resolved,
            other_day=names_another_day(each.event, each.closes_on),
        )
        for each in plan
    ]


def _text(name: str, value: Any) -> str:
    kept = "" if value is None else str(value)
    return in_words(Correction(field=name), kept)


def _kept_rows(batch: DateCorrection) -> list[Row]:
    found: dict[int, list[Correction]] = {}
    for row in batch.corrections.select_related("forecast").order_by("forecast__quote_start", "forecast", "pk"):
        found.setdefault(row.forecast_id, []).append(row)
    resolved = _resolved(found)
    order = {name: place for place, name in enumerate(DATED)}
    return [
        Row(
            forecast=rows[0].forecast,
            fields=[
                (field_name(row.field), in_words(row, row.old), in_words(row, row.new))
                for row in sorted(rows, key=lambda row: order[row.field])
            ],
            is_resolved=key in resolved,
            other_day=_other_day(rows),
        )
        for key, rows in found.items()
    ]


def _other_day(rows: Sequence[Correction]) -> date | None:
    will = {row.field: as_value(row.field, row.new) for row in rows}
    forecast = rows[0].forecast
    return names_another_day(will.get("event", forecast.event), will.get("closes_on", forecast.closes_on))


def _resolved(keys: Any) -> set[int]:
    return set(Forecast.objects.resolved().filter(pk__in=list(keys)).values_list("pk", flat=True))
