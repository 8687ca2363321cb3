"""Undoing the grade that settled a round: the other one stands, and whoever undid leaves the round to others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from accounts.models import Notification
from forecasts.errors import AlreadyResolved, GradeRefused
from forecasts.services import grading, judging, resolving
from forecasts.services.assigning import assign_due
from forecasts.services.correcting import put_anew
from forecasts.services.due import flag_due
from forecasts.services.following import follow
from forecasts.services.handling import assign
from forecasts.services.reminding_rounds import remind_of_rounds
from forecasts.services.reopening import reopen
from forecasts.services.verdicts import Decided, gradable, hindrance

pytestmark = pytest.mark.usefixtures("two_graders")
SOON = timedelta(seconds=8)
FORTNIGHT = timedelta(days=14)


@pytest.fixture
def undone(overdue, grade, bob, dora, now):
    """A forecast that Bob graded and then Dora, who undid it: they agree unless said otherwise."""

    def make(outcome="occurred", **values):
        forecast = overdue(**values)
        grade(forecast, by=bob)
        given, _resolution = grade(forecast, by=dora, at=now + timedelta(hours=1), outcome=outcome)
        grading.undo_grade(given, by=dora, at=given.graded_at + SOON)
        return forecast

    return make


def standing(forecast):
    rows = forecast.grades.standing().order_by("slot")
    return list(rows.values_list("round", "slot", "grader__name"))


def awaited():
    from forecasts.models import AwaitedGrade

    return list(AwaitedGrade.objects.open().values_list("forecast", "round", "since"))


@pytest.mark.parametrize("outcome", ["occurred", "did_not_occur"])
def test_the_first_grade_stands_and_waits_in_the_same_round(undone, now, dora, outcome):
    from forecasts.models import Due, Resolution, Score

    forecast = undone(outcome)
    forecast.refresh_from_db()

    assert (forecast.grading_round, standing(forecast)) == (1, [(1, 1, "Bob")])
    assert awaited() == [(forecast.pk, 1, now)]
    assert forecast.disputes.open().count() == 0
    assert Resolution.objects.standing().count() == Score.objects.standing().count() == 0
    assert list(Due.objects.values_list("flagged_at", "cleared_at", "cleared_why")) == [(now, None, "")]
    assert forecast.grades.get(grader=dora).retracted_why == "undone"


def test_what_was_held_stays_and_its_scores_are_archived(undone, now, dora):
    from forecasts.models import Score

    held = undone().resolutions.get()

    assert (held.how, held.superseded_by, held.superseded_why) == ("agreed", dora, "undone")
    assert set(Score.objects.values_list("archived_why", flat=True)) == {"undone"}


def test_whoever_undid_leaves_the_round_to_others_and_a_third_person_settles_it(
    undone, grade, refused, bob, dora, erin, now
):
    forecast = undone()

    assert refused(grade, forecast, by=dora) == (
        None,
        "read_the_other",
        "You could read the other grade before you took yours back, so somebody else grades it.",
    )
    assert hindrance(forecast, by=dora).code == "read_the_other"
    assert grade(forecast, by=erin)[1].how == "agreed"
    assert standing(forecast) == [(1, 1, "Bob"), (1, 2, "Erin")]


def test_in_the_next_round_they_grade_again(undone, grade, dora, erin, now):
    forecast = undone()
    grade(forecast, by=erin)
    reopen(forecast, by=erin, why="The log was forged.", at=now + FORTNIGHT)

    assert grade(forecast, by=dora, at=now + FORTNIGHT)[0].round == 2


def test_the_first_grader_may_undo_in_time_and_leaves_it_to_others_too(overdue, grade, refused, bob, dora, now):
    forecast = overdue()
    given, _none = grade(forecast, by=bob)
    grade(forecast, by=dora, at=now + timedelta(seconds=4))
    grading.undo_grade(given, by=bob, at=now + SOON)

    assert standing(forecast) == [(1, 2, "Dora")]
    assert refused(grade, forecast, by=bob)[1] == "read_the_other"


def test_a_first_grader_who_could_read_what_was_undone_does_not_grade_anew(undone, grade, refused, bob, erin, now):
    forecast = undone()
    grading.undo_grade(forecast.grades.get(grader=bob), by=bob, at=now + FORTNIGHT, why="I misread it.")

    assert (standing(forecast), awaited()) == ([], [])
    assert refused(grade, forecast, by=bob)[1] == "read_the_other"
    assert grade(forecast, by=erin)[0].slot == 1


def test_the_queue_and_the_reminders_pass_over_whoever_undid(undone, bob, dora, erin, now):
    from forecasts.models import AwaitedGrade, Due

    undone()
    remind_of_rounds(at=now + timedelta(hours=2))

    assert [AwaitedGrade.objects.awaited_of(each).count() for each in (bob, dora, erin)] == [0, 0, 1]
    assert [gradable(Due.objects.all(), by=each).count() for each in (dora, erin)] == [0, 1]
    told = Notification.objects.filter(kind="second").values_list("user__name", flat=True)
    assert set(told) & {"Bob", "Dora", "Erin"} == {"Erin"}


def test_nobody_is_given_what_they_leave_to_others(undone, refused, alice, bob, dora, erin, now, settings):
    from forecasts.models import Due

    settings.ASSIGN_BY = "round_robin"
    forecast = undone()
    Due.objects.update(assignee=dora, assigned_at=now)
    grading.undo_grade(forecast.grades.get(grader=bob), by=bob, at=now + FORTNIGHT, why="I misread it.")
    assign_due(at=now + FORTNIGHT)

    assert Due.objects.get().assignee == erin
    assert refused(assign, forecast, to=dora, by=erin, at=now + FORTNIGHT) == (
        "assignee",
        "due_refused",
        "Dora could read the other grade of this round; somebody else grades it.",
    )


def test_whoever_undid_foretells_nothing_any_more(log, grade, dora, bob, now):
    forecast = log(closes_on=date(2026, 8, 2))
    for person in (bob, dora):
        given, _resolution = grade(forecast, by=person, known_on=date(2026, 2, 1))
    grading.undo_grade(given, by=dora, at=now)

    assert judging.closed_to(forecast, by=dora, at=now).code == "own_grade"


def test_followers_are_not_told_of_what_was_undone(overdue, grade, bob, dora, erin, now):
    forecast = overdue()
    follow(forecast, by=erin, at=now)
    grade(forecast, by=bob)
    given, _resolution = grade(forecast, by=dora)
    before = Notification.objects.filter(user=erin).count()
    grading.undo_grade(given, by=dora, at=now)

    assert (before, Notification.objects.filter(user=erin).count()) == (1, 0)


@pytest.mark.parametrize("outcome", ["occurred", "did_not_occur"])
def test_what_was_held_for_now_is_held_for_now_again(overdue, grade, bob, dora, now, outcome):
    from forecasts.models import Due, Grade

    forecast = overdue()
    grade(forecast, by=bob)
    later = now + FORTNIGHT
    [waiting] = resolving.alone_too_long(at=later, limit=10)
    resolving.hold_for_now(waiting, at=later)
    given, _resolution = grade(forecast, by=dora, at=later + SOON, outcome=outcome)
    grading.undo_grade(given, by=dora, at=later + SOON * 2)

    assert [each.how for each in forecast.resolutions.standing()] == ["provisional"]
    assert (awaited(), Due.objects.waiting().count()) == ([(forecast.pk, 1, now)], 0)
    assert [each.grader for each in Grade.objects.visible_to(forecast.recorded_by)] == [bob]
    assert list(forecast.resolutions.told()) == [forecast.resolutions.standing().get()]
    assert resolving.alone_too_long(at=later + FORTNIGHT, limit=10) == []


@pytest.mark.parametrize("outcome", ["occurred", "did_not_occur"])
def test_what_came_in_with_an_import_is_held_again(overdue, grade, alice, bob, dora, now, outcome):
    forecast = overdue()
    finding = Decided(outcome="did_not_occur", known_on=date(2025, 8, 3), rationale="As it came in.")
    resolving.hold(forecast, finding, how="imported", independence="imported", grades=[], by=alice, at=now)
    grade(forecast, by=bob)
    given, _resolution = grade(forecast, by=dora, at=now + SOON, outcome=outcome)
    grading.undo_grade(given, by=dora, at=now + SOON * 2)
    held = forecast.resolutions.standing().get()

    assert (held.how, held.rationale, held.resolved_by) == ("imported", "As it came in.", alice)


# --- Who is told that it is put anew ----------------------------------------------------------------------------------


def told_anew(forecast):
    text = f"{forecast.reference} is graded anew: your grade does not count any more."
    rows = Notification.objects.filter(text=text, url=forecast.get_absolute_url())
    return set(rows.values_list("user__name", flat=True))


def test_graders_are_told_when_an_editor_reopens(overdue, grade, bob, erin, now):
    forecast = overdue()
    follow(forecast, by=bob, at=now)
    for grader in (bob, erin):
        grade(forecast, by=grader)
    reopen(forecast, by=erin, why="The log was forged.", at=now + SOON)

    assert told_anew(forecast) == {"Bob"}
    assert Notification.objects.filter(user=bob, read_at=None).count() == 1


def test_graders_are_told_when_a_correction_puts_it_anew(disputed, alice, now):
    from dataclasses import replace

    from forecasts.services.changing import revision_of

    forecast = disputed()
    before = replace(revision_of(forecast), closes_on=date(2025, 7, 2))
    put_anew(forecast, before=before, by=alice, why="The date was misread.", at=now + SOON)

    assert told_anew(forecast) == {"Bob", "Dora"}


def test_whoever_undoes_a_grade_tells_nobody_that_theirs_does_not_count(undone):
    assert told_anew(undone()) == set()


def test_a_grader_is_told_when_an_editor_takes_back_what_was_held_on_it(overdue, grade, bob, erin, now, settings):
    settings.GRADERS = 1
    forecast = overdue()
    given, _resolution = grade(forecast, by=bob)
    grading.undo_grade(given, by=erin, at=now + FORTNIGHT, why="He meant another one.")

    assert told_anew(forecast) == {"Bob"}


# --- The races --------------------------------------------------------------------------------------------------------


def race(alongside, first, second):
    """The second starts while the first one's transaction is still open; what became of the second."""
    with transaction.atomic():
        first()
        other = alongside(second)
        other.wait_until_blocked()
    return other.outcome()


@pytest.fixture
def pair(overdue, grade, bob, dora):
    def make():
        forecast = overdue()
        grade(forecast, by=bob)
        return forecast, grade(forecast, by=dora)[0]

    return make


@pytest.mark.django_db(transaction=True)
def test_a_third_grade_that_comes_during_the_undoing_is_the_second_one(pair, grade, alongside, dora, erin, now):
    forecast, given = pair()
    late = race(alongside, lambda: grading.undo_grade(given, by=dora, at=now + SOON), lambda: grade(forecast, by=erin))

    assert late[1].how == "agreed"
    assert standing(forecast) == [(1, 1, "Bob"), (1, 2, "Erin")]


@pytest.mark.django_db(transaction=True)
def test_a_third_grade_before_the_undoing_is_told_and_the_undoing_wins(pair, grade, alongside, dora, erin, now):
    forecast, given = pair()
    with pytest.raises(AlreadyResolved):
        grade(forecast, by=erin)
    late = race(
        alongside,
        lambda: grading.undo_grade(given, by=dora, at=now + SOON),
        lambda: grading.undo_grade(given, by=dora, at=now + SOON),
    )

    assert late is None
    assert (standing(forecast), forecast.resolutions.standing().count()) == ([(1, 1, "Bob")], 0)


@pytest.mark.django_db(transaction=True)
def test_of_both_who_undo_at_once_the_later_takes_back_a_grade_that_is_alone(pair, alongside, bob, dora, now):
    forecast, given = pair()
    bobs = forecast.grades.get(grader=bob)
    race(
        alongside,
        lambda: grading.undo_grade(given, by=dora, at=now + SOON),
        lambda: grading.undo_grade(bobs, by=bob, at=now + SOON),
    )

    assert (standing(forecast), awaited(), forecast.recusals.count()) == ([], [], 2)


@pytest.mark.django_db(transaction=True)
def test_an_editor_who_reopens_during_the_undoing_is_told(pair, alongside, dora, erin, now):
    from forecasts.errors import NotResolved

    forecast, given = pair()
    late = race(
        alongside,
        lambda: grading.undo_grade(given, by=dora, at=now + SOON),
        lambda: reopen(forecast, by=erin, why="So.", at=now + SOON),
    )

    assert isinstance(late, NotResolved)
    assert standing(forecast) == [(1, 1, "Bob")]


@pytest.mark.django_db(transaction=True)
def test_whoever_undoes_while_an_editor_reopens_is_told(pair, alongside, dora, erin, now):
    forecast, given = pair()
    late = race(
        alongside,
        lambda: reopen(forecast, by=erin, why="So.", at=now + SOON),
        lambda: grading.undo_grade(given, by=dora, at=now + SOON),
    )

    assert isinstance(late, GradeRefused)
    assert late.code == "round_over"


@pytest.mark.django_db(transaction=True)
def test_the_sweep_of_dues_and_an_undoing_leave_one_due(pair, alongside, dora, now):
    from forecasts.models import Due

    forecast, given = pair()
    with transaction.atomic():
        grading.undo_grade(given, by=dora, at=now + SOON)
        swept = alongside(lambda: flag_due(at=now + SOON)).outcome()
    flag_due(at=now + SOON)

    assert (swept, Due.objects.waiting().filter(forecast=forecast).count()) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_of_lone_grades_waits_for_an_undoing_and_holds_what_is_left(pair, alongside, dora, now):
    forecast, given = pair()
    from forecasts.models import AwaitedGrade

    waiting, later = AwaitedGrade.objects.get().pk, now + FORTNIGHT
    swept = race(
        alongside,
        lambda: grading.undo_grade(given, by=dora, at=now + SOON),
        lambda: resolving.hold_for_now(waiting, at=later),
    )

    assert (swept.how, standing(forecast)) == ("provisional", [(1, 1, "Bob")])
