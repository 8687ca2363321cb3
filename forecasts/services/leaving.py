"""An analyst leaves: one act that ends what they hold, hands on what waits for them, and keeps what they wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.errors import PersonRefused
from accounts.models import User
from accounts.services import keys, people
from forecasts.choices import DueStep, Line
from forecasts.models import Due, DueChange, Forecast, Judgement, TopicCare


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """What an act of leaving changes, in numbers; `bylines` is what stays under the person's name."""

    judgements: int
    dues: int
    api_keys: int
    calendar_keys: int
    bylines: int


def what_leaves(user: User, *, at: datetime) -> Leaving:
    """What would happen if that person left at that moment. Writes nothing."""
    return Leaving(
        judgements=_judgements(user).count(),
        dues=_dues(user).count(),
        api_keys=user.api_keys.filter(revoked_at__isnull=True, expires_at__gt=at).count(),
        calendar_keys=user.calendar_keys.filter(revoked_at__isnull=True).count(),
        bylines=Forecast.objects.kept().filter(author__user=user).count(),
    )


@transaction.atomic
def leave(user: User, *, by: User, why: str, at: datetime, hand_to: User | None = None) -> Leaving:
    """Let a person leave, and return what that changed.

    Their judgements of open forecasts end, what waits for their grade goes to `hand_to` or is given away by the desk's
    rule, nobody takes over their topics, the account is closed, its keys are revoked. Bylines stay; forecasts of theirs
    belong to the desk from now on. Opening the account again brings none of it back. Raises PersonRefused.
    """
    _check(user, by=by, hand_to=hand_to)
    done = what_leaves(user, at=at)
    people.deactivate(user=user, by=by, why=why)
    keys.revoke_all(user=user, at=at)
    _judgements(user).update(ended_at=at, ended_by=by, ended_why=_("left the desk"))
    _hand_on(user, to=hand_to, by=by, at=at)
    return done


def owner_of(forecast: Forecast) -> User | None:
    """Who looks after a forecast: its author, where that is a person with an open account; None is the desk."""
    user = forecast.author.user
    return user if user is not None and user.is_active else None


def colleagues(user: User) -> QuerySet[User]:
    """To whom that person's work can be handed on: everybody else who may grade, by name."""
    return people.partners_for(user)


def _judgements(user: User) -> QuerySet[Judgement]:
    own = Judgement.objects.standing().filter(line=Line.PERSONAL, forecaster__user=user)
    return own.filter(forecast__in=Forecast.objects.unresolved())


def _dues(user: User) -> QuerySet[Due]:
    return Due.objects.waiting().filter(assignee=user)


def _hand_on(user: User, *, to: User | None, by: User, at: datetime) -> None:
    """What waits for that person's grade goes to somebody, or is free for the desk's rule to give away."""
    dues = list(_dues(user).values_list("pk", flat=True))
    assigned: dict[str, Any] = {"assigned_by": None, "assigned_at": None}
    if to is not None:
        assigned = {"assigned_by": by, "assigned_at": at}
    Due.objects.filter(pk__in=dues).update(assignee=to, reminded_at=None, **assigned)
    rows = [DueChange(due_id=pk, step=DueStep.ASSIGNED, assignee=to, by=by, at=at) for pk in dues]
    DueChange.objects.bulk_create(rows)
    TopicCare.objects.filter(user=user).delete()


def _check(user: User, *, by: User, hand_to: User | None) -> None:
    if not by.may_administer:
        raise PersonRefused(_("Only an administrator can do this."))
    if user.pk == by.pk:
        raise PersonRefused(_("Another administrator does this for you."))
    if not user.is_active:
        raise PersonRefused(_("This account is closed already."))
    if hand_to is not None and not (hand_to.pk != user.pk and hand_to.may_grade):
        raise PersonRefused(_("Choose somebody who may grade."), field="hand_to")
