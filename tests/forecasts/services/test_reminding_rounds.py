"""Rounds that are not over: second grades are asked for, and disputes, without a word of who has graded or what."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail

from accounts import tasks as mailing
from accounts.models import Notification
from forecasts.models import AwaitedGrade, Dispute
from forecasts.services.digests import make_digests
from forecasts.services.reminding_rounds import remind_of_rounds

DAY = timedelta(days=1)


def told(user):
    return list(Notification.objects.filter(user=user).unread().values_list("kind", "text", "url"))


def test_everybody_but_the_first_grader_is_told_of_a_second_grade_when_it_comes_and_every_7_days(
    two_graders, bob, dora, erin, overdue, grade, now
):
    grade(overdue(), by=bob, rationale="A secret.")
    days = [day for day in range(14) if remind_of_rounds(at=now + day * DAY)]

    waits = [("second", "1 forecast waits for a second grade.", "/desk/?list=waiting")]
    assert (days, told(bob), told(dora), told(erin)) == ([0, 7], [], waits, waits)


def test_of_several_everybody_is_told_how_many_are_another_persons(two_graders, bob, dora, overdue, grade, now):
    for grader in (bob, bob, dora):
        grade(overdue(), by=grader)
    remind_of_rounds(at=now)

    assert [text for _kind, text, _url in (*told(bob), *told(dora))] == [
        "1 forecast waits for a second grade.",
        "2 forecasts wait for a second grade.",
    ]


def test_the_editors_are_told_of_a_dispute(two_graders, bob, dora, erin, disputed, now):
    disputed()
    remind_of_rounds(at=now)

    assert (told(bob), told(dora)) == ([], [])
    assert told(erin) == [("disputed", "1 disputed forecast waits for an editor’s decision.", "/desk/?list=disputed")]


def test_what_is_over_is_told_no_more(two_graders, bob, dora, overdue, grade, now):
    forecast = overdue()
    grade(forecast, by=bob)
    grade(forecast, by=dora)

    assert remind_of_rounds(at=now) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_much_waits(
    two_graders, bob, dora, overdue, disputed, grade, now, count, django_assert_num_queries
):
    for _ in range(count):
        grade(overdue(), by=bob)
        disputed()
    with django_assert_num_queries(
        12
    ):  # savepoint, lock, 2 marks; how many, whose, left by whom, who; how many, who; told, release
        remind_of_rounds(at=now)
    assert AwaitedGrade.objects.filter(reminded_at=now).count() == count
    assert Dispute.objects.filter(reminded_at=now).count() == count


def test_the_digest_names_what_still_waits_when_it_is_sent(two_graders, bob, dora, erin, overdue, disputed, grade, now):
    waiting, settled, quarrel = overdue(event="The bridge opens."), overdue(), disputed(event="The lock holds.")
    for forecast in (waiting, settled):
        grade(forecast, by=bob, rationale="A secret.")
    with time_machine.travel(now, tick=False):
        remind_of_rounds(at=now)
        mails = make_digests(at=now)
        grade(settled, by=dora)
        for mail in mails:
            mailing.send_mail(mail)
    body = next(sent.body for sent in django_mail.outbox if sent.to == [erin.email])

    assert body.partition("\n\n")[2].rpartition("\n\n")[0] == (
        f"These wait for a second grade:\n- {waiting.reference}: The bridge opens.\n"
        f"  {_address(waiting)}\n\n"
        f"These are disputed, and wait for an editor’s decision:\n- {quarrel.reference}: The lock holds.\n"
        f"  {_address(quarrel)}"
    )


def _address(forecast):
    from django.conf import settings

    return f"{settings.SITE_URL}{forecast.get_absolute_url()}"
