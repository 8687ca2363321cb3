"""What the API's POSTs have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, ClassVar

from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from groundwork.api.once import once
from groundwork.api.views import ApiView
from groundwork.errors import Refusal


class BodyTooLarge(APIException):
    """More than DATA_UPLOAD_MAX_MEMORY_SIZE."""

    status_code = 413
    default_detail = _("The body is too large.")
    default_code = "body_too_large"


class Json(JSONParser):
    """JSON that is nested too deep is as wrong as any other that cannot be read."""

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deep.")) from error


class WriteView(ApiView):
    """A view with a POST: its input is checked by `input_class`, and `write` runs once per idempotency key."""

    parser_classes = [Json]
    input_class: ClassVar[type[Serializer[Any]]]
    keeps_answers: ClassVar[bool] = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        try:
            request.body  # noqa: B018 - read whole now: once it is parsed as a stream, no key can be compared with it
        except RequestDataTooBig as error:
            raise BodyTooLarge from error

    def answer(self, request: Request, write: Callable[[dict[str, Any]], Response]) -> Response:
        """What `write` makes of the checked body."""
        given = self.input_class(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return once(request, lambda: write(given.validated_data))


@contextmanager
def pointing(places: Mapping[str, str]) -> Iterator[None]:
    """Let a refusal blame the place in the body (`judgement/term`) where the service's field (`term`) was given.

    A field that the client could not give has the place "", and then the refusal blames the whole.
    """
    try:
        yield
    except Refusal as refusal:
        if refusal.field is not None:
            refusal.field = places.get(refusal.field, refusal.field) or None
        raise
