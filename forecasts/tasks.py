"""What Celery runs: the sweep of what is due, and the reading of long texts."""

from __future__ import annotations

from datetime import date
from typing import Final

from celery import shared_task
from django.utils import timezone

from forecasts.services import due, intake
from groundwork.hurry import hurry

A_SWEEP_TAKES: Final = 100


@shared_task
def sweep_due(on: str | None = None) -> int:
    """Flag what is due by now, or by the day `on` (YYYY-MM-DD), and note that the sweep ran."""
    now = timezone.now()
    flagged = due.flag_due(at=now, on=date.fromisoformat(on) if on else None)
    due.note_sweep(at=now, flagged=flagged)
    return flagged


@shared_task
def read_article(article_id: int) -> bool:
    """Read one long article; its row says whether anybody has to."""
    return intake.read_waiting(article_id, at=timezone.now())


@shared_task
def sweep_readings() -> int:
    """Hand out what is left to read: messages that were lost, leases that ran out."""
    waiting = intake.unread(at=timezone.now(), limit=A_SWEEP_TAKES)
    for article_id in waiting:
        hurry(read_article, article_id)
    return len(waiting)
