"""Two people grade each forecast: what follows where they agree, where they differ, and where one stays alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from forecasts.errors import AlreadyGraded, AlreadyResolved, InDispute
from forecasts.services import grading, judging, resolving
from forecasts.services.entries import Criteria
from forecasts.services.recording import Place
from forecasts.services.verdicts import Decided
from tests.factories import ArticleFactory, SourceFactory

pytestmark = pytest.mark.usefixtures("two_graders")
FORTNIGHT = timedelta(days=14)


def dues():
    from forecasts.models import Due

    return list(Due.objects.order_by("pk").values_list("cleared_why", flat=True))


def held(forecast):
    """Every resolution, the oldest first: how, outcome, whether it stands."""
    rows = forecast.resolutions.order_by("pk").values_list("how", "outcome", "superseded_at")
    return [(how, outcome, superseded is None) for how, outcome, superseded in rows]


def awaited():
    from forecasts.models import AwaitedGrade

    return list(AwaitedGrade.objects.open().values_list("forecast", "round"))


# --- Both are in ------------------------------------------------------------------------------------------------------


def test_after_one_grade_the_forecast_stays_due_for_a_second_person(overdue, grade, now):
    forecast = overdue()
    given, resolution = grade(forecast)

    assert (given.slot, resolution, held(forecast), dues()) == (1, None, [], [""])
    assert awaited() == [(forecast.pk, 1)]


def test_two_who_agree_make_the_resolution_at_once(overdue, grade, bob, dora, now):
    forecast = overdue()
    first, _none = grade(forecast, by=bob)
    second, resolution = grade(forecast, by=dora)

    assert (second.slot, held(forecast), dues(), awaited()) == (2, [("agreed", "occurred", True)], ["resolved"], [])
    assert list(resolution.grades.order_by("slot")) == [first, second]
    assert (resolution.resolved_by, resolution.resolved_at, resolution.independence) == (dora, now, "colleague")


@pytest.mark.parametrize(
    ("bobs", "doras"), [(date(2025, 8, 3), date(2025, 8, 9)), (date(2025, 8, 9), date(2025, 8, 3))]
)
def test_of_two_days_the_earlier_counts_with_the_reason_of_whoever_named_it(overdue, grade, bob, dora, bobs, doras):
    forecast = overdue()
    grade(forecast, by=bob, known_on=bobs, rationale="Bob says.")
    _second, resolution = grade(forecast, by=dora, known_on=doras, rationale="Dora says.")

    assert resolution.known_on == date(2025, 8, 3)
    assert resolution.rationale == ("Bob says." if bobs < doras else "Dora says.")


def test_what_happened_in_part_is_held_with_what_did_and_what_did_not(overdue, grade, bob, dora):
    forecast = overdue(criteria=Criteria(observable="Traffic", degrees="One lane"))
    in_part = {"outcome": "partly", "happened": "One lane opened.", "not_happened": "The other stayed closed."}
    grade(forecast, by=bob, **in_part)
    _second, resolution = grade(forecast, by=dora, **in_part)

    assert (resolution.outcome, resolution.happened, resolution.not_happened) == tuple(in_part.values())


def test_two_who_differ_make_a_dispute_and_no_resolution(disputed):
    forecast = disputed()

    assert (held(forecast), dues(), awaited()) == ([], [""], [])
    assert list(forecast.disputes.values_list("round", "closed_at")) == [(1, None)]


def test_the_weaker_of_both_independences_is_held(overdue, grade, bob, dora, erin, now, make_article):
    outside = {"author": SourceFactory(), "place": Place(article=ArticleFactory())}
    both_outside, one_approved = overdue(**outside), overdue(**outside)
    judging.set_desk_line(one_approved, chance=judging.Chance(probability=0.5), by=erin, at=now, article=make_article())
    kinds = []
    for forecast, second in ((both_outside, dora), (one_approved, erin)):
        grade(forecast, by=bob)
        kinds.append(grade(forecast, by=second)[1].independence)

    assert kinds == ["independent", "involved"]


# --- Who is too late --------------------------------------------------------------------------------------------------


def test_nobody_grades_twice_in_a_round(overdue, grade, refused):
    forecast = overdue()
    grade(forecast)

    assert refused(grade, forecast, outcome="did_not_occur") == (
        None,
        "already_graded",
        "You have graded this forecast already. Your entry was not saved.",
    )


def test_a_third_person_is_told_that_two_have_graded(overdue, disputed, grade, refused, bob, dora, erin):
    agreed = overdue()
    grade(agreed, by=bob)
    grade(agreed, by=dora)

    assert refused(grade, agreed, by=erin)[1] == "already_resolved"
    assert refused(grade, disputed(), by=erin) == (
        None,
        "in_dispute",
        "Two people have graded this forecast already. Your entry was not saved.",
    )


def test_one_grader_is_enough_where_the_setting_says_so(overdue, grade, settings, dora):
    waiting, forecast = overdue(), overdue()
    grade(waiting)
    settings.GRADERS = 1
    grade(forecast)

    assert held(forecast) == [("single", "occurred", True)]
    grade(waiting, by=dora)
    assert held(waiting) == [("agreed", "occurred", True)]


def test_authors_grade_where_the_setting_says_so_and_are_shown_as_involved(
    overdue, grade, settings, alice, bob, refused
):
    settings.GRADERS = 1
    assert refused(grade, overdue(), by=alice)[1] == "own_forecast"
    settings.INVOLVED_MAY_GRADE = True
    assert grade(overdue(), by=alice)[1].independence == "involved"


def test_that_it_can_no_longer_happen_is_an_editors(log, grade, refused, bob, erin):
    early = {"outcome": "did_not_occur", "known_on": date(2025, 7, 1)}
    forecast = log()

    assert refused(grade, forecast, by=bob, **early)[:2] == ("known_on", "earlier_than_shape")
    assert refused(grade, log(shape="true_on"), by=erin, **early)[:2] == ("known_on", "earlier_than_shape")
    assert grade(forecast, by=erin, **early)[0].outcome == "did_not_occur"


# --- What came in with an import --------------------------------------------------------------------------------------


def imported(forecast, *, by, at):
    finding = Decided(outcome="did_not_occur", known_on=date(2025, 8, 3), rationale="As it came in.")
    return resolving.hold(forecast, finding, how="imported", independence="imported", grades=[], by=by, at=at)


def test_an_imported_outcome_holds_until_two_have_graded(overdue, grade, alice, bob, dora, now):
    from forecasts.models import Grade

    forecast = overdue()
    imported(forecast, by=alice, at=now)
    grade(forecast, by=bob)
    seen = list(Grade.objects.visible_to(dora))
    before = held(forecast)
    grade(forecast, by=dora)

    assert (before, seen) == ([("imported", "did_not_occur", True)], [])
    assert held(forecast) == [("imported", "did_not_occur", False), ("agreed", "occurred", True)]


# --- Alone ------------------------------------------------------------------------------------------------------------


def hold_what_is_alone(at):
    return [resolving.hold_for_now(pk, at=at) for pk in resolving.alone_too_long(at=at, limit=10)]


def test_a_grade_that_stays_alone_for_a_fortnight_is_held_for_now(overdue, grade, bob, now):
    forecast = overdue()
    grade(forecast, by=bob)
    early = hold_what_is_alone(now + FORTNIGHT - timedelta(seconds=1))
    [resolution] = hold_what_is_alone(now + FORTNIGHT)

    assert (early, held(forecast), dues()) == ([], [("provisional", "occurred", True)], ["resolved"])
    assert (resolution.resolved_by, resolution.independence) == (bob, "colleague")
    assert (awaited(), hold_what_is_alone(now + FORTNIGHT * 2)) == ([(forecast.pk, 1)], [])


@pytest.mark.parametrize(
    ("outcome", "then", "due"),
    [
        ("occurred", [("provisional", "occurred", False), ("agreed", "occurred", True)], ["resolved"]),
        ("did_not_occur", [("provisional", "occurred", False)], ["resolved", ""]),
    ],
)
def test_a_second_grade_takes_the_place_of_what_was_held_for_now(overdue, grade, now, dora, outcome, then, due):
    forecast = overdue()
    grade(forecast)
    hold_what_is_alone(now + FORTNIGHT)
    grade(forecast, by=dora, at=now + FORTNIGHT * 2, outcome=outcome)

    assert (held(forecast), dues(), awaited()) == (then, due, [])
    assert forecast.disputes.filter(closed_at=None).count() == (outcome != "occurred")


def test_what_was_taken_back_meanwhile_is_not_held(overdue, grade, now, bob):
    forecast = overdue()
    given, _none = grade(forecast)
    [waiting] = resolving.alone_too_long(at=now + FORTNIGHT, limit=10)
    grading.undo_grade(given, by=bob, at=now + FORTNIGHT, why="I misread it.")

    assert resolving.hold_for_now(waiting, at=now + FORTNIGHT) is None
    assert held(forecast) == []


# --- The races --------------------------------------------------------------------------------------------------------


def race(alongside, first, second):
    """The second starts while the first one's transaction is still open; what became of the second."""
    with transaction.atomic():
        first()
        other = alongside(second)
        other.wait_until_blocked()
    return other.outcome()


def slots(forecast):
    return sorted(forecast.grades.filter(retracted_at=None).values_list("slot", "grader__name"))


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_one_slot_each_and_the_third_is_told(overdue, grade, alongside, bob, dora, erin):
    forecast = overdue()
    second = race(alongside, lambda: grade(forecast, by=bob), lambda: grade(forecast, by=dora))

    assert second[0].slot == 2
    assert (slots(forecast), held(forecast)) == ([(1, "Bob"), (2, "Dora")], [("agreed", "occurred", True)])
    with pytest.raises(AlreadyResolved):
        grade(forecast, by=erin)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_for_the_last_slot_one_wins_and_the_other_is_told(overdue, grade, alongside, bob, dora, erin):
    forecast = overdue()
    grade(forecast, by=bob)
    late = race(
        alongside,
        lambda: grade(forecast, by=dora, outcome="did_not_occur"),
        lambda: grade(forecast, by=erin),
    )

    assert isinstance(late, InDispute)
    assert slots(forecast) == [(1, "Bob"), (2, "Dora")]


@pytest.mark.django_db(transaction=True)
def test_the_same_person_twice_at_once_has_one_grade(overdue, grade, alongside, bob):
    forecast = overdue()
    late = race(alongside, lambda: grade(forecast, by=bob), lambda: grade(forecast, by=bob))

    assert isinstance(late, AlreadyGraded)
    assert slots(forecast) == [(1, "Bob")]


@pytest.mark.django_db(transaction=True)
def test_without_the_row_lock_two_at_once_take_the_same_slot(overdue, grade, alongside, bob, dora, monkeypatch):
    """The negative control: both see two slots free and take the first; only the constraint keeps one of them out."""
    from forecasts.querysets import ForecastQuerySet

    forecast = overdue()
    monkeypatch.setattr(ForecastQuerySet, "select_for_update", lambda rows, **_options: rows.all())
    late = race(alongside, lambda: grade(forecast, by=bob), lambda: grade(forecast, by=dora))

    assert isinstance(late, IntegrityError)
    assert "grade_once_per_slot" in str(late)
    assert slots(forecast) == [(1, "Bob")]


@pytest.mark.django_db(transaction=True)
def test_a_second_grade_during_the_sweep_of_lone_ones_takes_its_place(overdue, grade, alongside, bob, dora, now):
    forecast = overdue()
    grade(forecast, by=bob)
    later = now + FORTNIGHT
    [waiting] = resolving.alone_too_long(at=later, limit=10)
    race(
        alongside,
        lambda: resolving.hold_for_now(waiting, at=later),
        lambda: grade(forecast, by=dora, at=later),
    )

    assert held(forecast) == [("provisional", "occurred", False), ("agreed", "occurred", True)]


@pytest.mark.django_db(transaction=True)
def test_the_sweep_of_lone_grades_finds_none_where_a_second_came_first(overdue, grade, alongside, bob, dora, now):
    forecast = overdue()
    grade(forecast, by=bob)
    later = now + FORTNIGHT
    [waiting] = resolving.alone_too_long(at=later, limit=10)
    swept = race(
        alongside,
        lambda: grade(forecast, by=dora, at=later),
        lambda: resolving.hold_for_now(waiting, at=later),
    )

    assert (swept, held(forecast)) == (None, [("agreed", "occurred", True)])
