"""What lists of sources and articles can be narrowed to, and the filters on them that other apps use."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet, ModelChoiceFilter

from groundwork.filters import (
    CountryFilter,
    DayFilter,
    ReferenceFilter,
    ReferenceOrNameFilter,
    SearchFilter,
    WordFilter,
)
from sources.choices import Origin, SourceKind
from sources.models import Article, Source, Topic
from sources.querysets import Viewer


def visible_topics(request: HttpRequest | None) -> QuerySet[Topic]:
    """The topics that a form offers whoever asks for it."""
    return Topic.objects.visible_to(request.user) if request is not None else Topic.objects.none()


def _visible_sources(viewer: Viewer) -> QuerySet[Source]:
    return Source.objects.visible_to(viewer)


def _visible_articles(viewer: Viewer) -> QuerySet[Article]:
    return Article.objects.visible_to(viewer)


class TopicFilter(ModelChoiceFilter):
    """Rows about a topic, by its slug."""

    def __init__(self, field_name: str = "topics") -> None:
        options: dict[str, Any] = {
            "to_field_name": "slug",
            "queryset": visible_topics,
            "empty_label": _("any"),
            "error_messages": {"invalid_choice": _("There is no such topic.")},
        }
        super().__init__(field_name, label=_("Topic"), **options)


class WhoFilter(ReferenceOrNameFilter):
    """Rows of a source: by its reference (S-12), or by a part of its name."""

    def __init__(self, field_name: str, *, label: Any) -> None:
        super().__init__(field_name, kind="source", visible=_visible_sources, label=label)


class ArticleRefFilter(ReferenceFilter):
    """Rows from an article, by its reference (A-12)."""

    def __init__(self, field_name: str = "article") -> None:
        super().__init__(field_name, kind="article", visible=_visible_articles, label=_("Article"))


class SourceFilter(FilterSet):
    q = SearchFilter("name")
    kind = WordFilter("kind", label=_("Kind"), choices=SourceKind.choices)
    country = CharFilter("country", "iexact", label=_("Country"), min_length=2, max_length=2)

    class Meta:
        model = Source
        fields: list[str] = []


class ArticleFilter(FilterSet):
    q = SearchFilter("title")
    source = WhoFilter("source", label=_("Source"))
    topic = TopicFilter()
    country = CountryFilter()
    language = CharFilter("language", "iexact", label=_("Language"), max_length=10)
    origin = WordFilter("origin", label=_("Came in"), choices=Origin.choices)
    published_after = DayFilter("published_on", "gte", label=_("Published from"))
    published_before = DayFilter("published_on", "lte", label=_("Published until"))

    class Meta:
        model = Article
        fields: list[str] = []
