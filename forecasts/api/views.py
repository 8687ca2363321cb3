"""Forecasts: lists, details, logging, judging; and the texts that they are read out of."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_200_OK, HTTP_201_CREATED

from accounts.api.permissions import ReadPublic, writes
from accounts.models import User
from accounts.roles import Capability
from forecasts import tasks
from forecasts.api import inputs
from forecasts.api.grading import with_evidence
from forecasts.api.serializers import ForecastSerializer, JudgementSerializer
from forecasts.filters import ForecastFilter
from forecasts.models import Forecast, Judgement
from forecasts.services import intake, judging, recording
from forecasts.services.entries import Chance, Criteria, Wording
from groundwork.api.views import DetailView, ListView
from groundwork.api.writing import WriteView, pointing
from groundwork.hurry import hurry
from sources.api.inputs import article, referenced, who
from sources.api.serializers import ArticleDetailSerializer
from sources.api.views import ArticleList
from sources.choices import Origin, SourceKind
from sources.errors import TextRefused
from sources.models import Article
from sources.querysets import Viewer, released_revisions

_OF_THE_JUDGEMENT = {each.name: f"judgement/{each.name}" for each in fields(Chance)}
_OF_THE_CRITERIA = {each.name: f"criteria/{each.name}" for each in fields(Criteria)}


def shown_forecasts(viewer: Viewer) -> QuerySet[Forecast]:
    """Forecasts with what their representation needs."""
    rows = Forecast.objects.visible_to(viewer).for_lists(viewer)
    return rows.prefetch_related(released_revisions(), *with_evidence("standing_resolutions__"))


class ForecastList(ListView, WriteView):
    """What was expected, by when, how sure they were, and how it turned out."""

    permission_classes = [writes(Capability.RECORD)]
    serializer_class = ForecastSerializer
    input_class = inputs.ForecastInput
    queryset = Forecast.objects.none()
    filterset_class = ForecastFilter

    def get_queryset(self) -> QuerySet[Forecast]:
        return shown_forecasts(self.viewer)

    @extend_schema(summary="Log a forecast", request=inputs.ForecastInput, responses={201: ForecastSerializer})
    def post(self, request: Request) -> Response:
        return self.answer(request, self._log)

    @transaction.atomic  # an author who is new is recorded with the forecast or not at all
    def _log(self, given: dict[str, Any]) -> Response:
        by: User = self.viewer
        with pointing(_OF_THE_JUDGEMENT | _OF_THE_CRITERIA):
            forecast = recording.log_by_hand(
                wording=_wording(given),
                chance=inputs.chance(given["judgement"]) if "judgement" in given else Chance(),
                author=who(given["author"], by=by, field="author", kind=SourceKind.PERSON),
                place=_place(given, by=by),
                by=by,
                at=timezone.now(),
            )
        shown = self.get_serializer(shown_forecasts(by).get(pk=forecast.pk)).data
        address = reverse("api:forecast", args=[forecast.reference])
        return Response(shown, status=HTTP_201_CREATED, headers={"Location": address})


class ForecastDetail(DetailView):
    """One forecast, with its judgements and its resolution."""

    permission_classes = [ReadPublic]
    serializer_class = ForecastSerializer
    queryset = Forecast.objects.none()

    def get_queryset(self) -> QuerySet[Forecast]:
        return shown_forecasts(self.viewer)


class OfForecast(WriteView):
    """A POST below a forecast."""

    lookup_url_kwarg = "reference"
    queryset = Forecast.objects.none()

    def get_queryset(self) -> QuerySet[Forecast]:
        return Forecast.objects.visible_to(self.viewer)


class Judgements(OfForecast):
    """Your own judgement of a forecast; it ends the one that you made before."""

    permission_classes = [writes(Capability.RECORD)]
    serializer_class = JudgementSerializer
    input_class = inputs.JudgementInput

    @extend_schema(summary="Record a judgement", request=inputs.JudgementInput, responses={201: JudgementSerializer})
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._judge)

    def _judge(self, given: dict[str, Any]) -> Response:
        with pointing({"made_at": ""}):
            judgement = judging.judge(self.get_object(), chance=inputs.chance(given), by=self.viewer, at=timezone.now())
        kept = Judgement.objects.select_related("forecaster", "article__source").get(pk=judgement.pk)
        return Response(self.get_serializer(kept).data, status=HTTP_201_CREATED)


class ArticleIntake(ArticleList, WriteView):
    """Texts with provenance, without their text."""

    permission_classes = [writes(Capability.RECORD)]
    input_class = inputs.ArticleInput

    @extend_schema(
        summary="Bring a text in",
        description="The same text from the same source comes in once: then the answer is 200 and the article.",
        request=inputs.ArticleInput,
        responses={200: ArticleDetailSerializer, 201: ArticleDetailSerializer},
    )
    def post(self, request: Request) -> Response:
        return self.answer(request, self._bring_in)

    def _bring_in(self, given: dict[str, Any]) -> Response:
        by: User = self.viewer
        named = given.pop("source") or ""
        source = referenced(named, by=by, field="source")
        new = intake.NewText(**given, source=source, source_name="" if source else named, origin=Origin.API)
        came = intake.bring_in(new, by=by, at=timezone.now())
        if not came.is_read:
            hurry(tasks.read_article, came.article.pk)
        shown = Article.objects.select_related("source").prefetch_related("byline_set__source", "topics")
        data = ArticleDetailSerializer(shown.get(pk=came.article.pk), context=self.get_serializer_context()).data
        address = reverse("api:article", args=[came.article.reference])
        status = HTTP_201_CREATED if came.is_new else HTTP_200_OK
        return Response(data, status=status, headers={"Location": address})


class Read(WriteView):
    """What the readers make of a text. Nothing is stored."""

    permission_classes = [writes(Capability.RECORD)]
    input_class = inputs.ReadInput
    keeps_answers = False

    @extend_schema(
        summary="Read a text",
        description="The object that `manage.py read` prints: masthead, forecasts and claims, each with its place.",
        request=inputs.ReadInput,
        responses={200: OpenApiTypes.OBJECT},
    )
    def post(self, request: Request) -> Response:
        return self.answer(request, self._read)

    def _read(self, given: dict[str, Any]) -> Response:
        if len(given["text"].encode()) > settings.READ_IN_REQUEST_BYTES:
            message = _("Up to %d kB are read here. Bring a longer text in as an article.")
            limit = settings.READ_IN_REQUEST_BYTES // 1000
            raise TextRefused(message % limit, field="text", code="too_large")
        reading = intake.read(given["text"], dated_on=given["published_on"], yardstick=given["yardstick"])
        return Response(reading.as_dict())


def _wording(given: dict[str, Any]) -> Wording:
    values = {each.name: given[each.name] for each in fields(Wording) if each.name in given}
    return Wording(**{**values, "criteria": inputs.criteria(given.get("criteria", {}))})


def _place(given: dict[str, Any], *, by: User) -> recording.Place | None:
    """Where the statement stands in the article that is named, if it stands there word for word."""
    if given["article"] is None:
        return None
    named = article(given["article"], by=by, field="article")
    start = named.text.find(given["statement"])
    if start < 0:
        return recording.Place(article=named)
    return recording.Place(article=named, start=start, end=start + len(given["statement"]))
