"""What Celery hurries: the sweep of what is due, and the reading of long texts. Each takes an id and makes one call."""

from __future__ import annotations

from datetime import date

from celery import shared_task
from django.utils import timezone

from forecasts.models import Reading
from forecasts.services import due, intake


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
    now = timezone.now()
    Reading.objects.set_aside_lost(at=now)
    waiting = list(Reading.objects.waiting(at=now).order_by("asked_at").values_list("pk", flat=True)[:100])
    for article_id in waiting:
        read_article.delay(article_id)
    return len(waiting)
