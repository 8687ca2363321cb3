"""Remembering what took long to count, until scores change. Losing it costs time only."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

import redis
import structlog
from django.core.cache import cache
from django.db.models import Sum

from forecasts.models import ScoreCount
from forecasts.services.narrowing import Narrowing
from forecasts.services.record_rows import Scope
from forecasts.services.scorekeeping import METHOD, VERSION
from sources.querysets import Viewer, sees_the_desk

DAY: Final = 86_400  # seconds
MINUTE: Final = 60
# Who comes while somebody counts waits for so long, then counts too: whoever began may be gone.
PATIENCE: Final = 10.0
_LOOK_AGAIN: Final = 0.05

T = TypeVar("T")
log = structlog.get_logger(__name__)


def changes() -> int:
    """How often scores have changed; what was counted before a change goes by another name after it."""
    return ScoreCount.objects.aggregate(total=Sum("changes"))["total"] or 0


def key(narrowing: Narrowing, scope: Scope, *, viewer: Viewer, on: date, by: str) -> str:
    """What tells one count from all others, of other days and of other scores."""
    whose = [scope.whose, scope.forecaster, sorted(scope.include)]
    parts = [METHOD, VERSION, changes(), sees_the_desk(viewer), on, by, whose, narrowing.as_rows()]
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


def remembered(name: str, count: Callable[[], T], *, is_large: Callable[[T], bool]) -> T:
    """What is remembered under that name, else what counting gives, which is remembered if it is large.

    Of many who ask for the same at once, one counts. Without a name nothing is remembered.
    """
    if not name:
        return count()
    try:
        return _remembered(f"records-{name}", count, is_large)
    except redis.RedisError as error:
        log.warning("nothing remembered", error=str(error))
        return count()


def forget(name: str) -> None:
    """Let it be counted again."""
    try:
        cache.delete(f"records-{name}")
    except redis.RedisError as error:
        log.warning("nothing forgotten", error=str(error))


def remembered_for_a_minute(name: str, count: Callable[[], T]) -> T:
    """As `remembered`, of what changes with forecasts and not with scores, and may be a minute old."""
    if not name:
        return count()
    try:
        found: T | None = cache.get(f"waiting-{name}")
        if found is None:
            found = count()
            cache.set(f"waiting-{name}", found, MINUTE)
    except redis.RedisError as error:
        log.warning("nothing remembered", error=str(error))
        return count()
    return found


def _remembered(name: str, count: Callable[[], T], is_large: Callable[[T], bool]) -> T:
    waited_until = time.monotonic() + PATIENCE
    found: T | None
    while (found := cache.get(name)) is None and not cache.add(f"{name}-counting", 1, int(PATIENCE)):
        if time.monotonic() > waited_until:
            break
        time.sleep(_LOOK_AGAIN)
    if found is not None:
        return found
    try:
        # Whoever counted before may have ended between the two questions above.
        if (found := cache.get(name)) is None:
            found = count()
            if is_large(found):
                cache.set(name, found, DAY)
    finally:
        cache.delete(f"{name}-counting")
    return found
