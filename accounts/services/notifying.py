"""Telling people: short notices in the app. They are strings and addresses; nothing here knows a record.

A notice with a key stands unread once per person: told again, it is renewed rather than repeated. No notice may tell
what a grader has said; whoever calls writes texts like "waits for a second grade".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from accounts.models import Notification, User
from accounts.querysets import NotificationQuerySet

LONGEST_TEXT: Final = 300

# The condition of the unique index, so that Postgres takes that index to tell the conflict. A notice from the same
# moment is the same one, told by a second worker.
_STORE: Final = """
    INSERT INTO accounts_notification AS notice (user_id, kind, text, url, key, created_at)
    SELECT person.id, told.kind, told.text, told.url, told.key, %(at)s
      FROM UNNEST(%(users)s::bigint[], %(kinds)s::text[], %(texts)s::text[], %(urls)s::text[], %(keys)s::text[])
           WITH ORDINALITY AS told (user_id, kind, text, url, key, place)
      JOIN accounts_user AS person ON person.id = told.user_id AND person.is_active
     ORDER BY told.place
        ON CONFLICT (user_id, key) WHERE read_at IS NULL AND NOT (key = '') DO UPDATE
       SET kind = EXCLUDED.kind, text = EXCLUDED.text, url = EXCLUDED.url, created_at = EXCLUDED.created_at,
           mailed_at = NULL
     WHERE EXCLUDED.created_at > notice.created_at
"""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What one person is told."""

    user_id: int
    kind: str
    text: str
    url: str = ""
    key: str = ""


def notify(users: Iterable[User | int], *, kind: str, text: str, url: str = "", key: str = "", at: datetime) -> int:
    """Tell all of these people the same; returns how many notices are new or renewed.

    `url` is an address within the site; `key` says what it is about: a person has one unread notice of each. Closed
    accounts are left out, and so are doubles. Works within the caller's transaction; costs one statement.
    """
    ids = dict.fromkeys(user.pk if isinstance(user, User) else user for user in users)
    return notify_each([Notice(user_id=pk, kind=kind, text=text, url=url, key=key) for pk in ids], at=at)


def notify_each(notices: Iterable[Notice], *, at: datetime) -> int:
    """Tell each person their own; returns how many notices are new or renewed. Of several with one key the last counts.

    Works within the caller's transaction; costs one statement for all of them.
    """
    told = _last_of_each_key(notices)
    if not told:
        return 0
    values: dict[str, Any] = {
        "at": at,
        "users": [notice.user_id for notice in told],
        "kinds": [notice.kind for notice in told],
        "texts": [_shortened(notice.text) for notice in told],
        "urls": [notice.url for notice in told],
        "keys": [notice.key for notice in told],
    }
    with connection.cursor() as cursor:
        cursor.execute(_STORE, values)
        return int(cursor.rowcount)


def mark_read(*, user: User, at: datetime, pk: int | None = None) -> int:
    """Mark one notice of that person as read, or all of them; returns how many were unread."""
    unread = notices_of(user).unread()
    return (unread if pk is None else unread.filter(pk=pk)).update(read_at=at)


def settle(keys: Iterable[str], *, at: datetime) -> int:
    """Mark as read what is over for everybody: the notices with these keys; returns how many were unread."""
    return Notification.objects.unread().filter(key__in=list(keys)).exclude(key="").update(read_at=at)


def untell(key: str, *, at: datetime) -> int:
    """Take back what was told in that moment about that key, because it was undone; returns how many had it."""
    return Notification.objects.filter(key=key, created_at=at).delete()[0]


def notices_of(user: User) -> NotificationQuerySet:
    """All notices of one person, newest first."""
    return Notification.objects.filter(user=user)


def _last_of_each_key(notices: Iterable[Notice]) -> list[Notice]:
    """One statement cannot touch a row twice, so that of several notices with one key it gets the last."""
    told: dict[object, Notice] = {}
    for place, notice in enumerate(notices):
        told[(notice.user_id, notice.key) if notice.key else place] = notice
    return list(told.values())


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rstrip() + "…"
