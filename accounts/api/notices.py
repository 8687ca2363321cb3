"""One's own notices through the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import within_the_desk
from accounts.filters import NoticeFilter
from accounts.models import Notification
from accounts.roles import Capability
from accounts.services import notifying
from groundwork.api.fields import Input, Instant, Text
from groundwork.api.views import ListView
from groundwork.api.writing import WriteView


class NoticeSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField()
    url = Text(help_text="Within the site")
    created_at = Instant()
    read_at = Instant(allow_null=True)


class EmptyInput(Input):
    """An empty object."""


class ReadSerializer(serializers.Serializer[Any]):
    read = serializers.IntegerField(help_text="How many were unread until now")


class Notices(ListView):
    """What you are told, newest first: what waits for you, and what happens to what you follow. Nobody else's."""

    permission_classes = [within_the_desk(Capability.READ_DESK)]
    serializer_class = NoticeSerializer
    filterset_class = NoticeFilter
    queryset = Notification.objects.none()
    ordering = "-created_at"

    def get_queryset(self) -> QuerySet[Notification]:
        return notifying.notices_of(self.viewer) if self.viewer.is_authenticated else Notification.objects.none()


class AllRead(WriteView):
    """Mark all of your notices as read."""

    permission_classes = [within_the_desk(Capability.READ_DESK)]
    serializer_class = ReadSerializer
    input_class = EmptyInput
    http_method_names = ["post"]

    @extend_schema(
        operation_id="notices_read_all", summary="Mark all as read", request=EmptyInput, responses={200: ReadSerializer}
    )
    def post(self, request: Request) -> Response:
        return self.answer(request, self._read)

    def _read(self, _given: dict[str, Any]) -> Response:
        return Response({"read": notifying.mark_read(user=self.viewer, at=timezone.now())})


class OneRead(WriteView):
    """Mark one of your notices as read."""

    permission_classes = [within_the_desk(Capability.READ_DESK)]
    serializer_class = ReadSerializer
    input_class = EmptyInput
    queryset = Notification.objects.none()
    http_method_names = ["post"]

    @extend_schema(summary="Mark a notice as read", request=EmptyInput, responses={200: ReadSerializer})
    def post(self, request: Request, number: int) -> Response:
        return self.answer(request, self._read)

    def _read(self, _given: dict[str, Any]) -> Response:
        pk = self.kwargs["number"]
        if not notifying.notices_of(self.viewer).filter(pk=pk).exists():
            raise Http404
        return Response({"read": notifying.mark_read(user=self.viewer, pk=pk, at=timezone.now())})
