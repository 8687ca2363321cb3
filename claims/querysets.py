"""Chainable words for claims and series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

from sources.querysets import Viewer, sees_the_desk

if TYPE_CHECKING:
    from claims.models import Claim, Series  # noqa: F401 - named in the annotations


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else what an edition has carried."""
        return self if sees_the_desk(user) else self.filter(released_at__isnull=False)

    def standing(self) -> Self:
        return self.filter(retracted_at__isnull=True)

    def for_lists(self) -> Self:
        return self.select_related("series", "speaker", "relayed_by", "article__source").defer("article__text")


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else the series of a claim that they may see."""
        if sees_the_desk(user):
            return self
        claims = apps.get_model("claims", "Claim").objects.visible_to(user).standing()
        return self.filter(Exists(claims.filter(series=OuterRef("pk"))))
