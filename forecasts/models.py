"""What we expect, by when, how sure we were, and how it turned out."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forecasts.choices import (
    Combination,
    Confidence,
    Horizon,
    How,
    Independence,
    Line,
    Outcome,
    Section,
    Shape,
    Triage,
    Visibility,
)
from forecasts.querysets import DueQuerySet, ForecastQuerySet, JudgementQuerySet, ResolutionQuerySet
from forecasts.yardsticks.band import Band
from forecasts.yardsticks.scales import get
from groundwork.append_only import append_only
from groundwork.models import WorkRow
from groundwork.references import Referenced
from sources.models import Article, Source, Suggestion, Topic

CRITERIA_FIELDS = ("observable", "threshold", "place", "combination", "source_of_record", "fallback", "degrees")


class DayAfter(Func):
    """The day after a date."""

    template = "(%(expressions)s + 1)"
    output_field = models.DateField()


class TsTzRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    fields=[
        "statement",
        "event",
        "opens_on",
        "closes_on",
        "assessment_on",
        "shape",
        "triage",
        "triage_reason",
        "condition",
        "visibility",
        *CRITERIA_FIELDS,
    ],
    model_name="ForecastEvent",
)
class Forecast(Referenced, models.Model):
    """A sentence that commits to something, and the event in it that can be seen to happen or not.

    The window is a pair of days, both inclusive, in `time_zone`. A forecast of a briefing that was never published has
    no `made_on` and no window yet: it is a preview, seen by nobody outside and never due.
    """

    reference_kind = "forecast"

    statement = models.TextField(_("statement"), help_text=_("The sentence as written"))
    event = models.TextField(
        _("event"),
        blank=True,
        help_text=_("The same without its probability word, as something that can be seen to happen or not"),
    )
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="forecasts")
    quote_start = models.PositiveIntegerField(null=True, blank=True)
    quote_end = models.PositiveIntegerField(null=True, blank=True)
    author = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="forecasts")
    made_on = models.DateField(_("made on"), null=True, blank=True)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True, help_text=_("This day included"))
    assessment_on = models.DateField(
        _("assessment date"), null=True, blank=True, help_text=_("The desk’s own day for grading what has no end")
    )
    time_zone = models.CharField(max_length=60)
    horizon = models.CharField(_("horizon"), max_length=10, choices=Horizon, blank=True)
    horizon_text = models.CharField(max_length=200, blank=True)
    shape = models.CharField(_("shape"), max_length=20, choices=Shape, default=Shape.HAPPENS_BY)
    triage = models.CharField(_("triage"), max_length=20, choices=Triage, default=Triage.GRADABLE)
    triage_reason = models.CharField(_("reason"), max_length=300, blank=True)
    condition = models.TextField(_("condition"), blank=True, help_text=_("“If …”, where it is conditional"))
    scenario_group = models.CharField(max_length=40, blank=True)

    observable = models.TextField(_("what is observed"), blank=True)
    threshold = models.CharField(_("threshold"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    combination = models.CharField(_("parts needed"), max_length=3, choices=Combination, blank=True)
    source_of_record = models.CharField(_("source of record"), max_length=300, blank=True)
    fallback = models.CharField(_("fallback source"), max_length=300, blank=True)
    degrees = models.TextField(_("degrees"), blank=True, help_text=_("What would count as “in part”; empty: nothing"))
    criteria_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    criteria_at = models.DateTimeField(null=True, blank=True)
    criteria_retroactive = models.BooleanField(default=False)

    topics = models.ManyToManyField(Topic, blank=True, related_name="forecasts")
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    released_at = models.DateTimeField(null=True, blank=True, help_text=_("When an edition first carried it"))
    grading_round = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1, help_text=_("Counts changes; a form or If-Match names it"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    due_on = models.GeneratedField(
        expression=DayAfter(Coalesce("closes_on", "assessment_on")),
        output_field=models.DateField(null=True),
        db_persist=True,
    )

    shown_judgements: list[Judgement]  # set by ForecastQuerySet.for_lists
    standing_resolutions: list[Resolution]
    stated_judgements: list[Judgement]  # set where an edition is prepared

    objects: ClassVar[ForecastQuerySet] = ForecastQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        indexes = [
            models.Index(fields=["-recorded_at", "-id"], name="forecast_newest_first"),
            models.Index(
                fields=["due_on"], condition=~Q(triage=Triage.ASSESSMENT), name="forecast_falls_due", include=["id"]
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(statement=""), name="forecast_has_a_statement"),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(opens_on__isnull=False, closes_on__gte=F("opens_on")),
                name="forecast_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(assessment_on__isnull=True)
                | Q(closes_on__isnull=True, opens_on__isnull=False, assessment_on__gte=F("opens_on")),
                name="forecast_assessment_date_is_for_open_ends",
            ),
            models.CheckConstraint(
                condition=Q(made_on__isnull=True)
                | Q(triage=Triage.ASSESSMENT)
                | Q(opens_on__isnull=False, closes_on__isnull=False)
                | Q(opens_on__isnull=False, assessment_on__isnull=False),
                name="forecast_comes_to_an_end",
            ),
            models.CheckConstraint(
                condition=Q(made_on__isnull=False) | Q(opens_on__isnull=True, closes_on__isnull=True),
                name="forecast_window_needs_its_day",
            ),
            models.CheckConstraint(
                condition=(Q(quote_start__isnull=True, quote_end__isnull=True))
                | Q(article__isnull=False, quote_end__gt=F("quote_start")),
                name="forecast_quote_lies_in_its_article",
            ),
            models.CheckConstraint(condition=Q(shape__in=Shape.values), name="forecast_shape_is_known"),
            models.CheckConstraint(condition=Q(triage__in=Triage.values), name="forecast_triage_is_known"),
        ]

    def __str__(self) -> str:
        return self.event or self.statement

    def get_absolute_url(self) -> str:
        return reverse("forecasts:forecast", args=[self.pk])

    @property
    def ends_on(self) -> date | None:
        """The last day on which the event can still happen, or on which the desk looks."""
        return self.closes_on or self.assessment_on

    @property
    def quote(self) -> str:
        """Its sentence as it stands in its article; "" where it has none."""
        if self.article is None or self.quote_start is None or self.quote_end is None:
            return ""
        return self.article.text[self.quote_start : self.quote_end]

    @property
    def has_criteria(self) -> bool:
        return bool(self.observable)

    def today(self, *, at: datetime) -> date:
        """The day that instant falls on where the forecast lives."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()

    def has_ended(self, *, on: date) -> bool:
        """Whether its last day had passed on that day."""
        return self.ends_on is not None and self.ends_on < on


class Appearance(models.Model):
    """Where else the same sentence stands: a summary, a later edition, another article."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="appearances")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="appearances")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    section = models.CharField(max_length=10, choices=Section)

    class Meta:
        ordering = ["article_id", "start"]
        constraints = [
            models.UniqueConstraint(fields=["forecast", "article", "start"], name="appearance_once_per_place"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="appearance_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.forecast_id} in {self.article_id}"


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
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_why = models.TextField(null=True, blank=True)

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
        triggers = append_only(stamp=("ended_at", "ended_by", "ended_why"), release="released_at")

    def __str__(self) -> str:
        return self.term_text or (f"{self.probability:.0%}" if self.probability is not None else "unquantified")

    @property
    def is_quantified(self) -> bool:
        return self.probability is not None or self.low is not None or self.high is not None

    @property
    def band(self) -> Band:
        """Its range. Which ends are open is the yardstick's to say, as long as the range is the term's own."""
        try:
            promised = get(self.yardstick).term(self.term).band
        except LookupError:
            return Band(self.low, self.high)
        promised = promised.mirrored() if self.negated else promised
        return promised if (promised.low, promised.high) == (self.low, self.high) else Band(self.low, self.high)


class Due(models.Model):
    """A forecast that waits for its grade."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="dues")
    due_on = models.DateField()
    flagged_at = models.DateTimeField()
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="assigned_dues"
    )
    snoozed_until = models.DateField(null=True, blank=True)
    snooze_reason = models.CharField(max_length=300, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_why = models.CharField(max_length=40, blank=True)

    objects: ClassVar[DueQuerySet] = DueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(cleared_at__isnull=True), name="due_oldest_first")]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast"], condition=Q(cleared_at__isnull=True), name="due_open_once_per_forecast"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forecast_id} since {self.due_on}"

    def days_late(self, *, on: date) -> int:
        return (on - self.due_on).days


class Grade(models.Model):
    """One person's verdict on an event."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="grades")
    round = models.PositiveSmallIntegerField(default=1)
    slot = models.PositiveSmallIntegerField(default=1)
    grader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grades")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    known_on = models.DateField(_("known on"))
    rationale = models.TextField(_("in one sentence"))
    no_evidence_reason = models.CharField(_("why there is no evidence"), max_length=300, blank=True)
    graded_at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retracted_why = models.TextField(null=True, blank=True)

    class Meta:
        ordering = ["forecast_id", "round", "slot", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast", "round", "slot"], condition=Q(retracted_at__isnull=True), name="grade_once_per_slot"
            ),
            models.UniqueConstraint(
                fields=["forecast", "round", "grader"],
                condition=Q(retracted_at__isnull=True),
                name="grade_once_per_grader",
            ),
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="grade_has_two_slots"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="grade_outcome_is_known"),
            models.CheckConstraint(condition=~Q(rationale=""), name="grade_says_why"),
        ]
        triggers = append_only(stamp=("retracted_at", "retracted_by", "retracted_why"))

    def __str__(self) -> str:
        return f"{self.forecast_id}: {self.outcome}"


class Evidence(models.Model):
    """What a grade rests on: an article kept here, or an address."""

    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="evidence")
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence_for")
    url = models.URLField(max_length=1000, blank=True)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, url="") | (Q(article__isnull=True) & ~Q(url="")),
                name="evidence_is_an_article_or_an_address",
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return self.url or str(self.article)


class Resolution(models.Model):
    """What the desk holds to have become of an event. A newer one supersedes it; none is ever changed."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="resolutions")
    round = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=20, choices=Outcome)
    known_on = models.DateField()
    how = models.CharField(max_length=12, choices=How)
    independence = models.CharField(max_length=12, choices=Independence)
    rationale = models.TextField(blank=True)
    grades = models.ManyToManyField(Grade, through="ResolutionGrade", related_name="resolutions")
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    superseded_why = models.TextField(null=True, blank=True)

    objects: ClassVar[ResolutionQuerySet] = ResolutionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-resolved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast"], condition=Q(superseded_at__isnull=True), name="resolution_standing_once"
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="resolution_outcome_is_known"),
        ]
        triggers = append_only(stamp=("superseded_at", "superseded_by", "superseded_why"))

    def __str__(self) -> str:
        return f"{self.forecast_id}: {self.outcome}"


class ResolutionGrade(models.Model):
    """Which grades a resolution rests on."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT)
    grade = models.ForeignKey(Grade, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resolution", "grade"], name="resolution_counts_a_grade_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.resolution_id} rests on {self.grade_id}"


class ForecastSuggestion(Suggestion):
    """A forecast that the reader found."""

    section = models.CharField(max_length=10, choices=Section)
    duplicate_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates")
    forecast = models.ForeignKey(Forecast, null=True, blank=True, on_delete=models.PROTECT, related_name="suggestions")

    class Meta(Suggestion.Meta):
        pass


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
