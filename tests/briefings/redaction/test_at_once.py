"""Two administrators decide at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, connection

from briefings.errors import AlreadyDecided
from briefings.services.redaction import asking
from groundwork.errors import Refusal
from groundwork.models import Redaction

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def decide_at_once(ask, zoe, person, now):
    """Zoe approves and Eve refuses, each on a connection of their own; the names of what they got."""
    waiting, eve = ask("", "Quoxleby"), person("eve", "administrator")
    start = Barrier(2)

    def run(decide, by):
        try:
            connection.ensure_connection()
            start.wait(timeout=10)
            return decide(waiting, why="now", by=by, session=str(by), at=now).state
        except (Refusal, DatabaseError) as error:
            return type(error).__name__
        finally:
            connection.close()

    def both():
        with ThreadPoolExecutor(2) as pool:
            tasks = [pool.submit(run, asking.approve, zoe), pool.submit(run, asking.refuse, eve)]
            return [task.result() for task in tasks]

    return both


def test_one_of_two_decisions_wins_and_the_other_is_told(decide_at_once):
    answers = decide_at_once()
    assert sorted(answers) == sorted([Redaction.objects.get().state, AlreadyDecided.__name__])


def test_without_the_lock_the_second_is_only_stopped_by_the_table(decide_at_once, monkeypatch):
    """The control: both find it open, and what is left to stop the second is the trigger, with an error."""
    both_read = Barrier(2)

    def unlocked(redaction, *, by, session):
        found = Redaction.objects.get(pk=redaction.pk)
        both_read.wait(timeout=10)
        return found

    monkeypatch.setattr(asking, "_locked", unlocked)
    answers = decide_at_once()
    assert AlreadyDecided.__name__ not in answers
    assert Redaction.objects.get().state in answers
    assert len([answer for answer in answers if answer not in {"approved", "refused"}]) == 1
