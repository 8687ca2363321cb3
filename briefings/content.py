"""Which columns of these tables, and of the libraries', can hold somebody's words."""

from __future__ import annotations

from typing import Final

from groundwork.redaction import Table

_PICTURED: Final = ("image_alt", "image_credit", "image_licence")

TABLES: Final = {
    "briefings.Briefing": Table(
        content=("slug", "title", "byline", "markdown", *_PICTURED, "withdrawn_why"), dated=True
    ),
    "briefings.BriefingEvent": Table(content=("slug", "title", "markdown", *_PICTURED), free=("pgh_label",)),
    "briefings.Image": Table(content=("data", "media_type"), free=("sha256",)),
    "briefings.Edition": Table(content=("title", "byline", "markdown", "summary", *_PICTURED, "note"), dated=True),
}
# Tables that come with libraries. Sessions are packed and searched in a way of their own.
OF_LIBRARIES: Final = {
    "account.EmailAddress": Table(content=("email",)),
    "account.EmailConfirmation": Table(free=("key",)),
    "admin.LogEntry": Table(content=("object_repr", "change_message"), free=("object_id",)),
    "auth.Group": Table(free=("name",)),
    "auth.Permission": Table(free=("name", "codename")),
    "contenttypes.ContentType": Table(free=("app_label", "model")),
    "mfa.Authenticator": Table(free=("data",)),
    "pghistory.Context": Table(content=("metadata",)),
    "sessions.Session": Table(free=("session_key", "session_data")),
}
