"""Reminders: weekly to the assignee or the editors, escalated after a fortnight, one after an outage."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from accounts.models import Notification
from forecasts.models import Due
from forecasts.services import handling
from forecasts.services.reminding import remind

DAY = timedelta(days=1)


@pytest.fixture
def fresh(log):
    """A forecast that fell due this morning, flagged."""
    from forecasts.services.due import flag_due

    def make(**values):
        forecast = log(**{"closes_on": date(2026, 2, 28)} | values)
        flag_due(at=datetime.fromisoformat("2026-03-01T09:00:00Z"))
        return forecast

    return make


def told(user):
    rows = Notification.objects.filter(user=user).unread().order_by("created_at", "pk")
    return list(rows.values_list("kind", "text"))


def test_whoever_has_it_in_hand_is_told_at_once_and_every_7_days(bob, erin, fresh, now):
    forecast = fresh()
    handling.assign(forecast, to=bob, by=erin, at=now)
    Due.objects.update(reminded_at=None)  # as the rule leaves it
    Notification.objects.all().delete()
    days = [day for day in range(14) if remind(at=now + day * DAY)]

    assert days == [0, 7]
    assert told(bob) == [("due", "1 forecast waits for your grade, the oldest since 1 March 2026.")]


def test_one_notice_says_how_much_waits(bob, erin, fresh, now, django_assert_num_queries):
    for number in range(3):
        handling.assign(fresh(closes_on=date(2026, 2, 20 + number)), to=bob, by=bob, at=now - 8 * DAY)
    with django_assert_num_queries(8):  # savepoint, lock, two marks, whom, how much, the notices, release
        remind(at=now)
    assert told(bob) == [("due", "3 forecasts wait for your grade, the oldest since 21 February 2026.")]


def test_the_editors_are_told_of_what_is_nobodys(bob, erin, fresh, now):
    fresh()
    fresh()
    remind(at=now)

    assert (told(erin), told(bob)) == ([("unassigned", "2 overdue forecasts are nobody’s to grade.")], [])


def test_after_14_days_the_editors_are_told_once(bob, erin, fresh, now):
    handling.assign(fresh(), to=bob, by=erin, at=now)
    seen = []
    for day in range(20):
        remind(at=now + day * DAY)
        seen.append([kind for kind, _text in told(erin)])
        Notification.objects.all().delete()

    assert [day for day, kinds in enumerate(seen) if kinds] == [14]
    assert Due.objects.get().escalated_at == now + 14 * DAY


def test_after_an_outage_there_is_one_reminder(bob, erin, fresh, now):
    handling.assign(fresh(), to=bob, by=bob, at=now)
    back = now + 30 * DAY

    assert [remind(at=back), remind(at=back), remind(at=back + DAY)] == [2, 0, 0]
    assert [kind for kind, _text in told(bob)] == ["due"]
    assert [kind for kind, _text in told(erin)] == ["escalated"]


def test_what_is_snoozed_is_told_on_its_day(bob, fresh, now):
    forecast = fresh()
    handling.assign(forecast, to=bob, by=bob, at=now)
    handling.snooze(forecast, until=date(2026, 3, 5), reason="x", by=bob, at=now)

    assert [day for day in range(6) if remind(at=now + day * DAY)] == [4]


def test_what_one_has_graded_is_reminded_of_no_more(two_graders, bob, erin, fresh, grade, now):
    forecast = fresh()
    handling.assign(forecast, to=bob, by=bob, at=now)
    grade(forecast, known_on=date(2026, 3, 1))

    assert remind(at=now + 20 * DAY) == 0


def test_no_notice_says_what_anybody_has_graded(two_graders, bob, dora, erin, overdue, grade, now):
    grade(overdue(event="The bridge opens."), rationale="A secret.")
    overdue(event="Another.")
    remind(at=now)

    assert told(erin) == [
        ("unassigned", "1 overdue forecast is nobody’s to grade."),
        ("escalated", "1 forecast has been overdue for more than 14 days."),
    ]
