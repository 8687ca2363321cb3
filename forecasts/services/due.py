"""Flagging what is due: one statement over what is noted, safe to run twice, late, or in two workers at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Final

from django.db import connection, transaction

from forecasts.choices import Triage
from forecasts.models import Due, Forecast
from forecasts.models.noting import COLUMNS, COMES_DUE, NOTE, unsettled
from groundwork.health import FULL_SWEEP, SWEEP
from groundwork.models import Heartbeat

EASTERNMOST: Final = timezone(timedelta(hours=14))
WESTERNMOST: Final = timezone(timedelta(hours=-12))
# Any number, so long as nothing else takes it: two sweeps then take turns instead of inserting the same rows.
_ADVISORY_LOCK: Final = 7_350_001

# The notes say what falls due and when; that nothing is held of it and no Due is open is asked again, which is cheap.
# Whoever changes what is noted holds the note meanwhile, and it is left to the next sweep, so that no Due opens for
# what is being resolved; and nobody else opens a Due for what the sweep holds, so that it need not look for conflicts.
FLAG: Final = f"""
    INSERT INTO forecasts_due (forecast_id, due_on, flagged_at, snooze_reason, cleared_why)
    SELECT coming.forecast_id, coming.due_on, %(at)s, '', ''
      FROM forecasts_comingdue AS coming
     WHERE coming.falls_due_at <= %(latest)s
       AND (%(on)s::date IS NULL OR coming.due_on <= %(on)s::date)
       AND {unsettled("coming.forecast_id")}
       FOR UPDATE OF coming SKIP LOCKED
"""
# Each note as it ought to be, held against what is there, in one pass.
_MEND: Final = f"""
    WITH ought ({COLUMNS}) AS MATERIALIZED (
        SELECT {NOTE} FROM forecasts_forecast AS forecast WHERE {COMES_DUE} AND {unsettled("forecast.id")}
    ), missing AS (
        INSERT INTO forecasts_comingdue ({COLUMNS})
        SELECT {COLUMNS} FROM ought
         WHERE NOT EXISTS (SELECT FROM forecasts_comingdue AS coming WHERE coming.forecast_id = ought.forecast_id)
        ON CONFLICT DO NOTHING RETURNING 1
    ), wrong AS (
        UPDATE forecasts_comingdue AS coming
           SET due_on = ought.due_on, falls_due_at = ought.falls_due_at, look_on = ought.look_on
          FROM ought
         WHERE coming.forecast_id = ought.forecast_id
           AND (coming.due_on, coming.falls_due_at, coming.look_on)
               IS DISTINCT FROM (ought.due_on, ought.falls_due_at, ought.look_on)
        RETURNING 1
    ), needless AS (
        DELETE FROM forecasts_comingdue AS coming
         WHERE NOT EXISTS (SELECT FROM ought WHERE ought.forecast_id = coming.forecast_id)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM missing), (SELECT count(*) FROM wrong), (SELECT count(*) FROM needless)
"""
_ADD_UP: Final = """
    WITH gone AS (DELETE FROM forecasts_duetally RETURNING change)
    INSERT INTO forecasts_duetally (change) SELECT sum(change) FROM gone HAVING count(*) > 0
"""
_COUNT_ANEW: Final = """
    INSERT INTO forecasts_duetally (change)
    SELECT found.open - tallied.open
      FROM (SELECT count(*) AS open FROM forecasts_due WHERE cleared_at IS NULL) AS found,
           (SELECT COALESCE(sum(change), 0) AS open FROM forecasts_duetally) AS tallied
     WHERE found.open <> tallied.open
"""


@transaction.atomic
def flag_due(*, at: datetime, on: date | None = None) -> int:
    """Open a Due for every unresolved forecast, assessments excepted, whose last day has passed; returns how many.

    "Passed" is told by each forecast's own zone at the instant `at`, or by the day `on` taken for today everywhere.
    What somebody is changing in this moment is left to the next sweep.
    """
    _take_turns()
    latest = at if on is None else datetime.combine(on, time.min, tzinfo=WESTERNMOST)
    return _run(FLAG, {"at": at, "on": on, "latest": latest})


@dataclass(frozen=True, kw_only=True)
class FullSweep:
    """What a look at everything came to: forecasts flagged, and notes that were not as they ought to have been.

    `miscounted` is 1 where the tally of open Dues was off.
    """

    flagged: int
    missing: int
    wrong: int
    needless: int
    miscounted: int

    @property
    def mended(self) -> int:
        return self.missing + self.wrong + self.needless + self.miscounted


@transaction.atomic
def flag_all_due(*, at: datetime, on: date | None = None) -> FullSweep:
    """As `flag_due`, after holding every note against its forecast and mending it.

    There is nothing to mend unless somebody has written past the triggers, or the rules of a time zone have changed.
    """
    _take_turns()
    with connection.cursor() as cursor:
        cursor.execute(_MEND)
        missing, wrong, needless = cursor.fetchone()
    miscounted = _run(_COUNT_ANEW)
    flagged = flag_due(at=at, on=on)
    return FullSweep(flagged=flagged, missing=missing, wrong=wrong, needless=needless, miscounted=miscounted)


def _take_turns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])


def _run(statement: str, values: dict[str, Any] | None = None) -> int:
    """How many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


@transaction.atomic
def note_sweep(*, at: datetime, flagged: int) -> None:
    """Let it be known that the sweep ran, and add up what is counted."""
    _run(_ADD_UP)
    Heartbeat.objects.update_or_create(name=SWEEP, defaults={"beat_at": at, "detail": {"flagged": flagged}})


@transaction.atomic
def note_full_sweep(found: FullSweep, *, at: datetime) -> None:
    """Let it be known that everything was looked at, and what was found."""
    Heartbeat.objects.update_or_create(name=FULL_SWEEP, defaults={"beat_at": at, "detail": asdict(found)})
    note_sweep(at=at, flagged=found.flagged)


def clear_due(forecast: Forecast, *, why: str, at: datetime) -> None:
    """Close the forecast's open Due, if there is one; within the caller's transaction."""
    Due.objects.waiting().filter(forecast=forecast).update(cleared_at=at, cleared_why=why)


def arm_again(forecast: Forecast, *, at: datetime) -> None:
    """Open a Due at once for a forecast that is overdue again, rather than at the next sweep."""
    overdue = forecast.due_on is not None and forecast.due_on <= forecast.today(at=at)
    waiting = Due.objects.waiting().filter(forecast=forecast).exists()
    if overdue and not waiting and forecast.triage != Triage.ASSESSMENT:
        # The sweep may be about to open the same.
        row = Due(forecast=forecast, due_on=forecast.due_on, flagged_at=at)
        Due.objects.bulk_create([row], ignore_conflicts=True)
