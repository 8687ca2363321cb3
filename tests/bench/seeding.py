"""A desk with years behind it, made by a few statements over whole sets.

Meant for a fresh database, where rows are numbered from one. Of ten forecasts six are resolved, one is overdue and not
yet flagged, two are open and one is an assessment.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection, transaction

PEOPLE = """
    INSERT INTO accounts_user (password, is_superuser, email, name, role, is_active, single_keys,
                               digest_by_mail, date_joined)
    SELECT '!', false, 'user' || i || '@bench.example', 'User ' || i, (ARRAY['editor', 'analyst'])[1 + mod(i, 2)],
           true, true, true, %(at)s
      FROM generate_series(1, 10) AS i
"""
SOURCES = """
    INSERT INTO sources_source (name, kind, country, reliability, recorded_by_id, recorded_at, released_at)
    SELECT 'Source ' || i, CASE i WHEN 1 THEN 'desk' ELSE 'person' END, 'GB', 'F', 1, %(at)s, %(at)s
      FROM generate_series(1, 40) AS i
"""
TOPICS = """
    INSERT INTO sources_topic (slug, name)
    SELECT 'topic-' || i, 'Topic ' || i FROM generate_series(1, 20) AS i
"""
ARTICLES = """
    INSERT INTO sources_article (title, source_id, url, published_on, retrieved_at, origin, language, text, text_sha256,
                                 countries, released_at, recorded_by_id, recorded_at)
    SELECT 'Briefing ' || i, 1, '', %(at)s::date - 100, %(at)s, 'pasted', 'en',
           repeat('Briefing ' || i || ' says what is likely in the months to come. ', 60), md5(i::text),
           ARRAY['GB'], %(at)s, 1, %(at)s
      FROM generate_series(1, 1 + %(forecasts)s / 6) AS i
"""
# The newest was made a hundred days ago and whatever closes does so after ninety; the open ones have five years.
FORECASTS = """
    INSERT INTO forecasts_forecast (statement, event, article_id, author_id, made_on, opens_on, closes_on, time_zone,
                                    horizon, horizon_text, shape, triage, triage_reason, condition, scenario_group,
                                    observable, threshold, place, combination, source_of_record, fallback, degrees,
                                    criteria_by_id, criteria_at, criteria_retroactive, countries, visibility,
                                    released_at, grading_round, version, recorded_by_id, recorded_at)
    SELECT 'The talks about matter ' || i || ' are likely to lead to a signed text within the time that was agreed.',
           'The talks about matter ' || i || ' lead to a signed text within the time that was agreed',
           1 + i / 6, 1 + mod(i, 40), made_at::date, made_at::date,
           made_at::date + CASE WHEN mod(i, 10) IN (7, 8) THEN 1826 ELSE 90 END,
           (ARRAY['UTC', 'Europe/London', 'Asia/Tokyo'])[1 + mod(i, 3)],
           'short', '', 'happens_by', CASE mod(i, 10) WHEN 9 THEN 'assessment' ELSE 'gradable' END, '', '', '',
           'A text that both sides have signed', '', '', '', 'A communiqué', '', '',
           2, made_at, false, ARRAY['GB'], 'public', made_at, 1, 1, 2, made_at
      FROM generate_series(1, %(forecasts)s) AS i,
           LATERAL (SELECT %(at)s - interval '100 days'
                           - (%(forecasts)s - i) * interval '4 years' / %(forecasts)s) AS moment (made_at)
     ORDER BY i
"""
TAGS = """
    INSERT INTO forecasts_forecast_topics (forecast_id, topic_id)
    SELECT id, 1 + mod(id + shift, 20) FROM forecasts_forecast, generate_series(0, 1) AS shift
"""
# The desk's line, and the author's own; every third author changed their mind after thirty days.
JUDGEMENTS = """
    INSERT INTO forecasts_judgement (forecast_id, forecaster_id, line, yardstick, term, term_text, negated, low, high,
                                     confidence, rationale, article_id, made_at, released_at, recorded_by_id,
                                     recorded_at, imported, ended_at, ended_by_id, ended_why)
    SELECT id, CASE line WHEN 'desk' THEN 1 ELSE author_id END, line, 'phia-2025', 'likely', 'likely', false, 0.55,
           0.75, 'moderate', 'Both sides have said so.', article_id, began, CASE line WHEN 'desk' THEN began END, 2,
           began, false, ended, CASE WHEN ended IS NOT NULL THEN 2 END,
           CASE WHEN ended IS NOT NULL THEN 'A newer judgement' END
      FROM forecasts_forecast,
           LATERAL (SELECT mod(id, 3) = 0 AS changed, recorded_at + interval '30 days' AS later) AS mind,
           LATERAL (VALUES ('desk', recorded_at, NULL::timestamptz, true),
                           ('personal', recorded_at, CASE WHEN changed THEN later END, true),
                           ('personal', later, NULL, changed)) AS made (line, began, ended, wanted)
     WHERE wanted
"""
GRADES = """
    INSERT INTO forecasts_grade (forecast_id, round, slot, grader_id, outcome, known_on, rationale, happened,
                                 not_happened, no_evidence_reason, graded_at)
    SELECT id, 1, 1, 3, (ARRAY['occurred', 'did_not_occur', 'did_not_occur', 'void'])[1 + mod(id, 4)], closes_on,
           'Both sides published it.', '', '', '', closes_on + interval '2 days'
      FROM forecasts_forecast WHERE mod(id, 10) < 6
"""
EVIDENCE = """
    INSERT INTO forecasts_evidence (grade_id, url, filename)
    SELECT id, 'https://www.example.org/texts/' || id, '' FROM forecasts_grade
"""
RESOLUTIONS = """
    INSERT INTO forecasts_resolution (forecast_id, round, outcome, known_on, how, independence, rationale,
                                      resolved_by_id, resolved_at)
    SELECT forecast_id, round, outcome, known_on, 'single', 'independent', rationale, grader_id, graded_at
      FROM forecasts_grade
"""
COUNTED = """
    INSERT INTO forecasts_resolutiongrade (resolution_id, grade_id)
    SELECT resolution.id, given.id
      FROM forecasts_resolution AS resolution JOIN forecasts_grade AS given USING (forecast_id)
"""
CLEARED = """
    INSERT INTO forecasts_due (forecast_id, due_on, flagged_at, snooze_reason, cleared_at, cleared_why)
    SELECT id, due_on, due_on, '', due_on + interval '1 day', 'resolved' FROM forecasts_forecast WHERE mod(id, 10) < 6
"""
# Made ten days ago. One in so many is due by the first day, the second and the third, the others within years.
OPEN = """
    INSERT INTO forecasts_forecast (statement, event, article_id, author_id, made_on, opens_on, closes_on, time_zone,
                                    horizon, horizon_text, shape, triage, triage_reason, condition, scenario_group,
                                    observable, threshold, place, combination, source_of_record, fallback, degrees,
                                    criteria_by_id, criteria_at, criteria_retroactive, countries, visibility,
                                    released_at, grading_round, version, recorded_by_id, recorded_at)
    SELECT 'The strike in district ' || i || ' is likely to end before the year is over.',
           'The strike in district ' || i || ' ends before the year is over',
           1, 1 + mod(i, 40), %(at)s::date - 10, %(at)s::date - 10,
           CASE WHEN i <= GREATEST(1, %(count)s / %(first)s) THEN %(day)s::date
                WHEN i <= %(count)s / %(second)s THEN %(day)s::date + 1
                WHEN i <= %(count)s / %(third)s THEN %(day)s::date + 2
                ELSE %(day)s::date + 30 + mod(i, 1500) END,
           (ARRAY['UTC', 'Europe/London', 'Asia/Tokyo'])[1 + mod(i, 3)],
           'short', '', 'happens_by', 'gradable', '', '', '', 'The union says so', '', '', '', 'The union', '', '',
           2, %(at)s, false, ARRAY['GB'], 'public', %(at)s, 1, 1, 2, %(at)s
      FROM generate_series(1, %(count)s) AS i
"""
# Of those that are going to be overdue; the others are on none of the pages.
OPEN_JUDGEMENTS = """
    INSERT INTO forecasts_judgement (forecast_id, forecaster_id, line, yardstick, term, term_text, negated, low, high,
                                     confidence, rationale, article_id, made_at, released_at, recorded_by_id,
                                     recorded_at, imported)
    SELECT id, 1, 'desk', 'phia-2025', 'likely', 'likely', false, 0.55, 0.75, 'moderate', 'Both sides have said so.',
           article_id, recorded_at, recorded_at, 2, recorded_at, false
      FROM forecasts_forecast WHERE recorded_at = %(at)s AND closes_on < %(day)s::date + 30
"""
STEPS = (
    PEOPLE,
    SOURCES,
    TOPICS,
    ARTICLES,
    FORECASTS,
    TAGS,
    JUDGEMENTS,
    GRADES,
    EVIDENCE,
    RESOLUTIONS,
    COUNTED,
    CLEARED,
)


def seed(*, forecasts: int, at: datetime) -> None:
    """Fill the database that Django is connected to, and let the planner know what is in it."""
    with transaction.atomic(), connection.cursor() as cursor:
        for step in STEPS:
            cursor.execute(step, {"forecasts": forecasts, "at": at})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def seed_open(count: int, *, steps: Sequence[int], at: datetime) -> list[date]:
    """Add so many open forecasts. Returns the days by which one in `steps` of them is due, far enough ahead."""
    day = at.date() + timedelta(days=60)
    first, second, third = steps
    values = {"count": count, "first": first, "second": second, "third": third, "day": day, "at": at}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(OPEN, values)
        cursor.execute(OPEN_JUDGEMENTS, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return [day + timedelta(days=days) for days in (1, 2, 3)]
