"""Giving what is due to somebody by the desk's rule: one statement over everything, safe to run twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from accounts.roles import Capability, Role, may
from forecasts.choices import AssignBy, DueStep, Line
from forecasts.models import CRITERIA_FIELDS
from groundwork.planning import without_nested_loops

# Any number, so long as nothing else takes it: two workers then take turns, and share the work out evenly.
_ADVISORY_LOCK: Final = 7_350_002

# Whom each rule proposes for what is free, the lowest turn first.
_PROPOSALS: Final = {
    AssignBy.PARTNER: """
        SELECT free.*, author.desk_partner_id, 0
          FROM free
          JOIN sources_source AS source ON source.id = free.author_id
          JOIN accounts_user AS author ON author.id = source.user_id""",
    AssignBy.TOPIC: """
        SELECT free.*, care.user_id, row_number() OVER (PARTITION BY free.due_id ORDER BY topic.name, topic.id)
          FROM free
          JOIN forecasts_forecast_topics AS about ON about.forecast_id = free.forecast_id
          JOIN sources_topic AS topic ON topic.id = about.topic_id
          JOIN forecasts_topiccare AS care ON care.topic_id = topic.id""",
    # Whoever has least in hand begins; from there on one after the other, of those who may have it.
    AssignBy.ROUND_ROBIN: """
        SELECT due_id, forecast_id, author_id, defined, place, wrote, recused, approved, user_id,
               (seat - place %% seats + seats) %% seats
          FROM (SELECT free.*, grader.user_id,
                       row_number() OVER (PARTITION BY free.due_id ORDER BY grader.seat) - 1 AS seat,
                       count(*) OVER (PARTITION BY free.due_id) AS seats
                  FROM free CROSS JOIN grader
                 WHERE %(authors_too)s OR grader.user_id = ANY (free.wrote) IS NOT TRUE) AS circle""",
}

# Whoever wrote a word of the criteria, even one that others changed since, is never taken, nor who has left the round
# to others.
# Of a forecast's authors one is taken only where the desk lets them grade and nobody else can, of those who approved
# its text one only where nobody else can. Who they are is looked up row by row. All else is joined by hash: what was
# flagged a moment ago has no statistics yet, and would be taken for a single row and gone through once for each row.
_ASSIGN: Final = """
    WITH grader AS (
        SELECT person.id AS user_id,
               row_number() OVER (ORDER BY COALESCE(hand.dues, 0), hand.last_at NULLS FIRST, person.id) - 1 AS seat
          FROM accounts_user AS person
          LEFT JOIN (SELECT assignee_id, count(*) AS dues, max(assigned_at) AS last_at FROM forecasts_due
                      WHERE cleared_at IS NULL AND assignee_id IS NOT NULL GROUP BY assignee_id) AS hand
            ON hand.assignee_id = person.id
         WHERE person.is_active AND person.role = ANY(%(roles)s)
    ), free AS (
        SELECT due.id AS due_id, due.forecast_id, forecast.author_id,
               forecast.criteria_by_id || ARRAY(
                   SELECT (SELECT (context.metadata ->> 'user')::bigint FROM pghistory_context AS context
                            WHERE context.id = version.pgh_context_id)
                     FROM (SELECT pgh_context_id, observable, ({criteria}) AS said,
                                  lag(({criteria})) OVER (ORDER BY pgh_id) AS before
                             FROM forecasts_forecastevent WHERE pgh_obj_id = forecast.id) AS version
                    WHERE version.observable <> '' AND version.said IS DISTINCT FROM version.before) AS defined,
               row_number() OVER (ORDER BY due.due_on, due.id) - 1 AS place,
               ARRAY(SELECT source.user_id FROM sources_source AS source
                      WHERE source.id = forecast.author_id AND source.user_id IS NOT NULL
                      UNION ALL
                     SELECT (SELECT source.user_id FROM sources_source AS source WHERE source.id = byline.source_id)
                       FROM sources_byline AS byline WHERE byline.article_id = forecast.article_id) AS wrote,
               ARRAY(SELECT recusal.user_id FROM forecasts_recusal AS recusal
                      WHERE recusal.forecast_id = forecast.id AND recusal.round = forecast.grading_round) AS recused,
               ARRAY(SELECT judgement.recorded_by_id FROM forecasts_judgement AS judgement
                      WHERE judgement.forecast_id = forecast.id AND judgement.line = %(desk)s) AS approved
          FROM forecasts_due AS due,
               LATERAL (SELECT * FROM forecasts_forecast WHERE id = due.forecast_id OFFSET 0) AS forecast
         WHERE due.cleared_at IS NULL AND due.assignee_id IS NULL AND due.assigned_at IS NULL
           AND NOT EXISTS (SELECT FROM forecasts_awaitedgrade AS awaited
                            WHERE awaited.forecast_id = due.forecast_id AND awaited.closed_at IS NULL)
           AND NOT EXISTS (SELECT FROM forecasts_dispute AS dispute
                            WHERE dispute.forecast_id = due.forecast_id AND dispute.closed_at IS NULL)
    ), proposed (due_id, forecast_id, author_id, defined, place, wrote, recused, approved, user_id, turn) AS (
        {proposals}
    ), chosen AS (
        SELECT DISTINCT ON (due_id) due_id, user_id
          FROM proposed JOIN grader USING (user_id)
         WHERE user_id = ANY (defined) IS NOT TRUE AND user_id = ANY (recused) IS NOT TRUE
           AND (%(authors_too)s OR user_id = ANY (wrote) IS NOT TRUE)
         ORDER BY due_id, user_id = ANY (wrote) IS TRUE, user_id = ANY (approved), turn
    ), given AS (
        UPDATE forecasts_due AS due
           SET assignee_id = chosen.user_id, assigned_by_id = NULL, assigned_at = %(at)s, reminded_at = NULL
          FROM chosen
         WHERE due.id = chosen.due_id AND due.cleared_at IS NULL
           AND due.assignee_id IS NULL AND due.assigned_at IS NULL
        RETURNING due.id AS due_id, due.assignee_id AS user_id
    )
    INSERT INTO forecasts_duechange (due_id, step, assignee_id, reason, at)
    SELECT due_id, %(step)s, user_id, '', %(at)s FROM given
"""

# What lies with somebody who has no account any more, may not grade, or leaves the round to others, is free again.
_RELEASE: Final = """
    WITH released AS (
        UPDATE forecasts_due AS due
           SET assignee_id = NULL, assigned_by_id = NULL, assigned_at = NULL, reminded_at = NULL
          FROM accounts_user AS person
         WHERE due.assignee_id = person.id AND due.cleared_at IS NULL
           AND (NOT (person.is_active AND person.role = ANY(%(roles)s))
                OR EXISTS (SELECT FROM forecasts_recusal AS recusal JOIN forecasts_forecast AS forecast
                                    ON forecast.id = recusal.forecast_id AND forecast.grading_round = recusal.round
                            WHERE recusal.forecast_id = due.forecast_id AND recusal.user_id = person.id))
        RETURNING due.id AS due_id
    )
    INSERT INTO forecasts_duechange (due_id, step, assignee_id, reason, at)
    SELECT due_id, %(step)s, NULL, '', %(at)s FROM released
"""


@transaction.atomic
def assign_due(*, at: datetime) -> int:
    """Give everything that is due, ungraded and nobody's to whom `ASSIGN_BY` names; returns how many found somebody.

    What somebody gave to nobody by hand stays there. Never goes to the author of a forecast where anybody else can, and
    never to whoever may not grade. What lies with a closed account, or with whoever leaves it to others, is taken back
    first.
    """
    rule = AssignBy(settings.ASSIGN_BY)
    values = {
        "at": at,
        "roles": grading_roles(),
        "desk": Line.DESK.value,
        "step": DueStep.ASSIGNED.value,
        "authors_too": settings.INVOLVED_MAY_GRADE,
    }
    with connection.cursor() as cursor:
        _take_turns(cursor)
        cursor.execute(_RELEASE, values)
        if rule == AssignBy.NOBODY:
            return 0
        with without_nested_loops():
            cursor.execute(_ASSIGN.format(proposals=_PROPOSALS[rule], criteria=", ".join(CRITERIA_FIELDS)), values)
            return int(cursor.rowcount)


def grading_roles() -> list[str]:
    """The roles that may grade."""
    return [role.value for role in Role if may(role, Capability.GRADE)]


def _take_turns(cursor: Any) -> None:
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
