"""The private address of a person's calendar: made, looked up, revoked. Whoever has it sees the calendar."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from accounts.models import CalendarKey, User
from accounts.services.keys import digest


@transaction.atomic
def make_address(*, by: User, at: datetime) -> str:
    """The secret of a new address, which is never to be had again; the one before it stops working."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # of two at once, the later one's stands
    revoke(user=by, at=at)
    secret = secrets.token_urlsafe(32)
    CalendarKey.objects.create(user=by, key_hash=digest(secret), created_at=at)
    return secret


def owner_of(secret: str) -> CalendarKey | None:
    """The address with that secret, with its user; None where it is none, was revoked, or its account is closed."""
    rows = CalendarKey.objects.select_related("user").filter(revoked_at__isnull=True, user__is_active=True)
    return rows.filter(key_hash=digest(secret)).first()


def note_use(key: CalendarKey, *, at: datetime) -> None:
    """Remember the day of its last use; at most one write a day."""
    if key.last_used_on != at.date():
        CalendarKey.objects.filter(pk=key.pk).update(last_used_on=at.date())


def standing(user: User) -> CalendarKey | None:
    """That person's address; None where there is none."""
    return user.calendar_keys.filter(revoked_at__isnull=True).first()


def revoke(*, user: User, at: datetime) -> None:
    """End that person's address for good; ending it twice changes nothing."""
    user.calendar_keys.filter(revoked_at__isnull=True).update(revoked_at=at)
