"""Taking grades back and reopening what was held: every row stays, and the question is put anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forecasts.services import grading
from forecasts.services.reopening import reopen

pytestmark = pytest.mark.usefixtures("two_graders")


@pytest.fixture
def resolved(overdue, grade, bob, dora):
    def make():
        forecast = overdue()
        grade(forecast, by=bob)
        grade(forecast, by=dora)
        return forecast

    return make


def rounds(forecast):
    return list(forecast.grades.order_by("pk").values_list("round", "slot", "grader__name", "retracted_why"))


def test_a_first_grade_taken_back_leaves_its_place_free(overdue, grade, bob, dora, now):
    from forecasts.models import AwaitedGrade, Due

    forecast = overdue()
    given, _none = grade(forecast, by=bob)
    grading.undo_grade(given, by=bob, at=now)
    waiting = AwaitedGrade.objects.open().count()
    grade(forecast, by=bob, outcome="did_not_occur")

    assert (waiting, rounds(forecast)) == (0, [(1, 1, "Bob", "undone"), (1, 1, "Bob", None)])
    assert Due.objects.waiting().count() == 1


def test_a_grade_taken_back_after_both_were_in_begins_the_next_round(resolved, grade, bob, dora, now):
    forecast = resolved()
    later = now + timedelta(days=1)
    grading.undo_grade(forecast.grades.get(grader=dora), by=dora, at=later, why="I misread the log.")
    old = forecast.resolutions.get()
    grade(forecast, by=dora, at=later, outcome="did_not_occur")
    grade(forecast, by=bob, at=later, outcome="did_not_occur")

    assert (old.superseded_at, old.superseded_by, old.superseded_why) == (later, dora, "I misread the log.")
    assert rounds(forecast) == [
        (1, 1, "Bob", None),
        (1, 2, "Dora", "I misread the log."),
        (2, 1, "Dora", None),
        (2, 2, "Bob", None),
    ]
    assert forecast.resolutions.get(superseded_at=None).outcome == "did_not_occur"


def test_a_grade_of_a_round_that_is_over_stays(resolved, bob, erin, now, refused):
    forecast = resolved()
    reopen(forecast, by=erin, why="The log was forged.", at=now)

    assert refused(grading.undo_grade, forecast.grades.get(grader=bob), by=bob, at=now)[1] == "round_over"


def test_an_editor_reopens_with_a_reason_and_what_was_held_stays_readable(resolved, grade, bob, erin, now):
    from forecasts.models import Due

    forecast = resolved()
    later = now + timedelta(days=30)
    again = reopen(forecast, by=erin, why=" The log was forged. ", at=later)
    old = forecast.resolutions.get()

    assert again.grading_round == 2
    assert (old.outcome, old.superseded_at, old.superseded_by, old.superseded_why) == (
        "occurred",
        later,
        erin,
        "The log was forged.",
    )
    assert list(Due.objects.order_by("pk").values_list("flagged_at", "cleared_why"))[1:] == [(later, "")]
    given, _none = grade(forecast, by=bob, at=later)
    assert (given.round, given.slot) == (2, 1)


def test_what_is_reopened_before_its_window_has_ended_is_not_due_yet(log, grade, bob, dora, erin, now):
    from datetime import date

    from forecasts.models import Due

    forecast = log(closes_on=date(2026, 8, 2))
    for grader in (bob, dora):
        grade(forecast, by=grader, known_on=date(2026, 2, 1))
    reopen(forecast, by=erin, why="Too soon.", at=now)

    assert Due.objects.count() == 0


def test_reopening_is_an_editors_and_needs_a_reason_and_something_held(resolved, overdue, bob, erin, now, refused):
    forecast = resolved()

    assert refused(reopen, forecast, by=bob, why="So.", at=now)[1] == "editors_decision"
    assert refused(reopen, forecast, by=erin, why=" ", at=now)[:2] == ("why", "decision_refused")
    assert refused(reopen, forecast, by=erin, why="So.", at=now, version=9)[1] == "stale"
    assert refused(reopen, overdue(), by=erin, why="So.", at=now)[1] == "not_resolved"


def test_what_is_held_for_now_can_be_reopened_too(overdue, grade, erin, now):
    from forecasts.models import AwaitedGrade
    from forecasts.services import resolving

    forecast = overdue()
    grade(forecast)
    later = now + timedelta(days=14)
    [waiting] = resolving.alone_too_long(at=later, limit=1)
    resolving.hold_for_now(waiting, at=later)
    reopen(forecast, by=erin, why="Nobody looked.", at=later)

    assert (AwaitedGrade.objects.open().count(), forecast.resolutions.get().superseded_by) == (0, erin)
