"""What every app stands on: heartbeats, work rows and remembered API answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from groundwork.redaction import unless_redacting

MAX_ATTEMPTS = 5
_ASKED = ["target", "target_model", "target_pk", "reason", "asked_by", "asked_at", "asked_session"]


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

    def claim(self, pk: int | str, *, at: datetime, lease: timedelta = timedelta(minutes=5)) -> bool:
        """Take one row for `lease`; False where somebody else has it or it is done."""
        return bool(self.waiting(at=at).filter(pk=pk).update(attempts=F("attempts") + 1, leased_until=at + lease))

    def finish(self, pk: int | str, *, attempt: int, at: datetime) -> bool:
        """Mark done, but only by whoever still holds this attempt's lease."""
        mine = self.filter(pk=pk, attempts=attempt, done_at__isnull=True)
        return bool(mine.update(done_at=at, leased_until=None, last_error=""))

    def fail(self, pk: int | str, *, attempt: int, at: datetime, error: str) -> bool:
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


class RedactionState(models.TextChoices):
    OPEN = "open", _("open")
    APPROVED = "approved", _("carried out")
    REFUSED = "refused", _("refused")


class RedactionReason(models.TextChoices):
    ORDER = "order", _("Court order")
    ERASURE = "erasure", _("Request for erasure")
    OTHER = "other", _("Another legal duty")


class Redaction(models.Model):
    """That one administrator asks for words to be taken out of the record, and what a second one decided.

    `target` is what the asker named ("F-12", "comment 7"), `target_model` and `target_pk` the row that it is; all are
    empty where only `words` are struck, wherever they stand. These go with the decision, whatever it is. What is
    approved is carried out in the transaction that approves it: the triggers of other tables ask this one.
    """

    target = models.CharField(max_length=60, blank=True)
    target_model = models.CharField(max_length=60, blank=True)
    target_pk = models.BigIntegerField(null=True, blank=True)
    words = models.JSONField(default=list, blank=True)
    reason = models.CharField(_("legal reason"), max_length=10, choices=RedactionReason)
    order_reference = models.CharField(_("reference of the order or request"), max_length=200)
    why = models.TextField(_("explanation"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_session = models.CharField(max_length=64, help_text=_("SHA-256 of the session, so that another one decides."))
    state = models.CharField(_("state"), max_length=10, choices=RedactionState, default=RedactionState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_session = models.CharField(max_length=64, blank=True)
    decided_why = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text=_("How many rows of each table were changed."))

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="redaction_newest_first")]
        constraints = [
            models.UniqueConstraint(
                fields=["target"], condition=Q(state="open") & ~Q(target=""), name="redaction_open_once_per_target"
            ),
            models.CheckConstraint(condition=~Q(order_reference="") & ~Q(why=""), name="redaction_has_a_legal_reason"),
            models.CheckConstraint(condition=Q(reason__in=RedactionReason.values), name="redaction_reason_is_known"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("asked_by")) & ~Q(decided_session=F("asked_session"))),
                name="redaction_by_two_in_two_sessions",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True, done_at__isnull=True)
                | Q(state="refused", decided_by__isnull=False, decided_at__isnull=False, done_at__isnull=True)
                | Q(state="approved", decided_by__isnull=False, decided_at__isnull=False),
                name="redaction_decision_is_signed",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="keep_values", fields=_ASKED),
            unless_redacting("keep_decision", ~pgtrigger.Q(old__state="open")),
        ]

    def __str__(self) -> str:
        return self.target or str(_("words"))

    @property
    def is_open(self) -> bool:
        return self.state == RedactionState.OPEN
