"""Flagging what is due: one statement over everything, safe to run twice, late, or in two workers at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Final

from django.db import connection, transaction

from forecasts.choices import Triage
from forecasts.models import Due, Forecast
from groundwork.health import SWEEP
from groundwork.models import Heartbeat

EASTERNMOST: Final = timezone(timedelta(hours=14))
# Any number, so long as nothing else takes it: two sweeps then take turns instead of inserting the same rows.
_ADVISORY_LOCK: Final = 7_350_001

# A forecast is due on the day after its last one, by the calendar of its own zone. The partial unique index is what
# makes this safe; the lock only spares the loser the work.
_FLAG: Final = """
    INSERT INTO forecasts_due (forecast_id, due_on, flagged_at, snooze_reason, cleared_why)
    SELECT forecast.id, forecast.due_on, %(at)s, '', ''
      FROM forecasts_forecast AS forecast
     WHERE forecast.due_on <= %(latest)s
       AND forecast.due_on <= COALESCE(%(on)s::date, (%(at)s AT TIME ZONE forecast.time_zone)::date)
       AND forecast.triage <> %(assessment)s
       AND NOT EXISTS (SELECT FROM forecasts_resolution AS resolution
                        WHERE resolution.forecast_id = forecast.id AND resolution.superseded_at IS NULL)
       AND NOT EXISTS (SELECT FROM forecasts_due AS due
                        WHERE due.forecast_id = forecast.id AND due.cleared_at IS NULL)
    ON CONFLICT DO NOTHING
"""


@transaction.atomic
def flag_due(*, at: datetime, on: date | None = None) -> int:
    """Open a Due for every unresolved forecast, assessments excepted, whose last day has passed; returns how many.

    "Passed" is told by each forecast's own zone at the instant `at`, or by the day `on` taken for today everywhere.
    """
    latest = on or at.astimezone(EASTERNMOST).date()
    values = {"at": at, "on": on, "latest": latest, "assessment": Triage.ASSESSMENT.value}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
        cursor.execute(_FLAG, values)
        return int(cursor.rowcount)


@transaction.atomic
def note_sweep(*, at: datetime, flagged: int) -> None:
    """Let it be known that the sweep ran."""
    Heartbeat.objects.update_or_create(name=SWEEP, defaults={"beat_at": at, "detail": {"flagged": flagged}})


def clear_due(forecast: Forecast, *, why: str, at: datetime) -> None:
    """Close the forecast's open Due, if there is one; within the caller's transaction."""
    Due.objects.waiting().filter(forecast=forecast).update(cleared_at=at, cleared_why=why)


def arm_again(forecast: Forecast, *, at: datetime) -> None:
    """Open a Due at once for a forecast that is overdue again, rather than at the next sweep."""
    overdue = forecast.due_on is not None and forecast.due_on <= forecast.today(at=at)
    waiting = Due.objects.waiting().filter(forecast=forecast).exists()
    if overdue and not waiting and forecast.triage != Triage.ASSESSMENT:
        Due.objects.create(forecast=forecast, due_on=forecast.due_on, flagged_at=at)
