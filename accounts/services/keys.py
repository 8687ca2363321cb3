"""API keys: made, looked up, revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import KeyRefused
from accounts.models import ApiKey, Scope, User

PREFIX: Final = "hs_"
LONGEST_LIFE: Final = timedelta(days=366)


def digest(secret: str) -> str:
    """What is stored of a key or token: the hex SHA-256. They are random, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_key(*, by: User, name: str, scope: str, at: datetime, lasts: timedelta) -> tuple[ApiKey, str]:
    """A new key of that user and its secret, which is never to be had again. Raises KeyRefused."""
    if not name.strip():
        raise KeyRefused(_("Give the key a name, so that you know it again."), field="name")
    if scope not in Scope.values:
        raise KeyRefused(_("A key may read, or read and write."), field="scope")
    if not timedelta(0) < lasts <= LONGEST_LIFE:
        raise KeyRefused(_("A key lasts at least a day and at most a year."), field="expires")
    secret = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        user=by,
        name=name.strip(),
        prefix=secret[:10],
        key_hash=digest(secret),
        scope=scope,
        created_at=at,
        expires_at=at + lasts,
    )
    return key, secret


def find_key(secret: str) -> ApiKey | None:
    """The key with that secret, valid or not, with its user."""
    return ApiKey.objects.select_related("user").filter(key_hash=digest(secret)).first()


def note_use(key: ApiKey, *, at: datetime) -> None:
    """Remember the day of its last use; at most one write a day."""
    ApiKey.objects.filter(pk=key.pk).exclude(last_used_on=at.date()).update(last_used_on=at.date())


def revoke_key(*, key: ApiKey, at: datetime) -> None:
    """End a key for good; ending it twice changes nothing."""
    ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=at)


def revoke_all(*, user: User, at: datetime) -> None:
    """End every key of an account and the address of its calendar for good; opening the account revives none."""
    user.api_keys.filter(revoked_at__isnull=True).update(revoked_at=at)
    user.calendar_keys.filter(revoked_at__isnull=True).update(revoked_at=at)
