"""What we expect and by when, where else it stands, and what it goes on with."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forecasts.choices import (
    Combination,
    Horizon,
    Relation,
    Section,
    Shape,
    Triage,
    Visibility,
)
from forecasts.content import TABLES
from forecasts.models.noting import note_forecasts
from forecasts.querysets import ForecastQuerySet
from forecasts.reading.conditions import has_conjunction
from groundwork.append_only import append_only, history_of
from groundwork.references import Referenced
from sources.models import Article, Source, Topic

if TYPE_CHECKING:
    from forecasts.models.coming import Look
    from forecasts.models.grading import Resolution
    from forecasts.models.judgement import Judgement

CRITERIA_FIELDS = ("observable", "threshold", "place", "combination", "source_of_record", "fallback", "degrees")


class DayAfter(Func):
    """The day after a date."""

    template = "(%(expressions)s + 1)"
    output_field = models.DateField()


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
    **history_of(TABLES["forecasts.ForecastEvent"].replaced),
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
    look_again_on = models.DateField(
        null=True, blank=True, help_text=_("When somebody looks next whether it is known already, once somebody has.")
    )
    retracted_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When its recording was undone, before anything rested on it.")
    )
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retracted_why = models.TextField(null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True, help_text=_("When its words went for a legal reason."))
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
    shown_looks: list[Look]  # set by ComingDueQuerySet.for_queue
    stated_judgements: list[Judgement]  # set where an edition is prepared

    objects: ClassVar[ForecastQuerySet] = ForecastQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        indexes = [
            models.Index(fields=["-recorded_at", "-id"], name="forecast_newest_first"),
            models.Index(
                fields=["due_on"], condition=~Q(triage=Triage.ASSESSMENT), name="forecast_falls_due", include=["id"]
            ),
            models.Index(fields=["id"], condition=Q(triage=Triage.ASSESSMENT), name="forecast_assessments"),
            GinIndex(SearchVector("event", config="english"), name="forecast_event_words"),
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
            models.CheckConstraint(
                condition=Q(retracted_at__isnull=True, retracted_by__isnull=True, retracted_why__isnull=True)
                | Q(retracted_at__isnull=False, retracted_by__isnull=False, retracted_why__isnull=False),
                name="forecast_retraction_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(retracted_at__isnull=True) | Q(released_at__isnull=True),
                name="forecast_retracted_was_never_public",
            ),
            models.CheckConstraint(condition=Q(shape__in=Shape.values), name="forecast_shape_is_known"),
            models.CheckConstraint(condition=Q(triage__in=Triage.values), name="forecast_triage_is_known"),
        ]
        triggers = note_forecasts()

    def __str__(self) -> str:
        """The event, never without its condition; the statement while there is none."""
        if not self.event:
            return self.statement
        return f"{self.condition_words}: {self.event}" if self.condition else self.event

    def get_absolute_url(self) -> str:
        return reverse("forecasts:forecast", args=[self.pk])

    @property
    def ends_on(self) -> date | None:
        """The last day on which the event can still happen, or on which the desk looks."""
        return self.closes_on or self.assessment_on

    @property
    def condition_words(self) -> str:
        """Its condition as words that an event can follow: “If the river freezes”; "" without one."""
        words = self.condition.strip().rstrip(".,:;")
        if words and not has_conjunction(words):
            return gettext("If %s") % words
        return words[:1].upper() + words[1:]

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


class Lineage(models.Model):
    """That a later forecast continues, repeats or supersedes an earlier one. Both stay due."""

    later = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="earlier_links")
    earlier = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="later_links")
    relation = models.CharField(max_length=12, choices=Relation)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_why = models.TextField(null=True, blank=True)

    class Meta:
        ordering = ["noted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["later", "earlier"], condition=Q(ended_at__isnull=True), name="lineage_once_per_pair"
            ),
            models.CheckConstraint(condition=~Q(later=F("earlier")), name="lineage_links_two_forecasts"),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="lineage_relation_is_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_why__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_why__isnull=False),
                name="lineage_end_is_signed",
            ),
        ]
        triggers = append_only(stamp=("ended_at", "ended_by", "ended_why"), words=TABLES["forecasts.Lineage"].replaced)

    def __str__(self) -> str:
        return f"{self.later_id} {self.relation} {self.earlier_id}"
