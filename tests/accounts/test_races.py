"""Two at once: what only a lock keeps apart."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.errors import InvitationClosed, PersonRefused
from accounts.models import OutboxMail, User
from accounts.services import invitations, outbox, people
from groundwork.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act returned or refused, all of them begun at the same moment on connections of their own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            start.wait(timeout=10)
            return act()
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_an_invitation_opens_one_account(alice, password, now):
    sent = invitations.invite(
        by=alice, email="c@example.org", name="Charlie", role="analyst", at=now, address_of=lambda token: token
    )

    def take_up() -> str:
        return invitations.accept(token=sent.link, name="Charlie", password=password, at=now).email

    assert sorted(map(str, at_once(take_up, take_up))) == sorted(["c@example.org", str(InvitationClosed)])
    assert User.objects.filter(email="c@example.org").count() == 1


def test_two_administrators_cannot_close_each_other(alice, person):
    amy = person("amy", "administrator")
    answers = at_once(
        lambda: people.deactivate(user=amy, by=alice, why="race"),
        lambda: people.deactivate(user=alice, by=amy, why="race"),
    )
    assert sorted(map(str, answers)) == sorted(["None", str(PersonRefused)])
    assert User.objects.filter(role="administrator", is_active=True).count() == 1


def test_a_mail_is_claimed_by_one_worker(db, now):
    pk = outbox.queue(to="bob@example.org", subject="Hello", body="Hello", at=now).pk
    answers = at_once(*[lambda: outbox.start(pk=pk, at=now) is not None] * 4)
    assert sorted(answers) == [False, False, False, True]
    assert OutboxMail.objects.get().attempts == 1
