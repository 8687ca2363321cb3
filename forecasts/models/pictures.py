"""Charts that are drawn already."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from forecasts.querysets import ChartImageQuerySet


class ChartImage(models.Model):
    """One drawing, by the hash of what it was drawn from. It can be drawn again at any time, so it may go at any time.

    `svg` has its colours as the page's custom properties and is safe to stand in a page; `png` is drawn where somebody
    asks for it first. What is not public may only be seen by those who see the desk.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    spec = models.JSONField()
    svg = models.TextField()
    png = models.BinaryField(null=True)
    public = models.BooleanField(default=False)
    drawn_at = models.DateTimeField()

    objects: ClassVar[ChartImageQuerySet] = ChartImageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["drawn_at"], name="chartimage_oldest_first")]

    def __str__(self) -> str:
        return self.digest[:12]
