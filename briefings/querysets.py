"""Chainable words for briefings and editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Prefetch, Q

from briefings.choices import State
from sources.querysets import Viewer, sees_the_desk

if TYPE_CHECKING:
    from briefings.models import Briefing, Edition, Image  # noqa: F401 - Image is named in an annotation
    from sources.models import Article


class BriefingQuerySet(models.QuerySet["Briefing"]):
    """A briefing's own title and byline are its working copy's. What readers see are its editions."""

    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else what is published."""
        return self if sees_the_desk(user) else self.published()

    def of_article(self, article: Article) -> Self:
        """Those that began from it, or have published it; oldest first."""
        published = _editions().filter(article=article)
        return self.filter(Q(article=article) | Q(pk__in=published.values("briefing"))).order_by("pk")

    def with_latest_edition(self) -> Self:
        """With its newest edition as `latest`; texts stay behind."""
        newest = _editions().order_by("briefing_id", "-number").distinct("briefing_id").defer("markdown")
        return self.defer("markdown").prefetch_related(Prefetch("editions", queryset=newest, to_attr="shown_editions"))


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> Self:
        return self.filter(briefing__state=State.PUBLISHED)

    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else what is published."""
        return self if sees_the_desk(user) else self.published()

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def for_pages(self) -> Self:
        """With what its page shows besides records; its briefing's working copy and all pictures stay behind."""
        return self.select_related("briefing", "image").defer("briefing__markdown", "image__data")

    def newest_of_each(self) -> Self:
        """Of each briefing its last edition, with the briefing's day as `dated_on`; texts stay behind."""
        last = _editions().order_by("briefing_id", "-number").distinct("briefing_id").values("pk")
        rows = self.filter(pk__in=last).select_related("briefing").annotate(dated_on=F("briefing__dated_on"))
        return rows.defer("markdown", "briefing__markdown")

    def neighbours(self, briefing: Briefing) -> tuple[Edition | None, Edition | None]:
        """Those of the briefings before and after that one, by the day they bear."""
        day, pk = briefing.dated_on, briefing.pk
        same_day = Q(briefing__dated_on=day)
        older = self.filter(Q(briefing__dated_on__lt=day) | same_day & Q(briefing__lt=pk))
        newer = self.filter(Q(briefing__dated_on__gt=day) | same_day & Q(briefing__gt=pk))
        order = ("briefing__dated_on", "briefing_id")
        return older.order_by(*order).last(), newer.order_by(*order).first()


class ImageQuerySet(models.QuerySet["Image"]):
    def published(self) -> Self:
        """What a published edition shows."""
        return self.filter(pk__in=_editions().published().values("image"))

    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else what is published."""
        return self if sees_the_desk(user) else self.published()


def _editions() -> EditionQuerySet:
    editions: EditionQuerySet = apps.get_model("briefings", "Edition").objects.all()
    return editions
