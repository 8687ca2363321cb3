"""What is noted as coming due: the same as what ought to be flagged some day, whichever way a forecast went."""

from __future__ import annotations

import importlib
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from forecasts.choices import Triage
from forecasts.models import ComingDue, Due, Forecast, Resolution
from forecasts.models.noting import BEGINS
from forecasts.services import correcting, due, grading, parting, reopening, settling
from forecasts.services.changing import change_wording, revision_of
from forecasts.services.due import FullSweep, flag_all_due, flag_due
from forecasts.services.entries import Chance
from forecasts.services.resolving import hold
from forecasts.services.undoing import undo_forecast
from forecasts.services.verdicts import Decided

LATER = date(2027, 1, 1)
NOTHING = FullSweep(flagged=0, missing=0, wrong=0, needless=0, miscounted=0)


def noted() -> dict[int, date]:
    """What is noted, by forecast; asserts that it is what the records say, told without SQL of the project's own."""
    found = dict(ComingDue.objects.values_list("forecast", "due_on"))
    settled = {*Due.objects.waiting().values_list("forecast", flat=True)}
    settled |= {*Resolution.objects.standing().values_list("forecast", flat=True)}
    kept = Forecast.objects.filter(retracted_at=None).exclude(triage=Triage.ASSESSMENT).exclude(due_on=None)
    assert found == {each.pk: each.due_on for each in kept if each.pk not in settled}
    for row in ComingDue.objects.select_related("forecast"):
        begins = datetime.combine(row.due_on, datetime.min.time(), tzinfo=ZoneInfo(row.forecast.time_zone))
        assert row.falls_due_at == begins
    return found


# --- Each way -------------------------------------------------------------------------------------------------------


def test_what_is_logged_is_noted_for_the_day_after_its_last(log):
    bounded, open_ended = log(closes_on=LATER), log(closes_on=None, assessment_on=date(2028, 1, 1))
    log(triage="assessment")

    assert noted() == {bounded.pk: date(2027, 1, 2), open_ended.pk: date(2028, 1, 2)}


def test_a_preview_is_noted_once_its_edition_gives_it_a_window(log, make_article):
    from forecasts.services.recording import Place

    preview = log(made_on=None, closes_on=None, place=Place(article=make_article()))
    before = noted()
    Forecast.objects.filter(pk=preview.pk).update(made_on=date(2026, 1, 1), opens_on=date(2026, 1, 1), closes_on=LATER)

    assert (before, noted()) == ({}, {preview.pk: date(2027, 1, 2)})


def test_a_find_that_is_confirmed_is_noted_until_that_is_undone(finds, accept, bob, now):
    forecast = accept(finds[2])
    confirmed = noted()
    undo_forecast(finds[2], by=bob, at=now)

    assert (list(confirmed), noted()) == ([forecast.pk], {})


def test_a_due_takes_the_note_away_and_its_clearing_brings_it_back(log, now):
    forecast = log()
    steps = [list(noted())]
    flag_due(at=now)
    steps.append(list(noted()))
    due.clear_due(forecast, why="date corrected", at=now)
    steps.append(list(noted()))

    assert steps == [[forecast.pk], [], [forecast.pk]]


def test_what_is_graded_early_is_not_noted_until_it_is_reopened(log, grade, erin, now):
    forecast = log(closes_on=LATER)
    grade(forecast, known_on=date(2025, 6, 1))
    graded = noted()
    reopening.reopen(forecast, by=erin, why="The report was wrong.", at=now)

    assert (graded, noted()) == ({}, {forecast.pk: date(2027, 1, 2)})


def test_what_is_graded_when_it_is_due_and_taken_back_is_due_at_once(overdue, grade, bob, now):
    forecast = overdue()
    given, _resolution = grade(forecast)
    graded = noted()
    grading.undo_grade(given, by=bob, at=now)

    assert (graded, noted(), Due.objects.waiting().count()) == ({}, {}, 1)


def test_a_resolution_in_place_of_another_leaves_it_unnoted(log, grade, bob, now):
    forecast = log(closes_on=LATER)
    given, _resolution = grade(forecast, known_on=date(2025, 6, 1))
    finding = Decided(outcome="occurred", known_on=date(2025, 5, 30), rationale="A day earlier.")
    hold(forecast, finding, how="adjudicated", independence="independent", grades=[given], by=bob, at=now)

    assert (noted(), Resolution.objects.count()) == ({}, 2)


def test_two_graders_who_differ_early_leave_it_noted_for_its_day(log, grade, dora, two_graders):
    forecast = log(closes_on=LATER)
    grade(forecast, known_on=date(2025, 6, 1))
    grade(forecast, by=dora, outcome="ungradable", known_on=date(2027, 1, 2), at=datetime(2027, 1, 2, 9, tzinfo=UTC))

    assert noted() == {forecast.pk: date(2027, 1, 2)}


def test_a_changed_window_moves_the_note(log, alice, now):
    forecast = log(closes_on=LATER)
    moved = revision_of(forecast)
    object.__setattr__(moved, "closes_on", date(2027, 6, 1))
    change_wording(forecast, to=moved, by=alice, why="a slip", at=now)

    assert noted() == {forecast.pk: date(2027, 6, 2)}


def test_a_corrected_window_brings_a_note_back_and_takes_one_away(log, overdue, bob, erin, now):
    late, early = overdue(), log(closes_on=LATER)
    for forecast, day in ((late, LATER), (early, date(2025, 8, 2))):
        [row] = correcting.propose(forecast, changes={"closes_on": day}, by=bob, why="misread", at=now)
        correcting.confirm(row, by=erin, at=now)

    assert (noted(), list(Due.objects.waiting().values_list("forecast", flat=True))) == (
        {late.pk: date(2027, 1, 2)},
        [early.pk],
    )


def test_a_corrected_date_of_publication_moves_the_notes_of_all_its_forecasts(bring_in, accept, bob, erin, now):
    from forecasts.services import redating

    article = bring_in("It is likely that the ferry at Kostino will stay closed.", published_on="2 February 2026")
    forecast = accept(article.forecastsuggestions.get())
    before = noted()
    new = date(2026, 2, 20)
    plan = redating.redated(article, new=new)
    batch = redating.propose_date(article, new=new, plan=plan, by=bob, why="misread masthead", at=now)
    redating.confirm_date(batch, by=erin, at=now)

    assert (before, noted()) == ({forecast.pk: date(2026, 5, 3)}, {forecast.pk: date(2026, 5, 21)})


def test_an_assessment_is_not_noted_and_one_that_is_none_any_more_is(log, erin, now):
    forecast = log(closes_on=LATER)
    settling.set_triage(forecast, triage="assessment", by=erin, why="nothing observable", at=now)
    assessed = noted()
    settling.set_triage(forecast, triage="needs_criteria", by=erin, why="it is observable", at=now)

    assert (assessed, noted()) == ({}, {forecast.pk: date(2027, 1, 2)})


def test_a_moved_assessment_date_moves_the_note(log, erin, now):
    forecast = log(closes_on=None, assessment_on=LATER)
    settling.move_assessment(forecast, to=date(2026, 9, 1), by=erin, why="The law is passed in August.", at=now)

    assert noted() == {forecast.pk: date(2026, 9, 2)}


def test_parts_are_noted_in_place_of_what_was_split(log, bob, now):
    forecast = log(closes_on=LATER)
    wanted = [parting.Part(event=event, chance=Chance(probability=0.3)) for event in ("It opens.", "It stays open.")]
    parts = parting.split_recorded(forecast, parts=wanted, by=bob, at=now)

    assert noted() == {part.pk: date(2027, 1, 2) for part in parts}


class TestOfAnImport:
    @pytest.fixture
    def bring(self, erin, now):
        """`bring(*outcomes)` is the import of a file with a forecast for each, "" for none known."""
        import io
        import json

        from forecasts.services.imports.taking_in import take_in
        from forecasts.services.imports.working import work_at_once

        def make(*outcomes):
            usual = {"statement": "The bridge opens.", "made_on": "2025-05-02", "closes_on": "2027-01-01"}
            rows = [
                usual | {"external_id": f"X{number}", "probability": "60%"} | ({"outcome": outcome} if outcome else {})
                for number, outcome in enumerate(outcomes)
            ]
            lines = "\n".join(json.dumps(row | {"known_on": "2025-06-01"} if "outcome" in row else row) for row in rows)
            batch, _new = take_in(
                io.BytesIO(lines.encode()), filename="f.jsonl", source="", by=erin, at=now, starts_itself=True
            )
            work_at_once(batch.pk, clock=lambda: now)
            batch.refresh_from_db()
            assert batch.refused == 0
            return batch

        return make

    def test_rows_without_an_outcome_are_noted(self, bring):
        bring("", "occurred", "")
        first, _resolved, last = Forecast.objects.order_by("pk")

        assert noted() == {first.pk: date(2027, 1, 2), last.pk: date(2027, 1, 2)}

    def test_undoing_it_takes_the_notes_away(self, bring, erin, now):
        from forecasts.services.imports import undoing
        from forecasts.services.imports.working import work_at_once

        batch = bring("", "occurred")
        undoing.ask_undo(batch, by=erin, why="the wrong file", at=now)
        work_at_once(batch.pk, clock=lambda: now)

        assert (noted(), Forecast.objects.kept().count()) == ({}, 0)


def test_one_statement_over_many_rows_leaves_all_their_notes_right(log, bob, now):
    keys = [log(closes_on=LATER).pk for _ in range(4)]
    flag_due(at=now, on=date(2027, 1, 2))
    flagged = noted()
    Due.objects.filter(forecast__in=keys[:2]).update(cleared_at=now, cleared_why="by hand")
    Due.objects.filter(forecast=keys[2]).delete()
    steps = [set(noted())]
    Forecast.objects.filter(pk__in=keys[1:]).update(closes_on=date(2027, 2, 1))
    steps.append(set(noted()))
    Forecast.objects.filter(pk__in=keys).update(version=7)

    assert (flagged, steps, set(noted())) == ({}, [set(keys[:3])] * 2, set(keys[:3]))


# --- When a day begins ----------------------------------------------------------------------------------------------

ZONES = (
    "UTC",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kathmandu",
    "America/Havana",  # midnight comes twice in autumn
    "America/Sao_Paulo",  # midnight did not come in spring until 2018
    "Asia/Beirut",
    "Africa/Cairo",
    "America/Scoresbysund",
)


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(zone=st.sampled_from(ZONES), day=st.dates(date(2000, 1, 1), date(2025, 12, 31)))
def test_the_instant_of_a_note_is_the_first_of_its_day(db, zone, day):
    """That moment is in the day by that zone's calendar, and the one before it is not."""
    sql = f"""
        SELECT (begins AT TIME ZONE time_zone)::date, ((begins - interval '1 second') AT TIME ZONE time_zone)::date
          FROM (SELECT time_zone, {BEGINS} AS begins
                  FROM (SELECT %s::date AS due_on, %s AS time_zone) AS forecast) AS note
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [day, zone])
        first, before = cursor.fetchone()

    assert (first, before < day) == (day, True)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Havana", "Pacific/Pago_Pago"])
def test_it_is_flagged_in_the_first_moment_of_its_day_and_not_before(log, settings, zone):
    settings.TIME_ZONE = zone
    # In Havana the clocks go back on 2 November 2025 at one o'clock, so that midnight comes twice.
    log(closes_on=date(2025, 11, 1))
    begins = datetime(2025, 11, 2, tzinfo=ZoneInfo(zone))

    assert [flag_due(at=begins + timedelta(seconds=step)) for step in (-1, 0)] == [0, 1]


# --- Every night ----------------------------------------------------------------------------------------------------


def test_a_look_at_everything_finds_nothing_to_mend(log, grade, now):
    log(closes_on=LATER)
    log(triage="assessment")
    grade(log())
    log()

    assert [flag_all_due(at=now), flag_all_due(at=now)] == [
        FullSweep(flagged=1, missing=0, wrong=0, needless=0, miscounted=0),
        NOTHING,
    ]


def test_it_flags_what_was_never_noted_and_mends_what_is_wrong(log, grade, now):
    missing, wrong, resolved, right = log(), log(), log(), log(closes_on=LATER)
    grade(resolved)
    ComingDue.objects.filter(forecast=missing).delete()
    ComingDue.objects.filter(forecast=wrong).update(falls_due_at=datetime(2099, 1, 1, tzinfo=UTC))
    ComingDue.objects.create(
        forecast=resolved, due_on=resolved.due_on, falls_due_at=datetime(2025, 8, 3, tzinfo=UTC), look_on=LATER
    )
    missed = flag_due(at=now)
    found = flag_all_due(at=now)

    # Not even a needless note lets something be flagged that is resolved.
    assert (missed, found) == (0, FullSweep(flagged=2, missing=1, wrong=1, needless=1, miscounted=0))
    assert noted() == {right.pk: date(2027, 1, 2)}
    assert set(Due.objects.waiting().values_list("forecast", flat=True)) == {missing.pk, wrong.pk}


# --- Two at once ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_nothing_is_flagged_that_is_being_resolved(log, grade, alongside, now):
    """The sweep comes while a grade is stored, and leaves the note that the grade holds."""
    log()
    with transaction.atomic():
        grade(Forecast.objects.get())
        other = alongside(lambda: flag_due(at=now))
        assert other.outcome() == 0

    assert (Due.objects.count(), flag_due(at=now)) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_without_notes_it_would_be(log, grade, alongside, now, monkeypatch):
    """The control: a sweep over forecasts sees no resolution yet, and leaves a Due that nobody will clear."""
    notes = "SELECT id AS forecast_id, due_on, due_on::timestamptz AS falls_due_at FROM forecasts_forecast"
    every = f"({notes}) AS coming"
    plain = due.FLAG.replace("forecasts_comingdue AS coming", every).replace("FOR UPDATE OF coming SKIP LOCKED", "")
    monkeypatch.setattr(due, "FLAG", plain)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_note_opened_%'")
        cursor.execute(f"ALTER TABLE forecasts_due DISABLE TRIGGER {cursor.fetchone()[0]}")
    log()
    with transaction.atomic():
        grade(Forecast.objects.get())
        assert alongside(lambda: flag_due(at=now)).outcome() == 1

    assert Due.objects.waiting().count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_grades_while_the_sweep_runs_waits_and_clears_what_it_flagged(log, grade, alongside, now):
    forecast = log()
    with transaction.atomic():
        flag_due(at=now)
        other = alongside(lambda: grade(forecast))
        other.wait_until_blocked()
    _given, resolution = other.outcome()

    assert (resolution.outcome, Due.objects.get().cleared_why, noted()) == ("occurred", "resolved", {})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("locks", "missing"), [(True, 0), (False, 1)])
def test_a_due_and_a_resolution_that_close_at_once_leave_a_note(overdue, alongside, bob, now, locks, missing):
    """Whatever services do. The control is without the lock in the triggers: neither sees what the other closes."""
    forecast = overdue()
    Resolution.objects.create(
        forecast=forecast,
        outcome="occurred",
        known_on=date(2025, 8, 3),
        how="single",
        independence="independent",
        resolved_by=bob,
        resolved_at=now,
    )
    if not locks:
        _without_the_lock()
    with transaction.atomic():
        Due.objects.update(cleared_at=now, cleared_why="by hand")
        closing = {"superseded_at": now, "superseded_by": bob, "superseded_why": "by hand"}
        other = alongside(lambda: Resolution.objects.update(**closing))
        if locks:
            other.wait_until_blocked()
        else:
            other.outcome()
    other.outcome()

    assert ComingDue.objects.count() == 1 - missing
    assert flag_all_due(at=now).missing == missing


def _without_the_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT pg_get_functiondef(oid) FROM pg_proc
             WHERE proname LIKE 'pgtrigger_note_%' AND prosrc LIKE '%PERFORM FROM%'
        """)
        for (definition,) in cursor.fetchall():
            lines = [line for line in definition.splitlines() if "PERFORM FROM" not in line]
            cursor.execute("\n".join(lines).replace("%", "%%"), [])


# --- What was there before ------------------------------------------------------------------------------------------


def test_the_migration_notes_what_is_there(log, grade, erin, now):
    """Its own statement, whatever the triggers do by now."""
    migration = importlib.import_module("forecasts.migrations.0011_what_comes_due")
    for values in ({"closes_on": LATER}, {"closes_on": None}, {"triage": "assessment"}, {}):
        log(**values)
    grade(log())
    flag_due(at=now, on=date(2025, 8, 3))
    log()
    reopening.reopen(Forecast.objects.get(resolutions__isnull=False), by=erin, why="It was wrong.", at=now)
    before = sorted(ComingDue.objects.values_list())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM forecasts_comingdue")
        cursor.execute(migration.NOTE_WHAT_IS_THERE)

    assert (len(before), sorted(ComingDue.objects.values_list()), len(noted())) == (3, before, 3)
