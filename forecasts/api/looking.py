"""Looking, before a forecast's end, whether its outcome is known already: through the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from accounts.api.permissions import within_the_desk
from accounts.roles import Capability
from forecasts.api.views import OfForecast
from forecasts.api.voices import NothingInput
from forecasts.models import Forecast, Look
from forecasts.services import looking
from groundwork.api.fields import Instant


class LookSerializer(serializers.Serializer[Look]):
    """That somebody looked, and nothing was known yet."""

    by = serializers.CharField(source="looked_by")
    at = Instant(source="looked_at")


class LooksSerializer(serializers.Serializer[Forecast]):
    """Who has looked, and when somebody does next; null where nobody has yet, which is 90 days after it was made."""

    look_again_on = serializers.DateField(allow_null=True)
    looks = LookSerializer(many=True)


class Looks(OfForecast):
    """Who has looked, before its end, whether a forecast's outcome is known already."""

    permission_classes = [within_the_desk(Capability.GRADE)]
    serializer_class = LooksSerializer
    input_class = NothingInput

    def get_queryset(self) -> QuerySet[Forecast]:
        return super().get_queryset().prefetch_related("looks__looked_by")

    @extend_schema(summary="Who has looked whether it is known", responses={200: LooksSerializer})
    def get(self, request: Request, reference: int) -> Response:
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        summary="Say that it is not known yet",
        description="It comes up again in the desk's queue after 90 days.",
        request=NothingInput,
        responses={201: LooksSerializer},
    )
    def post(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._look)

    def _look(self, _given: dict[str, Any]) -> Response:
        looking.look_again(self.get_object(), by=self.viewer, at=timezone.now())
        return Response(self.get_serializer(self.get_object()).data, status=HTTP_201_CREATED)
