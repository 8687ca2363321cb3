"""What is due for one person: what waits for their grade, and what is theirs to expect in the next twelve months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from forecasts.choices import AssignBy, Triage
from forecasts.models import Due, Forecast

AHEAD: Final = timedelta(days=366)
AT_MOST: Final = 1_000  # of each kind, the most urgent first


@dataclass(frozen=True, kw_only=True)
class Event:
    """A day on which something is due: overdue and theirs to grade, or to come."""

    forecast: Forecast
    due_on: date
    is_overdue: bool


def agenda(user: User, *, at: datetime) -> Sequence[Event]:
    """That person's events by day; two statements. It tells of no grade: what is graded by one is left out for all."""
    on = timezone.localdate(at)
    return [*_overdue(user, on=on), *_to_come(user, on=on)]


def _overdue(user: User, *, on: date) -> list[Event]:
    rows = Due.objects.to_grade(on=on).filter(assignee=user).select_related("forecast").oldest_first()[:AT_MOST]
    return [Event(forecast=due.forecast, due_on=due.due_on, is_overdue=True) for due in rows]


def _to_come(user: User, *, on: date) -> list[Event]:
    rows = Forecast.objects.visible_to(user).unresolved().exclude(triage=Triage.ASSESSMENT)
    rows = rows.filter(_concerns(user), due_on__gt=on, due_on__lte=on + AHEAD)
    ids = rows.order_by().values("pk").distinct()
    found = Forecast.objects.filter(pk__in=ids).order_by("due_on", "pk")[:AT_MOST]
    return [Event(forecast=each, due_on=each.due_on, is_overdue=False) for each in found if each.due_on]


def _concerns(user: User) -> Q:
    """What they wrote or follow, and what the desk's rule would give to them."""
    concerns = Q(author__user=user) | Q(follows__user=user)
    if settings.ASSIGN_BY == AssignBy.PARTNER:
        concerns |= Q(author__user__desk_partner=user)
    if settings.ASSIGN_BY == AssignBy.TOPIC:
        concerns |= Q(topics__care__user=user)
    return concerns
