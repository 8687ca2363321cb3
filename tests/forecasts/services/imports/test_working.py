"""Who works on an import, for how long, and what happens to those who fail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forecasts.choices import ImportState
from forecasts.models import Forecast, ImportBatch
from forecasts.services.imports import deciding, taking_over, working
from forecasts.services.imports.working import LEASE, work, work_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(bring, row, erin, now, monkeypatch) -> ImportBatch:
    """Three rows, each a slice of its own, to be taken over."""
    monkeypatch.setattr(taking_over, "SLICE", 1)
    batch = bring(*(row(external_id=name) for name in "abc"), goes_on=False)
    deciding.start(batch, by=erin, at=now)
    return batch


def test_it_works_for_a_while_and_leaves_the_rest(started, now):
    assert work(started.pk, seconds=0, clock=lambda: now) is True
    started.refresh_from_db()
    assert (started.done, started.attempts, started.leased_until) == (1, 0, None)
    assert work(started.pk, seconds=60, clock=lambda: now) is False
    started.refresh_from_db()
    assert (started.state, started.done, started.finished_at) == (ImportState.DONE, 3, now)
    assert work(started.pk, clock=lambda: now) is False


def test_two_never_work_on_it_at_once_until_the_lease_runs_out(started, now):
    assert ImportBatch.objects.claim(started.pk, at=now, lease=LEASE)
    assert work(started.pk, clock=lambda: now) is False
    assert Forecast.objects.count() == 0
    later = now + LEASE + timedelta(seconds=1)
    work(started.pk, clock=lambda: later)
    assert Forecast.objects.count() == 3


def test_a_command_takes_it_over_and_who_had_it_stops_at_the_next_slice(started, now):
    assert ImportBatch.objects.claim(started.pk, at=now, lease=LEASE)
    assert working._slice(started.pk, attempt=1, at=now).done == 1
    work_at_once(started.pk, clock=lambda: now)
    assert working._slice(started.pk, attempt=1, at=now) is None
    assert Forecast.objects.count() == 3


def test_what_fails_is_noted_taken_back_and_set_aside_in_the_end(started, now, monkeypatch):
    def fail(*_arguments, **_named):
        raise ValueError("no such thing")

    monkeypatch.setattr(taking_over, "_close", fail)
    for attempt in range(1, 6):
        with pytest.raises(ValueError, match="no such thing"):
            work(started.pk, clock=lambda: now)
        started.refresh_from_db()
        assert (started.attempts, started.last_error) == (attempt, "ValueError: no such thing")
    assert started.set_aside_at == now
    assert Forecast.objects.count() == 0
    assert work(started.pk, clock=lambda: now) is False


def test_a_command_picks_up_what_was_set_aside(started, now):
    ImportBatch.objects.filter(pk=started.pk).update(attempts=5, set_aside_at=now)
    work_at_once(started.pk, clock=lambda: now)
    assert Forecast.objects.count() == 3
