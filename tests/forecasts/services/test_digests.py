"""The daily digest: one a person and day, one after an outage, written as it is sent, never repeated after a crash."""

from __future__ import annotations

from datetime import date, timedelta
from unittest.mock import Mock

import pytest
import time_machine
from django.core import mail as django_mail
from django.db import transaction

from accounts import delivery
from accounts import tasks as mailing
from accounts.models import Digest, OutboxMail
from accounts.services import notifying, outbox
from forecasts.services import digests, following, handling, reminding
from forecasts.services.digests import make_digests

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def send(monkeypatch):
    """Make today's digests and send them, as the worker does; the texts that went out, by address."""

    def make(at) -> dict[str, str]:
        with time_machine.travel(at, tick=False):
            django_mail.outbox.clear()
            for mail in make_digests(at=at):
                mailing.send_mail(mail)
        return {sent.to[0]: sent.body for sent in django_mail.outbox}

    return make


@pytest.fixture
def in_hand(bob, erin, overdue, now):
    """`in_hand(event=…)` is overdue, Bob's to grade, and he has been told of it in the app."""

    def make(**values):
        forecast = overdue(**values)
        handling.assign(forecast, to=bob, by=erin, at=now)
        return forecast

    return make


def test_it_says_what_waits_and_what_has_happened(bob, in_hand, send, now, settings):
    settings.SITE_URL, settings.DESK_NAME = "https://desk.example", "The Alma desk"
    forecast = in_hand(event="The bridge opens.")
    url = following.address(forecast)
    notifying.notify([bob], kind="comment", text="Dora has commented on F-9.", url=url, at=now)
    body = send(now)["bob@example.org"]

    address = f"https://desk.example{url}"
    assert body.splitlines() == [
        "Hello Bob,",
        "",
        "These wait for your grade:",
        f"- {forecast.reference}, 210 days late (3 August 2025): The bridge opens.",
        f"  {address}",
        "",
        "What has happened:",
        "- Dora has commented on F-9.",
        f"  {address}",
        "",
        "All of it is on the desk: https://desk.example/desk/",
        "This mail can be turned off in your profile.",
    ]
    assert (django_mail.outbox[0].subject, OutboxMail.objects.get().body) == ("The Alma desk: what waits for you", "")


def test_a_long_list_is_cut_and_says_how_much_more_there_is(in_hand, send, now, monkeypatch):
    monkeypatch.setattr(digests, "AT_MOST", 2)
    for number in range(4):
        in_hand(event=f"Event {number}.")
    lines = send(now)["bob@example.org"].splitlines()

    assert ([line for line in lines if "late" in line] == lines[3:6:2], lines[7]) == (True, "- and 2 more")


def test_there_is_one_a_day_and_it_waits_for_its_hour(bob, in_hand, send, now, settings):
    settings.DIGEST_HOUR = 7
    in_hand()
    day = now.replace(hour=0, minute=0)
    sent = []
    for hour in range(0, 48, 3):
        at = day + timedelta(hours=hour)
        notifying.notify([bob], kind="comment", text=f"Hour {hour}.", at=at)
        sent += [hour] * len(send(at))

    assert sent == [9, 33]
    assert list(Digest.objects.values_list("day", flat=True)) == [date(2026, 3, 1), date(2026, 3, 2)]


def test_after_a_week_of_silence_there_is_one(in_hand, send, now):
    in_hand()
    send(now)
    assert reminding.remind(at=now + 8 * DAY) == 2  # Bob of what waits, Erin of how long it has been
    assert sorted(send(now + 8 * DAY)) == ["bob@example.org", "erin@example.org"]
    assert send(now + 8 * DAY + timedelta(hours=1)) == {}


def test_what_was_told_is_not_told_again(in_hand, send, now):
    in_hand()

    assert [sorted(send(now + day * DAY)) for day in range(3)] == [["bob@example.org"], [], []]


@pytest.mark.parametrize("turned_off", ["mail", "account"])
def test_who_wants_none_gets_none(bob, in_hand, send, now, turned_off):
    in_hand()
    field = {"mail": "digest_by_mail", "account": "is_active"}[turned_off]
    type(bob).objects.filter(pk=bob.pk).update(**{field: False})

    assert (send(now), Digest.objects.count()) == ({}, 0)


@pytest.mark.parametrize("meanwhile", ["graded", "snoozed", "handed on", "turned off"])
def test_what_is_over_in_the_moment_of_sending_is_left_out_and_an_empty_one_is_not_sent(
    bob, dora, in_hand, grade, now, meanwhile
):
    forecast = in_hand()
    (pk,) = make_digests(at=now)
    match meanwhile:
        case "graded":
            grade(forecast)
        case "snoozed":
            handling.snooze(forecast, until=date(2026, 3, 9), reason="x", by=bob, at=now)
        case "handed on":
            handling.assign(forecast, to=dora, by=bob, at=now)
        case "turned off":
            type(bob).objects.filter(pk=bob.pk).update(digest_by_mail=False)
    mailing.send_mail(pk)
    row = OutboxMail.objects.get(pk=pk)

    assert (django_mail.outbox, row.done_at, row.last_error) == ([], now, "Nothing was left to say.")
    # The day is free again for what may come.
    assert Digest.objects.filter(user=bob).count() == 0


def test_the_rest_of_it_is_sent(in_hand, grade, now):
    graded, left = in_hand(event="Graded."), in_hand(event="Left.")
    (pk,) = make_digests(at=now)
    grade(graded)
    mailing.send_mail(pk)

    assert ["Graded." in django_mail.outbox[0].body, "Left." in django_mail.outbox[0].body] == [False, True]
    assert left.reference in django_mail.outbox[0].body


def test_what_was_read_in_the_app_is_not_mailed(bob, in_hand, send, now):
    in_hand()
    notifying.mark_read(user=bob, at=now)

    assert send(now) == {}


def test_it_is_not_repeated_after_a_worker_was_killed_while_sending(in_hand, now, monkeypatch):
    in_hand()
    (pk,) = make_digests(at=now)
    server = Mock()
    server.send_messages.side_effect = KeyboardInterrupt  # the process ends, and nobody knows what went out
    monkeypatch.setattr(delivery, "get_connection", lambda: server)
    with pytest.raises(KeyboardInterrupt):
        mailing.send_mail(pk)
    monkeypatch.undo()
    later = now + timedelta(minutes=6)
    with time_machine.travel(later, tick=False):
        mailing.sweep_outbox()
        mailing.send_mail(pk)

    assert (make_digests(at=later), make_digests(at=later + DAY), django_mail.outbox) == ([], [], [])
    assert OutboxMail.objects.get().set_aside_at == later
    assert outbox.send_again(pk=pk)
    mailing.send_mail(pk)
    assert len(django_mail.outbox) == 1


def test_refused_by_the_server_it_is_written_anew_for_the_next_try(in_hand, grade, now, monkeypatch):
    graded, left = in_hand(event="Graded."), in_hand(event="Left.")
    (pk,) = make_digests(at=now)
    server = Mock()
    server.open.side_effect = ConnectionRefusedError
    monkeypatch.setattr(delivery, "get_connection", lambda: server)
    mailing.send_mail(pk)
    monkeypatch.undo()
    grade(graded)
    with time_machine.travel(now + timedelta(minutes=2), tick=False):
        mailing.send_mail(pk)

    assert [sent.body.count(forecast.reference) for sent in django_mail.outbox for forecast in (graded, left)] == [0, 2]


def test_a_failure_to_write_sends_nothing_and_is_tried_again(in_hand, now, monkeypatch):
    in_hand()
    (pk,) = make_digests(at=now)
    monkeypatch.setattr(digests, "write", Mock(side_effect=RuntimeError("secret")))
    with pytest.raises(RuntimeError):
        mailing.send_mail(pk)
    row = OutboxMail.objects.get()

    assert (row.last_error, row.sending_at, row.attempts, row.set_aside_at) == ("RuntimeError", None, 1, None)


def test_no_digest_says_what_anybody_has_graded(two_graders, bob, dora, erin, overdue, grade, send, now):
    forecast = overdue(event="The bridge opens.")
    for person in (bob, dora, erin):
        following.follow(forecast, by=person, at=now)
    handling.assign(forecast, to=dora, by=erin, at=now)
    grade(forecast, rationale="A secret of Bob.", outcome="did_not_occur")
    overdue(event="Another.")
    reminding.remind(at=now)
    said = "\n".join(send(now).values())

    assert [word in said for word in ("secret", "did not", "Bob has", forecast.reference)] == [False] * 4
    assert "Another." in said


@pytest.mark.parametrize("number", [1, 3])
def test_however_many_people_it_is_the_same_few_statements(person, now, number, django_assert_num_queries):
    for who in range(number):
        notifying.notify([person(f"p{who}")], kind="comment", text="x", at=now)
    with django_assert_num_queries(6):  # savepoint, lock, who, mails, digests, release
        assert len(make_digests(at=now)) == number


# --- Two workers at the same moment -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    @pytest.fixture
    def both(self, bob, alongside, now):
        """What two workers make of the same day at the same moment: how many mails of one, and the other's outcome."""

        def make():
            notifying.notify([bob], kind="comment", text="x", at=now)
            with transaction.atomic():
                first = make_digests(at=now)
                other = alongside(lambda: make_digests(at=now))
                other.wait_until_blocked()
            return len(first), other.outcome()

        return make

    def test_make_one_digest(self, both):
        assert both() == (1, [])
        assert (Digest.objects.count(), OutboxMail.objects.count()) == (1, 1)

    def test_are_kept_from_two_by_the_database_even_without_the_lock(self, both, monkeypatch):
        monkeypatch.setattr(digests, "_take_turns", lambda: None)
        first, other = both()

        assert (first, type(other).__name__) == (1, "IntegrityError")
        assert (Digest.objects.count(), OutboxMail.objects.count()) == (1, 1)
