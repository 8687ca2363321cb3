"""How forecasts, judgements and resolutions look to a client, and how a client hands them in."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forecasts.choices import (
    Combination,
    Confidence,
    Horizon,
    How,
    Independence,
    Line,
    Outcome,
    Shape,
    Triage,
)
from forecasts.filters import Status
from forecasts.models import (
    CRITERIA_FIELDS,
    Evidence,
    EvidenceCopy,
    EvidenceFetch,
    Forecast,
    Grade,
    Judgement,
    Resolution,
)
from forecasts.services.scores import became_public_too_late, score, standing_when_known
from groundwork.api.fields import Day, Instant, Probability, ReferenceField, Text, TopicSlugs, Word
from sources.api.serializers import ArticleBrief, Shown, SourceBrief
from sources.querysets import sees_the_desk

# Whether nobody has graded, one of two has, they differ, or something is held.
STAGES: Final = ("open", "waiting", "disputed", "resolved")
_NOT_PUBLIC = "Null for whoever does not see the desk"
_REDACTED = "When its words went for a legal reason"


class JudgementSerializer(Shown):
    forecaster = SourceBrief(allow_null=True)
    line = Word(Line)
    yardstick = Text()
    term = Text(help_text="The slug of a term of that yardstick")
    term_text = Text(help_text="The words as written")
    negated = serializers.BooleanField(help_text="Written “not …”; the numbers are mirrored already")
    low = Probability(allow_null=True)
    high = Probability(allow_null=True)
    probability = Probability(allow_null=True, help_text="Where a number was given")
    confidence = Word(Confidence, optional=True, help_text="Of the analysis, which is another matter than likelihood")
    rationale = Text(help_text=_NOT_PUBLIC)
    article = ArticleBrief(allow_null=True, help_text="Where it was said or published")
    made_at = Instant()
    ended_at = Instant(allow_null=True)
    redacted_at = Instant(allow_null=True, help_text=_REDACTED)

    def to_representation(self, instance: Judgement) -> Any:
        return self.keep_internal(super().to_representation(instance), "rationale")


class CopySerializer(Shown):
    sha256 = serializers.CharField()
    media_type = serializers.CharField()
    title = Text()
    final_url = Text(help_text="Where redirects had led")
    taken_at = Instant()


class EvidenceSerializer(Shown):
    article = ArticleBrief(allow_null=True)
    url = Text()
    filename = Text(help_text="Of a file; " + _NOT_PUBLIC)
    copy = serializers.SerializerMethodField()
    not_kept = serializers.SerializerMethodField()
    redacted_at = Instant(allow_null=True, help_text=_REDACTED)

    @extend_schema_field(CopySerializer(allow_null=True, help_text="What is kept of it; " + _NOT_PUBLIC))
    def get_copy(self, evidence: Evidence) -> Any:
        kept: EvidenceCopy | None = getattr(evidence, "copy", None)
        return None if kept is None else CopySerializer(context=self.context).to_representation(kept)

    @extend_schema_field(serializers.CharField(allow_null=True, help_text="Why no copy is; " + _NOT_PUBLIC))
    def get_not_kept(self, evidence: Evidence) -> str | None:
        fetch: EvidenceFetch | None = getattr(evidence, "fetch", None)
        return (fetch.refused_why or None) if fetch is not None else None

    def to_representation(self, instance: Evidence) -> Any:
        return self.keep_internal(super().to_representation(instance), "filename", "copy", "not_kept")


class ResolutionSerializer(Shown):
    outcome = Word(Outcome, help_text="Of the event, never of the sentence")
    known_on = Day()
    how = Word(How)
    independence = Word(Independence, help_text="How far from the forecast the graders stood; never who they are")
    rationale = Text()
    happened = Text(help_text="Where it happened in part")
    not_happened = Text()
    evidence = serializers.SerializerMethodField()
    resolved_at = Instant()
    superseded_at = Instant(allow_null=True)
    superseded_why = Text(help_text=_NOT_PUBLIC)
    redacted_at = Instant(allow_null=True, help_text=_REDACTED)

    @extend_schema_field(EvidenceSerializer(many=True))
    def get_evidence(self, resolution: Resolution) -> list[Any]:
        item = EvidenceSerializer(context=self.context)
        of_grades = [each for grade in resolution.grades.all() for each in grade.evidence.all()]
        found = [*of_grades, *resolution.evidence.all()]
        return [item.to_representation(each) for each in found if self._shows(each)]

    def _shows(self, evidence: Evidence) -> bool:
        if evidence.article is not None:
            return self.sees(evidence.article)
        return bool(evidence.url) or sees_the_desk(self.viewer)

    def to_representation(self, instance: Resolution) -> Any:
        return self.keep_internal(super().to_representation(instance), "superseded_why")


class CriteriaSerializer(Shown):
    observable = Text()
    threshold = Text()
    place = Text()
    combination = Word(Combination, optional=True)
    source_of_record = Text()
    fallback = Text()
    degrees = Text(help_text="What would count as “in part”")
    retroactive = serializers.BooleanField(
        source="criteria_retroactive", help_text="Written after the window had closed"
    )


class ForecastSerializer(Shown):
    reference = ReferenceField("forecast", source="pk", read_only=True)
    statement = serializers.CharField()
    event = Text(help_text="What would be seen to happen; the outcome is of this")
    author = SourceBrief(allow_null=True)
    article = ArticleBrief(allow_null=True)
    made_on = Day(allow_null=True)
    opens_on = Day(allow_null=True)
    closes_on = Day(allow_null=True, help_text="This day included; null for an open end")
    assessment_on = Day(allow_null=True, help_text="The desk’s own day for grading what has no end")
    time_zone = serializers.CharField(help_text="Of these days, an IANA name")
    status = serializers.SerializerMethodField()
    horizon = Word(Horizon, optional=True)
    horizon_text = Text()
    shape = Word(Shape)
    triage = Word(Triage)
    condition = Text()
    criteria = CriteriaSerializer(source="*", allow_null=True)
    topics = TopicSlugs()
    countries = serializers.ListField(child=serializers.CharField(), help_text="ISO 3166, two letters each")
    judgements = JudgementSerializer(source="shown_judgements", many=True)
    resolution = serializers.SerializerMethodField()
    score = serializers.SerializerMethodField()
    recorded_at = Instant()
    public_since = Instant(source="released_at", allow_null=True)
    redacted_at = Instant(allow_null=True, help_text=_REDACTED)
    version = serializers.IntegerField(help_text="For If-Match")

    @extend_schema_field(serializers.ChoiceField(Status.choices))
    def get_status(self, forecast: Forecast) -> str:
        if forecast.standing_resolutions:
            return Status.RESOLVED
        if forecast.triage == Triage.ASSESSMENT:
            return Status.ASSESSMENT
        overdue = forecast.due_on is not None and forecast.due_on <= timezone.localdate()
        return Status.OVERDUE if overdue else Status.OPEN

    @extend_schema_field(ResolutionSerializer(allow_null=True))
    def get_resolution(self, forecast: Forecast) -> Any:
        held = forecast.standing_resolutions
        return ResolutionSerializer(context=self.context).to_representation(held[0]) if held else None

    @extend_schema_field(serializers.FloatField(allow_null=True, help_text="Brier score of the desk’s line, 0 best"))
    def get_score(self, forecast: Forecast) -> float | None:
        return desk_score(forecast)

    def to_representation(self, instance: Forecast) -> Any:
        data = super().to_representation(instance)
        return data if any(getattr(instance, name) for name in CRITERIA_FIELDS) else data | {"criteria": None}


def desk_score(forecast: Forecast) -> float | None:
    """The Brier score of the desk's line that stood when the outcome became known; None where none stood or counts.

    One that was published only after that has none: whoever publishes what has come true already foretells nothing.
    """
    if not forecast.standing_resolutions:
        return None
    resolution = forecast.standing_resolutions[0]
    if became_public_too_late(forecast, resolution):
        return None
    lines = [judgement for judgement in forecast.shown_judgements if judgement.line == Line.DESK]
    scored = [score(line, outcome=resolution.outcome) for line in standing_when_known(forecast, resolution, lines)]
    return round(scored[0].brier, 6) if scored and scored[0].brier is not None else None


class VerdictSerializer(Shown):
    """One person's verdict, as they gave it."""

    reference = ReferenceField("grade", source="pk", read_only=True)
    forecast = ReferenceField("forecast", source="forecast_id", read_only=True)
    round = serializers.IntegerField()
    grader = serializers.CharField(help_text="Their name")
    outcome = Word(Outcome)
    known_on = Day()
    rationale = serializers.CharField()
    happened = Text(help_text="Where it happened in part")
    not_happened = Text()
    evidence = EvidenceSerializer(many=True)
    no_evidence_reason = Text()
    graded_at = Instant()
    retracted_at = Instant(allow_null=True)
    retracted_why = Text()
    redacted_at = Instant(allow_null=True, help_text=_REDACTED)


class GradeSerializer(VerdictSerializer):
    """One's own verdict, as one gave it, and what it led to."""

    stage = serializers.SerializerMethodField()
    resolution = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(STAGES, help_text="Of the forecast's grading, after it"))
    def get_stage(self, _grade: Grade) -> str:
        return str(self.context["stage"])

    @extend_schema_field(ResolutionSerializer(allow_null=True))
    def get_resolution(self, grade: Grade) -> Any:
        held = grade.resolutions.standing().first()
        return ResolutionSerializer(context=self.context).to_representation(held) if held else None


class GradingSerializer(Shown):
    """How the grading of a forecast stands, and how it came to stand so."""

    round = serializers.IntegerField(help_text="A reopened forecast begins the next one")
    stage = serializers.ChoiceField(STAGES)
    graded = serializers.IntegerField(help_text="How many grades are in, in this round")
    grades = VerdictSerializer(many=True, help_text="Your own; another’s once its round is settled")
    resolutions = ResolutionSerializer(many=True, help_text="The newest first")
