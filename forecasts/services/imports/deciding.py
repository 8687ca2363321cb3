"""What a person decides about an import that has been checked: it goes on, or it is dropped."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import ImportState
from forecasts.errors import ImportConflict
from forecasts.models import ImportBatch


@transaction.atomic
def start(batch: ImportBatch, *, by: User, at: datetime) -> None:
    """Let the rows that are right be taken over. Raises ImportConflict unless it waits for that."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportState.READY)
    started = waiting.update(
        state=ImportState.IMPORTING,
        started_by=by,
        started_at=at,
        known=0,  # it was a forecast of them
        done_at=None,
        attempts=0,
        leased_until=None,
    )
    if not started:
        raise ImportConflict(_("This import does not wait to be started."))


@transaction.atomic
def drop(batch: ImportBatch, *, at: datetime) -> None:
    """Forget the rows of a file that was only looked at. Raises ImportConflict where anything was taken over."""
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch.state not in (ImportState.READING, ImportState.READY):
        raise ImportConflict(_("This import has been started. It can be undone."))
    batch.pieces.all().delete()
    batch.rows.all().delete()
    batch.problems.all().delete()
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.DROPPED, done_at=at, leased_until=None)


def unworked(*, at: datetime, limit: int) -> list[int]:
    """The ids of imports with something left to do, the longest waiting first; what five workers lost is set aside."""
    with transaction.atomic():
        ImportBatch.objects.set_aside_lost(at=at)
        return list(ImportBatch.objects.waiting(at=at).order_by("asked_at").values_list("pk", flat=True)[:limit])
