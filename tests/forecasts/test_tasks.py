"""Real workers: what Celery hurries, and what a killed one leaves behind."""

from __future__ import annotations

import os
import signal
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from forecasts import tasks
from forecasts.services import intake
from forecasts.services.intake import NewText
from tests.factories import BRIEFING

pytestmark = pytest.mark.django_db(transaction=True)
LONG = BRIEFING.replace(
    "\nForecast\n", "\n" + "Nobody came that day, and nothing was said.\n\n" * 2_500 + "Forecast\n", 1
)
SOON = 30


def eventually(processes, condition):
    """Wait until it holds; what the workers said is in the failure."""
    deadline = time.monotonic() + SOON
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.05)
    pytest.fail(f"It did not come to pass:\n{processes.logs()}")


def test_a_worker_flags_what_is_due(celery_worker_process, log):
    from forecasts.models import Due
    from groundwork.models import Heartbeat

    log()
    tasks.sweep_due.delay(on="2025-08-03")
    eventually(celery_worker_process, Heartbeat.objects.filter(name="sweep").exists)

    assert list(Due.objects.values_list("due_on", "cleared_at")) == [(date(2025, 8, 3), None)]
    assert Heartbeat.objects.get().detail == {"flagged": 1}


def test_the_look_at_everything_tells_what_had_been_missed(log, caplog):
    from forecasts.models import ComingDue, Due
    from groundwork.models import Heartbeat

    log()
    ComingDue.objects.all().delete()
    mended = [tasks.sweep_everything(), tasks.sweep_everything()]
    beats = dict(Heartbeat.objects.values_list("name", "detail"))

    assert (mended, Due.objects.waiting().count()) == ([1, 0], 1)
    assert beats == {
        "full sweep": {"flagged": 0, "missing": 0, "wrong": 0, "needless": 0, "miscounted": 0},
        "sweep": {"flagged": 0},
    }
    assert [record.getMessage().count("sweep_missed") for record in caplog.records] == [1]


def test_workers_give_what_is_due_to_somebody_and_mail_one_digest(celery_processes, alice, bob, log):
    from accounts.models import Digest, OutboxMail
    from accounts.services.people import set_partner
    from forecasts.models import Due

    celery_processes.worker(DIGEST_HOUR="0")
    set_partner(user=alice, partner=bob)
    log()
    tasks.sweep_due.delay(on="2025-08-03")
    eventually(celery_processes, Due.objects.filter(assignee=bob).exists)
    for _ in range(2):
        tasks.remind.delay()
    eventually(celery_processes, OutboxMail.objects.filter(done_at__isnull=False).exists)

    assert list(Digest.objects.values_list("user__name", flat=True)) == ["Bob"]
    assert list(OutboxMail.objects.values_list("to", "attempts", "last_error")) == [("bob@example.org", 1, "")]


def test_a_worker_that_is_killed_loses_nothing(celery_processes, alice, now):
    """It claims the row, reads, and is killed while it stores; after the lease the sweep hands the row out again."""
    from forecasts.models import ForecastSuggestion, Reading

    article = intake.bring_in(NewText(text=LONG, origin="pasted"), by=alice, at=now).article
    celery_processes.worker()
    with transaction.atomic():
        _keep_finds_from_being_stored()
        tasks.read_article.delay(article.pk)
        eventually(celery_processes, _somebody_waits_for_us)
        os.killpg(celery_processes._processes[-1].pid, signal.SIGKILL)
        celery_processes._processes.pop().wait()
    left = Reading.objects.get()
    assert (left.attempts, left.done_at, ForecastSuggestion.objects.count()) == (1, None, 0)
    assert left.leased_until > timezone.now()

    celery_processes.worker()
    assert list(Reading.objects.waiting(at=timezone.now())) == []
    Reading.objects.update(leased_until=timezone.now())  # as if the five minutes were over
    tasks.sweep_readings.delay()
    eventually(celery_processes, Reading.objects.filter(done_at__isnull=False).exists)

    assert list(Reading.objects.values_list("attempts", "leased_until", "set_aside_at")) == [(2, None, None)]
    assert ForecastSuggestion.objects.count() == 4


def test_a_message_that_comes_twice_does_nothing_more(alice, stored):
    article = intake.bring_in(
        NewText(text=LONG, origin="pasted"), by=alice, at=datetime(2026, 3, 1, tzinfo=UTC)
    ).article
    first = tasks.read_article(article.pk)
    before = stored()

    assert (first, tasks.read_article(article.pk), stored()) == (True, False, before)


def _keep_finds_from_being_stored():
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE forecasts_forecastsuggestion IN EXCLUSIVE MODE")


def _somebody_waits_for_us():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0] > 0


def test_old_pictures_go(db):
    from forecasts.models import ChartImage

    at = timezone.now()
    for digest, age in (("old", 31), ("new", 29)):
        ChartImage.objects.create(digest=digest, spec={}, svg="", drawn_at=at - timedelta(days=age))
    assert tasks.forget_pictures() == 1
    assert [each.digest for each in ChartImage.objects.all()] == ["new"]
