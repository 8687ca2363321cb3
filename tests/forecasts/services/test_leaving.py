"""An analyst leaves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import CalendarKey, User
from accounts.services import people
from accounts.services.keys import make_key
from forecasts.models import Due
from forecasts.services import grading, judging
from forecasts.services.entries import Chance
from forecasts.services.leaving import Leaving, colleagues, leave, owner_of, what_leaves


@pytest.fixture
def ada(person) -> User:
    """An administrator."""
    return person("ada", "administrator")


@pytest.fixture
def busy(alice, overdue, log, now):
    """Alice with an overdue forecast that is hers to grade, one that is open, a key and a calendar."""
    late = overdue()
    still_open = log(closes_on=date(2027, 1, 1))
    Due.objects.update(assignee=alice)
    make_key(by=alice, name="report", scope="read", at=now, lasts=timedelta(days=30))
    CalendarKey.objects.create(user=alice, key_hash="0" * 64, created_at=now)
    return late, still_open


def test_the_preview_counts_and_changes_nothing(busy, alice, now, stored):
    before = stored()

    assert what_leaves(alice, at=now) == Leaving(judgements=2, dues=1, api_keys=1, calendar_keys=1, bylines=2)
    assert stored() == before


def test_one_act_ends_judgements_hands_on_what_is_due_and_closes_account_and_keys(busy, alice, bob, ada, now):
    at = timezone.now()
    leave(alice, by=ada, why="moved on", at=at, hand_to=bob)
    alice.refresh_from_db()
    judgements = [row for forecast in busy for row in forecast.judgements.all()]

    assert [(row.ended_at, row.ended_by, row.ended_why) for row in judgements] == [(at, ada, "left the desk")] * 2
    assert [(row.assignee, row.assigned_by, row.assigned_at) for row in Due.objects.all()] == [(bob, ada, at)]
    assert (alice.is_active, alice.api_keys.get().revoked_at, alice.calendar_keys.get().revoked_at) == (False, at, at)


def test_bylines_stay_and_the_forecasts_belong_to_the_desk(busy, alice, ada):
    late, _still_open = busy
    assert owner_of(late) == alice

    leave(alice, by=ada, why="moved on", at=timezone.now())
    late = type(late).objects.get(pk=late.pk)
    assert (late.author.user, owner_of(late), Due.objects.get().assignee) == (alice, None, None)


def test_what_is_resolved_keeps_the_judgement_that_it_was_scored_by(busy, alice, bob, ada, verdict, now):
    late, _still_open = busy
    grading.grade(late, verdict=verdict(), by=bob, at=now)
    leave(alice, by=ada, why="moved on", at=timezone.now())

    assert late.judgements.get().ended_at is None


def test_the_desks_line_and_others_judgements_stand(busy, alice, bob, ada, now, make_article):
    _late, still_open = busy
    judging.judge(still_open, chance=Chance(probability=0.2), by=bob, at=now)
    judging.set_desk_line(still_open, chance=Chance(probability=0.3), by=alice, at=now, article=make_article())
    leave(alice, by=ada, why="moved on", at=timezone.now())

    assert sorted(still_open.judgements.standing().values_list("line", flat=True)) == ["desk", "personal"]


def test_opening_the_account_again_revives_no_key_and_no_judgement(busy, alice, ada):
    leave(alice, by=ada, why="moved on", at=timezone.now())
    people.reactivate(user=alice, by=ada, why="back again")

    assert alice.api_keys.filter(revoked_at=None).count() == 0
    assert [forecast.judgements.standing().count() for forecast in busy] == [0, 0]


def test_it_is_an_administrators_act_on_somebody_else_and_done_once(busy, alice, bob, erin, charlie, ada, refused):
    at = timezone.now()

    assert refused(leave, alice, by=erin, why="x", at=at)[2] == "Only an administrator can do this."
    assert refused(leave, ada, by=ada, why="x", at=at)[2] == "Another administrator does this for you."
    assert refused(leave, alice, by=ada, why="x", at=at, hand_to=charlie)[0] == "hand_to"
    assert refused(leave, alice, by=ada, why="x", at=at, hand_to=alice)[0] == "hand_to"
    assert refused(leave, alice, by=ada, why=" ", at=at)[0] == "why"
    leave(alice, by=ada, why="x", at=at)
    alice.refresh_from_db()
    assert refused(leave, alice, by=ada, why="x", at=at)[2] == "This account is closed already."


def test_work_is_handed_on_to_whoever_may_grade(alice, bob, charlie, erin, ada):
    bob.is_active = False
    bob.save()

    assert list(colleagues(alice)) == [ada, erin]
