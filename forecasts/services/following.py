"""Who follows a forecast, and telling them what happens to it. Never what a grader has said: only what is resolved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Capability, Role, may
from accounts.services.notifying import notify, untell
from forecasts.choices import How
from forecasts.models import Follow, Forecast

JUDGEMENT: Final = "judgement"
CLARIFICATION: Final = "clarification"
RESOLUTION: Final = "resolution"
COMMENT: Final = "comment"
WORDING: Final = "wording"
CORRECTION: Final = "correction"


@transaction.atomic
def follow(forecast: Forecast, *, by: User, at: datetime) -> None:
    """Let that user be told what happens to it; twice is once."""
    Follow.objects.bulk_create([Follow(forecast=forecast, user=by, since=at)], ignore_conflicts=True)


@transaction.atomic
def unfollow(forecast: Forecast, *, by: User) -> None:
    """Let that user not be told any more."""
    Follow.objects.filter(forecast=forecast, user=by).delete()


def follows(user: User, forecast: Forecast) -> bool:
    return Follow.objects.filter(forecast=forecast, user=user).exists()


def tell_followers(forecast: Forecast, *, kind: str, text: str, by: User | None, at: datetime) -> int:
    """Tell everybody who follows it, but for whoever did it; one unread notice of each kind. How many were told.

    Within the caller's transaction. A grade must not be told while its round is open: `RESOLUTION` is for what the desk
    holds.
    """
    followers = Follow.objects.filter(forecast=forecast)
    if by is not None:
        followers = followers.exclude(user=by)
    users = list(followers.values_list("user", flat=True))
    if not users:
        return 0
    return notify(users, kind=kind, text=text, url=address(forecast), key=key_of(forecast, kind), at=at)


def tell_concerned(forecast: Forecast, *, kind: str, text: str, by: User, at: datetime) -> int:
    """As `tell_followers`, and its author and whoever logged it, who need not follow what is theirs."""
    followers = Follow.objects.filter(forecast=forecast).values_list("user", flat=True)
    concerned = {forecast.author.user_id, forecast.recorded_by_id, *followers} - {by.pk}
    users = {key for key in concerned if key is not None}
    if not users:
        return 0
    return notify(users, kind=kind, text=text, url=address(forecast), key=key_of(forecast, kind), at=at)


def tell_of_correction(forecasts: Sequence[Forecast], *, about: str, url: str, by: User, at: datetime) -> int:
    """Tell whoever wrote, logged or follows these that a correction waits for a second person; else all editors.

    `about` is the reference of what is corrected. Each person is told once.
    """
    users = set(Follow.objects.filter(forecast__in=forecasts).values_list("user", flat=True))
    users |= {key for each in forecasts for key in (each.author.user_id, each.recorded_by_id) if key is not None}
    told = users - {by.pk} or set(_editors()) - {by.pk}
    text = _("A correction of %s waits for a second person.") % about
    return notify(told, kind=CORRECTION, text=text, url=url, key=f"{CORRECTION}:{about}", at=at) if told else 0


def tell_outcome(forecast: Forecast, *, how: str, by: User, at: datetime) -> None:
    """Tell followers that something is held of it now, and how sure that is."""
    told = _told_how(how) % {"forecast": forecast.reference}
    tell_followers(forecast, kind=RESOLUTION, text=told, by=by, at=at)


def untell_outcome(forecast: Forecast, *, at: datetime) -> None:
    """Take back what followers were told in that moment to be held of it, which was undone."""
    untell(key_of(forecast, RESOLUTION), at=at)


def tell_graders(forecast: Forecast, *, by: User, at: datetime) -> int:
    """Tell those whose grades of the round do not count any more that it is graded anew, but for whoever did it.

    Within the caller's transaction, while that round is still the forecast's. It stands in place of what followers are
    told in the same moment.
    """
    grades = forecast.grades.standing().filter(round=forecast.grading_round).exclude(grader=by)
    graders = list(grades.values_list("grader", flat=True))
    text = _("%s is graded anew: your grade does not count any more.") % forecast.reference
    kind, url = RESOLUTION, address(forecast)
    return notify(graders, kind=kind, text=text, url=url, key=key_of(forecast, kind), at=at) if graders else 0


def _editors() -> QuerySet[User, int]:
    roles = [role for role in Role if may(role, Capability.PUBLISH)]
    return User.objects.filter(is_active=True, role__in=roles).values_list("pk", flat=True)


def _told_how(how: str) -> str:
    match how:
        case How.PROVISIONAL:
            return _("For the time being, one grade of %(forecast)s is held; a second one may change that.")
        case How.AGREED:
            return _("Two graders agree on what became of %(forecast)s.")
        case How.ADJUDICATED:
            return _("An editor has decided what became of %(forecast)s.")
        case _:
            return _("It is known what became of %(forecast)s.")


def address(forecast: Forecast) -> str:
    return forecast.get_absolute_url()


def key_of(forecast: Forecast, kind: str) -> str:
    """What an unread notice of that kind is about."""
    return f"{kind}:{forecast.reference}"
