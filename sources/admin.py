"""Sources, articles and topics in the read-only admin."""

from __future__ import annotations

from django.contrib import admin

from groundwork.admin import ReadOnlyModelAdmin
from sources.models import Article, Source, Topic


@admin.register(Source)
class SourceAdmin(ReadOnlyModelAdmin):
    list_display = ["reference", "name", "kind", "country", "reliability", "recorded_at"]
    list_filter = ["kind", "reliability"]
    search_fields = ["name"]


@admin.register(Article)
class ArticleAdmin(ReadOnlyModelAdmin):
    list_display = ["reference", "title", "source", "published_on", "origin", "recorded_at"]
    list_select_related = ["source"]
    list_filter = ["origin", "language"]
    search_fields = ["title"]
    long_fields = ["text"]


@admin.register(Topic)
class TopicAdmin(ReadOnlyModelAdmin):
    list_display = ["slug", "name"]
    search_fields = ["slug", "name"]
