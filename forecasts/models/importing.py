"""Files of forecasts that are brought in: what is left to do of each, what became of its rows, what kept some out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forecasts.choices import ImportRowState, ImportState
from forecasts.models.forecast import Forecast
from forecasts.models.grading import Resolution
from forecasts.models.judgement import Judgement
from groundwork.models import WorkRow
from sources.models import Source


class ImportBatch(WorkRow):
    """One file that is brought in, cut into slices that a worker takes one by one.

    It is done, as work, whenever it waits for a person: to be started, or for good. `attempts` tells the one who works
    on it from those who lost it.
    """

    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Whose forecasts they are; within it an external_id names one forecast."),
    )
    filename = models.CharField(_("file"), max_length=200)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField(help_text=_("Bytes."))
    sha256 = models.CharField(max_length=64)
    notes = models.JSONField(default=list, help_text=_("What was left out of the file, in sentences."))
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.READING)
    starts_itself = models.BooleanField(default=False, help_text=_("Nobody has to look at it first."))
    cursor = models.TextField(blank=True, help_text=_("The last key that was taken over."))
    total = models.PositiveIntegerField(default=0, help_text=_("Rows of the file that hold anything."))
    read = models.PositiveIntegerField(default=0, help_text=_("How many of them have been checked."))
    refused = models.PositiveIntegerField(default=0, help_text=_("How many are kept out by what is wrong with them."))
    done = models.PositiveIntegerField(default=0, help_text=_("How many of the right ones have been taken over."))
    known = models.PositiveIntegerField(default=0, help_text=_("How many of those were there already."))
    forecasts = models.PositiveIntegerField(default=0)
    judgements = models.PositiveIntegerField(default=0)
    resolutions = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_why = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "import batches"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="importbatch_newest_first")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="importbatch_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.filename}"

    def get_absolute_url(self) -> str:
        return reverse("forecasts:import", args=[self.pk])

    @property
    def right(self) -> int:
        """How many rows are to be taken over, or have been."""
        return self.read - self.refused

    @property
    def new(self) -> int:
        """Of a file that waits to be started: how many rows say what no earlier file of its source has said."""
        return self.right - self.known

    @property
    def is_working(self) -> bool:
        """Whether something is left that needs no person."""
        return self.done_at is None and self.set_aside_at is None


class ImportPiece(models.Model):
    """Some rows of a file as they came in, until they have been checked; then it goes."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    rows = models.TextField(help_text=_("JSON: a list of line, cells and faults."))

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="importpiece_once_per_number")]

    def __str__(self) -> str:
        return f"piece {self.number} of {self.batch_id}"


class ImportRow(models.Model):
    """A row that is right: what it says until it is taken over, then what it has become."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    key = models.CharField(max_length=200, help_text=_("Its external_id, else a digest of what it says."))
    made_on = models.DateField()
    author = models.CharField(max_length=200, blank=True, help_text=_("Empty: the source itself."))
    state = models.CharField(max_length=10, choices=ImportRowState, default=ImportRowState.WAITING)
    values = models.JSONField(null=True, blank=True)
    forecast = models.ForeignKey(
        Forecast, null=True, blank=True, on_delete=models.PROTECT, related_name="import_rows", db_index=False
    )
    made_forecast = models.BooleanField(default=False)
    judgement = models.ForeignKey(
        Judgement, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    resolution = models.ForeignKey(
        Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["line"]
        indexes = [
            models.Index(fields=["batch", "key", "made_on", "line"], name="importrow_in_order"),
            models.Index(fields=["batch", "line"], name="importrow_by_line"),
            models.Index(fields=["forecast"], condition=Q(forecast__isnull=False), name="importrow_of_a_forecast"),
        ]
        constraints = [
            models.UniqueConstraint(
                "source",
                "key",
                "made_on",
                Lower("author"),
                condition=Q(state=ImportRowState.IMPORTED),
                name="importrow_taken_over_once",
            ),
            models.CheckConstraint(condition=Q(state__in=ImportRowState.values), name="importrow_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"line {self.line} of {self.batch_id}"


class ImportProblem(models.Model):
    """What keeps a row out."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="problems")
    line = models.PositiveIntegerField(_("line"))
    column = models.CharField(_("column"), max_length=40, blank=True)
    value = models.CharField(_("value"), max_length=200, blank=True)
    reason = models.TextField(_("reason"))

    class Meta:
        ordering = ["line", "pk"]
        indexes = [models.Index(fields=["batch", "line", "id"], name="importproblem_by_line")]

    def __str__(self) -> str:
        return f"{self.line}: {self.column}: {self.reason}"
