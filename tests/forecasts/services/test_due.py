"""The sweep: one statement over everything, safe to run twice, late, or in two workers at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from forecasts.models import Due
from forecasts.services import due, grading
from forecasts.services.due import flag_due

MORNING = datetime(2025, 8, 3, 9, tzinfo=UTC)


def waiting():
    return {(row.forecast_id, row.due_on) for row in Due.objects.waiting()}


def test_what_has_ended_is_flagged_on_the_day_after(log):
    forecast = log(closes_on=date(2025, 8, 2))
    flagged = [flag_due(at=MORNING, on=day) for day in (date(2025, 8, 1), date(2025, 8, 2), date(2025, 8, 3))]

    assert (flagged, waiting()) == ([0, 0, 1], {(forecast.pk, date(2025, 8, 3))})


def test_twice_changes_nothing_more(log):
    log()
    log()
    assert [flag_due(at=MORNING), flag_due(at=MORNING), flag_due(at=MORNING + timedelta(days=400))] == [2, 0, 0]


def test_a_sweep_that_is_years_late_finds_everything(log):
    forecasts = [log(closes_on=date(2025, 8, 2) + timedelta(days=days)) for days in range(0, 400, 50)]

    assert flag_due(at=datetime(2030, 1, 1, tzinfo=UTC)) == len(forecasts)
    # Each is due on its own day, not on the day of the sweep.
    assert {day for _forecast, day in waiting()} == {forecast.closes_on + timedelta(days=1) for forecast in forecasts}


@pytest.mark.parametrize("number", [1, 20])
def test_it_is_one_statement_however_many_are_due(log, number, django_assert_num_queries):
    for _ in range(number):
        log()
    with django_assert_num_queries(4) as captured:  # savepoint, lock, INSERT … SELECT, release
        assert flag_due(at=MORNING) == number
    assert [query["sql"].split()[0] for query in captured.captured_queries] == [
        "SAVEPOINT",
        "SELECT",
        "INSERT",
        "RELEASE",
    ]


def test_each_forecast_goes_by_the_day_of_its_own_zone(log, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    auckland = log()
    settings.TIME_ZONE = "America/Los_Angeles"
    los_angeles = log()
    steps = []
    for at in (
        datetime(2025, 8, 2, 11, 59, tzinfo=UTC),  # 23:59 on 2 August in Auckland
        datetime(2025, 8, 2, 12, 0, tzinfo=UTC),  # midnight there
        datetime(2025, 8, 3, 6, 59, tzinfo=UTC),  # 23:59 on 2 August in Los Angeles
        datetime(2025, 8, 3, 7, 0, tzinfo=UTC),
    ):
        flag_due(at=at)
        steps.append({forecast for forecast, _day in waiting()})

    assert steps == [set(), {auckland.pk}, {auckland.pk}, {auckland.pk, los_angeles.pk}]


def test_a_day_that_is_named_is_today_in_every_zone(log, settings):
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        settings.TIME_ZONE = zone
        log()

    assert [flag_due(at=MORNING, on=date(2025, 8, day)) for day in (2, 3)] == [0, 2]


def test_assessments_and_previews_never_fall_due(log, make_article):
    from forecasts.services.recording import Place

    log(triage="assessment")
    log(triage="assessment", closes_on=None)
    log(made_on=None, closes_on=None, place=Place(article=make_article()))

    assert flag_due(at=datetime(2100, 1, 1, tzinfo=UTC)) == 0


def test_what_needs_criteria_falls_due_all_the_same(log):
    log(triage="needs_criteria")
    log(event="")

    assert flag_due(at=MORNING) == 2


def test_what_has_no_end_falls_due_after_its_assessment_date(log):
    log(closes_on=None, assessment_on=date(2026, 1, 1))

    assert [flag_due(at=MORNING, on=date(2026, 1, day)) for day in (1, 2)] == [0, 1]


def test_what_is_resolved_is_left_alone_and_armed_again_by_an_undo(log, bob, verdict, now):
    early = log(closes_on=date(2026, 1, 1))
    given, _resolution = grading.grade(early, verdict=verdict(known_on=date(2025, 6, 1)), by=bob, at=MORNING)
    resolved = flag_due(at=now)
    grading.undo_grade(given, by=bob, at=MORNING)
    # On that morning it was not due yet, so that the next sweep after its end finds it.
    assert (resolved, flag_due(at=MORNING), flag_due(at=now), flag_due(at=now)) == (0, 0, 1, 0)


def test_a_due_that_was_cleared_does_not_keep_the_next_from_coming(overdue, now):
    forecast = overdue()
    due.clear_due(forecast, why="date corrected", at=now)

    assert (waiting(), flag_due(at=now)) == (set(), 1)


def test_the_sweep_leaves_its_heartbeat(db, now):
    from groundwork.models import Heartbeat

    due.note_sweep(at=now, flagged=2)
    due.note_sweep(at=now + timedelta(minutes=15), flagged=0)

    assert list(Heartbeat.objects.values_list("name", "beat_at", "detail")) == [
        ("sweep", now + timedelta(minutes=15), {"flagged": 0})
    ]


# --- Two at once ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_flag_each_forecast_once(log, alongside):
    for _ in range(5):
        log()
    with transaction.atomic():
        mine = flag_due(at=MORNING)
        other = alongside(lambda: flag_due(at=MORNING))
        other.wait_until_blocked()

    assert (mine, other.outcome(), len(waiting())) == (5, 0, 5)


@pytest.mark.django_db(transaction=True)
def test_even_without_the_advisory_lock_neither_waits_nor_flags_again(log, alongside, monkeypatch):
    """Whoever comes second leaves the notes that the first one holds."""
    log()
    with transaction.atomic():
        mine = flag_due(at=MORNING)
        monkeypatch.setattr(due, "_ADVISORY_LOCK", due._ADVISORY_LOCK + 1)
        other = alongside(lambda: flag_due(at=MORNING)).outcome()

    assert (mine, other, len(waiting()), flag_due(at=MORNING)) == (1, 0, 1, 0)


@pytest.mark.django_db(transaction=True)
def test_the_index_keeps_apart_who_looks_past_the_notes(log, alongside, monkeypatch):
    """The control: whoever did not lock them would open a second Due, but for the index."""
    forecast = log()
    with transaction.atomic():
        mine = flag_due(at=MORNING)
        values = {"forecast": forecast, "due_on": date(2025, 8, 3), "flagged_at": MORNING}
        other = alongside(lambda: Due.objects.bulk_create([Due(**values)], ignore_conflicts=True))
        other.wait_until_blocked()
    other.outcome()

    assert (mine, len(waiting())) == (1, 1)


# --- The command ------------------------------------------------------------------------------------------------------


def flagged_by_command(*arguments):
    output = StringIO()
    call_command("flag_due", *arguments, stdout=output)
    return output.getvalue()


def test_the_command_says_how_many_it_flagged(log):
    log()
    log()

    assert [
        flagged_by_command("--on", "2025-08-02"),
        flagged_by_command("--on", "2025-08-03"),
        flagged_by_command(),
    ] == [
        "0 flagged\n",
        "2 flagged\n",
        "0 flagged\n",
    ]


def test_the_command_looks_at_everything_where_it_is_told_to(log):
    from forecasts.models import ComingDue

    log()
    ComingDue.objects.all().delete()

    assert [flagged_by_command(), flagged_by_command("--everything"), flagged_by_command("--everything")] == [
        "0 flagged\n",
        "1 flagged, 1 mended\n",
        "0 flagged, 0 mended\n",
    ]


def test_the_command_refuses_a_day_that_does_not_exist(db):
    with pytest.raises(CommandError, match="'2025-02-30' is no date; write it as YYYY-MM-DD"):
        flagged_by_command("--on", "2025-02-30")
