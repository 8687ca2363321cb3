"""The desk's health: how late it is, whose turn it is, what waits, and how far its graders agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_filters import FilterSet

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from forecasts.filters import DistanceFilter, NoFilter, OverdueFilter
from forecasts.services import desk_health as services
from forecasts.services.desk_health import DeskHealth, Late
from groundwork.lists import Column, csv_response, list_view

_LATE: Final = (
    Column(_("overdue"), lambda late: late.count),
    Column(_("oldest due on"), lambda late: late.oldest),
    Column(_("median days late"), lambda late: late.median_days),
)
_WAITING: Final = (
    Column(_("what waits"), lambda row: row[0]),
    Column(_("how many"), lambda row: row[1].count),
    Column(_("since"), lambda row: row[1].since),
    Column(_("median days"), lambda row: row[1].median_days),
)
_AGREEMENT: Final = (
    Column(_("measure"), lambda row: row[0]),
    Column(_("pairs"), lambda row: row[1].n),
    Column(_("value"), lambda row: row[1].value),
)
_DISTANCES: Final = (
    Column(_("graders"), lambda row: row.independence.label),
    Column(_("resolutions"), lambda row: row.count),
    Column(_("of"), lambda row: row.of),
    Column(_("share"), lambda row: row.share),
)
_OF_A_FORECAST: Final = (
    Column(_("reference"), lambda row: row.forecast.reference),
    Column(_("event"), lambda row: row.forecast.event),
    Column(_("author"), lambda row: row.forecast.author.name),
)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of rows behind a number: what they are called, where they are, and since when each is so."""

    title: str | Promise
    rows: Callable[[], QuerySet[Any]]
    order: str
    since: Column
    filters: type[FilterSet] = NoFilter


KINDS: Final[Mapping[str, Kind]] = {
    "overdue": Kind(
        title=_("Overdue"),
        rows=services.overdue_rows,
        order="due_on",
        since=Column(_("due on"), lambda row: row.due_on),
        filters=OverdueFilter,
    ),
    "alone": Kind(
        title=_("One grade is in, the other is awaited"),
        rows=services.alone_rows,
        order="since",
        since=Column(_("graded at"), lambda row: row.since),
    ),
    "disputed": Kind(
        title=_("Disputed"),
        rows=services.disputed_rows,
        order="opened_at",
        since=Column(_("disputed since"), lambda row: row.opened_at),
    ),
    "pairs": Kind(
        title=_("Graded by two people"),
        rows=services.pair_rows,
        order="-graded_at",
        since=Column(_("graded at"), lambda row: row.graded_at),
    ),
    "resolutions": Kind(
        title=_("Resolved by graders"),
        rows=services.resolution_rows,
        order="-resolved_at",
        since=Column(_("resolved at"), lambda row: row.resolved_at),
        filters=DistanceFilter,
    ),
}


@needs(Capability.READ_DESK)
@require_safe
def desk_health(request: SignedInRequest) -> HttpResponseBase:
    """The page, or with `?table=` one of its tables as CSV."""
    now = timezone.now()
    health = services.desk_health(at=now)
    if table := request.GET.get("table", ""):
        rows, columns = _table(health, table)
        return csv_response(iter([rows]), columns=columns, name=f"desk-health-{table}")
    snoozed = services.snoozed_count(at=now)
    return render(request, "forecasts/desk_health.html", {"health": health, "snoozed": snoozed})


@needs(Capability.READ_DESK)
@require_safe
def rows(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """The rows behind a number, page by page or as CSV."""
    shown = KINDS.get(kind)
    if shown is None:
        raise Http404
    return list_view(
        request,
        queryset=shown.rows().select_related("forecast__author"),
        filterset_class=shown.filters,
        template="forecasts/desk_health_rows.html",
        columns=(*_OF_A_FORECAST, shown.since),
        order=shown.order,
        name=f"desk-health-{kind}",
        context={"kind": kind, "title": shown.title, "since_heading": shown.since.heading},
    )


def _named(late: Sequence[Late]) -> list[tuple[str, Late]]:
    return [(each.name or each.key, each) for each in late]


def _people(health: DeskHealth) -> tuple[Sequence[Any], Sequence[Column]]:
    return _named([*health.people]), _with_name(_("who"))


def _topics(health: DeskHealth) -> tuple[Sequence[Any], Sequence[Column]]:
    return _named([*health.topics]), _with_name(_("topic"))


def _waits(health: DeskHealth) -> tuple[Sequence[Any], Sequence[Column]]:
    return [(_("one grade"), health.alone), (_("dispute"), health.disputed)], _WAITING


def _agreement(health: DeskHealth) -> tuple[Sequence[Any], Sequence[Column]]:
    return [("kappa", health.graders.kappa), ("alpha", health.graders.alpha)], _AGREEMENT


def _distances(health: DeskHealth) -> tuple[Sequence[Any], Sequence[Column]]:
    return health.distances, _DISTANCES


def _with_name(heading: str | Promise) -> Sequence[Column]:
    of_late = [Column(column.heading, _second(column.value)) for column in _LATE]
    return (Column(heading, lambda row: row[0]), *of_late)


def _second(value: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda row: value(row[1])


TABLES: Final[Mapping[str, Callable[[DeskHealth], tuple[Sequence[Any], Sequence[Column]]]]] = {
    "people": _people,
    "topics": _topics,
    "waiting": _waits,
    "agreement": _agreement,
    "distances": _distances,
}


def _table(health: DeskHealth, name: str) -> tuple[Sequence[Any], Sequence[Column]]:
    if name not in TABLES:
        raise Http404
    return TABLES[name](health)
