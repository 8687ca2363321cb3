"""Working through an import: whoever works on it holds a lease, and every slice is one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forecasts.choices import ImportState
from forecasts.models import ImportBatch
from forecasts.services.imports.checking import check_piece, finish_checking
from forecasts.services.imports.taking_over import take_over_slice
from forecasts.services.imports.undoing import finish_undoing, undo_slice
from groundwork.errors import Refusal
from groundwork.models import WorkQuerySet

LEASE: Final = timedelta(minutes=2)
Clock = Callable[[], datetime]
Seen = Callable[[ImportBatch], None]


def work(batch_id: int, *, seconds: float | None = None, clock: Clock = timezone.now, seen: Seen | None = None) -> bool:
    """Claim an import and take slice after slice until nothing is left, or for so many seconds.

    Returns whether something is left that needs no person. `seen` is shown the import after every slice. What fails is
    noted on the row, which is tried again and after five attempts set aside.
    """
    if not ImportBatch.objects.claim(batch_id, at=clock(), lease=LEASE):
        return False
    return _work(batch_id, seconds=seconds, clock=clock, seen=seen)


def work_at_once(batch_id: int, *, clock: Clock = timezone.now, seen: Seen | None = None) -> None:
    """Take an import over from whoever works on it, and take every slice that is left.

    Whoever had it before stops at their next slice: each is the work of the last who claimed the import.
    """
    ImportBatch.objects.filter(pk=batch_id, done_at__isnull=True).update(
        attempts=F("attempts") + 1, leased_until=clock() + LEASE, set_aside_at=None
    )
    _work(batch_id, seconds=None, clock=clock, seen=seen)


def _work(batch_id: int, *, seconds: float | None, clock: Clock, seen: Seen | None) -> bool:
    attempt = ImportBatch.objects.only("attempts").get(pk=batch_id).attempts
    began = time.monotonic()
    try:
        while (batch := _slice(batch_id, attempt=attempt, at=clock())) is not None:
            if seen is not None:
                seen(batch)
            if batch.done_at is not None:
                return False
            if seconds is not None and time.monotonic() - began > seconds:
                return bool(_mine(batch_id, attempt).update(leased_until=None, attempts=0))
    except Exception as error:
        reason = error.message if isinstance(error, Refusal) else error
        ImportBatch.objects.fail(batch_id, attempt=attempt, at=clock(), error=f"{type(error).__name__}: {reason}")
        raise
    return False


@transaction.atomic
def _slice(batch_id: int, *, attempt: int, at: datetime) -> ImportBatch | None:
    """The import after one more slice; None where it is somebody else's by now, or nobody's."""
    rows = _mine(batch_id, attempt).select_related("source", "started_by", "undone_by")
    batch: ImportBatch | None = rows.select_for_update(no_key=True, of=("self",)).first()
    if batch is None:
        return None
    _mine(batch_id, attempt).update(leased_until=at + LEASE)
    match batch.state:
        case ImportState.READING:
            if not check_piece(batch, at=at):
                finish_checking(batch, at=at)
        case ImportState.IMPORTING:
            assert batch.started_by is not None
            if not take_over_slice(batch, by=batch.started_by, at=at):
                _mine(batch_id, attempt).update(state=ImportState.DONE, finished_at=at, done_at=at)
        case ImportState.UNDOING:
            if not undo_slice(batch, at=at):
                finish_undoing(batch, at=at)
    batch.refresh_from_db()
    if batch.done_at is not None:
        ImportBatch.objects.filter(pk=batch_id).update(leased_until=None, attempts=0, last_error="")
    return batch


def _mine(batch_id: int, attempt: int) -> WorkQuerySet:
    return ImportBatch.objects.filter(pk=batch_id, attempts=attempt, done_at__isnull=True, set_aside_at__isnull=True)
