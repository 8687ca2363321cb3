"""How sources, topics and articles look to a client."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from groundwork.api.fields import Day, Instant, ReferenceField, Text, TopicSlugs, Word
from sources.choices import Origin, Reliability, SourceKind
from sources.models import Article, Source
from sources.querysets import Viewer, sees_the_desk


class Shown(serializers.Serializer[Any]):
    """A representation for whoever asks; `viewer` is that user."""

    @property
    def viewer(self) -> Viewer:
        user: Viewer = self.context["request"].user
        return user

    def sees(self, row: Source | Article) -> bool:
        """The rule of `visible_to`, for a row that another one brought along."""
        return row.released_at is not None or sees_the_desk(self.viewer)

    def keep_internal(self, data: dict[str, Any], *names: str) -> dict[str, Any]:
        """The data, with null for what only the desk sees."""
        return data if sees_the_desk(self.viewer) else data | dict.fromkeys(names)


class Hideable(Shown):
    """A row named in the representation of another; null where the viewer may not see it."""

    def to_representation(self, instance: Any) -> Any:
        return super().to_representation(instance) if self.sees(instance) else None


class SourceBrief(Hideable):
    reference = ReferenceField("source", source="pk", read_only=True)
    name = serializers.CharField()


class ArticleBrief(Hideable):
    """An article in a line; in place of one that is internal, the edition in which its text came out."""

    reference = ReferenceField("article", source="pk", read_only=True)
    title = serializers.CharField()
    source = SourceBrief(allow_null=True)  # type: ignore[assignment]  # a field shadows the attribute
    url = Text(help_text="Where it was published")
    published_on = Day(allow_null=True)

    def to_representation(self, instance: Article) -> Any:
        if not self.sees(instance):
            instance = next(iter(getattr(instance, "released_revisions", ())), instance)
        return super().to_representation(instance)


class TopicSerializer(Shown):
    slug = serializers.SlugField()
    name = serializers.CharField()


class SourceSerializer(Shown):
    reference = ReferenceField("source", source="pk", read_only=True)
    name = serializers.CharField()
    kind = Word(SourceKind)
    country = Text(help_text="ISO 3166, two letters")
    part_of = SourceBrief(source="parent", allow_null=True)
    reliability = Word(Reliability, optional=True, help_text="Admiralty scale; null for whoever does not see the desk")
    recorded_at = Instant()
    redacted_at = Instant(allow_null=True, help_text="When its words went for a legal reason")

    def to_representation(self, instance: Source) -> Any:
        return self.keep_internal(super().to_representation(instance), "reliability")


class ArticleSerializer(Shown):
    reference = ReferenceField("article", source="pk", read_only=True)
    title = serializers.CharField()
    source = SourceBrief(allow_null=True)  # type: ignore[assignment]  # a field shadows the attribute
    bylines = serializers.SerializerMethodField()
    url = Text(help_text="Where it was published")
    published_on = Day(allow_null=True)
    language = serializers.CharField(help_text="ISO 639-1; und where it is unknown")
    topics = TopicSlugs()
    countries = serializers.ListField(child=serializers.CharField(), help_text="ISO 3166, two letters each")
    origin = Word(Origin)
    revises = ReferenceField("article", source="revises_id", allow_null=True, read_only=True)
    text_sha256 = serializers.CharField()
    retrieved_at = Instant()
    recorded_at = Instant()
    public_since = Instant(source="released_at", allow_null=True)
    redacted_at = Instant(allow_null=True, help_text="When its words went for a legal reason")

    @extend_schema_field(SourceBrief(many=True))
    def get_bylines(self, article: Article) -> list[Any]:
        brief = SourceBrief(context=self.context)
        written = [byline.source for byline in article.byline_set.all()]
        return [brief.to_representation(source) for source in written if brief.sees(source)]

    def to_representation(self, instance: Article) -> Any:
        return self.keep_internal(super().to_representation(instance), "revises")


class ArticleDetailSerializer(ArticleSerializer):
    text = serializers.CharField(allow_null=True, help_text="Null without sign-in, unless it is the desk’s own")

    def to_representation(self, instance: Article) -> Any:
        data = super().to_representation(instance)
        return data if instance.is_the_desks_own else self.keep_internal(data, "text")
