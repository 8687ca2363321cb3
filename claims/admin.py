"""Series and claims in the read-only admin."""

from __future__ import annotations

from django.contrib import admin

from claims.models import Claim, ClaimSuggestion, Series
from groundwork.admin import ReadOnlyModelAdmin


@admin.register(Series)
class SeriesAdmin(ReadOnlyModelAdmin):
    list_display = ["reference", "measure", "subject", "place", "unit", "recorded_at"]
    list_filter = ["measure"]
    search_fields = ["subject", "place"]


@admin.register(Claim)
class ClaimAdmin(ReadOnlyModelAdmin):
    list_display = ["reference", "series", "speaker", "as_written", "as_of", "retracted_at"]
    list_select_related = ["series", "speaker"]
    list_filter = ["basis", "stance"]
    search_fields = ["quote"]


@admin.register(ClaimSuggestion)
class ClaimSuggestionAdmin(ReadOnlyModelAdmin):
    list_display = ["article", "quote", "rule", "reader_version", "decision", "decided_at"]
    list_select_related = ["article"]
    list_filter = ["decision", "rule", "reader_version", "article__recorded_at"]
    long_fields = ["article__text"]
