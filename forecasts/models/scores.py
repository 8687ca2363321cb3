"""What a resolution makes of the judgements that it settles, kept as it was made."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forecasts.choices import Line, Outcome
from forecasts.content import TABLES
from forecasts.models.forecast import Forecast
from forecasts.models.grading import Resolution
from forecasts.models.judgement import Judgement
from forecasts.querysets import ScoreQuerySet
from groundwork.append_only import append_only
from groundwork.models import WorkRow
from sources.models import Source

STANDING = Q(archived_at__isnull=True)


class Score(models.Model):
    """One judgement against the outcome of its event, with all that a track record groups and narrows by.

    There is a row for each judgement that was made in time, and for each resolved forecast one that is its `headline`:
    the desk's line where it has one, else its author's own, else a row without a judgement. Scores are one-sided,
    natural logarithms, and null where the outcome is not scored or no probability was given. `first` and `final` say
    what a row is in its line; where nothing stood any more when the last full day ended, `final` is the last that did,
    and `withdrawn`. `days` are the full days at whose end it stood, `average` its line's mean over `average_days`.
    """

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="scores", db_index=False)
    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="scores")
    judgement = models.ForeignKey(
        Judgement, null=True, blank=True, on_delete=models.PROTECT, related_name="scores", db_index=False
    )
    line = models.CharField(max_length=10, choices=Line, blank=True)
    forecaster = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="scores", db_index=False
    )
    headline = models.BooleanField()
    first = models.BooleanField()
    final = models.BooleanField()
    withdrawn = models.BooleanField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    occurred = models.BooleanField(null=True)
    yardstick = models.CharField(max_length=40, blank=True)
    term = models.CharField(max_length=60, blank=True)
    negated = models.BooleanField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    p = models.FloatField(null=True)
    brier = models.FloatField(null=True)
    best = models.FloatField(null=True, help_text=_("The Brier score of the better end of its band."))
    worst = models.FloatField(null=True)
    log = models.FloatField(null=True)
    days = models.PositiveIntegerField()
    average = models.FloatField(null=True)
    average_days = models.PositiveIntegerField(default=0)
    # Of the forecast and its resolution, as they were when this was written; a change of theirs writes a new row.
    public = models.BooleanField()
    too_late = models.BooleanField(help_text=_("Made public only after its outcome was known."))
    imported = models.BooleanField()
    involved = models.BooleanField()
    retroactive = models.BooleanField()
    ends_on = models.DateField(null=True)
    made_on = models.DateField(null=True)
    horizon = models.CharField(max_length=10, blank=True)
    author = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", db_index=False)
    topics = ArrayField(models.BigIntegerField())
    countries = ArrayField(models.CharField(max_length=2))
    cluster = models.BigIntegerField(help_text=_("Forecasts with the same number hang together."))
    method = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    scored_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_why = models.TextField(null=True, blank=True)

    objects: ClassVar[ScoreQuerySet] = ScoreQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["forecast_id", "line", "pk"]
        indexes = [
            models.Index(
                fields=["made_on"],
                include=[
                    "yardstick",
                    "term",
                    "negated",
                    "low",
                    "high",
                    "p",
                    "outcome",
                    "brier",
                    "line",
                    "withdrawn",
                    "public",
                    "too_late",
                    "imported",
                    "involved",
                    "retroactive",
                    "ends_on",
                    "horizon",
                    "author",
                    "cluster",
                    "topics",
                ],
                condition=STANDING & Q(headline=True),
                name="score_headlines",
            ),
            models.Index(fields=["forecaster"], condition=STANDING & Q(line="personal"), name="score_of_a_forecaster"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast"], condition=STANDING & Q(headline=True), name="score_one_headline_per_forecast"
            ),
            models.UniqueConstraint(fields=["judgement"], condition=STANDING, name="score_once_per_judgement"),
            models.CheckConstraint(
                condition=Q(judgement__isnull=False) | Q(headline=True, line="", p__isnull=True),
                name="score_without_a_judgement_is_a_headline",
            ),
            models.CheckConstraint(
                condition=Q(brier__isnull=True) | Q(occurred__isnull=False, p__isnull=False),
                name="score_needs_a_probability_and_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True, archived_why__isnull=True)
                | Q(archived_at__isnull=False, archived_why__isnull=False),
                name="score_archived_says_why",
            ),
        ]
        triggers = append_only(stamp=("archived_at", "archived_why"), words=TABLES["forecasts.Score"].replaced)

    def __str__(self) -> str:
        return f"{self.forecast_id}: {self.p} scores {self.brier}"


class ClusterTie(models.Model):
    """That an article's forecasts, or one without an article, hang together with others because they are linked.

    `node` is twice the article's number, or twice the forecast's and one; without a row it is a cluster of its own.
    `cluster` is the smallest node of those that hang together. It is made from the links and can be made again.
    """

    node = models.BigIntegerField(primary_key=True)
    cluster = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.node} in {self.cluster}"


class ScoreCount(models.Model):
    """How often scores have changed, in parts of which each change counts one, so that none waits for another."""

    part = models.AutoField(primary_key=True)
    changes = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.changes} in {self.part}"


class StoredInterval(WorkRow):
    """That the intervals of a sample's parts are to be resampled, or have been: what takes too long for a request.

    `parts` has of each its `key` (of the whole, ""), its `low` and `high`, null of too few clusters, `n_clusters`, and
    in `clusters` their number by yardstick and term. `changes` says how often scores had changed when it was asked
    for. It can be made again at any time.
    """

    key = models.CharField(primary_key=True, max_length=64)
    scope = models.JSONField()
    on = models.DateField()
    changes = models.BigIntegerField()
    parts = models.JSONField(default=list)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="storedinterval_oldest_first")]

    def __str__(self) -> str:
        return self.key[:12]
