"""The sweep, beside the bare INSERT … SELECT of the same rows into the same table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import connection
from django.utils import timezone

from forecasts.services.due import flag_due
from tests.bench.measuring import Measure, medians

KEEP = """
    CREATE TEMPORARY TABLE ready AS
    SELECT forecast_id, due_on, flagged_at FROM forecasts_due WHERE cleared_at IS NULL
"""
BARE = """
    INSERT INTO forecasts_due (forecast_id, due_on, flagged_at, snooze_reason, cleared_why)
    SELECT forecast_id, due_on, flagged_at, '', '' FROM ready
"""


def measure(*, rounds: int) -> Iterator[Measure]:
    """The sweep over everything where a tenth is due, and where all that is due has been flagged before."""
    at = timezone.now()
    count = flag_due(at=at)
    run(KEEP)
    yield _beside_the_bare(count, at=at, rounds=rounds, before=forget)
    flag_due(at=at)
    run("TRUNCATE ready")
    yield _beside_the_bare(0, at=at, rounds=rounds, before=settle)
    run("DROP TABLE ready")
    forget()


def _beside_the_bare(count: int, *, at: datetime, rounds: int, before: Callable[[], None]) -> Measure:
    sweep, bare = medians(lambda: flag_due(at=at), lambda: run(BARE), rounds=rounds, before=before)
    return Measure("sweep", f"{count:,} due", "ms", sweep, "bare INSERT … SELECT", bare)


def forget() -> None:
    """Take all open rows away."""
    run("DELETE FROM forecasts_due WHERE cleared_at IS NULL")
    settle()


def settle() -> None:
    """Neither of two should pay for the rows that the other left behind."""
    run("VACUUM ANALYZE forecasts_due, forecasts_comingdue")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
