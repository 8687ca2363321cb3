"""Rows of a file that repeat or contradict each other: those that share an external_id are on one forecast."""

from __future__ import annotations

from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from forecasts.choices import ImportRowState
from forecasts.models import ImportBatch

_ANY_LINE: Final = "{line}"  # stands in a reason for the line that a row is compared with


def refuse_rows_at_odds(batch: ImportBatch) -> int:
    """Refuse them, with the reason among the problems, within the caller's transaction; returns how many rows."""
    with connection.cursor() as cursor:
        cursor.execute(_REPEATED, {"batch": batch.pk, "reason": _("It repeats line %s.") % _ANY_LINE})
        cursor.execute(_AT_ODDS, {"batch": batch.pk, **_reasons()})
    return batch.rows.filter(state=ImportRowState.REFUSED).count()


def _reasons() -> dict[str, str]:
    return {
        "differs": _("It shares its external_id with line %s, which says something else.") % _ANY_LINE,
        "statement": _(
            "It shares its external_id with line %s, whose statement is another. For one event, write that in both."
        )
        % _ANY_LINE,
        "too_late": _("By then the outcome was known, as line %s says.") % _ANY_LINE,
    }


_REFUSE: Final = """
    WITH wrong AS (WRONG_ROWS),
    refused AS (
        UPDATE forecasts_importrow AS row SET state = 'refused', "values" = NULL FROM wrong WHERE row.id = wrong.id
    )
    INSERT INTO forecasts_importproblem (batch_id, line, "column", value, reason)
    SELECT %(batch)s, line, what, left(COALESCE(said, ''), 200), replace(reason, '{line}', other_line::text) FROM wrong
     ORDER BY line
"""
_REPEATED: Final = _REFUSE.replace(
    "WRONG_ROWS",
    """
    SELECT id, line, '' AS what, '' AS said, %(reason)s AS reason, other_line
      FROM (SELECT id, line, min(line) OVER (PARTITION BY key, made_on, lower(author)) AS other_line
              FROM forecasts_importrow WHERE batch_id = %(batch)s AND state = 'waiting') AS ranked
     WHERE line > other_line
    """,
)
# The first row of a forecast says what it is, the first with an outcome what became of it; only what a file says itself
# is compared, not what was derived from it. Windows rather than joins: nobody has analysed these rows yet, and who
# plans without knowing anything of them might compare each with every other.
_AT_ODDS: Final = _REFUSE.replace(
    "WRONG_ROWS",
    """
    SELECT id, line, what, said, reason, other_line
      FROM (SELECT *,
                   count(*) OVER (PARTITION BY key) AS sharing,
                   first_value(line) OVER first AS first_line,
                   first_value(statement) OVER first AS first_statement,
                   first_value(told) OVER first AS first_told,
                   first_value(line) OVER settled AS settled_line,
                   first_value(outcome) OVER settled AS settled_as,
                   first_value(known_on) OVER settled AS settled_on
              FROM (SELECT id, key, line, made_on, "values" -> 'told' AS told,
                           "values" ->> 'statement' AS statement,
                           NULLIF("values" ->> 'outcome', '') AS outcome, "values" ->> 'known_on' AS known_on
                      FROM forecasts_importrow WHERE batch_id = %(batch)s AND state = 'waiting') AS waiting
            WINDOW first AS (PARTITION BY key ORDER BY made_on, line),
                   settled AS (PARTITION BY key ORDER BY outcome IS NULL, made_on, line)) AS compared,
           LATERAL (VALUES
               ('statement', statement, %(statement)s, first_line,
                statement <> first_statement
                AND told ->> 'event' IS DISTINCT FROM COALESCE(first_told ->> 'event', '')),
               ('event', told ->> 'event', %(differs)s, first_line, told ->> 'event' <> first_told ->> 'event'),
               ('shape', told ->> 'shape', %(differs)s, first_line, told ->> 'shape' <> first_told ->> 'shape'),
               ('opens_on', told ->> 'opens_on', %(differs)s, first_line,
                told ->> 'opens_on' <> first_told ->> 'opens_on'),
               ('closes_on', told ->> 'closes_on', %(differs)s, first_line,
                told ->> 'closes_on' <> first_told ->> 'closes_on'),
               ('outcome', outcome, %(differs)s, settled_line, outcome <> settled_as),
               ('known_on', known_on, %(differs)s, settled_line, known_on <> settled_on),
               ('made_on', made_on::text, %(too_late)s, settled_line, made_on > settled_on::date)
           ) AS told_apart (what, said, reason, other_line, is_wrong)
     WHERE sharing > 1 AND is_wrong
    """,
)
