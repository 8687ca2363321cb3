"""What is due through the API: the list that the queue shows, whose it is, and what is snoozed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_204_NO_CONTENT, HTTP_304_NOT_MODIFIED

from accounts.api.permissions import within_the_desk
from accounts.models import User
from accounts.roles import Capability
from accounts.services import people
from forecasts.errors import DueRefused
from forecasts.filters import DueFilter
from forecasts.models import Due, Forecast
from forecasts.services import handling
from groundwork.api.etags import etag, names
from groundwork.api.fields import Day, Input, Instant, ReferenceField, Text
from groundwork.api.problems import PreconditionFailed
from groundwork.api.views import ListView
from groundwork.api.writing import WriteView

ME = "me"
_IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The ETag of this resource as you got it: 412 where it has changed since",
)


class PersonSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    email = serializers.CharField()


class AssignmentSerializer(serializers.Serializer[Any]):
    assignee = PersonSerializer(allow_null=True, help_text="Null where it is nobody's in particular")
    assigned_by = PersonSerializer(allow_null=True, help_text="Null where the desk's rule did it, or nobody has yet")
    assigned_at = Instant(allow_null=True)


class SnoozeSerializer(serializers.Serializer[Any]):
    until = Day(source="snoozed_until", allow_null=True, help_text="The day of the desk on which it is shown again")
    reason = Text(source="snooze_reason")
    by = PersonSerializer(source="snoozed_by", allow_null=True)


class DueSerializer(serializers.Serializer[Any]):
    forecast = ReferenceField("forecast", source="forecast_id", read_only=True)
    event = serializers.SerializerMethodField()
    due_on = Day()
    days_late = serializers.SerializerMethodField(help_text="By today in the forecast's time zone")
    assignment = AssignmentSerializer(source="*")
    snooze = SnoozeSerializer(source="*")

    @extend_schema_field(serializers.CharField())
    def get_event(self, due: Due) -> str:
        return str(due.forecast)

    def get_days_late(self, due: Due) -> int:
        return due.days_late(on=due.forecast.today(at=timezone.now()))


class AssignmentInput(Input):
    assignee = serializers.CharField(
        max_length=254, allow_null=True, help_text="`me`, the email address of an account, or null for nobody"
    )


class SnoozeInput(Input):
    until = Day(help_text="At most 90 days ahead")
    reason = serializers.CharField(max_length=handling.LONGEST_REASON)


class DueList(ListView):
    """What is overdue and waits for its first grade, the oldest first, as the queue shows it."""

    permission_classes = [within_the_desk(Capability.READ_DESK)]
    serializer_class = DueSerializer
    filterset_class = DueFilter
    queryset = Due.objects.none()
    ordering = "due_on"

    def get_queryset(self) -> QuerySet[Due]:
        return Due.objects.ungraded().select_related("forecast", "assignee", "assigned_by", "snoozed_by")


class OfDue(WriteView):
    """Something of what is due about a forecast; 404 where nothing waits for its first grade."""

    permission_classes = [within_the_desk(Capability.GRADE)]
    lookup_url_kwarg = "reference"
    queryset = Forecast.objects.none()
    http_method_names = ["get", "head", "put", "delete"]

    def get_queryset(self) -> QuerySet[Forecast]:
        return Forecast.objects.visible_to(self.viewer)

    def shown(self, request: Request) -> Response:
        due = handling.due_of(self.get_object())
        if due is None:
            raise Http404
        data = self.get_serializer(due).data
        tag = etag(data)
        if names(request.headers.get("If-None-Match", ""), tag):
            return Response(status=HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
        return Response(data, headers={"ETag": tag})

    def lock(self) -> Forecast:
        """The forecast, with what is due about it locked and as the client saw it. Raises PreconditionFailed."""
        forecast: Forecast = self.get_object()
        due = handling.locked(forecast, by=self.viewer)
        header = self.request.headers.get("If-Match")
        if header is not None and not names(header, etag(self.get_serializer(due).data)):
            raise PreconditionFailed(_("This has changed since you got it. Get it again before you change it."))
        return forecast

    def answer_with(self, due: Due) -> Response:
        data = self.get_serializer(due).data
        return Response(data, headers={"ETag": etag(data)})


class Assignment(OfDue):
    """Whose it is to grade. Everybody who may can grade it all the same."""

    serializer_class = AssignmentSerializer
    input_class = AssignmentInput

    @extend_schema(summary="Whose it is to grade", responses={200: AssignmentSerializer})
    def get(self, request: Request, reference: int) -> Response:
        return self.shown(request)

    @extend_schema(
        summary="Give it to somebody",
        request=AssignmentInput,
        responses={200: AssignmentSerializer},
        parameters=[_IF_MATCH],
    )
    def put(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._assign)

    @extend_schema(summary="Give it to nobody", request=None, responses={204: None}, parameters=[_IF_MATCH])
    def delete(self, request: Request, reference: int) -> Response:
        self._assign({"assignee": None})
        return Response(status=HTTP_204_NO_CONTENT)

    @transaction.atomic
    def _assign(self, given: dict[str, Any]) -> Response:
        forecast = self.lock()
        to = _person(given["assignee"], viewer=self.viewer)
        return self.answer_with(handling.assign(forecast, to=to, by=self.viewer, at=timezone.now()))


class Snooze(OfDue):
    """Until when it is hidden from what is overdue, and why. It stays due."""

    serializer_class = SnoozeSerializer
    input_class = SnoozeInput

    @extend_schema(summary="Until when it is snoozed", responses={200: SnoozeSerializer})
    def get(self, request: Request, reference: int) -> Response:
        return self.shown(request)

    @extend_schema(summary="Snooze it", request=SnoozeInput, responses={200: SnoozeSerializer}, parameters=[_IF_MATCH])
    def put(self, request: Request, reference: int) -> Response:
        return self.answer(request, self._snooze)

    @extend_schema(summary="Wake it", request=None, responses={204: None}, parameters=[_IF_MATCH])
    def delete(self, request: Request, reference: int) -> Response:
        with transaction.atomic():
            handling.wake(self.lock(), by=self.viewer, at=timezone.now())
        return Response(status=HTTP_204_NO_CONTENT)

    @transaction.atomic
    def _snooze(self, given: dict[str, Any]) -> Response:
        return self.answer_with(handling.snooze(self.lock(), by=self.viewer, at=timezone.now(), **given))


def _person(named: str | None, *, viewer: User) -> User | None:
    """Whom a client means. Raises DueRefused for an address that nobody who may grade has."""
    if named is None or named == ME:
        return viewer if named else None
    found = people.graders().filter(email__iexact=named.strip()).first()
    if found is None:
        raise DueRefused(_("Choose somebody who may grade."), field="assignee")
    return found
