"""What people say of a forecast through the API: judgements, the desk's line, links, groups, subjects, following, and
the desk's comments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from accounts.api.permissions import within_the_desk, writes
from accounts.roles import Capability
from forecasts.api import inputs
from forecasts.api import views as forecasts
from forecasts.api.serializers import JudgementSerializer
from forecasts.choices import Relation
from forecasts.errors import LinkRefused, Stale
from forecasts.models import Comment, Forecast, Judgement, Lineage, ScenarioGroup
from forecasts.querysets import ForecastQuerySet, JudgementQuerySet
from forecasts.services import commenting, following, judging, labelling, linking, scenarios
from forecasts.services.exclusion import others_of
from groundwork.api.etags import version_in
from groundwork.api.fields import Input, Instant, ReferenceField, Text, TopicSlugs, Word
from groundwork.api.problems import ParameterError, PreconditionFailed
from groundwork.api.views import ListView
from groundwork.api.writing import pointing
from sources.api.inputs import CountriesField, TopicsField
from sources.api.serializers import Shown
from sources.querysets import sees_the_desk

_IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The forecast's ETag: 412 where it has changed since",
)


class OfForecast(forecasts.OfForecast):
    """As there; and a forecast that another one names."""

    def named(self, key: int, *, field: str) -> Forecast:
        """The forecast with that key, as far as the viewer sees it. Raises LinkRefused."""
        found = Forecast.objects.visible_to(self.viewer).filter(pk=key).first()
        if found is None:
            raise LinkRefused(_("There is no such forecast."), field=field, code="unknown_forecast")
        return found

    def version(self) -> int | None:
        """The version of the forecast that the client saw, from If-Match. Raises ParameterError."""
        header = self.request.headers.get("If-Match")
        try:
            return None if header is None else version_in(header)
        except ValueError as error:
            raise ParameterError("If-Match", _("Send the ETag of the forecast as you got it.")) from error


@contextmanager
def refusing_stale() -> Iterator[None]:
    """Let a record that has moved on be a precondition that failed, as If-Match asks."""
    try:
        yield
    except Stale as error:
        raise PreconditionFailed(str(error.message)) from error


class WhyInput(Input):
    why = serializers.CharField(max_length=judging.LONGEST_REASON)


class NothingInput(Input):
    """An empty object."""


# --- Judgements -----------------------------------------------------------------------------------------------------


class VoiceSerializer(JudgementSerializer):
    """A judgement among all of a forecast."""

    imported = serializers.BooleanField(help_text="Brought in from a file with a day of its own, perhaps long past")
    recorded_at = Instant(help_text="Long after made_at where it came with an article or a file")
    ended_why = Text(help_text="Null for whoever does not see the desk")
    public_since = Instant(source="released_at", allow_null=True, help_text="When its forecaster released it")

    def to_representation(self, instance: Judgement) -> Any:
        return self.keep_internal(super().to_representation(instance), "ended_why")


class Judgements(ListView, forecasts.Judgements):
    """Who held the event to be how likely, and when: all that stand and stood, the newest first. What a forecaster has
    not released is for the desk. A POST is your own judgement; it ends the one that you made before."""

    serializer_class = VoiceSerializer
    ordering = "-made_at"

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.forecast = self.get_object()
        return super().list(request, *args, **kwargs)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not hasattr(self, "forecast"):
            return queryset
        rows: JudgementQuerySet = Judgement.objects.filter(forecast=self.forecast).visible_to(self.viewer)
        return rows.select_related("forecaster", "article__source").defer("article__text")

    @extend_schema(summary="Judgements of a forecast", responses=VoiceSerializer(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(summary="Record a judgement", request=inputs.JudgementInput, responses={201: VoiceSerializer})
    def post(self, request: Request, reference: int) -> Response:
        return super().post(request, reference)


class Withdrawal(OfForecast):
    """End your own standing judgement, with a reason. The forecast stays on the record, and due."""

    permission_classes = [writes(Capability.RECORD)]
    serializer_class = VoiceSerializer
    input_class = WhyInput

    @extend_schema(summary="Withdraw your judgement", request=WhyInput, responses={200: VoiceSerializer})
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._withdraw)

    def _withdraw(self, given: dict[str, Any]) -> Response:
        with pointing({"made_at": ""}):
            ended = judging.withdraw(self.get_object(), by=self.viewer, at=timezone.now(), why=given["why"])
        return Response(self.get_serializer(_shown(ended)).data)


class ReleasedSerializer(serializers.Serializer[Any]):
    released = serializers.IntegerField(help_text="How many judgements everybody sees from now on")


class Release(OfForecast):
    """Let everybody who sees the forecast see what you have judged so far, revised and withdrawn judgements too."""

    permission_classes = [writes(Capability.RECORD)]
    serializer_class = ReleasedSerializer
    input_class = NothingInput

    @extend_schema(summary="Release your judgements", request=NothingInput, responses={200: ReleasedSerializer})
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._release)

    def _release(self, _given: dict[str, Any]) -> Response:
        return Response({"released": judging.release_own(self.get_object(), by=self.viewer, at=timezone.now())})


class DeskLineInput(inputs.JudgementInput):
    rationale = serializers.CharField(max_length=10_000, help_text="Why the line changes")


class DeskLine(OfForecast):
    """The desk's line between two editions."""

    permission_classes = [writes(Capability.PUBLISH)]
    serializer_class = VoiceSerializer
    input_class = DeskLineInput

    @extend_schema(summary="Set the desk’s line", request=DeskLineInput, responses={201: VoiceSerializer})
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._set)

    def _set(self, given: dict[str, Any]) -> Response:
        with pointing({"made_at": ""}):
            made = judging.set_line_by_editor(
                self.get_object(),
                chance=inputs.chance(given),
                by=self.viewer,
                at=timezone.now(),
                why=given["rationale"],
            )
        return Response(self.get_serializer(_shown(made)).data, status=HTTP_201_CREATED)


def _shown(judgement: Judgement) -> Judgement:
    return Judgement.objects.select_related("forecaster", "article__source").get(pk=judgement.pk)


# --- Links and groups -----------------------------------------------------------------------------------------------


class LinkSerializer(Shown):
    """That a later forecast continues, repeats or supersedes an earlier one, or is related to it. Both stay due."""

    later = ReferenceField("forecast", source="later_id", read_only=True)
    relation = Word(Relation)
    earlier = ReferenceField("forecast", source="earlier_id", read_only=True)
    noted_at = Instant()
    ended_at = Instant(allow_null=True)
    ended_why = Text(help_text="Null for whoever does not see the desk")

    def to_representation(self, instance: Lineage) -> Any:
        return self.keep_internal(super().to_representation(instance), "ended_why")


class LinkInput(Input):
    relation = serializers.ChoiceField(Relation.choices)
    earlier = ReferenceField("forecast", help_text="What the forecast of this address is to it")


class Links(ListView, OfForecast):
    """What a forecast is to earlier ones, and later ones to it; links to what you may not see are left out."""

    permission_classes = [writes(Capability.RECORD)]
    serializer_class = LinkSerializer
    input_class = LinkInput
    ordering = "noted_at"

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.forecast = self.get_object()
        return super().list(request, *args, **kwargs)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not hasattr(self, "forecast"):
            return queryset
        seen = Forecast.objects.visible_to(self.viewer).values("pk")
        own = Q(later=self.forecast, earlier__in=seen) | Q(earlier=self.forecast, later__in=seen)
        rows = Lineage.objects.filter(own)
        return rows if sees_the_desk(self.viewer) else rows.filter(ended_at=None)

    @extend_schema(summary="Links of a forecast", responses=LinkSerializer(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(summary="Link a forecast", request=LinkInput, responses={201: LinkSerializer})
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._link)

    def _link(self, given: dict[str, Any]) -> Response:
        earlier = self.named(given["earlier"], field="earlier")
        noted = linking.link(
            self.get_object(), earlier=earlier, relation=given["relation"], by=self.viewer, at=timezone.now()
        )
        return Response(self.get_serializer(noted).data, status=HTTP_201_CREATED)


class EndLinkInput(WhyInput):
    other = ReferenceField("forecast", help_text="The forecast at the other end, earlier or later")


class LinkEnd(OfForecast):
    """Take a link back, seen from either end, with a reason. It stays on the record."""

    permission_classes = [writes(Capability.RECORD)]
    serializer_class = LinkSerializer
    input_class = EndLinkInput

    @extend_schema(summary="Take a link back", request=EndLinkInput, responses={200: LinkSerializer})
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._end)

    def _end(self, given: dict[str, Any]) -> Response:
        one, other = self.get_object(), given["other"]
        between = Q(later=one, earlier=other) | Q(later=other, earlier=one)
        noted = Lineage.objects.filter(between, ended_at=None).first()
        if noted is None:
            raise LinkRefused(_("The two are not linked."), field="other")
        linking.end_link(noted, by=self.viewer, why=given["why"], at=timezone.now())
        noted.refresh_from_db()
        return Response(self.get_serializer(noted).data)


class GroupSerializer(serializers.Serializer[Any]):
    """Forecasts of which only one can occur; without a group the members are none."""

    title = Text()
    exhaustive = serializers.BooleanField(help_text="One of them has to happen; otherwise “none of these” may be")
    members = serializers.ListField(child=ReferenceField("forecast"))


class GroupInput(Input):
    other = ReferenceField("forecast", help_text="What excludes the forecast of this address, or is in its group")


class Group(OfForecast):
    """The forecasts that exclude this one."""

    permission_classes = [writes(Capability.RECORD)]
    serializer_class = GroupSerializer
    input_class = GroupInput

    @extend_schema(summary="What excludes a forecast", responses={200: GroupSerializer})
    def get(self, request: Request, reference: int) -> Response:
        return Response(self._group(self.get_object()))

    @extend_schema(
        summary="Put two that exclude each other into a group",
        request=GroupInput,
        responses={200: GroupSerializer},
        parameters=[_IF_MATCH],
    )
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._join)

    def _join(self, given: dict[str, Any]) -> Response:
        other = self.named(given["other"], field="other")
        with refusing_stale():
            scenarios.exclude_each_other(self.get_object(), other=other, by=self.viewer, version=self.version())
        return Response(self._group(self.get_object()))

    def _group(self, forecast: Forecast) -> dict[str, Any]:
        others: ForecastQuerySet = others_of(forecast) & Forecast.objects.visible_to(self.viewer)
        noted = ScenarioGroup.objects.filter(pk=forecast.scenario_group).first()
        members = sorted([forecast.pk, *others.values_list("pk", flat=True)]) if forecast.scenario_group else []
        shown = {
            "title": noted.title if noted else "",
            "exhaustive": noted is not None and noted.exhaustive,
            "members": members,
        }
        return dict(self.get_serializer(shown).data)


# --- Subjects, following, comments ----------------------------------------------------------------------------------


class SubjectsSerializer(Shown):
    topics = TopicSlugs()
    countries = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField()


class SubjectsInput(Input):
    """Both lists as they shall be, whole."""

    topics = TopicsField()
    countries = CountriesField()


class Subjects(OfForecast):
    """What a forecast is about."""

    permission_classes = [writes(Capability.RECORD)]
    serializer_class = SubjectsSerializer
    input_class = SubjectsInput

    @extend_schema(
        summary="Set topics and countries",
        request=SubjectsInput,
        responses={200: SubjectsSerializer},
        parameters=[_IF_MATCH],
    )
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._set)

    def _set(self, given: dict[str, Any]) -> Response:
        with refusing_stale():
            changed = labelling.set_subjects(
                self.get_object(), by=self.viewer, at=timezone.now(), version=self.version(), **given
            )
        return Response(self.get_serializer(changed).data)


class FollowSerializer(serializers.Serializer[Any]):
    following = serializers.BooleanField(help_text="Whether you are told what happens to it")


class FollowInput(Input):
    following = serializers.BooleanField()


class Follow(OfForecast):
    """Be told of judgements, clarifications, comments and what becomes of it, or not any more."""

    permission_classes = [within_the_desk(Capability.READ_DESK)]
    serializer_class = FollowSerializer
    input_class = FollowInput

    @extend_schema(summary="Whether you follow a forecast", responses={200: FollowSerializer})
    def get(self, request: Request, reference: int) -> Response:
        return Response({"following": following.follows(self.viewer, self.get_object())})

    @extend_schema(summary="Follow a forecast", request=FollowInput, responses={200: FollowSerializer})
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._follow)

    def _follow(self, given: dict[str, Any]) -> Response:
        if given["following"]:
            following.follow(self.get_object(), by=self.viewer, at=timezone.now())
        else:
            following.unfollow(self.get_object(), by=self.viewer)
        return Response(given)


class CommentSerializer(serializers.Serializer[Any]):
    """A remark of the desk; null for the words of one that was taken back."""

    id = serializers.IntegerField()
    text = serializers.SerializerMethodField()
    by = serializers.CharField()
    at = Instant()
    retracted_at = Instant(allow_null=True)
    redacted_at = Instant(allow_null=True, help_text="When its words went for a legal reason")
    retracted_why = Text()

    def get_text(self, comment: Comment) -> str | None:
        return comment.text if comment.retracted_at is None else None


class CommentInput(Input):
    text = serializers.CharField(max_length=commenting.LONGEST, help_text="Plain text; @Name tells somebody")


class Comments(ListView, OfForecast):
    """What the desk remarks on a forecast. Internal, always."""

    permission_classes = [within_the_desk(Capability.RECORD)]
    serializer_class = CommentSerializer
    input_class = CommentInput
    ordering = "at"

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.forecast = self.get_object()
        return super().list(request, *args, **kwargs)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not hasattr(self, "forecast"):
            return queryset
        return Comment.objects.filter(forecast=self.forecast).select_related("by")

    @extend_schema(summary="Comments on a forecast", responses=CommentSerializer(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(summary="Comment on a forecast", request=CommentInput, responses={201: CommentSerializer})
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._comment)

    def _comment(self, given: dict[str, Any]) -> Response:
        said = commenting.comment(self.get_object(), text=given["text"], by=self.viewer, at=timezone.now())
        return Response(self.get_serializer(said).data, status=HTTP_201_CREATED)


class CommentRetraction(OfForecast):
    """Take a comment back: your own, or anybody's for an editor."""

    permission_classes = [within_the_desk(Capability.RECORD)]
    serializer_class = CommentSerializer
    input_class = WhyInput

    @extend_schema(summary="Take a comment back", request=WhyInput, responses={200: CommentSerializer})
    def post(self, request: Request, reference: int, comment: int) -> Response:
        return self.answer(request, self._retract)

    def _retract(self, given: dict[str, Any]) -> Response:
        rows = Comment.objects.filter(forecast=self.get_object()).select_related("by")
        said = get_object_or_404(rows, pk=self.kwargs["comment"])
        commenting.retract_comment(said, by=self.viewer, at=timezone.now(), why=given["why"])
        said.refresh_from_db()
        return Response(self.get_serializer(said).data)
