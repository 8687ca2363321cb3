"""What followers are told of the outcome: how sure it is, and never what a grader said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.models import Notification
from forecasts.services import adjudicating, following, reopening, resolving
from forecasts.services.verdicts import Decided


@pytest.fixture
def told(charlie):
    """What Charlie, who follows, has been told and not read."""
    return lambda: list(Notification.objects.filter(user=charlie).unread().values_list("text", flat=True))


def test_one_grader_is_enough_for_a_small_desk(charlie, overdue, grade, told, now):
    forecast = overdue()
    following.follow(forecast, by=charlie, at=now)
    grade(forecast)

    assert told() == [f"It is known what became of {forecast.reference}."]


def test_a_provisional_outcome_is_not_told_as_a_final_one(two_graders, charlie, dora, overdue, grade, told, now):
    forecast, later = overdue(), now + timedelta(days=14)
    following.follow(forecast, by=charlie, at=now)
    grade(forecast)
    assert told() == []

    resolving.hold_for_now(forecast.awaited_grades.get().pk, at=later)
    assert told() == [f"For the time being, one grade of {forecast.reference} is held; a second one may change that."]
    grade(forecast, by=dora, at=later + timedelta(days=1))
    assert told() == [f"Two graders agree on what became of {forecast.reference}."]


def test_a_decision_is_told_as_one_and_a_dispute_as_nothing(disputed, charlie, erin, told, now):
    forecast = disputed()
    following.follow(forecast, by=charlie, at=now)
    finding = Decided(outcome="occurred", known_on=date(2025, 8, 3), rationale="A secret.")
    assert told() == []

    adjudicating.adjudicate(forecast, finding=finding, by=erin, at=now)
    assert told() == [f"An editor has decided what became of {forecast.reference}."]


def test_reopening_is_told_in_place_of_the_outcome(charlie, erin, overdue, grade, told, now):
    forecast = overdue()
    following.follow(forecast, by=charlie, at=now)
    grade(forecast)
    reopening.reopen(forecast, by=erin, why="The log was wrong.", at=now + timedelta(hours=1))

    assert told() == [f"{forecast.reference} was reopened, and is graded anew."]
