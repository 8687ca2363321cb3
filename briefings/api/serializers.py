"""How briefings and editions look to a client."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from briefings.choices import State, Weight
from briefings.models import Briefing, Edition
from forecasts.api.serializers import JudgementSerializer
from groundwork.api.fields import Day, Instant, ReferenceField, Text, Word
from sources.api.serializers import Shown


class EditionBrief(Shown):
    number = serializers.IntegerField()
    title = serializers.CharField()
    weight = Word(Weight)
    note = Text(help_text="What changed, for readers")
    published_at = Instant()
    redacted_at = Instant(allow_null=True, help_text="When its words went for a legal reason")


class ImageSerializer(Shown):
    alt = serializers.CharField(source="image_alt")
    credit = Text(source="image_credit")
    licence = Text(source="image_licence")


class CarriedSerializer(Shown):
    forecast = ReferenceField("forecast", source="forecast_id", read_only=True)
    event = Text(source="forecast.event")
    judgement = JudgementSerializer(help_text="The desk’s line, as this edition published it")


class EditionSerializer(EditionBrief):
    byline = Text()
    markdown = serializers.CharField()
    image = ImageSerializer(source="*", allow_null=True)
    article = ReferenceField("article", source="article_id", read_only=True)
    forecasts = CarriedSerializer(source="carried", many=True)

    def to_representation(self, instance: Edition) -> Any:
        data = super().to_representation(instance)
        return data if instance.image_id is not None else data | {"image": None}


class BriefingSerializer(Shown):
    """Titles and bylines are those of the newest edition; the desk sees the working title of a draft."""

    slug = serializers.SlugField()
    title = serializers.SerializerMethodField()
    byline = serializers.SerializerMethodField()
    state = Word(State)
    dated_on = Day(allow_null=True, help_text="The day its text bears")
    editions = EditionBrief(source="shown_editions", many=True)

    def get_title(self, briefing: Briefing) -> str:
        return _published(briefing).title

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_byline(self, briefing: Briefing) -> str | None:
        return _published(briefing).byline or None


class BriefingDetailSerializer(BriefingSerializer):
    edition = serializers.SerializerMethodField(help_text="The newest, whole; null before the first")

    @extend_schema_field(EditionSerializer(allow_null=True))
    def get_edition(self, briefing: Briefing) -> Any:
        editions: list[Edition] = briefing.shown_editions
        return EditionSerializer(context=self.context).to_representation(editions[0]) if editions else None


def _published(briefing: Briefing) -> Briefing | Edition:
    return briefing.shown_editions[0] if briefing.shown_editions else briefing
