"""How series and claims look to a client, and how a client hands a claim in."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.choices import Aggregation, Basis, Credibility, Measure, Stance
from claims.models import Claim
from groundwork.api.fields import Day, Figure, Input, Instant, ReferenceField, Text, Word
from sources.api.inputs import ArticleRefField, WhoField
from sources.api.serializers import ArticleBrief, Shown, SourceBrief


class SeriesSerializer(Shown):
    reference = ReferenceField("series", source="pk", read_only=True)
    label = serializers.CharField(source="__str__")  # type: ignore[assignment]  # a field shadows the attribute
    measure = Word(Measure)
    subject = serializers.CharField(help_text="Who or what is counted")
    place = Text()
    unit = serializers.CharField()
    item_class = Text()
    loss_state = Text()
    aggregation = Word(Aggregation, optional=True)
    recorded_at = Instant()


class SeriesBrief(Shown):
    reference = ReferenceField("series", source="pk", read_only=True)
    label = serializers.CharField(source="__str__")  # type: ignore[assignment]  # a field shadows the attribute
    measure = Word(Measure)
    unit = serializers.CharField()


class ClaimSerializer(Shown):
    reference = ReferenceField("claim", source="pk", read_only=True)
    series = SeriesBrief(allow_null=True)
    speaker = SourceBrief(allow_null=True, help_text="Null where it is unknown")
    relayed_by = SourceBrief(allow_null=True)
    article = ArticleBrief(allow_null=True)
    quote = serializers.CharField()
    quote_language = serializers.CharField()
    translation = Text()
    translated_by = Text()
    value_low = Figure(allow_null=True, help_text="At least; in the unit of the series, like the other two")
    value_high = Figure(allow_null=True, help_text="At most")
    value_point = Figure(allow_null=True)
    approximate = serializers.BooleanField()
    qualifier = Text()
    as_written = Text()
    basis = Word(Basis)
    as_of = Day(allow_null=True)
    said_on = Day(allow_null=True)
    stance = Word(Stance)
    verb = Text()
    credibility = Word(Credibility, optional=True, help_text="1–6; null for whoever does not see the desk")
    responds_to = serializers.SerializerMethodField()
    replaces = serializers.SerializerMethodField()
    part_of = serializers.SerializerMethodField()
    recorded_at = Instant()
    retracted_at = Instant(allow_null=True)
    redacted_at = Instant(allow_null=True, help_text="When its words went for a legal reason")

    def get_responds_to(self, claim: Claim) -> str | None:
        return _named(claim.responds_to)

    def get_replaces(self, claim: Claim) -> str | None:
        return _named(claim.replaces)

    def get_part_of(self, claim: Claim) -> str | None:
        return _named(claim.part_of)

    def to_representation(self, instance: Claim) -> Any:
        return self.keep_internal(super().to_representation(instance), "credibility")


def _named(claim: Claim | None) -> str | None:
    return claim.reference if claim is not None else None


class CountedInput(Input):
    """The series: one that counts exactly this is used, or made."""

    measure = serializers.ChoiceField(Measure.choices)
    subject = serializers.CharField(max_length=200)
    place = serializers.CharField(max_length=200, required=False, allow_blank=True)
    unit = serializers.CharField(max_length=60, required=False)
    item_class = serializers.CharField(max_length=80, required=False, allow_blank=True)
    loss_state = serializers.CharField(max_length=40, required=False, allow_blank=True)
    aggregation = serializers.ChoiceField(Aggregation.choices, required=False, allow_blank=True)


class ClaimInput(Input):
    """A claim without figures is a statement and needs no series."""

    article = ArticleRefField()
    quote = serializers.CharField(help_text="The words of the article that make the claim, exactly")
    series = ReferenceField("series", required=False, allow_null=True, default=None)
    counted = CountedInput(required=False, allow_null=True, default=None, help_text="Instead of `series`")
    speaker = WhoField()
    relayed_by = WhoField()
    translation = serializers.CharField(required=False, allow_blank=True, default="")
    responds_to = ReferenceField("claim", required=False, allow_null=True, default=None)
    replaces = ReferenceField("claim", required=False, allow_null=True, default=None)
    part_of = ReferenceField("claim", required=False, allow_null=True, default=None)
    value_low = Figure(required=False, allow_null=True)
    value_high = Figure(required=False, allow_null=True)
    value_point = Figure(required=False, allow_null=True)
    approximate = serializers.BooleanField(required=False)
    qualifier = serializers.CharField(max_length=60, required=False, allow_blank=True)
    as_written = serializers.CharField(max_length=200, required=False, allow_blank=True)
    basis = serializers.ChoiceField(Basis.choices, required=False)
    as_of = Day(required=False, allow_null=True)
    said_on = Day(required=False, allow_null=True)
    stance = serializers.ChoiceField(Stance.choices, required=False)
    verb = serializers.CharField(max_length=60, required=False, allow_blank=True)
    credibility = serializers.ChoiceField(Credibility.choices, required=False)
