"""Real workers: what Celery hurries, and what a killed one leaves behind."""

from __future__ import annotations

import os
import signal
import time
from datetime import UTC, date, datetime

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
