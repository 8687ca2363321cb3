"""Briefings and editions in the read-only admin."""

from __future__ import annotations

from django.contrib import admin

from briefings.models import Briefing, Edition
from groundwork.admin import ReadOnlyModelAdmin


@admin.register(Briefing)
class BriefingAdmin(ReadOnlyModelAdmin):
    list_display = ["slug", "title", "state", "editor", "dated_on"]
    list_select_related = ["editor"]
    list_filter = ["state"]
    search_fields = ["slug", "title"]
    long_fields = ["markdown"]


@admin.register(Edition)
class EditionAdmin(ReadOnlyModelAdmin):
    list_display = ["briefing", "number", "title", "weight", "published_by", "published_at"]
    list_select_related = ["briefing", "published_by"]
    list_filter = ["weight"]
    search_fields = ["title"]
    long_fields = ["markdown", "briefing__markdown"]
