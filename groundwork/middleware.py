"""Pages for what Django answers with a status alone."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve


class ExplainWrongMethod:
    """Gives an empty 405 a page that says what happened and leads back. The API explains its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not _is_bare(response) or not request.accepts("text/html"):
            return response
        page = render(request, "405.html", {"back_url": page_above(request.path)}, status=response.status_code)
        page["Allow"] = response["Allow"]
        return page


def page_above(path: str) -> str:
    """The nearest address above that path that the site knows; empty where there is none but the root."""
    parts = path.strip("/").split("/")
    for count in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:count])}/"
        if _is_known(above):
            return above
    return ""


def _is_known(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _is_bare(response: HttpResponseBase) -> bool:
    if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not isinstance(response, HttpResponse):
        return False
    return not response.content and response.has_header("Allow")
