"""Errors of the API as problem+json (RFC 9457): a JSON pointer to each field to blame, a name for each parameter."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import exception_handler

from groundwork.errors import Refusal

MEDIA_TYPE = "application/problem+json"


class ParameterError(ValidationError):
    """Something in the query string, or a header, is not right."""

    def __init__(self, name: str, message: str | Promise, *, code: str = "invalid") -> None:
        super().__init__({name: [ErrorDetail(str(message), code)]})


class RefusalProblem(APIException):
    """A service's refusal, on its way out."""

    def __init__(self, refusal: Refusal, *, status: int | None = None) -> None:
        self.refusal = refusal
        self.status_code = status or (HTTPStatus.CONFLICT if refusal.conflict else HTTPStatus.BAD_REQUEST)
        super().__init__(str(refusal.message), refusal.code)


class PreconditionFailed(APIException):
    """The record has changed since the client last saw it."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_code = "changed_meanwhile"


class ErrorSerializer(serializers.Serializer[Any]):
    """One thing that is wrong: in the body (`pointer`) or among the parameters and headers (`parameter`)."""

    pointer = serializers.CharField(required=False, help_text="JSON pointer into the body (RFC 6901)")
    parameter = serializers.CharField(required=False)
    detail = serializers.CharField()
    code = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """What every error looks like."""

    type = serializers.CharField(help_text="Always about:blank")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    code = serializers.CharField(required=False, help_text="Stable; made for programs")
    errors = ErrorSerializer(many=True, required=False)  # type: ignore[assignment]  # a field shadows the property


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER. None, and so a 500, for what nobody foresaw."""
    if isinstance(error, Refusal):
        error = RefusalProblem(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    in_query = isinstance(error, ParameterError) or context["request"].method in SAFE_METHODS
    response.data = _problem(error, response, key="parameter" if in_query else "pointer")
    response.content_type = MEDIA_TYPE
    return response


def _problem(error: Exception, response: Response, *, key: str) -> dict[str, Any]:
    status = HTTPStatus(response.status_code)
    problem: dict[str, Any] = {"type": "about:blank", "title": status.phrase, "status": status.value}
    if isinstance(error, ValidationError):
        errors = list(_errors(response.data, "", key))
        problem |= {"detail": _in_short(errors), "errors": errors}
    elif isinstance(error, RefusalProblem):
        refusal = error.refusal
        problem |= {"detail": str(refusal.message), "code": refusal.code}
        if refusal.field is not None:
            blame = {"pointer": f"/{refusal.field}", "detail": str(refusal.message), "code": refusal.code}
            problem["errors"] = [blame]
    elif isinstance(error, Http404):
        problem |= {"detail": str(_("There is no such record, or none that you may see.")), "code": "not_found"}
    else:
        detail = getattr(error, "detail", None)
        problem |= {"detail": str(detail or status.description)}
        if (code := getattr(detail, "code", None)) is not None:
            problem["code"] = code
    return problem


def _in_short(errors: list[dict[str, str]]) -> str:
    return errors[0]["detail"] if len(errors) == 1 else _("%d things are not right.") % len(errors)


def _errors(detail: Any, path: str, key: str) -> Iterator[dict[str, str]]:
    if isinstance(detail, dict):
        for name, value in detail.items():
            step = _sendable(str(name)).replace("~", "~0").replace("/", "~1")
            yield from _errors(value, path if name == "non_field_errors" else f"{path}/{step}", key)
    elif isinstance(detail, list):
        for index, value in enumerate(detail):
            yield from _errors(value, path if isinstance(value, str) else f"{path}/{index}", key)
    else:
        place = path.removeprefix("/") if key == "parameter" else path
        yield {key: place, "detail": _sendable(str(detail)), "code": getattr(detail, "code", "invalid")}


def _sendable(text: str) -> str:
    """Without half surrogate pairs: JSON may name them, UTF-8 cannot send them back."""
    return text.encode(errors="replace").decode()
