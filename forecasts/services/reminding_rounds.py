"""Reminding of rounds that are not over: whoever may grade of second grades, the editors of what graders differ about.

No notice says who has graded, and none what.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import User
from accounts.services import people
from accounts.services.notifying import Notice, notify_each
from forecasts.models import AwaitedGrade, Dispute, Grade, Recusal
from forecasts.services.reminding import EVERY

# The notices that stand for a list.
SECOND: Final = "second"
DISPUTED: Final = "disputed"
_ADVISORY_LOCK: Final = 7_350_005


@transaction.atomic
def remind_of_rounds(*, at: datetime) -> int:
    """Tell of second grades and disputes when they come, and every 7 days; returns how many notices are new or renewed.

    However many reminders were missed, there is one. Safe to run twice: what is told is marked in the same transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
    notices: list[Notice] = []
    if _mark(AwaitedGrade.objects.open(), at=at):
        notices += _to_graders()
    if _mark(Dispute.objects.open(), at=at):
        notices += _to_editors()
    return notify_each(notices, at=at)


def of_the_round(kind: str, *, user: User) -> QuerySet[Any]:
    """What stands behind a notice of that kind now, the longest waiting first."""
    return AwaitedGrade.objects.awaited_of(user) if kind == SECOND else Dispute.objects.open()


def _mark(rows: QuerySet[Any], *, at: datetime) -> int:
    return rows.filter(Q(reminded_at__isnull=True) | Q(reminded_at__lte=at - EVERY)).update(reminded_at=at)


def _to_graders() -> Iterator[Notice]:
    number = AwaitedGrade.objects.open().count()
    first = Grade.objects.standing().filter(
        forecast__awaited_grades__closed_at__isnull=True, round=F("forecast__awaited_grades__round")
    )
    own = dict(first.order_by().values_list("grader").annotate(Count("pk")))
    recused = _recused()
    for grader in people.graders().values_list("pk", flat=True):
        left = number - own.get(grader, 0) - recused.get(grader, 0)
        text = ngettext(
            "%(number)d forecast waits for a second grade.", "%(number)d forecasts wait for a second grade.", left
        )
        if left:
            yield _notice(grader, SECOND, text % {"number": left}, "waiting")


def _recused() -> dict[int, int]:
    """How many of those that wait each person has left to others. Nobody has a grade in them as well."""
    rows = Recusal.objects.of_this_round().filter(forecast__awaited_grades__closed_at__isnull=True)
    rows = rows.filter(round=F("forecast__awaited_grades__round"))
    return dict(rows.order_by().values_list("user").annotate(Count("pk")))


def _to_editors() -> Iterator[Notice]:
    number = Dispute.objects.open().count()
    text = ngettext(
        "%(number)d disputed forecast waits for an editor’s decision.",
        "%(number)d disputed forecasts wait for an editor’s decision.",
        number,
    )
    for editor in people.publishers().values_list("pk", flat=True):
        yield _notice(editor, DISPUTED, text % {"number": number}, "disputed")


def _notice(user_id: int, kind: str, text: str, key: str) -> Notice:
    return Notice(user_id=user_id, kind=kind, text=text, url=reverse("forecasts:queue", query={"list": key}), key=kind)
