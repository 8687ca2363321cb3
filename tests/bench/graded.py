"""Ever so many graded forecasts beside those of `seeding`, with scores: five years of them, in the words of a scale.

Each has a desk's line, every third its author's own as well; one in twenty was not scored, one in ten gave a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from forecasts.services.scorekeeping import score_slice

# Seeding is not what is measured: neither history nor the guards of append-only tables have to be paid for, and what
# is checked and indexed row by row elsewhere is so here for all rows at once.
_FREE: Final = ("forecasts_forecast", "forecasts_judgement", "forecasts_resolution")
_BARE: Final = (*_FREE, "forecasts_forecast_topics", "sources_article")
_BOUND: Final = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE conrelid = ANY(%(tables)s::regclass[]) AND contype IN ('f', 'x')
     UNION ALL
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
      FROM pg_index
     WHERE indrelid = ANY(%(tables)s::regclass[])
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""
ARTICLES: Final = """
    INSERT INTO sources_article (title, source_id, url, published_on, retrieved_at, origin, language, text, text_sha256,
                                 countries, released_at, recorded_by_id, recorded_at)
    SELECT 'Report ' || i, 1, '', %(at)s::date - 300, %(at)s, 'pasted', 'en', 'Report ' || i,
           md5('report ' || %(base)s + i), ARRAY['GB'], %(at)s, 1, %(at)s
      FROM generate_series(0, %(count)s / 6) AS i
"""
FORECASTS: Final = """
    INSERT INTO forecasts_forecast (id, statement, event, article_id, author_id, made_on, opens_on, closes_on,
                                    time_zone, horizon, horizon_text, shape, triage, triage_reason, condition,
                                    scenario_group, observable, threshold, place, combination, source_of_record,
                                    fallback, degrees, criteria_retroactive, countries, visibility, released_at,
                                    grading_round, version, recorded_by_id, recorded_at)
    SELECT %(base)s + i, 'Matter ' || i || ' is likely to be settled.', 'Matter ' || i || ' is settled',
           %(articles)s + i / 6, 1 + mod(i, 40), made_on, made_on, made_on + 90, 'UTC',
           (ARRAY['short', 'medium', 'long'])[1 + mod(i, 3)], '', 'happens_by', 'gradable', '', '', '', 'A text', '', '',
           '', '', '', '', false, (ARRAY[ARRAY['GB'], ARRAY['FR']])[1 + mod(i, 2):1 + mod(i, 2)], 'public', made_on, 1,
           1, 2, made_on
      FROM generate_series(1, %(count)s) AS i,
           LATERAL (SELECT %(at)s::date - 200 - (i * 1825::bigint / %(count)s)::int) AS day (made_on)
"""
TAGS: Final = """
    INSERT INTO forecasts_forecast_topics (forecast_id, topic_id)
    SELECT %(base)s + i, 1 + mod(i * 7 + shift, 20) FROM generate_series(1, %(count)s) AS i, generate_series(0, 1) AS shift
"""
JUDGEMENTS: Final = """
    INSERT INTO forecasts_judgement (forecast_id, forecaster_id, line, yardstick, term, term_text, negated, low, high,
                                     probability, confidence, rationale, article_id, made_at, recorded_by_id,
                                     recorded_at, imported)
    SELECT forecast.id, CASE line WHEN 'desk' THEN 1 ELSE author_id END, line, 'phia-2025', word.term, word.term,
           false, word.low, word.high, CASE WHEN mod(forecast.id, 10) = 0 THEN mod(forecast.id / 10, 99) / 100.0 END,
           '', '', article_id, forecast.recorded_at, 2, forecast.recorded_at, false
      FROM forecasts_forecast AS forecast
     CROSS JOIN (VALUES ('desk', 1), ('personal', 3)) AS made (line, every)
      JOIN (VALUES (0, 'remote_chance', 0, 0.05), (1, 'highly_unlikely', 0.1, 0.2), (2, 'unlikely', 0.25, 0.35),
                   (3, 'realistic_possibility', 0.4, 0.5), (4, 'likely', 0.55, 0.75), (5, 'highly_likely', 0.8, 0.9),
                   (6, 'almost_certain', 0.95, 1)) AS word (number, term, low, high)
        ON word.number = mod(forecast.id / 3, 7)
     WHERE forecast.id > %(base)s AND mod(forecast.id, every) = 0
"""
RESOLUTIONS: Final = """
    INSERT INTO forecasts_resolution (forecast_id, round, outcome, known_on, how, independence, rationale,
                                      resolved_by_id, resolved_at)
    SELECT id, 1,
           CASE WHEN mod(id, 20) = 19 THEN 'ungradable'
                WHEN mod(id * 7919, 100) < 14 * mod(id / 3, 7) + 5 THEN 'occurred' ELSE 'did_not_occur' END,
           closes_on + 1, 'single', 'independent', 'Both published it.', 3, %(at)s
      FROM forecasts_forecast WHERE id > %(base)s
"""
NUMBERED: Final = "SELECT setval(pg_get_serial_sequence('forecasts_forecast', 'id'), %(base)s + %(count)s)"


def seed(*, count: int, at: datetime) -> None:
    """Add so many graded forecasts, with no scores yet."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _FREE:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        values = {"count": count, "at": at, "base": _highest(cursor, "forecasts_forecast")}
        values["articles"] = _highest(cursor, "sources_article") + 1
        with _laid_bare(cursor):
            for step in (ARTICLES, FORECASTS, TAGS, JUDGEMENTS, RESOLUTIONS, NUMBERED):
                cursor.execute(step, values)
        for table in _FREE:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    settle()


@contextmanager
def _laid_bare(cursor: Any) -> Iterator[None]:
    """Without foreign keys, exclusions and indexes, which are made again as they were."""
    cursor.execute(_BOUND, {"tables": list(_BARE)})
    bound = cursor.fetchall()
    for take_away, _make in bound:
        cursor.execute(take_away)
    yield
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for _take_away, make in reversed(bound):
        cursor.execute(make)


def score_all(*, at: datetime) -> None:
    """Write the scores of everything that is resolved."""
    after: int | None = 0
    while after is not None:
        after = score_slice(after, at=at)
    settle()


def settle() -> None:
    """Let the planner know what is there."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _highest(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT COALESCE(max(id), 0) FROM {table}")
    return int(cursor.fetchone()[0])
