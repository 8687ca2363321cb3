"""Chainable words for forecasts, judgements and what is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from forecasts.choices import Line, Triage
from sources.querysets import Viewer, sees_the_desk

if TYPE_CHECKING:
    from forecasts.models import Due, Forecast, Judgement, Resolution  # noqa: F401 - named in the annotations


WEEK = timedelta(days=7)


class ForecastQuerySet(models.QuerySet["Forecast"]):
    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else what a published edition carries."""
        return self if sees_the_desk(user) else self.filter(released_at__isnull=False, visibility="public")

    def resolved(self) -> Self:
        return self.filter(Exists(_standing_resolutions()))

    def unresolved(self) -> Self:
        return self.filter(~Exists(_standing_resolutions()))

    def overdue(self, *, on: date) -> Self:
        """Unresolved forecasts, assessments excepted, whose window had ended before that day."""
        return self.unresolved().exclude(triage=Triage.ASSESSMENT).filter(due_on__lte=on)

    def open(self, *, on: date) -> Self:
        """Unresolved forecasts whose window had not ended before that day."""
        return self.unresolved().filter(Q(due_on__gt=on) | Q(due_on__isnull=True))

    def awaited(self, *, on: date, swept_at: datetime | None) -> Self:
        """Those that fall due within a week of that day, and those that the last sweep cannot have flagged yet.

        What was due before that sweep and recorded before it has its Due, so that the two together miss nothing.
        """
        rows = self.unresolved().filter(~Q(triage=Triage.ASSESSMENT), ~Exists(_open_dues()))
        rows = rows.filter(due_on__lte=on + WEEK)
        if swept_at is None:
            return rows
        # A day less, because the sweep's day was the day before in some zones.
        return rows.filter(Q(due_on__gte=swept_at.date() - timedelta(days=1)) | Q(recorded_at__gte=swept_at))

    def for_lists(self, user: Viewer) -> Self:
        """With everything that a row shows: author, article, judgements that user may see, the standing resolution."""
        return (
            self.select_related("author", "article__source")
            .defer("article__text")
            .prefetch_related(
                Prefetch(
                    "judgements",
                    queryset=apps.get_model("forecasts", "Judgement")
                    .objects.visible_to(user)
                    .select_related("forecaster", "article__source")
                    .defer("article__text")
                    .order_by("made_at", "pk"),
                    to_attr="shown_judgements",
                ),
                Prefetch(
                    "resolutions",
                    queryset=apps.get_model("forecasts", "Resolution").objects.standing(),
                    to_attr="standing_resolutions",
                ),
                "topics",
            )
        )


def _standing_resolutions() -> models.QuerySet[Resolution]:
    resolution: type[Resolution] = apps.get_model("forecasts", "Resolution")
    return resolution.objects.standing().filter(forecast=OuterRef("pk"))


def _open_dues() -> models.QuerySet[Due]:
    due: type[Due] = apps.get_model("forecasts", "Due")
    return due.objects.waiting().filter(forecast=OuterRef("pk"))


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else the desk's line and what a forecaster has released."""
        return self if sees_the_desk(user) else self.filter(Q(line=Line.DESK) | Q(released_at__isnull=False))

    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def of_the_desk(self) -> Self:
        return self.filter(line=Line.DESK)


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def standing(self) -> Self:
        return self.filter(superseded_at__isnull=True)


class DueQuerySet(models.QuerySet["Due"]):
    def waiting(self) -> Self:
        """Not cleared; snoozed ones included."""
        return self.filter(cleared_at__isnull=True)

    def shown(self, *, on: date) -> Self:
        """Not cleared and not hidden by a snooze on that day."""
        return self.waiting().filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=on))

    def oldest_first(self) -> Self:
        return self.order_by("due_on", "pk")

    def for_queue(self) -> Self:
        """With what a row of the queue shows: the forecast, its author, the desk's standing line, the assignee."""
        judgements = apps.get_model("forecasts", "Judgement").objects
        return self.select_related("forecast__author", "assignee").prefetch_related(
            Prefetch(
                "forecast__judgements",
                queryset=judgements.standing().select_related("forecaster").order_by("line", "made_at", "pk"),
                to_attr="shown_judgements",
            )
        )
