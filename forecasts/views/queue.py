"""The home of the desk: what is overdue, what falls due this week, and what waits to be confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.db.models import F, Model, QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, needs
from accounts.models import User
from accounts.roles import Capability
from claims.models import ClaimSuggestion
from forecasts.choices import Line
from forecasts.models import Due, Forecast, ForecastSuggestion, Judgement
from forecasts.views.finds import pending_counts
from groundwork import health
from groundwork.keyset import BadCursor, Keyset, Page
from groundwork.lists import Column, csv_response
from sources.choices import Decision
from sources.models import Article

PAGE: Final = 50
AT_HOME: Final = 10  # rows of the lists below the first
PAGE_KEYS: Final = (("1–7", _("the outcome")), ("e", _("evidence")))


@dataclass(frozen=True, kw_only=True)
class Row:
    """A forecast in the queue, with what depends on today. `due` is None where it is not flagged."""

    forecast: Forecast
    due: Due | None
    days_late: int
    judgements: Sequence[Judgement]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One list of the queue: its rows from the database in their order, and how they are shown and downloaded."""

    key: str
    title: str | Promise
    empty: tuple[str | Promise, str | Promise]
    rows: QuerySet[Any]
    order: Keyset
    template: str
    columns: Sequence[Column]
    shown: Callable[[Iterable[Any]], list[Any]] = list


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A section with the rows of one page, how many there are in all, and where the others are."""

    section: Section
    rows: list[Any]
    count: int
    previous_url: str
    next_url: str
    csv_url: str


@needs(Capability.READ_DESK)
@require_safe
def queue(request: SignedInRequest) -> HttpResponseBase:
    """All lists with their beginnings, or with `?list=` one of them page by page or (`&format=csv`) whole."""
    sections = _sections(request.user, at=timezone.now())
    chosen = request.GET.get("list", "")
    if not chosen:
        shown = [_page(section, {}, size=PAGE if section.key == "overdue" else AT_HOME) for section in sections]
        return render(request, "forecasts/queue.html", {"sections": shown, "page_keys": PAGE_KEYS})
    section = next((each for each in sections if each.key == chosen), None)
    if section is None:
        raise Http404
    if request.GET.get("format") == "csv":
        return csv_response(section.order.slices(section.rows), columns=section.columns, name=f"queue-{chosen}")
    shown = [_page(section, request.GET, size=PAGE)]
    return render(request, "forecasts/queue.html", {"sections": shown, "alone": section, "page_keys": PAGE_KEYS})


def overdue_count() -> int:
    """How many forecasts wait for their grade."""
    return Due.objects.waiting().count()


def queue_row(due: Due, *, at: datetime) -> Row:
    """What the queue shows of a flagged forecast."""
    forecast = due.forecast
    days_late = due.days_late(on=forecast.today(at=at))
    return Row(forecast=forecast, due=due, days_late=days_late, judgements=forecast.shown_judgements)


def _page(section: Section, place: Mapping[str, str], *, size: int) -> Shown:
    after, before = place.get("after", ""), place.get("before", "")
    try:
        page: Page[Model] = section.order.page(section.rows, size=size, after=after, before=before)
    except BadCursor as error:
        raise BadRequest(str(error.message)) from error
    return Shown(
        section=section,
        rows=section.shown(page.rows),
        count=section.rows.order_by().count(),
        previous_url=_address(section, "before", page.previous),
        next_url=_address(section, "after", page.next),
        csv_url=_address(section, "format", "csv"),
    )


def _address(section: Section, parameter: str, value: str | None) -> str:
    query = {"list": section.key, parameter: value}
    return reverse("forecasts:queue", query=query) if value else ""


def _sections(user: User, *, at: datetime) -> list[Section]:
    return [_overdue(at), _this_week(user, at), _to_confirm(user)]


def _overdue(at: datetime) -> Section:
    return Section(
        key="overdue",
        title=_("Overdue"),
        empty=(_("Nothing is overdue."), _("A forecast comes here on the day after its window has ended.")),
        rows=Due.objects.waiting().for_queue(),
        order=Keyset.of("due_on"),
        template="forecasts/queue_overdue.html",
        columns=_overdue_columns(at),
        shown=lambda rows: [queue_row(due, at=at) for due in rows],
    )


def _this_week(user: User, at: datetime) -> Section:
    today = timezone.localdate(at)
    rows = Forecast.objects.visible_to(user).awaited(on=today, swept_at=health.last_sweep())
    return Section(
        key="week",
        title=_("Due this week"),
        empty=(_("Nothing falls due this week."), ""),
        # Never null in these rows; the name tells the keyset so.
        rows=rows.for_lists(user).annotate(falls_due_on=F("due_on")),
        order=Keyset.of("falls_due_on"),
        template="forecasts/queue_week.html",
        columns=(*_forecast_columns(lambda forecast: forecast), Column(_("due on"), lambda forecast: forecast.due_on)),
        shown=lambda forecasts: [_awaited_row(forecast, at=at) for forecast in forecasts],
    )


def _awaited_row(forecast: Forecast, *, at: datetime) -> Row:
    assert forecast.due_on is not None
    standing = [judgement for judgement in forecast.shown_judgements if judgement.ended_at is None]
    standing.sort(key=lambda judgement: judgement.line != Line.DESK)
    days_late = (forecast.today(at=at) - forecast.due_on).days
    return Row(forecast=forecast, due=None, days_late=days_late, judgements=standing)


def _to_confirm(user: User) -> Section:
    forecasts: QuerySet[Any] = ForecastSuggestion.objects.filter(decision=Decision.PENDING)
    claims: QuerySet[Any] = ClaimSuggestion.objects.filter(decision=Decision.PENDING)
    waiting = forecasts.order_by().values("article").union(claims.order_by().values("article"))
    return Section(
        key="confirm",
        title=_("To confirm"),
        empty=(_("Nothing waits to be confirmed."), _("What is read out of a text that comes in waits here for you.")),
        rows=Article.objects.visible_to(user).filter(pk__in=waiting).for_lists().annotate(**pending_counts()),
        order=Keyset.of("recorded_at"),
        template="forecasts/queue_confirm.html",
        columns=(
            Column(_("reference"), lambda article: article.reference),
            Column(_("title"), lambda article: article.title),
            Column(_("source"), lambda article: article.source.name),
            Column(_("published on"), lambda article: article.published_on),
            Column(_("forecasts to confirm"), lambda article: article.pending_forecasts),
            Column(_("claims to confirm"), lambda article: article.pending_claims),
        ),
    )


def _overdue_columns(at: datetime) -> Sequence[Column]:
    return (
        *_forecast_columns(lambda due: due.forecast),
        Column(_("due on"), lambda due: due.due_on),
        Column(_("days late"), lambda due: due.days_late(on=due.forecast.today(at=at))),
        Column(_("assignee"), lambda due: due.assignee),
    )


def _forecast_columns(forecast_of: Callable[[Any], Forecast]) -> Sequence[Column]:
    return (
        Column(_("reference"), lambda row: forecast_of(row).reference),
        Column(_("event"), lambda row: forecast_of(row).event),
        Column(_("statement"), lambda row: forecast_of(row).statement),
        Column(_("author"), lambda row: forecast_of(row).author.name),
        Column(_("opens on"), lambda row: forecast_of(row).opens_on),
        Column(_("closes on"), lambda row: forecast_of(row).closes_on),
        Column(_("assessment date"), lambda row: forecast_of(row).assessment_on),
        Column(_("time zone"), lambda row: forecast_of(row).time_zone),
        Column(_("triage"), lambda row: forecast_of(row).triage),
    )
