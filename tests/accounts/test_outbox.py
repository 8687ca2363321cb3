from __future__ import annotations

import smtplib
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from accounts import delivery, tasks
from accounts.models import OutboxMail
from accounts.services import outbox

MINUTE = timedelta(minutes=1)


@pytest.fixture
def queued(db, now) -> OutboxMail:
    return outbox.queue(to="bob@example.org", subject="Hello\nBob", body="A link: https://desk.example/s3cret", at=now)


@pytest.fixture
def server(monkeypatch) -> Mock:
    """A mail server whose `open` and `send_messages` can be made to fail."""
    server = Mock()
    monkeypatch.setattr(delivery, "get_connection", lambda: server)
    return server


def row() -> OutboxMail:
    return OutboxMail.objects.get()


def test_a_mail_goes_out_once_and_its_text_is_erased(queued):
    tasks.send_mail(queued.pk)
    tasks.send_mail(queued.pk)
    assert [(each.to, each.subject, each.body) for each in django_mail.outbox] == [
        (["bob@example.org"], "Hello Bob", "A link: https://desk.example/s3cret")
    ]
    assert (row().body, row().attempts, row().done_at is None) == ("", 1, False)


def test_it_is_marked_as_being_sent_before_anything_goes_out(queued, server):
    seen = []
    server.send_messages.side_effect = lambda _messages: seen.append(row().sending_at)
    tasks.send_mail(queued.pk)
    assert [at is None for at in seen] == [False]


def test_two_workers_never_send_the_same(queued, now):
    assert outbox.start(pk=queued.pk, at=now) is not None
    assert outbox.start(pk=queued.pk, at=now) is None


def test_what_a_worker_left_half_sent_is_set_aside_and_not_repeated(queued, now):
    outbox.start(pk=queued.pk, at=now)
    assert outbox.set_aside_interrupted(at=now + 4 * MINUTE) == 0
    assert outbox.set_aside_interrupted(at=now + 5 * MINUTE) == 1
    assert outbox.start(pk=queued.pk, at=now + timedelta(days=1)) is None
    assert row().last_error == "The worker ended while sending; it may have gone out."


@pytest.mark.parametrize("failure", [ConnectionRefusedError("nobody there"), smtplib.SMTPConnectError(421, b"busy")])
def test_a_server_that_cannot_be_reached_is_tried_again_after_a_pause(queued, server, failure):
    server.open.side_effect = failure
    before = timezone.now()
    tasks.send_mail(queued.pk)
    assert (row().sending_at, row().attempts, row().set_aside_at) == (None, 1, None)
    assert before + MINUTE <= row().leased_until <= timezone.now() + MINUTE
    assert outbox.waiting(at=before, limit=5) == []
    assert outbox.waiting(at=timezone.now() + MINUTE, limit=5) == [queued.pk]


def test_an_answer_of_the_server_is_a_certain_no(queued, server):
    server.send_messages.side_effect = smtplib.SMTPDataError(550, b"not here")
    tasks.send_mail(queued.pk)
    assert (row().sending_at, row().set_aside_at, row().body) == (None, None, queued.body)
    assert row().last_error == "SMTPDataError: (550, b'not here')"


@pytest.mark.parametrize("failure", [TimeoutError("slow"), smtplib.SMTPServerDisconnected("gone")])
def test_a_connection_that_breaks_while_sending_leaves_a_doubt(queued, server, failure):
    server.send_messages.side_effect = failure
    tasks.send_mail(queued.pk)
    assert (row().set_aside_at is None, row().done_at) == (False, None)
    assert outbox.waiting(at=timezone.now() + timedelta(days=1), limit=5) == []


def test_after_the_fifth_refusal_it_is_set_aside(queued, now):
    at = now
    for attempt in range(1, 6):
        mail = outbox.start(pk=queued.pk, at=at)
        assert mail is not None
        assert mail.attempts == attempt
        outbox.refuse(mail, at=at, error="550")
        at += timedelta(hours=3)
    assert row().set_aside_at == at - timedelta(hours=3)
    assert outbox.start(pk=queued.pk, at=at) is None


def test_a_person_sends_again_what_was_set_aside(queued, now):
    assert not outbox.send_again(pk=queued.pk)
    outbox.start(pk=queued.pk, at=now)
    outbox.set_aside_interrupted(at=now + 5 * MINUTE)
    assert outbox.send_again(pk=queued.pk)
    tasks.send_mail(queued.pk)
    assert len(django_mail.outbox) == 1
    assert not outbox.send_again(pk=queued.pk)


def test_the_sweep_hurries_what_waits_and_passes_over_the_rest(queued, now, hurried):
    poison = outbox.queue(to="x@example.org", subject="x", body="x", at=now - MINUTE)
    outbox.start(pk=poison.pk, at=now)
    tasks.sweep_outbox()
    assert hurried == [queued.pk]
    assert OutboxMail.objects.get(pk=poison.pk).set_aside_at is not None


def test_the_admin_shows_no_text_and_sends_again(queued, alice, browse, now, hurried):
    outbox.start(pk=queued.pk, at=now)
    outbox.set_aside_interrupted(at=now + 5 * MINUTE)
    page = browse(alice).get(f"/admin/accounts/outboxmail/{queued.pk}/change/")
    assert "s3cret" not in page.content.decode()
    changelist = "/admin/accounts/outboxmail/"
    browse(alice).post(changelist, {"action": "send_again", "_selected_action": [queued.pk]})
    assert hurried == [queued.pk]
    assert row().set_aside_at is None
