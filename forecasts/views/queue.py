"""The home of the desk: what is due, soon due, perhaps known already, half graded, disputed, or to be confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
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
from forecasts.choices import CorrectionState, Line
from forecasts.models import (
    AwaitedGrade,
    ComingDue,
    Correction,
    DateCorrection,
    Dispute,
    Due,
    Forecast,
    ForecastSuggestion,
    Judgement,
    Look,
)
from forecasts.views.finds import pending_counts
from groundwork import health
from groundwork.keyset import BadCursor, Keyset, Page
from groundwork.lists import Column, csv_response
from sources.choices import Decision
from sources.models import Article

PAGE: Final = 50
AT_HOME: Final = 10  # rows of the lists below the first
_FORECAST_OF: Final = attrgetter("forecast")
PAGE_KEYS: Final = (
    ("1–7", _("the outcome")),
    ("e", _("evidence")),
    ("a", _("give it to somebody")),
    ("s", _("snooze it, with a reason")),
    ("n", _("not known yet")),
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A forecast in the queue, with what depends on today. `due` is None where it is not flagged.

    `since` is when its first grade or its dispute came in, where it has one; `looks` holds the last look at it.
    """

    forecast: Forecast
    due: Due | None
    days_late: int
    judgements: Sequence[Judgement]
    since: datetime | None = None
    looks: Sequence[Look] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """One list of the queue: its rows from the database in their order, and how they are shown and downloaded.

    `counted` tells how many there are where that is cheaper than counting the rows.
    """

    key: str
    title: str | Promise
    empty: tuple[str | Promise, str | Promise]
    rows: QuerySet[Any]
    order: Keyset
    template: str
    columns: Sequence[Column]
    shown: Callable[[Iterable[Any]], list[Any]] = list
    counted: Callable[[], int] | None = None


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
    sections += [_mine(request.user, timezone.now()), _snoozed(timezone.now())]
    section = next((each for each in sections if each.key == chosen), None)
    if section is None:
        raise Http404
    if request.GET.get("format") == "csv":
        return csv_response(section.order.slices(section.rows), columns=section.columns, name=f"queue-{chosen}")
    shown = [_page(section, request.GET, size=PAGE)]
    return render(request, "forecasts/queue.html", {"sections": shown, "alone": section, "page_keys": PAGE_KEYS})


def overdue_count(*, at: datetime) -> int:
    """How many forecasts are due that nobody has graded, without those that a snooze hides."""
    return Due.objects.count_to_grade(on=timezone.localdate(at))


def known_count(*, at: datetime) -> int:
    """How many open forecasts wait for somebody to look whether they are known already."""
    return ComingDue.objects.known_perhaps(on=timezone.localdate(at)).count()


def waiting_count(user: User) -> int:
    """How many forecasts somebody else has graded, and wait for a second person."""
    return AwaitedGrade.objects.awaited_of(user).count()


def queue_row(due: Due, *, at: datetime) -> Row:
    """What the queue shows of a flagged forecast."""
    forecast = due.forecast
    days_late = due.days_late(on=forecast.today(at=at))
    return Row(forecast=forecast, due=due, days_late=days_late, judgements=forecast.shown_judgements)


def known_row(forecast: Forecast, *, at: datetime) -> Row | None:
    """What the queue shows of an open forecast that somebody is to look at; None where nobody is."""
    rows = ComingDue.objects.known_perhaps(on=timezone.localdate(at)).for_queue()
    note = rows.filter(forecast=forecast).first()
    return None if note is None else _open_row(note.forecast, at=at)


def _page(section: Section, place: Mapping[str, str], *, size: int) -> Shown:
    after, before = place.get("after", ""), place.get("before", "")
    try:
        page: Page[Model] = section.order.page(section.rows, size=size, after=after, before=before)
    except BadCursor as error:
        raise BadRequest(str(error.message)) from error
    return Shown(
        section=section,
        rows=section.shown(page.rows),
        count=section.counted() if section.counted else section.rows.order_by().count(),
        previous_url=_address(section, "before", page.previous),
        next_url=_address(section, "after", page.next),
        csv_url=_address(section, "format", "csv"),
    )


def _address(section: Section, parameter: str, value: str | None) -> str:
    query = {"list": section.key, parameter: value}
    return reverse("forecasts:queue", query=query) if value else ""


def _sections(user: User, *, at: datetime) -> list[Section]:
    graded = [_overdue(at), _this_week(user, at), _known(at), _waiting(user, at), _disputed(at)]
    return [*graded, _corrections(user), _dates(user), _to_confirm(user)]


def _overdue(at: datetime) -> Section:
    return Section(
        key="overdue",
        title=_("Overdue"),
        empty=(_("Nothing is overdue."), _("A forecast comes here on the day after its window has ended.")),
        rows=Due.objects.to_grade(on=timezone.localdate(at)).for_queue(),
        order=Keyset.of("due_on"),
        template="forecasts/queue_overdue.html",
        columns=_overdue_columns(at),
        shown=lambda rows: [queue_row(due, at=at) for due in rows],
        counted=lambda: overdue_count(at=at),
    )


def _mine(user: User, at: datetime) -> Section:
    """A part of what is overdue."""
    return replace(
        _overdue(at),
        key="mine",
        title=_("Yours to grade"),
        empty=(_("Nothing waits for your grade."), _("What is overdue and given to you stands here.")),
        rows=Due.objects.to_grade(on=timezone.localdate(at)).filter(assignee=user).for_queue(),
        counted=None,
    )


def _snoozed(at: datetime) -> Section:
    """What a snooze hides from what is overdue."""
    return replace(
        _overdue(at),
        key="snoozed",
        title=_("Snoozed"),
        empty=(_("Nothing is snoozed."), _("What somebody has put off with a reason waits here for its day.")),
        rows=Due.objects.ungraded().snoozed(on=timezone.localdate(at)).for_queue(),
        counted=None,
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


def _known(at: datetime) -> Section:
    return Section(
        key="known",
        title=_("Maybe known already"),
        empty=(
            _("Nothing is to be looked at."),
            _("An open forecast comes here every 90 days, for somebody to see whether it is known already."),
        ),
        rows=ComingDue.objects.known_perhaps(on=timezone.localdate(at)).for_queue(),
        order=Keyset.of("look_on"),
        template="forecasts/queue_known.html",
        columns=_known_columns(),
        shown=lambda rows: [_open_row(each.forecast, at=at) for each in rows],
    )


def _waiting(user: User, at: datetime) -> Section:
    return Section(
        key="waiting",
        title=_("Waiting for a second grade"),
        empty=(
            _("Nothing waits for a second grade."),
            _("What somebody else has graded comes here; not what they said."),
        ),
        rows=AwaitedGrade.objects.awaited_of(user).for_queue(),
        order=Keyset.of("since"),
        template="forecasts/queue_overdue.html",
        columns=(*_forecast_columns(_FORECAST_OF), Column(_("graded at"), lambda row: row.since)),
        shown=lambda rows: [_graded_row(row.forecast, row.since, at=at) for row in rows],
    )


def _disputed(at: datetime) -> Section:
    return Section(
        key="disputed",
        title=_("Disputed"),
        empty=(_("Nothing is disputed."), _("Where two graders differ, an editor decides here.")),
        rows=Dispute.objects.open().for_queue(),
        order=Keyset.of("opened_at"),
        template="forecasts/queue_disputed.html",
        columns=(*_forecast_columns(_FORECAST_OF), Column(_("disputed since"), lambda row: row.opened_at)),
        shown=lambda rows: [_graded_row(row.forecast, row.opened_at, at=at) for row in rows],
    )


def _corrections(user: User) -> Section:
    """What others propose, a row for all that was proposed together."""
    return Section(
        key="corrections",
        title=_("Corrections to confirm"),
        empty=(_("No correction waits for you."), _("What somebody else proposes to correct comes here.")),
        rows=Correction.objects.proposed_to(user).filter(forecast__in=Forecast.objects.visible_to(user)).for_queue(),
        order=Keyset.of("proposed_at"),
        template="forecasts/queue_correction.html",
        columns=(
            *_forecast_columns(_FORECAST_OF),
            Column(_("proposed at"), lambda row: row.proposed_at),
            Column(_("proposed by"), lambda row: row.proposed_by),
            Column(_("reason"), lambda row: row.reason),
        ),
    )


def _dates(user: User) -> Section:
    """Dates of publication that others propose, with all forecasts of the article."""
    rows = DateCorrection.objects.filter(state=CorrectionState.PROPOSED, article__in=Article.objects.visible_to(user))
    return Section(
        key="dates",
        title=_("Dates to confirm"),
        empty=(_("No date of publication waits for you."), _("What somebody else proposes to correct comes here.")),
        rows=rows.exclude(proposed_by=user).select_related("article", "proposed_by").defer("article__text"),
        order=Keyset.of("proposed_at"),
        template="forecasts/queue_date.html",
        columns=(
            Column(_("reference"), lambda row: row.article.reference),
            Column(_("title"), lambda row: row.article.title),
            Column(_("before"), lambda row: row.old),
            Column(_("after"), lambda row: row.new),
            Column(_("proposed at"), lambda row: row.proposed_at),
            Column(_("proposed by"), lambda row: row.proposed_by),
            Column(_("reason"), lambda row: row.reason),
        ),
    )


def _graded_row(forecast: Forecast, since: datetime, *, at: datetime) -> Row:
    late = (forecast.today(at=at) - forecast.due_on).days if forecast.due_on is not None else 0
    return Row(forecast=forecast, due=None, days_late=late, judgements=forecast.shown_judgements, since=since)


def _open_row(forecast: Forecast, *, at: datetime) -> Row:
    row = _graded_row(forecast, at, at=at)
    return replace(row, since=None, looks=forecast.shown_looks[-1:])


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
        *_forecast_columns(_FORECAST_OF),
        Column(_("due on"), lambda due: due.due_on),
        Column(_("days late"), lambda due: due.days_late(on=due.forecast.today(at=at))),
        Column(_("assignee"), lambda due: due.assignee),
        Column(_("snoozed until"), lambda due: due.snoozed_until),
        Column(_("snoozed why"), lambda due: due.snooze_reason),
    )


def _known_columns() -> Sequence[Column]:
    def last(row: ComingDue) -> Look | None:
        return next(reversed(row.forecast.shown_looks), None)

    return (
        *_forecast_columns(_FORECAST_OF),
        Column(_("look on"), lambda row: row.look_on),
        Column(_("last looked at"), lambda row: look.looked_at if (look := last(row)) else None),
        Column(_("looked at by"), lambda row: look.looked_by if (look := last(row)) else None),
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
