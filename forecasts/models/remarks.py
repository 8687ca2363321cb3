"""What is said about a forecast once it stands: clarifications, corrections, comments, and who follows it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from forecasts.choices import (
    CorrectionState,
)
from forecasts.content import TABLES
from forecasts.models.forecast import Forecast
from forecasts.querysets import CorrectionQuerySet
from groundwork.append_only import append_only
from sources.models import Article


class Clarification(models.Model):
    """A dated, signed remark on how a forecast is to be understood; it changes none of its words."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="clarifications")
    text = models.TextField(_("clarification"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    redacted_at = models.DateTimeField(null=True, blank=True, help_text=_("When its words went for a legal reason."))

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="clarification_says_something")]
        triggers = append_only(words=TABLES["forecasts.Clarification"].replaced)

    def __str__(self) -> str:
        return self.text[:80]


class DateCorrection(models.Model):
    """That an article was published on another day than was recorded: its forecasts are corrected as one batch."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="date_corrections")
    old = models.DateField(null=True, blank=True)
    new = models.DateField()
    reason = models.TextField(_("reason"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(state="proposed"), name="date_correction_open_once_per_article"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="date_correction_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="date_correction_decision_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.old} → {self.new}"


class Correction(models.Model):
    """One field of a forecast brought to what the quote and the date of publication say, by two people."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=40)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    reason = models.TextField(_("reason"))
    batch = models.ForeignKey(
        DateCorrection, null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CorrectionQuerySet] = CorrectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast", "field"], condition=Q(state="proposed"), name="correction_open_once_per_field"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_says_why"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="correction_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="correction_decision_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forecast_id}, {self.field}"


class Comment(models.Model):
    """What somebody of the desk remarks on a forecast; internal."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(_("comment"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retracted_why = models.TextField(null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True, help_text=_("When its words went for a legal reason."))

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]
        triggers = append_only(
            stamp=("retracted_at", "retracted_by", "retracted_why"), words=TABLES["forecasts.Comment"].replaced
        )

    def __str__(self) -> str:
        return self.text[:80]


class Follow(models.Model):
    """That somebody wants to be told what happens to a forecast."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="follows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["forecast", "user"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.forecast_id}"
