"""Who says something, and the texts they say it in."""

from __future__ import annotations

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groundwork.append_only import history_of, keep_words
from groundwork.references import Referenced
from sources.choices import Decision, Origin, Reliability, SourceKind
from sources.content import TABLES
from sources.querysets import ArticleQuerySet, SourceQuerySet, TopicQuerySet


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    exclude=["redacted_at"],
    model_name="SourceEvent",
    **history_of(TABLES["sources.SourceEvent"].replaced),
)
class Source(Referenced, models.Model):
    """Whoever says something: an outlet, a government, a person with or without an account, the desk."""

    reference_kind = "source"

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind, default=SourceKind.OTHER)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166, two letters"))
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        help_text=_("Two sources with a common parent do not confirm each other."),
    )
    reliability = models.CharField(_("reliability"), max_length=1, choices=Reliability, default=Reliability.F)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="source"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When something that it wrote or said was first made public.")
    )
    redacted_at = models.DateTimeField(null=True, blank=True, help_text=_("When its words went for a legal reason."))

    objects: ClassVar[SourceQuerySet] = SourceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), "kind", name="source_once_per_name_and_kind"),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="desk"), name="source_one_desk"),
            models.CheckConstraint(condition=~Q(name=""), name="source_has_a_name"),
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_is_known"),
            models.CheckConstraint(condition=Q(reliability__in=Reliability.values), name="source_reliability_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("claims:source", args=[self.pk])

    @property
    def is_desk(self) -> bool:
        return self.kind == SourceKind.DESK


class Topic(models.Model):
    """What things are about."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)

    objects: ClassVar[TopicQuerySet] = TopicQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Article(Referenced, models.Model):
    """Any text with provenance. Its text never changes; a changed text is a new article that revises this one."""

    reference_kind = "article"

    title = models.CharField(_("title"), max_length=300)
    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="articles")
    bylines = models.ManyToManyField(Source, through="Byline", related_name="written_articles")
    url = models.URLField(_("address"), max_length=1000, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    retrieved_at = models.DateTimeField(_("retrieved at"))
    origin = models.CharField(_("how it came in"), max_length=20, choices=Origin)
    language = models.CharField(_("language"), max_length=10, default="und")
    text = models.TextField(_("text"))
    text_sha256 = models.CharField(max_length=64)
    revises = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="revisions")
    topics = models.ManyToManyField(Topic, blank=True, related_name="articles")
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    released_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When an edition first made it public; nobody outside sees it before.")
    )
    redacted_at = models.DateTimeField(null=True, blank=True, help_text=_("When its words went for a legal reason."))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ArticleQuerySet] = ArticleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="article_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["source", "text_sha256"], name="article_text_once_per_source"),
            models.CheckConstraint(condition=~Q(text=""), name="article_has_a_text"),
            models.CheckConstraint(condition=~Q(title=""), name="article_has_a_title"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="keep_text", fields=["text_sha256", "source", "origin"]),
            keep_words(["text", "redacted_at"]),
            pgtrigger.Protect(name="keep_article", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forecasts:article", args=[self.pk])

    @property
    def is_the_desks_own(self) -> bool:
        return self.source.is_desk


class ArticleBytes(models.Model):
    """The bytes that an article was taken from, kept as evidence and out of the way of every list."""

    article = models.OneToOneField(Article, primary_key=True, on_delete=models.PROTECT, related_name="raw")
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    filename = models.CharField(max_length=200, blank=True)

    class Meta:
        triggers = [
            pgtrigger.ReadOnly(name="keep_bytes", exclude=list(TABLES["sources.ArticleBytes"].replaced)),
            keep_words(TABLES["sources.ArticleBytes"].replaced),
            pgtrigger.Protect(name="keep_bytes_row", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.filename or self.sha256


class Byline(models.Model):
    """Who wrote an article, in the order of its byline."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "source"], name="byline_once_per_article")]

    def __str__(self) -> str:
        return f"{self.source_id} wrote {self.article_id}"


class Suggestion(models.Model):
    """What a reader found and nobody has confirmed.

    It is no record: no score, page, export or API list of records includes one.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="%(class)ss")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    rule = models.CharField(max_length=60)
    reader_version = models.CharField(max_length=20)
    part = models.PositiveSmallIntegerField(
        default=0, help_text=_("0 for the whole; the parts that it was split into count from 1 and share its span.")
    )
    found = models.JSONField(help_text=_("The find as the reader gave it: the keys of READING.md"))
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["start", "end"]
        indexes = [models.Index(fields=["article"], condition=Q(decision="pending"), name="%(class)s_pending")]
        constraints = [
            models.UniqueConstraint(fields=["article", "start", "end", "part"], name="%(class)s_once_per_span"),
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="%(class)s_span_is_not_empty"),
            models.CheckConstraint(
                condition=Q(decision="pending", decided_at__isnull=True)
                | (~Q(decision="pending") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="%(class)s_decision_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.quote[:80]

    @property
    def is_pending(self) -> bool:
        return self.decision == Decision.PENDING
