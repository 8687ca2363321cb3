"""The track record through the API, and what the judgements of one forecast scored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import ReadPublic
from forecasts import tasks
from forecasts.choices import By, Line, Outcome
from forecasts.filters import ForecastFilter
from forecasts.models import Forecast, Score
from forecasts.scoring.hits import Verdict
from forecasts.scoring.proper import Reference
from forecasts.scoring.record import TrackRecord, as_json
from forecasts.services.named_groups import named
from forecasts.services.record_rows import Counted, Lane, Whose
from forecasts.services.track_record import Asked, records_of
from groundwork.api.fields import Probability, Text, Word
from groundwork.api.problems import ParameterError
from groundwork.api.views import ApiView
from sources.api.serializers import Shown, SourceBrief
from sources.models import Source
from sources.querysets import sees_the_desk

BY: Final = (By.TERM, By.HORIZON, By.TOPIC, By.AUTHOR, By.YEAR)
_DAYS: Final = {"from": "made_after", "to": "made_before"}


class Pair(serializers.ListField):
    """Two numbers, the lower first."""

    child = serializers.FloatField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=2, max_length=2, **kwargs)


class SkillSerializer(serializers.Serializer[Any]):
    reference = serializers.ChoiceField([each.value for each in Reference])
    value = serializers.FloatField(allow_null=True)


class MurphySerializer(serializers.Serializer[Any]):
    reliability = serializers.FloatField()
    resolution = serializers.FloatField()
    uncertainty = serializers.FloatField()


class CorpSerializer(serializers.Serializer[Any]):
    mcb = serializers.FloatField()
    dsc = serializers.FloatField()
    unc = serializers.FloatField()


class TermSerializer(serializers.Serializer[Any]):
    yardstick = serializers.CharField()
    term = serializers.CharField()
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    occurred = serializers.IntegerField()
    rate = serializers.FloatField(allow_null=True)
    wilson = Pair(allow_null=True, help_text="95 %")
    verdict = serializers.ChoiceField([each.value for each in Verdict])


class CasesSerializer(serializers.Serializer[Any]):
    best = serializers.FloatField()
    worst = serializers.FloatField()


class PointSerializer(serializers.Serializer[Any]):
    p = serializers.FloatField()
    n = serializers.IntegerField()
    occurred = serializers.IntegerField()
    expected = Pair(help_text="Of the rate, where nine in ten lie that are calibrated")


class PartlySerializer(serializers.Serializer[Any]):
    at_0 = serializers.FloatField()
    at_half = serializers.FloatField()
    at_1 = serializers.FloatField()


class ReadingSerializer(serializers.Serializer[Any]):
    """The score, had `n_read` of the forecasts been read by that yardstick’s bands."""

    yardstick = serializers.CharField()
    n_read = serializers.IntegerField()
    brier = serializers.FloatField()


class RecordPartSerializer(serializers.Serializer[Any]):
    """What is said of some forecasts; null is what is not defined of so many."""

    n_scored = serializers.IntegerField()
    n_unscored = serializers.DictField(child=serializers.IntegerField(), help_text="By outcome")
    n_open = serializers.IntegerField(allow_null=True)
    n_overdue = serializers.IntegerField(allow_null=True, help_text="Null by word, and of one’s own judgements")
    brier = serializers.FloatField(allow_null=True, help_text="One-sided, 0 best to 1 worst")
    brier_band = Pair(allow_null=True, help_text="By the best and worst ends of the bands")
    log = serializers.FloatField(allow_null=True, help_text="Natural logarithm, clipped at 0.001")
    base_rate = serializers.FloatField(allow_null=True)
    skill = SkillSerializer(allow_null=True)
    murphy = MurphySerializer(allow_null=True)
    corp = CorpSerializer(allow_null=True)
    terms = TermSerializer(many=True)
    missing = CasesSerializer(allow_null=True, help_text="The score, had all that is not scored gone one way")
    left_out = serializers.DictField(child=serializers.IntegerField(), help_text=f"By reason: {', '.join(Counted)}")
    calibration = PointSerializer(many=True)
    interval = Pair(allow_null=True, help_text="Of `brier`, 95 %, by cluster; null of under 5, and while it is made")
    n_assessments = serializers.IntegerField(allow_null=True, help_text="Never due and never scored")
    partly = PartlySerializer(allow_null=True, help_text="The score, had what happened in part counted as 0, 0.5 or 1")
    other_readings = ReadingSerializer(many=True)


class RecordGroupSerializer(RecordPartSerializer):
    key = serializers.CharField()
    name = serializers.CharField()


class TrackRecordSerializer(RecordPartSerializer):
    groups = RecordGroupSerializer(many=True)


class TrackRecordView(ApiView):
    """What the desk's words were worth."""

    permission_classes = [ReadPublic]
    serializer_class = TrackRecordSerializer
    queryset = Forecast.objects.none()

    def known_parameters(self) -> frozenset[str]:
        return frozenset({*getattr(ForecastFilter, "base_filters", {}), *_DAYS, "by"})

    @extend_schema(
        summary="The track record",
        description="Of all forecasts that the filters of `forecasts/` let through. Without a key it is the public one:"
        " the desk’s line of public forecasts.",
        parameters=[
            OpenApiParameter("by", OpenApiTypes.STR, enum=[each.value for each in BY], description="Part it by this"),
            OpenApiParameter("from", OpenApiTypes.DATE, description="Made on this day or later"),
            OpenApiParameter("to", OpenApiTypes.DATE, description="Made on this day or before"),
            OpenApiParameter("judgement", OpenApiTypes.STR, enum=Whose.values, description="With a key; else `desk`"),
            OpenApiParameter("include", OpenApiTypes.STR, description=f"With commas: {', '.join(Lane.values)}"),
        ],
        responses=TrackRecordSerializer,
    )
    def get(self, request: Request) -> Response:
        if not (settings.PUBLIC_TRACK_RECORD or sees_the_desk(self.viewer)):
            raise Http404
        by = request.query_params.get("by", "")
        if by and by not in BY:
            raise ParameterError("by", _("It is none of: %s.") % ", ".join(BY))
        filterset = self._filterset(request)
        asked = self._asked(filterset)
        record = self._records(asked)[""]
        if filterset.names_others and not record.is_comparable:
            record = record.without_score()
        groups = named(self._records(replace(asked, by=by)), by, viewer=self.viewer) if by else []
        return Response(as_json(record, groups))

    def _records(self, asked: Asked) -> dict[Any, TrackRecord]:
        found = records_of(asked)
        tasks.want_intervals(found.values(), asked)
        return found

    def _filterset(self, request: Request) -> ForecastFilter:
        """The filter. Raises ValidationError."""
        given, forecasts = _as_filter(request.query_params), Forecast.objects.visible_to(self.viewer)
        filterset = ForecastFilter(given, forecasts, request=request)
        if not filterset.form.is_valid():
            raise serializers.ValidationError(filterset.errors)
        return filterset

    def _asked(self, filterset: ForecastFilter) -> Asked:
        """What is asked for. Raises Http404, or NotAuthenticated for a personal view without a key."""
        scope = filterset.scope
        if scope.whose != Whose.DESK and not sees_the_desk(self.viewer):
            raise NotAuthenticated
        shown = Source.objects.visible_to(self.viewer).whose_record_shows_to(self.viewer)
        if scope.forecaster is not None and not shown.filter(pk=scope.forecaster).exists():
            raise Http404
        forecasts, narrowing = filterset.qs, filterset.narrowing
        if filterset.form.cleaned_data["author"]:
            narrowed = filterset.written_by(shown)
            forecasts, narrowing = narrowed.forecasts, narrowed.narrowing
        return Asked(forecasts=forecasts, scope=scope, viewer=self.viewer, on=timezone.localdate(), narrowing=narrowing)


class ScoreSerializer(Shown):
    """What one judgement scored. The scores are one-sided, and null where the outcome is not scored."""

    forecaster = SourceBrief(allow_null=True)
    line = Word(Line, optional=True)
    headline = serializers.BooleanField(help_text="Whether the desk’s record counts this one")
    first = serializers.BooleanField(help_text="The first of its line")
    final = serializers.BooleanField(help_text="The one that stood when the last full day ended")
    withdrawn = serializers.BooleanField(help_text="It stood no longer, and nothing else did")
    outcome = Word(Outcome)
    yardstick = Text()
    term = Text()
    negated = serializers.BooleanField()
    low = Probability(allow_null=True)
    high = Probability(allow_null=True)
    p = Probability(allow_null=True, help_text="What was scored")
    brier = serializers.FloatField(allow_null=True, help_text="0 best to 1 worst")
    brier_band = serializers.SerializerMethodField()
    log = serializers.FloatField(allow_null=True)
    days = serializers.IntegerField(help_text="Full days for which it stood")
    average = serializers.FloatField(allow_null=True, help_text="The line’s Brier score over time, on its final one")

    @extend_schema_field(Pair(allow_null=True, help_text="Best and worst"))
    def get_brier_band(self, score: Score) -> list[float] | None:
        return None if score.best is None or score.worst is None else [score.best, score.worst]


class ScoresSerializer(serializers.Serializer[Any]):
    scores = ScoreSerializer(many=True, help_text="The desk’s line first")


class Scores(ApiView):
    """What the judgements of a forecast scored, as its resolution stands now."""

    permission_classes = [ReadPublic]
    serializer_class = ScoresSerializer
    queryset = Score.objects.none()

    def get_queryset(self) -> QuerySet[Score]:
        rows = Score.objects.standing().of_each_judgement(self.viewer).select_related("forecaster")
        return rows.order_by("line", "forecaster__name", "judgement__made_at", "pk")

    @extend_schema(summary="What a forecast’s judgements scored", responses=ScoresSerializer)
    def get(self, request: Request, reference: int) -> Response:
        forecast = get_object_or_404(Forecast.objects.visible_to(self.viewer), pk=reference)
        return Response(self.get_serializer({"scores": self.get_queryset().filter(forecast=forecast)}).data)


def _as_filter(given: Any) -> QueryDict:
    """The parameters as the filter of forecasts knows them."""
    query: QueryDict = given.copy()
    query.pop("by", None)
    for name, known in _DAYS.items():
        if name in query:
            query[known] = query.pop(name)[0]
    if "include" in query:
        query.setlist("include", [each.strip() for each in str(query["include"]).split(",")])
    return query
