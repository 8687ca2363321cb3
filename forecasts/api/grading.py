"""Grading through the API: verdicts, disputes and what is held, as blind as the pages are."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_200_OK, HTTP_201_CREATED, HTTP_304_NOT_MODIFIED

from accounts.api.permissions import writes
from accounts.models import User
from accounts.roles import Capability
from forecasts.api import inputs
from forecasts.api.serializers import (
    GradeSerializer,
    GradingSerializer,
    ResolutionSerializer,
    VerdictSerializer,
)
from forecasts.errors import GradeRefused, Stale
from forecasts.models import Evidence, Forecast, Grade, Resolution
from forecasts.services import grading, scenarios
from forecasts.services.adjudicating import adjudicate
from forecasts.services.evidence import EvidenceFile, read_file
from forecasts.services.reopening import reopen
from forecasts.services.rounds import Round, round_for
from forecasts.services.verdicts import Decided
from forecasts.tasks import hurry_evidence
from groundwork.api.etags import etag, names, version_in
from groundwork.api.problems import ParameterError, PreconditionFailed
from groundwork.api.writing import WriteView, pointing
from sources.api.inputs import article
from sources.querysets import sees_the_desk

_IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The forecast's ETag: 412 where it has changed since",
)


@dataclass(frozen=True)
class Grading:
    """What a client is told of the grading of a forecast."""

    round: int
    stage: str
    graded: int
    grades: Sequence[Grade]
    resolutions: Sequence[Resolution]


class OfForecastInRound(WriteView):
    """A POST below a forecast that may be bound to the version of it that the client saw."""

    lookup_url_kwarg = "reference"
    queryset = Forecast.objects.none()

    def get_queryset(self) -> QuerySet[Forecast]:
        return Forecast.objects.visible_to(self.viewer)

    def version(self, given: int | None) -> int | None:
        """The version in If-Match, else the one in the body. Raises ParameterError."""
        header = self.request.headers.get("If-Match")
        if header is None:
            return given
        try:
            return version_in(header)
        except ValueError as error:
            raise ParameterError("If-Match", _("Send the ETag of the forecast as you got it.")) from error


class Grades(OfForecastInRound):
    """How the grading of a forecast stands, and your verdict on what became of its event."""

    permission_classes = [writes(Capability.GRADE)]
    serializer_class = GradeSerializer
    input_class = inputs.GradeInput

    @extend_schema(
        summary="How its grading stands",
        description=(
            "Another's grade is shown once the round is over, resolved or disputed; until then only how many are in."
        ),
        responses={200: GradingSerializer},
    )
    def get(self, request: Request, reference: int) -> Response:
        seen = _grading(self.get_object(), self.viewer)
        data = GradingSerializer(seen, context=self.get_serializer_context()).data
        tag = etag(data)
        if names(request.headers.get("If-None-Match", ""), tag):
            return Response(status=HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
        return Response(data, headers={"ETag": tag})

    @extend_schema(
        summary="Grade a forecast",
        request=inputs.GradeInput,
        responses={201: GradeSerializer},
        parameters=[_IF_MATCH],
    )
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._grade)

    def _grade(self, given: dict[str, Any]) -> Response:
        forecast = self.get_object()
        verdict = _verdict(given, by=self.viewer)
        try:
            graded = scenarios.grade_group(
                forecast,
                verdict=verdict,
                by=self.viewer,
                at=timezone.now(),
                version=self.version(given["version"]),
            )
        except Stale as error:
            raise PreconditionFailed(str(error.message)) from error
        for each in (graded.grade, *graded.others):
            hurry_evidence(each)
        kept = _with_evidence(Grade.objects).get(pk=graded.grade.pk)
        stage = _stage(round_for(forecast, user=self.viewer, resolution=graded.resolution))
        shown = GradeSerializer(kept, context={**self.get_serializer_context(), "stage": stage})
        return Response(shown.data, status=HTTP_201_CREATED)


class Decision(OfForecastInRound):
    """An editor's decision where two graders differ."""

    permission_classes = [writes(Capability.PUBLISH)]
    serializer_class = ResolutionSerializer
    input_class = inputs.DecisionInput

    @extend_schema(
        summary="Decide a dispute",
        description="For an editor who neither graded the forecast nor had a hand in it.",
        request=inputs.DecisionInput,
        responses={201: ResolutionSerializer},
        parameters=[_IF_MATCH],
    )
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._decide)

    def _decide(self, given: dict[str, Any]) -> Response:
        version = self.version(given.pop("version"))
        forecast, finding = self.get_object(), Decided(**_said(given, by=self.viewer))
        try:
            held = adjudicate(forecast, finding=finding, by=self.viewer, at=timezone.now(), version=version)
        except Stale as error:
            raise PreconditionFailed(str(error.message)) from error
        hurry_evidence(held)
        shown = Resolution.objects.prefetch_related(*with_evidence()).get(pk=held.pk)
        return Response(self.get_serializer(shown).data, status=HTTP_201_CREATED)


class Reopening(OfForecastInRound):
    """That a resolved forecast is graded anew. What was held stays readable."""

    permission_classes = [writes(Capability.PUBLISH)]
    serializer_class = GradingSerializer
    input_class = inputs.ReopeningInput

    @extend_schema(
        summary="Reopen a forecast",
        request=inputs.ReopeningInput,
        responses={201: GradingSerializer},
        parameters=[_IF_MATCH],
    )
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._reopen)

    def _reopen(self, given: dict[str, Any]) -> Response:
        version = self.version(given["version"])
        try:
            forecast = reopen(self.get_object(), by=self.viewer, why=given["why"], at=timezone.now(), version=version)
        except Stale as error:
            raise PreconditionFailed(str(error.message)) from error
        return Response(self.get_serializer(_grading(forecast, self.viewer)).data, status=HTTP_201_CREATED)


class Retraction(WriteView):
    """Taking a grade back: your own, or as an editor one that is no secret any more."""

    permission_classes = [writes(Capability.GRADE)]
    lookup_url_kwarg = "reference"
    queryset = Grade.objects.none()
    serializer_class = VerdictSerializer
    input_class = inputs.RetractionInput

    def get_queryset(self) -> QuerySet[Grade]:
        seen = Grade.objects.visible_to(self.viewer)
        return seen.filter(forecast__in=Forecast.objects.visible_to(self.viewer)).select_related("forecast")

    @extend_schema(summary="Take a grade back", request=inputs.RetractionInput, responses={200: VerdictSerializer})
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._take_back)

    def _take_back(self, given: dict[str, Any]) -> Response:
        grade = self.get_object()
        scenarios.undo_group(grade, by=self.viewer, at=timezone.now(), why=given["why"])
        return Response(self.get_serializer(_with_evidence(Grade.objects).get(pk=grade.pk)).data, status=HTTP_200_OK)


def with_evidence(resolutions: str = "") -> tuple[Prefetch[Any], Prefetch[Any]]:
    """What brings along what resolutions rest on: their grades with evidence, and their own where an editor decided.

    `resolutions` is the name under which rows have them, with two underscores behind it.
    """
    grades = Prefetch(f"{resolutions}grades", _with_evidence(Grade.objects).order_by("slot"))
    return grades, Prefetch(f"{resolutions}evidence", _evidence())


def _evidence() -> QuerySet[Evidence]:
    return Evidence.objects.for_pages().select_related("article__source", "copy", "fetch")


def _with_evidence(grades: Any) -> QuerySet[Grade]:
    rows: QuerySet[Grade] = grades.select_related("grader").prefetch_related(Prefetch("evidence", _evidence()))
    return rows


def _grading(forecast: Forecast, viewer: Any) -> Grading:
    rows = forecast.resolutions.told().prefetch_related(*with_evidence())
    internal = sees_the_desk(viewer)
    resolutions = list(rows if internal else rows.standing())
    held = next((each for each in resolutions if each.superseded_at is None), None)
    if not internal:
        shown = Round(resolution=held, own=None, others=0, is_disputed=False)
        return Grading(forecast.grading_round, _stage(shown), 0, (), resolutions)
    shown = round_for(forecast, user=viewer, resolution=held)
    grades = list(_with_evidence(forecast.grades.visible_to(viewer)).order_by("round", "slot", "pk"))
    graded = forecast.grades.standing().filter(round=forecast.grading_round).count()
    return Grading(forecast.grading_round, _stage(shown), graded, grades, resolutions)


def _stage(shown: Round) -> str:
    if shown.resolution is not None:
        return "resolved"
    if shown.is_disputed:
        return "disputed"
    return "waiting" if shown.own is not None or shown.others else "open"


def _verdict(given: dict[str, Any], *, by: User) -> grading.Verdict:
    return grading.Verdict(**_said(given, by=by), no_evidence_reason=given["no_evidence_reason"])


def _said(given: dict[str, Any], *, by: User) -> dict[str, Any]:
    """What became of it, and on what evidence, as a verdict or a decision takes it."""
    evidence = given.get("evidence", {"articles": (), "urls": (), "files": ()})
    keys = dict.fromkeys(evidence["articles"])
    said = {name: given[name] for name in ("outcome", "known_on", "rationale", "happened", "not_happened")}
    return said | {
        "articles": [article(key, by=by, field="evidence/articles") for key in keys],
        "urls": evidence["urls"],
        "files": [_file(each) for each in evidence["files"]],
    }


def _file(given: dict[str, str]) -> EvidenceFile:
    try:
        data = base64.b64decode(given["content"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise GradeRefused(_("The content of a file is sent in base64."), field="evidence/files") from error
    with pointing({"file": "evidence/files"}):
        return read_file(data, name=given["name"])
