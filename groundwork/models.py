"""What every app stands on: heartbeats, work rows and remembered API answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

MAX_ATTEMPTS = 5


class Heartbeat(models.Model):
    """The last time that something which must never fall silent was heard of."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at:%Y-%m-%d %H:%M:%S}"


class WorkQuerySet(models.QuerySet[Any]):
    """Words for rows that are work to be done: conditional UPDATEs, so that two workers never share a row."""

    def waiting(self, *, at: datetime) -> Self:
        """Rows that nobody works on now and that may be tried again."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
        return self.filter(free, done_at__isnull=True, set_aside_at__isnull=True, attempts__lt=MAX_ATTEMPTS)

    def claim(self, pk: int, *, at: datetime, lease: timedelta = timedelta(minutes=5)) -> bool:
        """Take one row for `lease`; False where somebody else has it or it is done."""
        return bool(self.waiting(at=at).filter(pk=pk).update(attempts=F("attempts") + 1, leased_until=at + lease))

    def finish(self, pk: int, *, attempt: int, at: datetime) -> bool:
        """Mark done, but only by whoever still holds this attempt's lease."""
        mine = self.filter(pk=pk, attempts=attempt, done_at__isnull=True)
        return bool(mine.update(done_at=at, leased_until=None, last_error=""))

    def fail(self, pk: int, *, attempt: int, at: datetime, error: str) -> bool:
        """Give the row back; after five attempts set it aside, where an administrator sees it."""
        mine = self.filter(pk=pk, attempts=attempt, done_at__isnull=True)
        return bool(
            mine.update(
                leased_until=None,
                last_error=error[:500],
                set_aside_at=at if attempt >= MAX_ATTEMPTS else None,
            )
        )

    def set_aside_lost(self, *, at: datetime) -> int:
        """Set aside what was claimed five times by workers that were lost; nobody else is left to do it."""
        lost = self.filter(
            done_at__isnull=True, set_aside_at__isnull=True, attempts__gte=MAX_ATTEMPTS, leased_until__lte=at
        )
        return lost.update(leased_until=None, set_aside_at=at, last_error="The worker was lost.")


class WorkRow(models.Model):
    """A row that is work: claimed with a lease, tried five times at most, then set aside; never in the way."""

    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)

    objects: ClassVar[Any] = WorkQuerySet.as_manager()

    class Meta:
        abstract = True


class IdempotencyKey(models.Model):
    """What a POST with an Idempotency-Key was answered; a repeated one gets the same answer and does nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64, help_text=_("SHA-256 of method, path and body"))
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once_per_user")]

    def __str__(self) -> str:
        return self.key
