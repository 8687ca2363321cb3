"""What becomes of a forecast after it was logged: changes, clarifications, corrections."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from accounts.api.permissions import writes
from accounts.models import User
from accounts.roles import Capability
from forecasts.api import inputs
from forecasts.api.serializers import ForecastSerializer
from forecasts.api.views import ForecastDetail, shown_forecasts
from forecasts.choices import CorrectionState, Line, Shape, Triage, Visibility
from forecasts.errors import CorrectionRefused, Stale
from forecasts.models import Clarification, Correction, Forecast
from forecasts.services import changing, clarifying, correcting, settling
from forecasts.services.entries import Criteria
from groundwork.api.etags import etag, version_in
from groundwork.api.fields import Day, Input, Instant, Text, Word
from groundwork.api.problems import ParameterError, PreconditionFailed
from groundwork.api.views import ListView
from groundwork.api.writing import WriteView, pointing
from sources.api.serializers import Shown
from sources.querysets import sees_the_desk

_OF_THE_CRITERIA: Final = {each.name: f"criteria/{each.name}" for each in fields(Criteria)}
_OF_THE_READING: Final = {name: f"reading/{name}" for name in (*correcting.READ, "judgement")}
_IF_MATCH: Final = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="The forecast's ETag: 412 where it has changed since",
)
_WHY: Final = "It is kept with the history"


class SaidInput(Input):
    """What a forecast says of its event; what is left out stays."""

    event = serializers.CharField(max_length=5_000, required=False)
    opens_on = Day(required=False)
    closes_on = Day(required=False, allow_null=True)
    shape = serializers.ChoiceField(Shape.choices, required=False)
    condition = serializers.CharField(max_length=5_000, required=False, allow_blank=True)


class ChangeInput(SaidInput):
    """What is left out stays as it is; criteria are given whole.

    Event, window, shape, condition and criteria change until others rely on them (409 after that).
    """

    criteria = inputs.CriteriaInput(required=False)
    triage = serializers.ChoiceField(Triage.choices, required=False)
    visibility = serializers.ChoiceField(Visibility.choices, required=False)
    assessment_on = Day(required=False, help_text="An editor's to move")
    why = serializers.CharField(max_length=changing.LONGEST_REASON, help_text=_WHY)


class ClarificationInput(Input):
    text = serializers.CharField(max_length=clarifying.LONGEST)


class ReadingInput(inputs.JudgementInput):
    """What the quote says of likelihood, in place of what was read."""

    line = serializers.ChoiceField(Line.choices, required=False, default=Line.PERSONAL, help_text="Whose judgement")
    confidence = None  # type: ignore[assignment]  # neither of them is read out of a text
    rationale = None  # type: ignore[assignment]


class CorrectionInput(SaidInput):
    """What the quote or the date of publication says otherwise; a second person confirms it."""

    reading = ReadingInput(required=False)
    why = serializers.CharField(max_length=changing.LONGEST_REASON, help_text="What shows it")


class CorrectionDecisionInput(Input):
    decision = serializers.ChoiceField([("confirm", "confirm"), ("decline", "decline")])


class ClarificationSerializer(Shown):
    text = serializers.CharField()
    by = Text(help_text="Null for whoever does not see the desk")
    at = Instant()
    redacted_at = Instant(allow_null=True, help_text="When its words went for a legal reason")

    def to_representation(self, instance: Clarification) -> Any:
        return self.keep_internal(super().to_representation(instance), "by")


class CorrectionSerializer(Shown):
    id = serializers.IntegerField()
    field = serializers.SerializerMethodField()
    old = serializers.SerializerMethodField()
    new = serializers.SerializerMethodField()
    reason = serializers.CharField()
    state = Word(CorrectionState)
    proposed_by = Text(help_text="Null for whoever does not see the desk")
    proposed_at = Instant()
    decided_by = Text(help_text="Null for whoever does not see the desk")
    decided_at = Instant(allow_null=True)

    def get_field(self, row: Correction) -> str:
        return row.field.partition("-")[0]

    def get_old(self, row: Correction) -> str:
        return _plain(row, row.old)

    def get_new(self, row: Correction) -> str:
        return _plain(row, row.new)

    def to_representation(self, instance: Correction) -> Any:
        return self.keep_internal(super().to_representation(instance), "proposed_by", "decided_by")


class ForecastRecord(ForecastDetail, WriteView):
    """One forecast, with its judgements and its resolution."""

    permission_classes = [writes(Capability.RECORD)]
    input_class = ChangeInput
    http_method_names = ["get", "head", "patch"]

    @extend_schema(
        summary="Change a forecast",
        request=ChangeInput,
        responses={200: ForecastSerializer},
        parameters=[_IF_MATCH],
    )
    def patch(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._change)

    @transaction.atomic  # all of it or nothing
    def _change(self, given: dict[str, Any]) -> Response:
        try:
            with pointing(_OF_THE_CRITERIA):
                _carry_out(self.get_object(), given, by=self.viewer, version=_version(self.request))
        except Stale as error:
            raise PreconditionFailed(str(error.message)) from error
        row = shown_forecasts(self.viewer).get(pk=self.get_object().pk)
        data = self.get_serializer(row).data
        return Response(data, headers={"ETag": etag(data, version=row.version)})


class OfForecast(ListView, WriteView):
    """A list below a forecast, and a POST to it."""

    permission_classes = [writes(Capability.RECORD)]

    @property
    def forecast(self) -> Forecast:
        return get_object_or_404(Forecast.objects.visible_to(self.viewer), pk=self.kwargs["reference"])


class Clarifications(OfForecast):
    """Remarks on how the forecast is to be understood, newest first."""

    serializer_class = ClarificationSerializer
    input_class = ClarificationInput
    queryset = Clarification.objects.none()
    ordering = "-at"

    def get_queryset(self) -> QuerySet[Clarification]:
        return self.forecast.clarifications.select_related("by")

    @extend_schema(summary="Clarify a forecast", request=ClarificationInput, responses={201: ClarificationSerializer})
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._clarify)

    def _clarify(self, given: dict[str, Any]) -> Response:
        said = clarifying.clarify(self.forecast, text=given["text"], by=self.viewer, at=timezone.now())
        return Response(self.get_serializer(said).data, status=HTTP_201_CREATED)


class Corrections(OfForecast):
    """What was brought to what the quote says, newest first; for the desk also what waits and what was declined."""

    serializer_class = CorrectionSerializer
    input_class = CorrectionInput
    queryset = Correction.objects.none()
    ordering = "-proposed_at"

    def get_queryset(self) -> QuerySet[Correction]:
        rows = self.forecast.corrections.select_related("proposed_by", "decided_by")
        return rows if sees_the_desk(self.viewer) else rows.filter(state=CorrectionState.ACCEPTED)

    @extend_schema(
        summary="Propose a correction", request=CorrectionInput, responses={201: CorrectionSerializer(many=True)}
    )
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._propose)

    def _propose(self, given: dict[str, Any]) -> Response:
        forecast = self.forecast
        changes: dict[str, Any] = {name: given[name] for name in correcting.FIELDS if name in given}
        with pointing(_OF_THE_READING):
            misread = _misread(forecast, given["reading"]) if "reading" in given else None
            rows = correcting.propose(
                forecast, changes=changes, misread=misread, by=self.viewer, why=given["why"], at=timezone.now()
            )
        return Response(self.get_serializer(rows, many=True).data, status=HTTP_201_CREATED)


class CorrectionDecision(WriteView):
    """A second person's word on a correction, with all that was proposed together with it."""

    permission_classes = [writes(Capability.RECORD)]
    serializer_class = CorrectionSerializer
    input_class = CorrectionDecisionInput
    queryset = Correction.objects.none()

    @extend_schema(
        summary="Confirm or decline a correction",
        request=CorrectionDecisionInput,
        responses={200: CorrectionSerializer(many=True)},
    )
    def post(self, request: Request, number: int) -> Response:
        return self.answer(request, self._decide)

    def _decide(self, given: dict[str, Any]) -> Response:
        rows = Correction.objects.filter(forecast__in=Forecast.objects.visible_to(self.viewer))
        correction = get_object_or_404(rows.select_related("forecast"), pk=self.kwargs["number"])
        act = correcting.confirm if given["decision"] == "confirm" else correcting.decline
        act(correction, by=self.viewer, at=timezone.now())
        decided = correcting.proposal_of(correction).select_related("proposed_by", "decided_by")
        return Response(self.get_serializer(decided, many=True).data)


def _carry_out(forecast: Forecast, given: dict[str, Any], *, by: User, version: int | None) -> None:
    """Each change by its own rule. Raises Stale where the forecast is not at that version any more."""
    forecast = changing.lock(forecast, version=version)
    signed: dict[str, Any] = {"by": by, "why": given["why"], "at": timezone.now()}
    values: dict[str, Any] = {name: given[name] for name in correcting.FIELDS if name in given}
    if "criteria" in given:
        values["criteria"] = inputs.criteria(given["criteria"])
    if values:
        changing.change_wording(forecast, to=replace(changing.revision_of(forecast), **values), **signed)
    if "triage" in given:
        settling.set_triage(forecast, triage=given["triage"], **signed)
    if "assessment_on" in given:
        settling.move_assessment(forecast, to=given["assessment_on"], **signed)
    if "visibility" in given:
        settling.set_visibility(forecast, visibility=given["visibility"], **signed)


def _version(request: Request) -> int | None:
    """The version that If-Match names, without which nothing is changed. Raises ParameterError."""
    try:
        return version_in(request.headers["If-Match"])
    except (KeyError, ValueError) as error:
        raise ParameterError("If-Match", _("Send the ETag of the forecast as you got it.")) from error


def _misread(forecast: Forecast, given: dict[str, Any]) -> correcting.Misread:
    line = given.pop("line")
    judgement = correcting.readable(forecast).filter(line=line).order_by("made_at", "pk").first()
    if judgement is None:
        message = _("Nothing that was read out of a text stands there.")
        raise CorrectionRefused(message, field=correcting.JUDGEMENT)
    return correcting.Misread(judgement=judgement, chance=inputs.chance(given))


def _plain(row: Correction, text: str) -> str:
    """A value as a client reads it; of a judgement its term, number or range."""
    if not row.field.startswith(correcting.JUDGEMENT):
        return text
    said = json.loads(text)
    word = f"not {said['term']}" if said["negated"] else said["term"]
    spread = [said[name] for name in ("low", "high") if said[name] is not None] if not word else []
    parts = [word, *map(str, spread), "" if said["probability"] is None else str(said["probability"])]
    return ", ".join(part for part in parts if part)
