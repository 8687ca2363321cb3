"""Giving what is due to somebody by hand, putting it off, waking it again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from accounts.models import Notification
from forecasts.models import Due, DueChange
from forecasts.services import handling
from forecasts.services.entries import Criteria

TODAY = date(2026, 3, 1)


def history():
    return [
        (change.step, change.assignee and change.assignee.name, change.until, change.reason, change.by.name)
        for change in DueChange.objects.select_related("assignee", "by")
    ]


def told(user):
    return list(Notification.objects.filter(user=user).unread().values_list("text", flat=True))


def test_to_somebody_to_oneself_and_to_nobody(bob, dora, overdue, now):
    forecast = overdue()
    for to in (bob, dora, dora, None):
        handling.assign(forecast, to=to, by=dora, at=now)

    due = Due.objects.get()
    assert (due.assignee, due.assigned_by, due.assigned_at) == (None, dora, now)
    assert history() == [
        ("assigned", "Bob", None, "", "Dora"),
        ("assigned", "Dora", None, "", "Dora"),
        ("assigned", None, None, "", "Dora"),
    ]


def test_who_gets_it_is_told_and_whoever_had_it_is_told_no_more(bob, dora, erin, overdue, now):
    forecast = overdue()
    handling.assign(forecast, to=bob, by=dora, at=now)
    assert told(bob) == [f"Dora has given {forecast.reference} to you to grade."]

    handling.assign(forecast, to=erin, by=dora, at=now)
    assert (told(bob), told(erin)) == ([], [f"Dora has given {forecast.reference} to you to grade."])

    handling.assign(forecast, to=dora, by=dora, at=now)
    assert (told(erin), told(dora)) == ([], [])


def test_it_goes_to_nobody_who_can_never_grade_it(alice, bob, charlie, dora, overdue, refused, now):
    forecast = overdue(criteria=Criteria(observable="The gate"))
    type(forecast).objects.update(criteria_by=dora)
    forecast.refresh_from_db()
    said = "%s wrote this forecast or its criteria; somebody else grades it."

    for to, message in ((alice, said % "Alice"), (dora, said % "Dora"), (charlie, "Choose somebody who may grade.")):
        assert refused(handling.assign, forecast, to=to, by=bob, at=now) == ("assignee", "due_refused", message)


def test_readers_see_to_nothing(charlie, overdue, refused, now):
    forecast = overdue()

    assert refused(handling.assign, forecast, to=None, by=charlie, at=now)[1] == "not_yours"
    assert refused(handling.wake, forecast, by=charlie, at=now)[1] == "not_yours"


def test_what_is_not_due_or_graded_is_nobodys_to_give(two_graders, bob, dora, log, overdue, grade, refused, now):
    coming, graded = log(closes_on=date(2027, 1, 1)), overdue()
    grade(graded)

    assert refused(handling.assign, coming, to=bob, by=bob, at=now)[1] == "not_due"
    assert refused(handling.snooze, graded, until=date(2026, 4, 1), reason="x", by=dora, at=now)[1] == "not_due"


@pytest.mark.parametrize("days", [1, 90])
def test_a_snooze_hides_until_its_day_and_clears_nothing(bob, overdue, now, days):
    forecast, day = overdue(), TODAY + timedelta(days=days)
    handling.snooze(forecast, until=day, reason=" The vote \n was moved. ", by=bob, at=now)
    due = Due.objects.get()

    assert (due.snoozed_until, due.snooze_reason, due.snoozed_by, due.cleared_at) == (
        day, "The vote was moved.", bob, None
    )  # fmt: skip
    before = day - timedelta(days=1)
    assert [Due.objects.shown(on=on).count() for on in (TODAY, before, day)] == [0, 0, 1]
    assert [Due.objects.snoozed(on=on).count() for on in (TODAY, before, day)] == [1, 1, 0]
    assert history() == [("snoozed", None, day, "The vote was moved.", "Bob")]


@pytest.mark.parametrize(
    ("days", "reason", "field"), [(0, "x", "until"), (-1, "x", "until"), (91, "x", "until"), (5, " ", "reason")]
)
def test_a_snooze_has_a_reason_and_ends_within_90_days(bob, overdue, refused, now, days, reason, field):
    forecast = overdue()
    given = {"until": TODAY + timedelta(days=days), "reason": reason}

    assert refused(handling.snooze, forecast, **given, by=bob, at=now)[0] == field
    assert refused(handling.snooze, forecast, until=TODAY + timedelta(days=5), reason="x" * 301, by=bob, at=now) == (
        "reason", "due_refused", "At most 300 characters fit here."
    )  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"snoozed_on": TODAY, "snoozed_until": TODAY + timedelta(days=91), "snooze_reason": "x"},
        {"snoozed_on": TODAY, "snoozed_until": TODAY, "snooze_reason": "x"},
        {"snoozed_on": TODAY, "snoozed_until": TODAY + timedelta(days=5), "snooze_reason": ""},
        {"snoozed_on": None, "snoozed_until": TODAY + timedelta(days=5), "snooze_reason": "x"},
        {"snoozed_on": TODAY, "snoozed_until": None, "snooze_reason": "x"},
    ],
)
def test_the_database_refuses_such_a_snooze_too(overdue, values):
    overdue()
    with pytest.raises(IntegrityError, match="due_snoozed_with_a_reason_for_90_days_at_most"), transaction.atomic():
        Due.objects.update(**values)


def test_what_is_woken_is_shown_at_once(bob, dora, overdue, now):
    forecast = overdue()
    handling.snooze(forecast, until=TODAY + timedelta(days=5), reason="x", by=bob, at=now)
    handling.wake(forecast, by=dora, at=now)
    handling.wake(forecast, by=dora, at=now)
    due = Due.objects.get()

    assert (due.snoozed_until, due.snooze_reason, due.snoozed_on, due.snoozed_by) == (None, "", None, None)
    assert Due.objects.shown(on=TODAY).count() == 1
    assert history()[1:] == [("woken", None, None, "", "Dora")]


def test_the_history_only_grows(bob, overdue, now):
    handling.assign(overdue(), to=bob, by=bob, at=now)
    with pytest.raises(ProgrammingError), transaction.atomic():
        DueChange.objects.update(assignee=None)
    with pytest.raises(ProgrammingError), transaction.atomic():
        DueChange.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_at_once_the_later_has_it_and_both_are_on_record(bob, dora, overdue, alongside, now):
    forecast = overdue()
    with transaction.atomic():
        handling.assign(forecast, to=bob, by=bob, at=now)
        other = alongside(lambda: handling.assign(forecast, to=dora, by=dora, at=now))
        other.wait_until_blocked()
    other.outcome()

    assert Due.objects.get().assignee == dora
    assert [row[1] for row in history()] == ["Bob", "Dora"]
