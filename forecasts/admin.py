"""Forecasts, judgements and what waits in the read-only admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from forecasts.models import (
    AwaitedGrade,
    Dispute,
    Due,
    DueChange,
    EvidenceFetch,
    Forecast,
    ForecastSuggestion,
    Grade,
    ImportBatch,
    Judgement,
    Reading,
    Resolution,
    Score,
    StoredInterval,
    TopicCare,
)
from groundwork.admin import ReadOnlyModelAdmin
from groundwork.models import Heartbeat

# Grades and their evidence are left out: until a round is over, nobody sees another's, and the admin is no way round.
# So is what came of grades whose settling was undone.


@admin.register(Forecast)
class ForecastAdmin(ReadOnlyModelAdmin):
    list_display = ["reference", "event", "author", "closes_on", "due_on", "triage", "visibility"]
    list_select_related = ["author"]
    list_filter = ["triage", "horizon", "visibility"]
    search_fields = ["statement", "event"]


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyModelAdmin):
    list_display = [
        "forecast_id",
        "forecaster",
        "line",
        "term_text",
        "low",
        "high",
        "probability",
        "made_at",
        "ended_at",
    ]
    list_select_related = ["forecaster"]
    list_filter = ["line", "yardstick"]


@admin.register(Due)
class DueAdmin(ReadOnlyModelAdmin):
    list_display = ["forecast_id", "due_on", "flagged_at", "assignee", "snoozed_until", "cleared_at"]
    list_select_related = ["assignee"]
    list_filter = [("cleared_at", admin.EmptyFieldListFilter)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(pk__in=Due.objects.told().values("pk"))


@admin.register(DueChange)
class DueChangeAdmin(ReadOnlyModelAdmin):
    list_display = ["due_id", "step", "assignee", "until", "by", "at"]
    list_select_related = ["assignee", "by"]
    list_filter = ["step"]


@admin.register(TopicCare)
class TopicCareAdmin(ReadOnlyModelAdmin):
    list_display = ["topic", "user", "set_by", "set_at"]
    list_select_related = ["topic", "user", "set_by"]


@admin.register(Resolution)
class ResolutionAdmin(ReadOnlyModelAdmin):
    list_display = ["forecast_id", "outcome", "known_on", "how", "independence", "resolved_at", "superseded_at"]
    list_filter = ["outcome", "how", "independence"]
    exclude = ["grades"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(pk__in=Resolution.objects.told().values("pk"))


@admin.register(ForecastSuggestion)
class ForecastSuggestionAdmin(ReadOnlyModelAdmin):
    list_display = ["article", "quote", "rule", "reader_version", "decision", "decided_at"]
    list_select_related = ["article"]
    list_filter = ["decision", "rule", "reader_version", "article__recorded_at"]
    long_fields = ["article__text"]


@admin.register(Reading)
class ReadingAdmin(ReadOnlyModelAdmin):
    list_display = ["article", "asked_at", "attempts", "done_at", "set_aside_at", "last_error"]
    list_select_related = ["article"]
    list_filter = [("set_aside_at", admin.EmptyFieldListFilter), ("done_at", admin.EmptyFieldListFilter)]
    long_fields = ["article__text"]


@admin.register(AwaitedGrade)
class AwaitedGradeAdmin(ReadOnlyModelAdmin):
    list_display = ["forecast_id", "round", "since", "provisional_at", "closed_at"]
    list_filter = [("closed_at", admin.EmptyFieldListFilter)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(pk__in=AwaitedGrade.objects.told().values("pk"))


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyModelAdmin):
    list_display = ["forecast_id", "round", "opened_at", "closed_at"]
    list_filter = [("closed_at", admin.EmptyFieldListFilter)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(pk__in=Dispute.objects.told().values("pk"))


@admin.register(EvidenceFetch)
class EvidenceFetchAdmin(ReadOnlyModelAdmin):
    """What waits to be fetched, without the address."""

    list_display = ["pk", "asked_at", "attempts", "done_at", "set_aside_at", "last_error"]
    list_filter = [("set_aside_at", admin.EmptyFieldListFilter), ("done_at", admin.EmptyFieldListFilter)]
    exclude = ["evidence", "refused_why"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).exclude(evidence__grade__in=Grade.objects.undone())


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyModelAdmin):
    list_display = ["filename", "source", "state", "asked_at", "attempts", "done_at", "set_aside_at", "last_error"]
    list_select_related = ["source"]
    list_filter = [("set_aside_at", admin.EmptyFieldListFilter), "state"]


@admin.register(Score)
class ScoreAdmin(ReadOnlyModelAdmin):
    list_display = ["forecast_id", "line", "headline", "outcome", "p", "brier", "scored_at", "archived_at"]
    list_filter = ["line", "outcome", ("archived_at", admin.EmptyFieldListFilter)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(pk__in=Score.objects.told().values("pk"))


@admin.register(StoredInterval)
class StoredIntervalAdmin(ReadOnlyModelAdmin):
    list_display = ["key", "on", "asked_at", "attempts", "done_at", "set_aside_at", "last_error"]
    list_filter = [("set_aside_at", admin.EmptyFieldListFilter), ("done_at", admin.EmptyFieldListFilter)]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyModelAdmin):
    """What must never fall silent: the sweep, and what the nightly look at all scores found."""

    list_display = ["name", "beat_at", "detail"]
