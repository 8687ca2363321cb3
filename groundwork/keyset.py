"""Keyset pages and slices: page 1,000 costs what page 1 does, and a row that comes in meanwhile moves nothing."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.utils.translation import gettext as _

from groundwork.errors import Refusal

M = TypeVar("M", bound=Model)


class BadCursor(Refusal):
    """A cursor that this list never gave out."""

    code = "bad_cursor"

    def __init__(self, *, field: str | None = None) -> None:
        super().__init__(_("This page of the list cannot be found; start again from its first page."), field=field)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows in their order, with the cursors of the pages before and after, where there are any."""

    rows: list[M]
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Keyset:
    """An order in which no two rows share a place: by one key that is never null, then by the primary key.

    `key` is a field or annotation of the queryset ("pk" alone will do). Both parts run in the same direction, so that
    an index on the two serves any page.
    """

    key: str
    descending: bool = False

    @classmethod
    def of(cls, order: str) -> Keyset:
        """`Keyset.of("-recorded_at")` is newest first."""
        return cls(order.removeprefix("-"), descending=order.startswith("-"))

    def page(self, rows: QuerySet[M], *, size: int, after: str = "", before: str = "") -> Page[M]:
        """At most `size` rows next to a cursor, or from the start. One statement. Raises BadCursor.

        ImproperlyConfigured where the key may be null.
        """
        self._field(rows)
        backwards = bool(before)
        found = self._from(rows, before or after, backwards=backwards)[: size + 1]
        shown = list(found)
        more = len(shown) > size
        shown = shown[:size]
        if backwards:
            shown.reverse()
        has_previous, has_next = (more, True) if backwards else (bool(after), more)
        return Page(
            shown,
            previous=self.cursor(shown[0]) if shown and has_previous else None,
            next=self.cursor(shown[-1]) if shown and has_next else None,
        )

    def slices(self, rows: QuerySet[M], *, size: int = 500) -> Iterator[list[M]]:
        """All rows up to the one that is last now, each slice a statement of its own."""
        last = self._ordered(rows.select_related(None).prefetch_related(None), backwards=True).first()
        if last is None:
            return
        bounded = rows.exclude(self._beyond(rows, self.cursor(last), backwards=False))
        cursor: str | None = ""
        while cursor is not None:
            page = self.page(bounded, size=size, after=cursor)
            if page.rows:
                yield page.rows
            cursor = page.next

    def cursor(self, row: Model) -> str:
        """The place of a row, as text that a URL can carry."""
        place = f"{row.pk} {getattr(row, self.key)}"
        return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")

    def _from(self, rows: QuerySet[M], cursor: str, *, backwards: bool) -> QuerySet[M]:
        beyond = self._beyond(rows, cursor, backwards=backwards) if cursor else Q()
        return self._ordered(rows.filter(beyond), backwards=backwards)

    def _ordered(self, rows: QuerySet[M], *, backwards: bool) -> QuerySet[M]:
        sign = "-" if self.descending != backwards else ""
        keys = ["pk"] if self.key == "pk" else [self.key, "pk"]
        return rows.order_by(*(f"{sign}{key}" for key in keys))

    def _beyond(self, rows: QuerySet[M], cursor: str, *, backwards: bool) -> Q:
        value, pk = self._place(rows, cursor)
        side = "lt" if self.descending != backwards else "gt"
        further = Q(**{f"pk__{side}": pk})
        if self.key == "pk":
            return further
        # The first condition is implied by the second, but it is the one that an index can use.
        return Q(**{f"{self.key}__{side}e": value}) & (Q(**{f"{self.key}__{side}": value}) | further)

    def _place(self, rows: QuerySet[M], cursor: str) -> tuple[Any, Any]:
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            pk, _space, text = base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition(" ")
            value = self._field(rows).to_python(text)
            place = value, _model_field(rows, "pk").to_python(pk)
        except (ValueError, ArithmeticError, ValidationError) as error:
            raise BadCursor from error
        if "\0" in text or (isinstance(value, datetime.datetime) and value.tzinfo is None):
            raise BadCursor
        return place

    def _field(self, rows: QuerySet[M]) -> Field[Any, Any]:
        annotation = rows.query.annotations.get(self.key)
        if annotation is not None:
            output: Field[Any, Any] = annotation.output_field
            return output
        field = _model_field(rows, self.key)
        if field.null:
            raise ImproperlyConfigured(f"{self.key} may be null and leaves rows without a place; annotate a Coalesce.")
        return field


def _model_field(rows: QuerySet[M], name: str) -> Field[Any, Any]:
    options = rows.model._meta  # noqa: SLF001 - Django's documented name
    field = options.pk if name == "pk" else options.get_field(name)
    assert isinstance(field, Field)
    return field
