"""What is to come due, noted by the database itself, and who has looked at it before that."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forecasts.models.forecast import Forecast
from forecasts.querysets import ComingDueQuerySet
from groundwork.append_only import append_only


class ComingDue(models.Model):
    """That a forecast is to be flagged, and when: what the sweep looks at in place of all forecasts.

    Triggers alone write it (`noting.py`); the nightly sweep mends what is not as it ought to be.
    """

    forecast = models.OneToOneField(Forecast, primary_key=True, on_delete=models.CASCADE, related_name="coming_due")
    due_on = models.DateField()
    falls_due_at = models.DateTimeField(help_text=_("When that day begins where the forecast lives."))
    look_on = models.DateField(help_text=_("When somebody looks whether it is known already."))

    objects: ClassVar[ComingDueQuerySet] = ComingDueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "coming due"
        indexes = [
            models.Index(fields=["falls_due_at"], name="coming_due_next_first"),
            models.Index(fields=["look_on", "forecast"], include=["due_on"], name="coming_due_looked_at_next"),
        ]

    def __str__(self) -> str:
        return f"{self.forecast_id} on {self.due_on}"


class DueTally(models.Model):
    """By how many the open Dues became more or fewer; the sum is how many are open. As above, triggers write it."""

    change = models.IntegerField()

    class Meta:
        verbose_name_plural = "due tallies"

    def __str__(self) -> str:
        return f"{self.change:+}"


class Look(models.Model):
    """That somebody looked before its end whether a forecast’s outcome was known, and it was not."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="looks")
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["looked_at", "pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.forecast_id} at {self.looked_at:%Y-%m-%d}"
