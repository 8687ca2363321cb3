"""What we publish: a working text, and its numbered, frozen editions."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from briefings.choices import State, Weight
from briefings.content import TABLES
from briefings.documents import plain
from briefings.querysets import BriefingQuerySet, EditionQuerySet, ImageQuerySet
from forecasts.models import Forecast, Judgement
from groundwork.append_only import append_only, history_of
from sources.models import Article


class Credited:
    """Whoever made the image of a working copy or an edition, and under which terms it is shown."""

    image_credit: Any
    image_licence: Any

    @property
    def credit(self) -> str:
        return ", ".join(filter(None, [self.image_credit, self.image_licence]))


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    fields=["slug", "title", "state", "markdown", "image_alt", "image_credit", "image_licence", "editor"],
    model_name="BriefingEvent",
    **history_of(TABLES["briefings.BriefingEvent"].replaced),
)
class Briefing(Credited, models.Model):
    """What the desk publishes, and its working text, first copied from an article."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=300)
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    article = models.ForeignKey(
        Article,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="briefings",
        help_text=_("Where it began"),
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="briefings")
    markdown = models.TextField(_("text"), help_text=_("Markdown, in the form that the readers read"))
    image = models.ForeignKey("Image", null=True, blank=True, on_delete=models.PROTECT, related_name="briefings")
    image_alt = models.CharField(_("what the image shows"), max_length=300, blank=True)
    image_credit = models.CharField(_("image credit"), max_length=300, blank=True)
    image_licence = models.CharField(_("image licence"), max_length=120, blank=True)
    dated_on = models.DateField(null=True, blank=True, help_text=_("The day its first edition bears"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True, help_text=_("For readers"))
    created_at = models.DateTimeField(auto_now_add=True)
    redacted_at = models.DateTimeField(null=True, blank=True, help_text=_("When its words went for a legal reason."))
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[BriefingQuerySet] = BriefingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["-dated_on", "-id"], name="briefing_newest_first")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="briefing_has_a_title"),
            models.CheckConstraint(
                condition=Q(image__isnull=True) | ~Q(image_alt=""), name="briefing_image_is_described"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(dated_on__isnull=False), name="briefing_published_bears_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
                name="briefing_withdrawal_is_explained",
            ),
        ]

    shown_editions: list[Edition]  # newest first; set by BriefingQuerySet.with_latest_edition and by the API

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("briefings:briefing", args=[self.slug])

    @property
    def latest(self) -> Edition | None:
        """The newest edition, where `with_latest_edition` fetched it."""
        return self.shown_editions[0] if self.shown_editions else None


class Image(models.Model):
    """A picture, checked and encoded anew when it came in; kept in the database, so that a backup is one thing."""

    data = models.BinaryField()
    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ImageQuerySet] = ImageQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.media_type}, {self.width} × {self.height}"

    def get_absolute_url(self) -> str:
        return reverse("briefings:image", args=[self.sha256])


class Edition(Credited, models.Model):
    """A numbered, frozen release of a briefing. Editions with the same text share its article."""

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="editions")
    title = models.CharField(max_length=300)
    byline = models.CharField(max_length=300, blank=True)
    markdown = models.TextField()
    summary = ArrayField(models.TextField(), default=list, help_text=_("The items of its summary, as read"))
    image = models.ForeignKey(Image, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    image_alt = models.CharField(max_length=300, blank=True)
    image_credit = models.CharField(max_length=300, blank=True)
    image_licence = models.CharField(max_length=120, blank=True)
    weight = models.CharField(max_length=6, choices=Weight, default=Weight.MAJOR)
    note = models.TextField(blank=True, help_text=_("What changed, for readers"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    redacted_at = models.DateTimeField(null=True, blank=True, help_text=_("When its words went for a legal reason."))
    forecasts = models.ManyToManyField(Forecast, through="EditionForecast", related_name="editions")

    objects: ClassVar[EditionQuerySet] = EditionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["briefing_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["briefing", "number"], name="edition_number_once_per_briefing"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_numbers_start_at_1"),
            models.CheckConstraint(
                condition=Q(number=1) | Q(weight="minor") | ~Q(note=""), name="edition_major_change_is_explained"
            ),
        ]
        triggers = append_only(words=TABLES["briefings.Edition"].replaced)

    def __str__(self) -> str:
        return f"{self.title}, edition {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("briefings:edition", args=[self.briefing.slug, self.number])

    @property
    def standfirst(self) -> str:
        """The first item of its summary, without Markdown's marks."""
        return plain(self.summary[0]) if self.summary else ""


class EditionForecast(models.Model):
    """A forecast that an edition carries, and the desk's line that it published."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="carried")
    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="carried_by")
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="published_in")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["edition_id", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "forecast"], name="edition_carries_a_forecast_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.edition_id} carries {self.forecast_id}"
