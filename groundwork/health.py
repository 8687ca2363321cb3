"""Whether this process can do its work: the checks behind /readyz."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import redis
import structlog
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from groundwork.models import Heartbeat

SWEEP: Final = "sweep"
FULL_SWEEP: Final = "full sweep"
# The sweep runs every quarter of an hour; four in a row have failed when it has been silent for this long.
SILENT_AFTER: Final = timedelta(hours=1)
PATIENCE_SECONDS: Final = 2

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Health:
    """What the checks found at one moment; `swept_at` is None where no sweep was ever heard of."""

    at: datetime
    database: bool
    broker: bool
    swept_at: datetime | None

    @property
    def is_ready(self) -> bool:
        """Whether requests can be served. A silent sweep delays the queue and stops nobody."""
        return self.database and self.broker

    @property
    def sweep_is_silent(self) -> bool:
        return self.swept_at is None or self.at - self.swept_at > SILENT_AFTER

    @property
    def status(self) -> str:
        if not self.is_ready:
            return "unavailable"
        return "degraded" if self.sweep_is_silent else "ok"

    def report(self) -> dict[str, Any]:
        """The whole of it as JSON; ages are in seconds."""
        age = None if self.swept_at is None else round((self.at - self.swept_at).total_seconds())
        last = None if self.swept_at is None else self.swept_at.isoformat()
        return {
            "status": self.status,
            "database": "ok" if self.database else "unavailable",
            "broker": "ok" if self.broker else "unavailable",
            "sweep": {"last": last, "age": age, "silent": self.sweep_is_silent},
        }


def check(*, at: datetime) -> Health:
    """All checks, each within about two seconds. Raises nothing: what failed goes to the log."""
    database, swept_at = _database()
    return Health(at=at, database=database, broker=_answers("broker", _ping_broker), swept_at=swept_at)


def last_sweep() -> datetime | None:
    """When the sweep was last heard of; None for never."""
    return Heartbeat.objects.filter(name=SWEEP).values_list("beat_at", flat=True).first()


@dataclass(frozen=True)
class SilentSweep:
    """A sweep that was not heard of for an hour; `since` is None where it never was."""

    since: datetime | None


def silent_sweep(*, at: datetime) -> SilentSweep | None:
    """The sweep's silence; None where it was heard of within the hour."""
    swept_at = last_sweep()
    heard = swept_at is not None and at - swept_at <= SILENT_AFTER
    return None if heard else SilentSweep(swept_at)


def _database() -> tuple[bool, datetime | None]:
    found: list[datetime | None] = []
    works = _answers("database", lambda: found.append(_read_heartbeat()))
    return works, found[0] if works else None


def _read_heartbeat() -> datetime | None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{PATIENCE_SECONDS}s"])
        return last_sweep()


def _ping_broker() -> None:
    options = {"socket_connect_timeout": PATIENCE_SECONDS, "socket_timeout": PATIENCE_SECONDS}
    with redis.Redis.from_url(settings.REDIS_URL, **options) as client:
        client.ping()


def _answers(part: str, ask: Callable[[], object]) -> bool:
    try:
        ask()
    except (DatabaseError, redis.RedisError, OSError) as error:
        log.warning("unhealthy", part=part, error=str(error))
        return False
    return True
