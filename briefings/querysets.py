"""Chainable words for briefings and editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from briefings.choices import State
from sources.querysets import Viewer, sees_the_desk

if TYPE_CHECKING:
    from briefings.models import Briefing, Edition  # noqa: F401 - named in the annotations


class BriefingQuerySet(models.QuerySet["Briefing"]):
    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else what is published."""
        return self if sees_the_desk(user) else self.published()

    def newest_first(self) -> Self:
        """By the day its text bears, then by when it was first published."""
        return self.order_by("-dated_on", "-pk")


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: Viewer) -> Self:
        return self if sees_the_desk(user) else self.filter(briefing__state=State.PUBLISHED)
