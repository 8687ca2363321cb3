"""Errors of the API as problem+json (RFC 9457), with a JSON pointer to each field to blame."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from groundwork.errors import Refusal

MEDIA_TYPE = "application/problem+json"


class RefusalProblem(APIException):
    """A service's refusal, on its way out."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        self.status_code = HTTPStatus.CONFLICT if refusal.conflict else HTTPStatus.BAD_REQUEST
        super().__init__(str(refusal.message), refusal.code)


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER. None, and so a 500, for what nobody foresaw."""
    if isinstance(error, Refusal):
        error = RefusalProblem(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = _problem(error, response)
    response.content_type = MEDIA_TYPE
    return response


def _problem(error: Exception, response: Response) -> dict[str, Any]:
    status = HTTPStatus(response.status_code)
    problem: dict[str, Any] = {"type": "about:blank", "title": status.phrase, "status": status.value}
    if isinstance(error, ValidationError):
        problem["detail"] = "Some fields are not right."
        problem["errors"] = list(_pointers(response.data, ""))
    elif isinstance(error, RefusalProblem):
        refusal = error.refusal
        problem |= {"detail": str(refusal.message), "code": refusal.code}
        if refusal.field is not None:
            pointer = f"/{refusal.field}"
            problem["errors"] = [{"pointer": pointer, "detail": str(refusal.message), "code": refusal.code}]
    else:
        problem["detail"] = str(getattr(error, "detail", "") or status.description)
        code = getattr(getattr(error, "detail", None), "code", None)
        if code is not None:
            problem["code"] = code
    return problem


def _pointers(detail: Any, pointer: str) -> Iterator[dict[str, str]]:
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from _pointers(value, pointer if key == "non_field_errors" else f"{pointer}/{key}")
    elif isinstance(detail, list):
        for index, value in enumerate(detail):
            yield from _pointers(value, pointer if isinstance(value, str) else f"{pointer}/{index}")
    else:
        yield {"pointer": pointer, "detail": str(detail), "code": getattr(detail, "code", "invalid")}
