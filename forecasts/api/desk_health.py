"""The desk's health, for programs of the desk."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import within_the_desk
from accounts.roles import Capability
from forecasts.choices import Independence
from forecasts.services.desk_health import desk_health
from groundwork.api.fields import Day, Instant, Text, Word
from groundwork.api.views import ApiView
from sources.api.serializers import Shown


class LateSerializer(Shown):
    count = serializers.IntegerField()
    oldest = Day(allow_null=True)
    median_days = serializers.FloatField(allow_null=True, help_text="Days after the day on which each fell due")


class LateOfSerializer(LateSerializer):
    key = serializers.CharField(help_text="The account’s number or the topic’s slug; nobody, none")
    name = Text()


class WaitingSerializer(Shown):
    count = serializers.IntegerField()
    since = Instant(allow_null=True)
    median_days = serializers.FloatField(allow_null=True)


class AgreementSerializer(Shown):
    n = serializers.IntegerField(help_text="Pairs of grades")
    value = serializers.FloatField(allow_null=True, help_text="Null where it is not defined")


class GradersSerializer(Shown):
    pairs = serializers.IntegerField(help_text="Forecasts graded by two people, in rounds that are over")
    same = serializers.IntegerField(help_text="Of these, how many were graded the same")
    graders = serializers.IntegerField(help_text="How many people gave them")
    kappa = AgreementSerializer(help_text="Cohen’s, of first grades against second ones")
    alpha = AgreementSerializer(help_text="Krippendorff’s, nominal")


class DistanceSerializer(Shown):
    independence = Word(Independence)
    count = serializers.IntegerField()
    of = serializers.IntegerField(help_text="Standing resolutions by graders")


class DeskHealthSerializer(Shown):
    at = Instant()
    overdue = LateSerializer()
    people = LateOfSerializer(many=True, help_text="By assignee, else the author; by name")
    topics = LateOfSerializer(many=True, help_text="A forecast with two topics counts in both")
    alone = WaitingSerializer(help_text="One grade is in, the other is awaited")
    disputed = WaitingSerializer()
    graders = GradersSerializer()
    distances = DistanceSerializer(many=True)


class DeskHealthView(ApiView):
    """How late the desk is, whose turn it is, what waits, and how far its graders agree. Internal, always."""

    permission_classes = [within_the_desk(Capability.RECORD)]
    serializer_class = DeskHealthSerializer
    http_method_names = ["get", "head"]

    @extend_schema(summary="The desk's health")
    def get(self, request: Request) -> Response:
        return Response(self.get_serializer(desk_health(at=timezone.now())).data)
