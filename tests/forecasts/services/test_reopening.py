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


def test_a_pair_stays_once_the_seconds_are_over_and_an_editor_can_reopen_it(
    resolved, disputed, bob, dora, erin, now, refused
):
    agreed, differing = resolved(), disputed()
    later = now + timedelta(seconds=14)

    assert [
        refused(grading.undo_grade, agreed.grades.get(grader=each), by=by, at=later, why="I misread the log.")
        for each, by in ((bob, bob), (dora, dora), (dora, erin))
    ] == [(None, "settled", "Two people have graded it, so it stays. An editor can reopen the forecast.")] * 3
    assert refused(grading.undo_grade, differing.grades.get(grader=dora), by=dora, at=later, why="So.") == (
        None,
        "settled",
        "Two people have graded it and differ: an editor decides, and can reopen it after that.",
    )


def test_after_the_seconds_a_grade_alone_goes_with_a_reason(overdue, grade, bob, now, refused):
    given, _none = grade(overdue())
    on_its_way, too_late = now + timedelta(seconds=13), now + timedelta(seconds=14)

    assert refused(grading.undo_grade, given, by=bob, at=too_late) == (
        "why",
        "reason_needed",
        "The time to undo is over. Say why the grade is taken back.",
    )
    grading.undo_grade(given, by=bob, at=too_late, why=" I misread the log. ")
    again, _none = grade(given.forecast)
    grading.undo_grade(again, by=bob, at=on_its_way)
    assert rounds(given.forecast) == [(1, 1, "Bob", "I misread the log."), (1, 1, "Bob", "undone")]


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
