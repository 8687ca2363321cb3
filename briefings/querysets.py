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


class BriefingQuerySet(models.QuerySet["Briefing"]):
    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else what is published."""
        return self if sees_the_desk(user) else self.published()

    def with_latest_edition(self) -> Self:
        """With its newest edition as `latest`, without that one's text."""
        newest: models.QuerySet[Edition] = apps.get_model("briefings", "Edition").objects.order_by(
            "briefing_id", "-number"
        )
        only_one = newest.distinct("briefing_id").defer("markdown")
        return self.defer("markdown").prefetch_related(
            Prefetch("editions", queryset=only_one, to_attr="shown_editions")
        )

    def neighbours(self, briefing: Briefing) -> tuple[Briefing | None, Briefing | None]:
        """The one before and the one after that briefing, by the day they bear."""
        day, pk = briefing.dated_on, briefing.pk
        older = self.filter(Q(dated_on__lt=day) | Q(dated_on=day, pk__lt=pk)).order_by("-dated_on", "-pk")
        newer = self.filter(Q(dated_on__gt=day) | Q(dated_on=day, pk__gt=pk)).order_by("dated_on", "pk")
        return older.defer("markdown").first(), newer.defer("markdown").first()


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: Viewer) -> Self:
        return self if sees_the_desk(user) else self.filter(briefing__state=State.PUBLISHED)

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def for_pages(self) -> Self:
        return self.select_related("briefing", "article", "image")

    def newest_of_each(self) -> Self:
        """Of each briefing its last edition, by when that was published, newest first."""
        last = self.order_by("briefing_id", "-number").distinct("briefing_id").values("pk")
        return self.filter(pk__in=last).order_by(F("published_at").desc(), "-pk")


class ImageQuerySet(models.QuerySet["Image"]):
    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else what a published edition shows."""
        if sees_the_desk(user):
            return self
        editions: models.QuerySet[Edition] = apps.get_model("briefings", "Edition").objects.visible_to(user)
        return self.filter(pk__in=editions.values("image"))
