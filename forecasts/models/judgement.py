"""Who held an event to be how likely, and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from forecasts.choices import (
    Confidence,
    Line,
)
from forecasts.content import TABLES
from forecasts.models.forecast import Forecast
from forecasts.querysets import JudgementQuerySet
from forecasts.reading.terms import without_not
from forecasts.yardsticks.band import Band
from forecasts.yardsticks.scales import get
from groundwork.append_only import append_only
from sources.models import Article, Source

# A judgement of today begins with the day, wherever that is; more than that is another day's work.
WELL_AFTER: Final = timedelta(days=2)


class TsTzRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Judgement(models.Model):
    """One forecaster's probability for an event, from `made_at` until `ended_at`.

    The band and the number are chances (0 to 1) of the event, so a negated term stands here with its band mirrored; the
    yardstick's version is frozen in its slug, the band in `low` and `high`. All may be null: unquantified.
    """

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="judgements")
    forecaster = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="judgements")
    line = models.CharField(max_length=10, choices=Line, default=Line.PERSONAL)
    yardstick = models.CharField(max_length=40, blank=True)
    term = models.CharField(max_length=60, blank=True)
    term_text = models.CharField(max_length=120, blank=True)
    negated = models.BooleanField(default=False)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    probability = models.FloatField(null=True, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    rationale = models.TextField(blank=True)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="judgements")
    imported = models.BooleanField(default=False, help_text=_("Brought in with a day of its own, perhaps long past."))
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_why = models.TextField(null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True, help_text=_("When its words went for a legal reason."))

    objects: ClassVar[JudgementQuerySet] = JudgementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(low__gte=0, low__lte=1))
                & (Q(high__isnull=True) | Q(high__gte=0, high__lte=1))
                & (Q(probability__isnull=True) | Q(probability__gte=0, probability__lte=1)),
                name="judgement_chances_lie_in_0_1",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="judgement_low_is_not_above_high",
            ),
            models.CheckConstraint(condition=Q(term="") | ~Q(yardstick=""), name="judgement_term_needs_its_yardstick"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_why__isnull=True)
                | Q(ended_at__gte=F("made_at"), ended_by__isnull=False, ended_why__isnull=False),
                name="judgement_ends_after_it_was_made",
            ),
            ExclusionConstraint(
                name="judgement_one_at_a_time",
                expressions=[
                    ("forecast", RangeOperators.EQUAL),
                    ("forecaster", RangeOperators.EQUAL),
                    ("line", RangeOperators.EQUAL),
                    (TsTzRange("made_at", "ended_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = append_only(
            stamp=("ended_at", "ended_by", "ended_why"),
            release="released_at",
            words=TABLES["forecasts.Judgement"].replaced,
        )

    def __str__(self) -> str:
        return self.term_text or (f"{self.probability:.0%}" if self.probability is not None else "unquantified")

    @property
    def is_quantified(self) -> bool:
        return self.probability is not None or self.low is not None or self.high is not None

    @property
    def words(self) -> str:
        """Its term as written, without the “not” of a negated one, which every page says by itself."""
        return without_not(self.term_text) if self.negated else self.term_text

    @property
    def was_recorded_later(self) -> bool:
        """Whether it was recorded well after it was made: it came with an article, or with a file."""
        return self.recorded_at - self.made_at >= WELL_AFTER

    @property
    def was_misread(self) -> bool:
        """Whether it ended in the moment in which it was made: it never stood, and another one says what was said."""
        return self.ended_at is not None and self.ended_at == self.made_at

    @property
    def came_too_late(self) -> bool:
        """Whether it was made after the last day of the window: it stays on the record and counts in no score."""
        return self.forecast.has_ended(on=self.forecast.today(at=self.made_at))

    @property
    def band(self) -> Band:
        """Its range. Which ends are open is the yardstick's to say, as long as the range is the term's own."""
        try:
            promised = get(self.yardstick).term(self.term).band
        except LookupError:
            return Band(self.low, self.high)
        promised = promised.mirrored() if self.negated else promised
        return promised if (promised.low, promised.high) == (self.low, self.high) else Band(self.low, self.high)
