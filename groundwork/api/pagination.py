"""Keyset pages of the API's lists."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from groundwork.api.problems import ParameterError
from groundwork.keyset import BadCursor, Keyset, Page

PARAMETERS: Final = {
    "after": _("Cursor: the rows after it. Follow `next` rather than making one."),
    "before": _("Cursor: the rows before it. Follow `previous` rather than making one."),
    "page_size": _("Rows on a page, 50 unless told, at most 200."),
}


class KeysetPagination(BasePagination):
    """`next` and `previous` are addresses, null at the ends. The view names its order in `ordering`."""

    page_size = 50
    max_page_size = 200
    display_page_controls = False

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        place = {name: request.query_params.get(name, "") for name in ("after", "before")}
        if all(place.values()):
            raise ParameterError("before", _("Give “after” or “before”, not both."))
        try:
            self.page: Page[Any] = Keyset.of(view.ordering).page(queryset, size=self.size(request), **place)
        except BadCursor as error:
            raise ParameterError("before" if place["before"] else "after", error.message, code=error.code) from error
        self.address = request.build_absolute_uri()
        return self.page.rows

    def size(self, request: Request) -> int:
        text = request.query_params.get("page_size", str(self.page_size))
        if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= self.max_page_size):
            raise ParameterError("page_size", _("A whole number from 1 to 200."))
        return int(text)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self._at("after"), "previous": self._at("before"), "results": data})

    def _at(self, parameter: str) -> str | None:
        cursor = self.page.next if parameter == "after" else self.page.previous
        if cursor is None:
            return None
        bare = remove_query_param(remove_query_param(self.address, "after"), "before")
        return replace_query_param(bare, parameter, cursor)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": address, "previous": address, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        number = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": str(description),
                "schema": number if name == "page_size" else {"type": "string"},
            }
            for name, description in PARAMETERS.items()
        ]
