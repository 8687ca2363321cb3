"""Who counted what: series of comparable figures, and the claims in them."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.choices import Aggregation, Basis, Credibility, Measure, Stance
from claims.content import TABLES
from claims.querysets import ClaimQuerySet, SeriesQuerySet
from groundwork.append_only import append_only, history_of
from groundwork.references import Referenced
from sources.models import Article, Source, Suggestion


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    model_name="SeriesEvent",
    **history_of(TABLES["claims.SeriesEvent"].replaced),
)
class Series(Referenced, models.Model):
    """The thing counted. Figures are compared only inside one series."""

    reference_kind = "series"

    measure = models.CharField(_("measure"), max_length=20, choices=Measure)
    subject = models.CharField(_("subject"), max_length=200, help_text=_("Who or what is counted"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=60, default="people")
    item_class = models.CharField(_("class of item"), max_length=80, blank=True)
    loss_state = models.CharField(_("state of loss"), max_length=40, blank=True)
    aggregation = models.CharField(_("counted as"), max_length=12, choices=Aggregation, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[SeriesQuerySet] = SeriesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "series"
        ordering = ["subject", "measure", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "subject", "place", "unit", "item_class", "loss_state", "aggregation"],
                name="series_counts_one_thing",
            ),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="series_measure_is_known"),
            models.CheckConstraint(condition=~Q(subject=""), name="series_has_a_subject"),
        ]

    def __str__(self) -> str:
        label = f"{self.subject}: {self.get_measure_display()}"
        return f"{label}, {self.place}" if self.place else label

    def get_absolute_url(self) -> str:
        return reverse("claims:series", args=[self.pk])


class Claim(Referenced, models.Model):
    """One assertion of a figure (or a statement without one) by one speaker, as one article carries it.

    Bounds and point are counts in the series' unit; all three are null for a statement.
    """

    reference_kind = "claim"

    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="claims")
    speaker = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="claims")
    relayed_by = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="relayed_claims"
    )
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="claims")
    quote = models.TextField(_("quote"))
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quote_language = models.CharField(max_length=10, default="en")
    translation = models.TextField(blank=True)
    translated_by = models.CharField(max_length=120, blank=True)
    value_low = models.DecimalField(_("at least"), max_digits=18, decimal_places=2, null=True, blank=True)
    value_high = models.DecimalField(_("at most"), max_digits=18, decimal_places=2, null=True, blank=True)
    value_point = models.DecimalField(_("figure"), max_digits=18, decimal_places=2, null=True, blank=True)
    approximate = models.BooleanField(_("approximate"), default=False)
    qualifier = models.CharField(_("qualifier"), max_length=60, blank=True)
    as_written = models.CharField(_("as written"), max_length=200, blank=True)
    basis = models.CharField(_("basis"), max_length=12, choices=Basis, default=Basis.UNKNOWN)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    said_on = models.DateField(_("said on"), null=True, blank=True)
    stance = models.CharField(_("stance"), max_length=12, choices=Stance, default=Stance.ASSERTS)
    verb = models.CharField(max_length=60, blank=True)
    credibility = models.PositiveSmallIntegerField(_("credibility"), choices=Credibility, default=Credibility.UNJUDGED)
    responds_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="responses")
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When an edition first carried it; nobody outside sees it before.")
    )
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retracted_why = models.TextField(null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True, help_text=_("When its words went for a legal reason."))

    objects: ClassVar[ClaimQuerySet] = ClaimQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="claim_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(value_low__isnull=True) | Q(value_high__isnull=True) | Q(value_low__lte=F("value_high")),
                name="claim_low_is_not_above_high",
            ),
            models.CheckConstraint(
                condition=Q(value_point__isnull=True)
                | (
                    (Q(value_low__isnull=True) | Q(value_low__lte=F("value_point")))
                    & (Q(value_high__isnull=True) | Q(value_high__gte=F("value_point")))
                ),
                name="claim_point_lies_within",
            ),
            models.CheckConstraint(
                condition=(Q(value_low__isnull=True) | Q(value_low__gte=0))
                & (Q(value_high__isnull=True) | Q(value_high__gte=0))
                & (Q(value_point__isnull=True) | Q(value_point__gte=0)),
                name="claim_counts_are_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(credibility__gte=1, credibility__lte=6), name="claim_credibility_is_on_the_scale"
            ),
            models.CheckConstraint(
                condition=Q(retracted_at__isnull=True, retracted_by__isnull=True, retracted_why__isnull=True)
                | Q(retracted_at__isnull=False, retracted_by__isnull=False, retracted_why__isnull=False),
                name="claim_retraction_is_signed",
            ),
        ]
        triggers = append_only(
            stamp=("retracted_at", "retracted_by", "retracted_why"),
            release="released_at",
            words=TABLES["claims.Claim"].replaced,
        )

    def __str__(self) -> str:
        return self.as_written or self.quote[:80]

    def get_absolute_url(self) -> str:
        return reverse("claims:claim", args=[self.pk])

    @property
    def is_statement(self) -> bool:
        """Whether it carries no figure at all."""
        return self.value_low is None and self.value_high is None and self.value_point is None


class ClaimSuggestion(Suggestion):
    """A counted claim that the reader found."""

    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="suggestions")

    class Meta(Suggestion.Meta):
        pass
