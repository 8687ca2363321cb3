"""Triggers that note what is to come due, and count what is. Whoever writes, by whatever statement, leaves both right.

A forecast has a note (`ComingDue`) while it is to be flagged on the day after its last: it has such a day, is no
assessment, was not retracted, nothing is held of it, and no Due is open. Each trigger works on all rows of a statement.

Two transactions that change whether one forecast has a note take turns: they lock the forecast first, where their
statement has not done so, and look only then. A Due that opens takes no such lock, because it falls to whoever holds
the forecast, or to the sweep, which holds the note.

How many Dues are open is the sum of what each statement changed (`DueTally`): rows that are only added, so that nobody
waits for anybody, and that the sweep adds up.
"""

from __future__ import annotations

from typing import Final

import pgtrigger

DAYS_TO_A_LOOK: Final = 90

# Of a forecast: what is true as long as it is to be flagged some day.
COMES_DUE: Final = """forecast.due_on IS NOT NULL
   AND forecast.triage <> 'assessment'
   AND forecast.retracted_at IS NULL"""


def unsettled(forecast: str) -> str:
    """The condition that nothing is held of the forecast with that key, and that no Due of it is open."""
    return f"""NOT EXISTS (SELECT FROM forecasts_resolution AS resolution
                   WHERE resolution.forecast_id = {forecast} AND resolution.superseded_at IS NULL)
   AND NOT EXISTS (SELECT FROM forecasts_due AS due
                   WHERE due.forecast_id = {forecast} AND due.cleared_at IS NULL)"""


# The day begins at its first moment, also where the clocks change in that night, and midnight comes twice or never.
BEGINS: Final = """LEAST(forecast.due_on::timestamp AT TIME ZONE forecast.time_zone,
             (forecast.due_on::timestamp - interval '1 hour') AT TIME ZONE forecast.time_zone + interval '1 hour')"""
NOTE: Final = f"""forecast.id, forecast.due_on,
       {BEGINS},
       COALESCE(forecast.look_again_on, forecast.made_on + {DAYS_TO_A_LOOK})"""
COLUMNS: Final = "forecast_id, due_on, falls_due_at, look_on"

_NOTE_ANEW: Final = f"""
DELETE FROM forecasts_comingdue WHERE forecast_id = ANY(changed);
INSERT INTO forecasts_comingdue ({COLUMNS})
SELECT {NOTE}
  FROM forecasts_forecast AS forecast
 WHERE forecast.id = ANY(changed)
   AND {COMES_DUE}
   AND {unsettled("forecast.id")};
RETURN NULL;
"""
_LOCK: Final = "PERFORM FROM forecasts_forecast WHERE id = ANY(changed) ORDER BY id FOR NO KEY UPDATE;"
_WHERE_CHANGED: Final = "IF cardinality(changed) = 0 THEN RETURN NULL; END IF;"
_CHANGED: Final = [("changed", "bigint[]")]


def _rows(**names: str) -> pgtrigger.Referencing:
    return pgtrigger.Referencing(**names)  # type: ignore[no-untyped-call]  # pgtrigger leaves it untyped


_OLD_AND_NEW: Final = _rows(old="old_rows", new="new_rows")
# Arrays rather than joins: a plan made for one row of a transition table would be kept for ten thousand.
_DIFFERENT: Final = """
changed := ARRAY(
    SELECT id FROM old_rows AS was JOIN new_rows AS now USING (id)
     WHERE (was.due_on, was.triage, was.time_zone, was.made_on, was.look_again_on, was.retracted_at IS NULL)
           IS DISTINCT FROM
           (now.due_on, now.triage, now.time_zone, now.made_on, now.look_again_on, now.retracted_at IS NULL));
"""


def _after(operation: pgtrigger.Operation, *, name: str, func: str, of: pgtrigger.Referencing) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=of,
        declare=_CHANGED,
        func=func,
    )


def note_forecasts() -> list[pgtrigger.Trigger]:
    """For `Forecast`: a new one is noted, and one with another window, triage or day to look, or that is retracted."""
    new = f"""
INSERT INTO forecasts_comingdue ({COLUMNS})
SELECT {NOTE}
  FROM new_rows AS forecast
 WHERE {COMES_DUE};
RETURN NULL;
"""
    return [
        _after(pgtrigger.Insert, name="note_new", func=new, of=_rows(new="new_rows")),
        _after(
            pgtrigger.Update,
            name="note_changed",
            func=f"{_DIFFERENT}{_WHERE_CHANGED}{_NOTE_ANEW}",
            of=_OLD_AND_NEW,
        ),
    ]


def note_resolutions() -> list[pgtrigger.Trigger]:
    """For `Resolution`: what is held takes the note away, and what is no longer held brings it back."""
    new = "changed := ARRAY(SELECT forecast_id FROM new_rows WHERE superseded_at IS NULL);"
    closed = """
changed := ARRAY(
    SELECT now.forecast_id FROM old_rows AS was JOIN new_rows AS now USING (id)
     WHERE (was.superseded_at IS NULL) <> (now.superseded_at IS NULL));
"""
    return [
        _after(
            pgtrigger.Insert,
            name="note_held",
            func=f"{new}{_WHERE_CHANGED}{_LOCK}{_NOTE_ANEW}",
            of=_rows(new="new_rows"),
        ),
        _after(
            pgtrigger.Update,
            name="note_superseded",
            func=f"{closed}{_WHERE_CHANGED}{_LOCK}{_NOTE_ANEW}",
            of=_OLD_AND_NEW,
        ),
    ]


def note_dues() -> list[pgtrigger.Trigger]:
    """For `Due`: one that opens takes the note away, and one that is cleared brings it back; both are counted."""
    opened = """
changed := ARRAY(SELECT forecast_id FROM new_rows WHERE cleared_at IS NULL);
IF cardinality(changed) = 0 THEN RETURN NULL; END IF;
DELETE FROM forecasts_comingdue WHERE forecast_id = ANY(changed);
INSERT INTO forecasts_duetally (change) VALUES (cardinality(changed));
RETURN NULL;
"""
    closed = """
changed := ARRAY(
    SELECT now.forecast_id FROM old_rows AS was JOIN new_rows AS now USING (id)
     WHERE (was.cleared_at IS NULL) <> (now.cleared_at IS NULL));
"""
    cleared = """
INSERT INTO forecasts_duetally (change)
SELECT count(*) FILTER (WHERE now.cleared_at IS NULL) - count(*) FILTER (WHERE was.cleared_at IS NULL)
  FROM old_rows AS was JOIN new_rows AS now USING (id);
"""
    fewer = "INSERT INTO forecasts_duetally (change) VALUES (-cardinality(changed));"
    gone = "changed := ARRAY(SELECT forecast_id FROM old_rows WHERE cleared_at IS NULL);"
    return [
        _after(pgtrigger.Insert, name="note_opened", func=opened, of=_rows(new="new_rows")),
        _after(
            pgtrigger.Update,
            name="note_cleared",
            func=f"{closed}{_WHERE_CHANGED}{_LOCK}{cleared}{_NOTE_ANEW}",
            of=_OLD_AND_NEW,
        ),
        _after(
            pgtrigger.Delete,
            name="note_gone",
            func=f"{gone}{_WHERE_CHANGED}{_LOCK}{fewer}{_NOTE_ANEW}",
            of=_rows(old="old_rows"),
        ),
    ]
