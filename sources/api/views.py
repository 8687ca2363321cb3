"""Sources, topics and articles: lists and details."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.api.permissions import ReadPublic
from groundwork.api.views import DetailView, ListView
from sources.api.serializers import (
    ArticleDetailSerializer,
    ArticleSerializer,
    SourceSerializer,
    TopicSerializer,
)
from sources.filters import ArticleFilter, SourceFilter
from sources.models import Article, Source, Topic


class TopicList(ListView):
    """What things are about."""

    permission_classes = [ReadPublic]
    serializer_class = TopicSerializer
    queryset = Topic.objects.none()
    ordering = "slug"

    def get_queryset(self) -> QuerySet[Topic]:
        return Topic.objects.visible_to(self.viewer)


class TopicDetail(DetailView):
    """One topic."""

    permission_classes = [ReadPublic]
    serializer_class = TopicSerializer
    queryset = Topic.objects.none()
    lookup_field = lookup_url_kwarg = "slug"

    def get_queryset(self) -> QuerySet[Topic]:
        return Topic.objects.visible_to(self.viewer)


class SourceList(ListView):
    """Whoever says something: outlets, governments, persons, the desk."""

    permission_classes = [ReadPublic]
    serializer_class = SourceSerializer
    queryset = Source.objects.none()
    filterset_class = SourceFilter

    def get_queryset(self) -> QuerySet[Source]:
        return Source.objects.visible_to(self.viewer).select_related("parent")


class SourceDetail(DetailView):
    """One source."""

    permission_classes = [ReadPublic]
    serializer_class = SourceSerializer
    queryset = Source.objects.none()

    def get_queryset(self) -> QuerySet[Source]:
        return Source.objects.visible_to(self.viewer).select_related("parent")


class ArticleList(ListView):
    """Texts with provenance, without their text."""

    permission_classes = [ReadPublic]
    serializer_class = ArticleSerializer
    queryset = Article.objects.none()
    filterset_class = ArticleFilter

    def get_queryset(self) -> QuerySet[Article]:
        rows = Article.objects.visible_to(self.viewer).select_related("source").defer("text")
        return rows.prefetch_related("byline_set__source", "topics")


class ArticleDetail(DetailView):
    """One article; with its text, where it is the desk’s own or you are signed in."""

    permission_classes = [ReadPublic]
    serializer_class = ArticleDetailSerializer
    queryset = Article.objects.none()

    def get_queryset(self) -> QuerySet[Article]:
        rows = Article.objects.visible_to(self.viewer).select_related("source")
        return rows.prefetch_related("byline_set__source", "topics")
