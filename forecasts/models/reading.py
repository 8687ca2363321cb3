"""What the reader found, and what is to be read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from forecasts.choices import (
    Section,
)
from forecasts.models.forecast import Forecast
from groundwork.models import WorkRow
from sources.models import Article, Suggestion


class ForecastSuggestion(Suggestion):
    """A forecast that the reader found."""

    section = models.CharField(max_length=10, choices=Section)
    duplicate_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates")
    forecast = models.ForeignKey(Forecast, null=True, blank=True, on_delete=models.PROTECT, related_name="suggestions")
    split_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")

    class Meta(Suggestion.Meta):
        constraints = [
            *Suggestion.Meta.constraints,
            models.CheckConstraint(
                condition=Q(part=0, split_from__isnull=True) | Q(part__gt=0, split_from__isnull=False),
                name="forecastsuggestion_part_of_a_whole",
            ),
        ]


class Reading(WorkRow):
    """That an article is to be read, or has been.

    It is the row that a worker claims when the text is too long for a request.
    """

    article = models.OneToOneField(Article, primary_key=True, on_delete=models.PROTECT, related_name="reading")
    yardstick = models.CharField(max_length=40)
    reader_version = models.CharField(max_length=20, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reading of {self.article_id}"
