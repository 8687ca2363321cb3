"""Which columns of these tables can hold somebody's words."""

from __future__ import annotations

from typing import Final

from groundwork.redaction import Table

TABLES: Final = {
    "groundwork.Heartbeat": Table(content=("detail",), free=("name",)),
    "groundwork.IdempotencyKey": Table(content=("body",), free=("key", "fingerprint")),
    "groundwork.Redaction": Table(
        content=("words", "order_reference", "why", "decided_why"),
        free=("target", "target_model", "asked_session", "decided_session", "counts"),
    ),
}
