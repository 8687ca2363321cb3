"""Forecasts, judgements and what waits in the read-only admin."""

from __future__ import annotations

from django.contrib import admin

from forecasts.models import Due, Forecast, ForecastSuggestion, Judgement, Reading, Resolution
from groundwork.admin import ReadOnlyModelAdmin

# Grades are left out: until a round is over, nobody sees another's, and the admin is no way round that.


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


@admin.register(Resolution)
class ResolutionAdmin(ReadOnlyModelAdmin):
    list_display = ["forecast_id", "outcome", "known_on", "how", "independence", "resolved_at", "superseded_at"]
    list_filter = ["outcome", "how", "independence"]
    exclude = ["grades"]


@admin.register(ForecastSuggestion)
class ForecastSuggestionAdmin(ReadOnlyModelAdmin):
    list_display = ["article", "quote", "rule", "reader_version", "decision", "decided_at"]
    list_select_related = ["article"]
    list_filter = ["decision", "rule"]
    long_fields = ["article__text"]


@admin.register(Reading)
class ReadingAdmin(ReadOnlyModelAdmin):
    list_display = ["article", "asked_at", "attempts", "done_at", "set_aside_at", "last_error"]
    list_select_related = ["article"]
    list_filter = [("set_aside_at", admin.EmptyFieldListFilter), ("done_at", admin.EmptyFieldListFilter)]
    long_fields = ["article__text"]
