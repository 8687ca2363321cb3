"""Reminding of what is due: its assignee every week, the editors where it has none, and of what stays undone for long.

A person is told in one notice how much waits, however much that is; no notice says what anybody has graded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.services import people
from accounts.services.notifying import Notice, notify_each
from forecasts.models import Due
from forecasts.querysets import DueQuerySet
from groundwork.marks import day_text

EVERY: Final = timedelta(days=7)
ESCALATED_AFTER: Final = timedelta(days=14)
# The notices that stand for a list: of one's own, of what is nobody's, and of what the editors are to see to.
MINE: Final = "due"
NOBODYS: Final = "unassigned"
LATE: Final = "escalated"
_ADVISORY_LOCK: Final = 7_350_003


@transaction.atomic
def remind(*, at: datetime, on: date | None = None) -> int:
    """Tell whoever it concerns of what waits for its first grade; returns how many notices are new or renewed.

    Whoever has something in hand is told when it comes to them, and again every 7 days until it is graded or snoozed;
    the editors of what is nobody's, and once of what has been overdue for 14 days. `on` is the desk's day. However many
    reminders were missed, there is one. Safe to run twice: what is told is marked in the same transaction.
    """
    on = on or timezone.localdate(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
    shown = Due.objects.to_grade(on=on)
    untold = Q(reminded_at__isnull=True) | Q(reminded_at__lte=at - EVERY)
    shown.filter(untold).update(reminded_at=at)
    late = shown.filter(escalated_at__isnull=True, due_on__lte=on - ESCALATED_AFTER).update(escalated_at=at)
    told = list(shown.filter(reminded_at=at).order_by().values_list("assignee", flat=True).distinct())
    notices = list(_own(shown, [pk for pk in told if pk is not None]))
    if None in told or late:
        notices += _editors(shown, unassigned=None in told, late=late)
    return notify_each(notices, at=at)


def of_the_list(kind: str, *, user_id: int, on: date) -> DueQuerySet:
    """What stands behind a notice of that kind now."""
    rows = Due.objects.to_grade(on=on)
    match kind:
        case _ if kind == NOBODYS:
            return rows.filter(assignee__isnull=True)
        case _ if kind == LATE:
            return rows.filter(escalated_at__isnull=False)
        case _:
            return rows.filter(assignee=user_id)


def _own(shown: DueQuerySet, persons: Sequence[int]) -> Iterable[Notice]:
    rows = shown.filter(assignee__in=persons).order_by().values_list("assignee").annotate(Count("pk"), Min("due_on"))
    for person, number, oldest in rows:
        text = ngettext(
            "%(number)d forecast waits for your grade, the oldest since %(day)s.",
            "%(number)d forecasts wait for your grade, the oldest since %(day)s.",
            number,
        )
        told = text % {"number": number, "day": day_text(oldest)}
        yield Notice(user_id=person, kind=MINE, text=told, url=_list("mine"), key=MINE)


def _editors(shown: DueQuerySet, *, unassigned: bool, late: int) -> Iterable[Notice]:
    editors = list(people.publishers().values_list("pk", flat=True))
    if unassigned:
        number = shown.filter(assignee__isnull=True).count()
        text = ngettext(
            "%(number)d overdue forecast is nobody’s to grade.",
            "%(number)d overdue forecasts are nobody’s to grade.",
            number,
        )
        yield from _to_all(editors, kind=NOBODYS, text=text % {"number": number})
    if late:
        text = ngettext(
            "%(number)d forecast has been overdue for more than %(days)d days.",
            "%(number)d forecasts have been overdue for more than %(days)d days.",
            late,
        )
        yield from _to_all(editors, kind=LATE, text=text % {"number": late, "days": ESCALATED_AFTER.days})


def _to_all(editors: Iterable[int], **told: Any) -> Iterable[Notice]:
    return [Notice(user_id=editor, url=_list("overdue"), key=told["kind"], **told) for editor in editors]


def _list(key: str) -> str:
    return reverse("forecasts:queue", query={"list": key})
