"""Which columns of these tables can hold somebody's words."""

from __future__ import annotations

from typing import Final

from groundwork.redaction import Table

TABLES: Final = {
    "accounts.User": Table(content=("name", "email"), free=("password",)),
    "accounts.UserEvent": Table(content=("name", "email"), free=("pgh_label",)),
    "accounts.Invitation": Table(content=("name", "email"), free=("token_hash",)),
    "accounts.ApiKey": Table(content=("name",), free=("prefix", "key_hash")),
    "accounts.OutboxMail": Table(content=("to", "subject", "body", "last_error"), free=("writer",)),
    "accounts.Notification": Table(content=("text", "url"), free=("kind", "key")),
    "accounts.CalendarKey": Table(free=("key_hash",)),
}
