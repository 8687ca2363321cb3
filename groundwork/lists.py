"""List pages: one filter set for the page, its links and the CSV.

A view calls `list_view`. The filter lives in the URL; `?format=csv` downloads everything that it lets through. A page
costs one statement for its rows, one for the capped count, and what the queryset prefetches.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django_filters import FilterSet

from groundwork.keyset import BadCursor, Keyset

COUNTED: Final = 1000  # beyond this many, a list says how many it shows and not of how many
SLICE: Final = 500
_NOT_FILTERS: Final = ("after", "before", "format")
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the CSV: its heading and what a row has in it."""

    heading: str | Promise
    value: Callable[[Any], object]


def list_view(
    request: HttpRequest,
    *,
    queryset: QuerySet[Any],
    filterset_class: type[FilterSet],
    template: str,
    columns: Sequence[Column],
    order: str,
    name: str,
    page_size: int = 50,
    context: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """A page of the filtered queryset as HTML, or all of it as `name`.csv.

    `order` is one non-null field or annotation ("-recorded_at"); the primary key breaks its ties. An invalid filter
    shows its form with the errors and no rows. Raises BadRequest for a cursor that no list gave out.
    """
    filterset = filterset_class(request.GET, queryset=queryset, request=request)
    keyset = Keyset.of(order)
    valid: bool = filterset.is_valid()  # type: ignore[no-untyped-call]  # django-filter's stubs leave it so
    rows = filterset.qs if valid else queryset.none()
    if valid and request.GET.get("format") == "csv":
        return csv_response(keyset.slices(rows, size=SLICE), columns=columns, name=name)
    shown = _page(request, rows, keyset, page_size)
    return render(request, template, {"filter": filterset, **shown, **(context or {})})


def _page(request: HttpRequest, rows: QuerySet[Any], keyset: Keyset, size: int) -> dict[str, Any]:
    try:
        page = keyset.page(rows, size=size, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    except BadCursor as error:
        raise BadRequest(str(error.message)) from error
    return {
        "rows": page.rows,
        "shown": len(page.rows),
        "total": capped_count(rows),
        "previous_url": address(request, before=page.previous) if page.previous else "",
        "next_url": address(request, after=page.next) if page.next else "",
        "csv_url": address(request, format="csv"),
    }


def capped_count(rows: QuerySet[Any], *, cap: int = COUNTED) -> int | None:
    """How many rows there are; None where there are more than `cap`, which are not counted."""
    count = rows.order_by()[: cap + 1].count()
    return count if count <= cap else None


def address(request: HttpRequest, **place: str) -> str:
    """This list under the same filter, at another place of it."""
    query = request.GET.copy()
    for parameter in _NOT_FILTERS:
        query.pop(parameter, None)
    for parameter, value in place.items():
        query[parameter] = value
    return f"{request.path}?{query.urlencode()}"


# --- CSV ------------------------------------------------------------------------------------------------------------


class _Echo:
    """A file whose `write` hands back what it was given; csv's writer returns that."""

    def write(self, text: str) -> str:
        return text


def csv_response(slices: Iterator[Sequence[Any]], *, columns: Sequence[Column], name: str) -> StreamingHttpResponse:
    """The rows of all slices as a download, sent as they are read; UTF-8 without a byte-order mark."""
    response = StreamingHttpResponse(_lines(slices, columns), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(slices: Iterator[Sequence[Any]], columns: Sequence[Column]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow([str(column.heading) for column in columns])
    for rows in slices:
        yield "".join(writer.writerow([cell(column.value(row)) for column in columns]) for row in rows)


def cell(value: object) -> str:
    """A value as a spreadsheet may have it: days and instants (UTC) in ISO form, and no text that is a formula."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case Decimal():
            return f"{value.normalize():f}"
        case date() | int() | float():
            return str(value)
        case _:
            text = str(value)
            return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
