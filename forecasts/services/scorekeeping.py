"""Keeping the scores of resolved forecasts right: the only writer of `Score`.

What scores have to be is said once, by one statement over a set of forecasts. Whatever changes a resolved forecast, its
judgements, its links or what it is about calls `rescore` in its own transaction; what is the same stays as it is, what
is not is archived and written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from forecasts.models import Forecast, Resolution, Score
from forecasts.scoring.limits import CLIP

METHOD: Final = "brier"
VERSION: Final = 1
SLICE: Final = 5_000
# Whoever changes which forecasts hang together waits for those who write scores, and they for him.
_CLUSTERS: Final = 7_350_003

# Of every forecast: what decides which judgements count (see forecasts/scoring/standing.py), and what is copied. The
# slice is named for every table, because the planner takes no range from one to the other.
_HELD: Final = """
    SELECT resolution.id AS resolution_id, forecast.id AS forecast_id, forecast.time_zone, forecast.author_id,
           resolution.outcome,
           CASE resolution.outcome WHEN 'occurred' THEN true WHEN 'did_not_occur' THEN false END AS occurred,
           LEAST(resolution.known_on, ends.on) AS last_day_to_judge,
           LEAST(resolution.known_on - 1, ends.on) AS last_full_day,
           forecast.released_at IS NOT NULL AND forecast.visibility = 'public' AS public,
           COALESCE(released.on > resolution.known_on, false) AS too_late,
           resolution.how = 'imported' OR resolution.independence = 'imported' AS imported,
           resolution.independence = 'involved' AS involved,
           forecast.criteria_retroactive AS retroactive,
           ends.on AS ends_on, forecast.made_on, forecast.horizon, forecast.countries,
           ARRAY(SELECT topic_id FROM forecasts_forecast_topics AS about
                  WHERE about.forecast_id = forecast.id ORDER BY topic_id) AS topics,
           COALESCE(tie.cluster, node.node) AS cluster
      FROM forecasts_resolution AS resolution
      JOIN forecasts_forecast AS forecast ON forecast.id = resolution.forecast_id
     CROSS JOIN LATERAL (SELECT COALESCE(forecast.closes_on, forecast.assessment_on)) AS ends ("on")
     CROSS JOIN LATERAL (SELECT (forecast.released_at AT TIME ZONE forecast.time_zone)::date) AS released ("on")
     CROSS JOIN LATERAL (SELECT COALESCE(forecast.article_id * 2, forecast.id * 2 + 1)) AS node (node)
      LEFT JOIN forecasts_clustertie AS tie ON tie.node = node.node
     WHERE resolution.forecast_id {among} AND forecast.id {among}
       AND resolution.superseded_at IS NULL AND forecast.retracted_at IS NULL
"""
# The judgements that count, in their order, with the last full day at whose end each still stood.
_SAID: Final = """
    SELECT held.*, judgement.id AS judgement_id, judgement.line, judgement.forecaster_id, judgement.yardstick,
           judgement.term, judgement.negated, judgement.low, judgement.high, point.p, made.on AS made_day,
           row_number() OVER line AS place,
           LEAST(held.last_full_day, (lead(made.on) OVER line) - 1,
                 (judgement.ended_at AT TIME ZONE held.time_zone)::date - 1) AS last_day
      FROM held
      JOIN forecasts_judgement AS judgement ON judgement.forecast_id = held.forecast_id
     CROSS JOIN LATERAL (SELECT (judgement.made_at AT TIME ZONE held.time_zone)::date) AS made ("on")
     CROSS JOIN LATERAL (SELECT COALESCE(judgement.probability,
            round(((judgement.low + judgement.high) / 2)::numeric, 10)::double precision)) AS point (p)
     WHERE judgement.forecast_id {among} AND (judgement.ended_at IS NULL OR judgement.ended_at > judgement.made_at)
       AND made.on <= held.last_day_to_judge
    WINDOW line AS (PARTITION BY held.forecast_id, judgement.line, judgement.forecaster_id
                    ORDER BY judgement.made_at, judgement.id)
"""
_SCORED: Final = """
    SELECT said.*, GREATEST(last_day - made_day + 1, 0) AS days,
           (last_day = last_full_day AND last_day >= made_day) OR (place = 1 AND made_day > last_full_day) AS stood,
           power(p - occurred::int, 2) AS brier,
           LEAST(power(low - occurred::int, 2), power(high - occurred::int, 2)) AS better,
           GREATEST(power(low - occurred::int, 2), power(high - occurred::int, 2)) AS worse,
           CASE WHEN occurred THEN -ln(LEAST(GREATEST(p, {clip}), 1 - {clip}))
                WHEN NOT occurred THEN -ln(LEAST(GREATEST(1 - p, {clip}), 1 - {clip})) END AS raw_log
      FROM said
"""
_RANKED: Final = """
    SELECT scored.*,
           row_number() OVER (PARTITION BY forecast_id, line, forecaster_id
                              ORDER BY stood DESC, days > 0 DESC, place DESC) = 1 AS is_final,
           CASE WHEN brier IS NOT NULL THEN raw_log END AS log,
           CASE WHEN brier IS NOT NULL AND low IS NOT NULL AND high IS NOT NULL THEN better END AS best,
           CASE WHEN brier IS NOT NULL AND low IS NOT NULL AND high IS NOT NULL THEN worse END AS worst,
           sum(days * brier) OVER whole / NULLIF(sum(days) FILTER (WHERE brier IS NOT NULL) OVER whole, 0) AS mean,
           COALESCE(sum(days) FILTER (WHERE brier IS NOT NULL) OVER whole, 0) AS mean_days
      FROM scored
    WINDOW whole AS (PARTITION BY forecast_id, line, forecaster_id ORDER BY place
                     ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
"""
# The headline: the desk's line, else the author's own.
_LED: Final = """
    SELECT ranked.*,
           row_number() OVER (PARTITION BY forecast_id
                              ORDER BY is_final AND (line = 'desk' OR forecaster_id = author_id) DESC,
                                       line = 'desk' DESC) = 1
           AND is_final AND (line = 'desk' OR forecaster_id = author_id) AS headline
      FROM ranked
"""
# What a forecast has whatever was said of it.
_COPIED: Final = (
    "outcome", "occurred", "public", "too_late", "imported", "involved", "retroactive", "ends_on", "made_on", "horizon",
    "author_id", "topics", "countries", "cluster",
)  # fmt: skip
_OWN: Final = (
    "judgement_id", "line", "forecaster_id", "headline", "first", "final", "withdrawn", "yardstick", "term", "negated",
    "low", "high", "p", "brier", "best", "worst", "log", "days", "average", "average_days",
)  # fmt: skip
COLUMNS: Final = ("resolution_id", "forecast_id", *_OWN, *_COPIED)
_EXPECTED: Final = """
    WITH held AS MATERIALIZED ({held}), said AS ({said}), scored AS ({scored}), ranked AS ({ranked}),
         led AS MATERIALIZED ({led}),
         expected AS MATERIALIZED (
    SELECT resolution_id, forecast_id, judgement_id, line, forecaster_id, headline, place = 1 AS first,
           is_final AS final, is_final AND NOT stood AS withdrawn, yardstick, term, negated, low, high, p, brier, best,
           worst, log, days, CASE WHEN is_final THEN mean END AS average,
           CASE WHEN is_final THEN mean_days ELSE 0 END AS average_days, {copied}
      FROM led
     UNION ALL
    SELECT resolution_id, forecast_id, NULL, '', NULL, true, false, false, false, '', '', false, NULL, NULL, NULL, NULL,
           NULL, NULL, NULL, 0, NULL, 0, {copied}
      FROM held
     WHERE forecast_id NOT IN (SELECT forecast_id FROM led WHERE headline)
    )
"""
_SAME: Final = """
    (score.{own}) IS NOT DISTINCT FROM (expected.{theirs})
    AND score.method = %(method)s AND score.version = %(version)s
"""
_ARCHIVE: Final = """
    UPDATE forecasts_score AS score SET archived_at = %(at)s, archived_why = %(why)s
     WHERE score.forecast_id {among} AND score.archived_at IS NULL
       AND NOT EXISTS (SELECT FROM expected
                        WHERE expected.forecast_id = score.forecast_id
                          AND expected.judgement_id IS NOT DISTINCT FROM score.judgement_id AND {same})
"""
_INSERT: Final = """
    INSERT INTO forecasts_score ({columns}, method, version, scored_at)
    SELECT {columns}, %(method)s, %(version)s, %(at)s
      FROM expected
     WHERE NOT EXISTS (SELECT FROM forecasts_score AS score
                        WHERE score.forecast_id {among} AND score.archived_at IS NULL
                          AND score.forecast_id = expected.forecast_id
                          AND score.judgement_id IS NOT DISTINCT FROM expected.judgement_id)
     ORDER BY forecast_id, judgement_id
"""
_DIFFERING: Final = """
    SELECT COALESCE(score.forecast_id, expected.forecast_id)
      FROM (SELECT * FROM forecasts_score WHERE forecast_id {among} AND archived_at IS NULL) AS score
      FULL JOIN expected ON expected.forecast_id = score.forecast_id
                        AND COALESCE(expected.judgement_id, 0) = COALESCE(score.judgement_id, 0)
     WHERE score.id IS NULL OR expected.forecast_id IS NULL OR NOT ({same})
"""
AMONG: Final = "= ANY(%(forecasts)s)"
BETWEEN: Final = "BETWEEN %(first)s AND %(last)s"


@dataclass(frozen=True, slots=True)
class Kept:
    """How many scores were archived and how many written."""

    archived: int
    written: int


@transaction.atomic
def rescore(forecasts: Iterable[int], *, why: str, at: datetime) -> Kept:
    """Bring the scores of these forecasts, by number, to what they have to be; each of them is locked by the caller.

    A forecast that is not resolved, or was retracted, has none.
    """
    numbers = sorted(set(forecasts))
    share_clusters()
    return _kept(numbers, why=why, at=at)


@transaction.atomic
def score_resolved(forecasts: Sequence[int], *, at: datetime) -> int:
    """Write the scores of forecasts that were resolved just now; how many."""
    if not forecasts:
        return 0
    share_clusters()
    written = _run(_INSERT, AMONG, {"forecasts": sorted(forecasts), "at": at})
    count_change()
    return written


@transaction.atomic
def archive(forecasts: Sequence[int], *, why: str, at: datetime) -> int:
    """Close the scores of forecasts of which nothing is held any more; how many."""
    closed = Score.objects.standing().filter(forecast__in=forecasts).update(archived_at=at, archived_why=why)
    if closed:
        count_change()
    return closed


def share_clusters() -> None:
    """Let nobody change which forecasts hang together before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_CLUSTERS])


def own_clusters() -> None:
    """Let nobody else change which forecasts hang together, or write scores, before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CLUSTERS])


def rescore_owned(forecasts: Iterable[int], *, why: str, at: datetime) -> Kept:
    """As `rescore`, for whoever has called `own_clusters`; the forecasts need no lock then."""
    return _kept(sorted(set(forecasts)), why=why, at=at)


def differing(first: int, last: int) -> list[int]:
    """The forecasts numbered from first to last whose scores are not what they have to be."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(_DIFFERING, BETWEEN), _values({"first": first, "last": last}))
        return sorted({number for (number,) in cursor.fetchall()})


def score_slice(after: int, *, at: datetime, size: int = SLICE) -> int | None:
    """Score the next resolved forecasts that have no scores yet; the last one's number, None where none is left.

    For a desk that has years behind it when scores begin. It may be stopped and begun again.
    """
    resolved = Resolution.objects.standing().filter(forecast__gt=after)
    numbers = list(resolved.order_by("forecast_id").values_list("forecast", flat=True)[:size])
    if not numbers:
        return None
    with transaction.atomic():
        # Whoever resolves or reopens one of them meanwhile waits, as rows are locked in their order.
        rows = Forecast.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk")
        list(rows.values_list("pk", flat=True))
        score_resolved(numbers, at=at)
    return numbers[-1]


_COUNT: Final = """
    WITH counted AS (
    UPDATE forecasts_scorecount SET changes = changes + 1
     WHERE part = (SELECT part FROM forecasts_scorecount LIMIT 1 FOR UPDATE SKIP LOCKED)
 RETURNING part
    )
    INSERT INTO forecasts_scorecount (changes) SELECT 1 WHERE NOT EXISTS (SELECT FROM counted)
"""


def count_change() -> None:
    """Let whoever remembers a sum of scores know that they have changed, once this transaction is over.

    Each takes a part of the count that nobody else holds, or makes one, so that no grader waits for an import.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)


def _kept(numbers: Sequence[int], *, why: str, at: datetime) -> Kept:
    if not numbers:
        return Kept(0, 0)
    values = {"forecasts": list(numbers), "at": at, "why": why}
    kept = Kept(archived=_run(_ARCHIVE, AMONG, values), written=_run(_INSERT, AMONG, values))
    if kept.archived or kept.written:
        count_change()
    return kept


def _run(action: str, among: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_statement(action, among), _values(values))
        return int(cursor.rowcount)


def _values(values: dict[str, Any]) -> dict[str, Any]:
    return {"method": METHOD, "version": VERSION} | values


def _statement(action: str, among: str) -> str:
    own = ", score.".join(COLUMNS)
    same = _SAME.format(own=own, theirs=own.replace("score.", "expected."))
    names = {"among": among, "same": same, "columns": ", ".join(f'"{name}"' for name in COLUMNS)}
    expected = _EXPECTED.format(
        held=_HELD.format(among=among),
        said=_SAID.format(among=among),
        scored=_SCORED.format(clip=CLIP),
        ranked=_RANKED,
        led=_LED,
        copied=", ".join(_COPIED),
    )
    return expected + action.format(**names)
