"""Looking, before a forecast's end, whether it is known already."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from forecasts.models import ComingDue, Forecast, Look
from forecasts.services import correcting, reopening
from forecasts.services.due import flag_due
from forecasts.services.looking import look_again

NINETY = timedelta(days=90)


def listed(on: date) -> list[int]:
    return list(ComingDue.objects.known_perhaps(on=on).order_by("look_on", "pk").values_list("pk", flat=True))


@pytest.fixture
def forecast(log) -> Forecast:
    """Made on 2 May 2025, open until the end of 2026."""
    return log(closes_on=date(2026, 12, 31))


def test_it_comes_up_ninety_days_after_it_was_made_and_stays_until_the_week_of_its_end(forecast):
    first, week_before = date(2025, 5, 2) + NINETY, date(2026, 12, 25)

    assert listed(first - timedelta(days=1)) == []
    assert listed(first) == listed(week_before - timedelta(days=1)) == [forecast.pk]
    # From then on it is among those that fall due this week.
    assert listed(week_before) == []


def test_what_closes_before_that_and_assessments_never_come_up(log):
    log(closes_on=date(2025, 5, 2) + NINETY)
    log(closes_on=date(2027, 1, 1), triage="assessment")

    assert [listed(date(2025, 5, 2) + timedelta(days=days)) for days in range(0, 400, 10)] == [[]] * 40


def test_who_has_looked_is_kept_and_it_comes_up_again_after_ninety_days(forecast, bob, dora, now):
    look_again(forecast, by=bob, at=now)
    look_again(forecast, by=dora, at=now + NINETY)
    today = now.date()

    assert list(forecast.looks.values_list("looked_by", "looked_at")) == [(bob.pk, now), (dora.pk, now + NINETY)]
    assert (listed(today), listed(today + 2 * NINETY)) == ([], [forecast.pk])


def test_twice_on_one_day_is_once(forecast, bob, dora, now):
    assert look_again(forecast, by=bob, at=now) == look_again(forecast, by=dora, at=now + timedelta(hours=1))
    assert Look.objects.count() == 1


def test_a_resolution_takes_it_out_and_reopening_brings_it_back(forecast, grade, erin, now):
    days = [listed(now.date())]
    grade(forecast, known_on=date(2026, 2, 1))
    days.append(listed(now.date()))
    reopening.reopen(forecast, by=erin, why="The report was wrong.", at=now)
    days.append(listed(now.date()))

    assert days == [[forecast.pk], [], [forecast.pk]]


def test_a_first_grade_takes_it_out_because_it_waits_for_the_second(forecast, grade, two_graders, now):
    grade(forecast, known_on=date(2026, 2, 1))

    assert listed(now.date()) == []


def test_a_corrected_window_or_day_of_making_moves_it(forecast, log, bob, erin, now):
    short = log()
    flag_due(at=now)
    [row] = correcting.propose(short, changes={"closes_on": date(2027, 1, 1)}, by=bob, why="misread", at=now)
    correcting.confirm(row, by=erin, at=now)
    Forecast.objects.filter(pk=forecast.pk).update(made_on=date(2026, 2, 1))

    assert (listed(now.date()), listed(date(2026, 5, 2))) == ([short.pk], [short.pk, forecast.pk])


@pytest.mark.parametrize("kind", ["due", "resolved", "assessment"])
def test_nobody_looks_at_what_is_over_or_was_never_open(log, grade, bob, now, refused, kind):
    forecast = log(triage="assessment") if kind == "assessment" else log()
    if kind == "resolved":
        grade(forecast)

    assert refused(look_again, forecast, by=bob, at=now)[1] == "nothing_to_look_for"


@pytest.mark.django_db(transaction=True)
def test_two_who_look_at_once_leave_one_look(forecast, alongside, bob, dora, now):
    from django.db import transaction

    with transaction.atomic():
        mine = look_again(forecast, by=bob, at=now)
        other = alongside(lambda: look_again(forecast, by=dora, at=now))
        other.wait_until_blocked()

    assert (other.outcome(), Look.objects.count()) == (mine, 1)
