"""Filters that several lists share. A filter set serves the page, the CSV and the API alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, Filter, FilterSet

from groundwork.references import parse

CONTAINS: Final = _("Contains")
COUNTRY: Final = _("Country")
Visible = Callable[[Any], QuerySet[Any]]


class DayFilter(DateFilter):
    """A day in ISO form, with the browser's own date field on the page."""

    def __init__(self, field_name: str, lookup_expr: str, *, label: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        wrong = {"invalid": _("A day, as YYYY-MM-DD.")}
        super().__init__(
            field_name, lookup_expr, label=label, widget=widget, input_formats=["%Y-%m-%d"], error_messages=wrong
        )


class WordFilter(ChoiceFilter):
    """One of some words, or any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"empty_label": _("any"), **kwargs})


class SearchFilter(CharFilter):
    """Rows that contain a text in one of some fields, in either case."""

    def __init__(self, *fields: str, label: Any = CONTAINS) -> None:
        self.fields = fields
        super().__init__(label=label, max_length=200)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        return qs.filter(reduce(or_, [Q(**{f"{field}__icontains": value}) for field in self.fields]))


class CountryFilter(CharFilter):
    """Rows about a country, by its two letters (ISO 3166), in either case."""

    def __init__(self, field_name: str = "countries", *, label: Any = COUNTRY) -> None:
        super().__init__(field_name, label=label, min_length=2, max_length=2)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__contains": [value.upper()]}) if value else qs


class ReferenceField(forms.CharField):
    """Accepts `A-12`; gives the number."""

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse(self.kind, text)
        except ValueError as error:
            # As a parameter: what was sent may hold a percent sign, which a message would be read for.
            raise ValidationError("%(why)s", params={"why": str(error)}, code="no_reference") from error


class VisibleFilter(Filter):
    """Rows that point at a record which the viewer may see; pointing at a hidden one is no way to find out about it.

    `visible` gives the records of a viewer.
    """

    parent: FilterSet

    def __init__(self, field_name: str, *, visible: Visible, **kwargs: Any) -> None:
        self.visible = visible
        super().__init__(field_name, **kwargs)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value in (None, ""):
            return qs
        return qs.filter(**{f"{self.field_name}__in": self.records(value).values("pk")})

    def records(self, value: Any) -> QuerySet[Any]:
        """The records that are meant, as far as the viewer may see them."""
        return self.visible(self.parent.request.user).filter(self.condition(value))

    def condition(self, value: Any) -> Q:
        raise NotImplementedError


class ReferenceFilter(VisibleFilter, CharFilter):
    """Rows that point at the record with that reference."""

    field_class = ReferenceField

    def __init__(self, field_name: str, *, kind: str, visible: Visible, label: Any) -> None:
        super().__init__(field_name, visible=visible, label=label, kind=kind)

    def condition(self, value: int) -> Q:
        return Q(pk=value)


class ReferenceOrNameFilter(VisibleFilter, CharFilter):
    """Rows that point at a record by its reference, or by a part of its name."""

    def __init__(self, field_name: str, *, kind: str, visible: Visible, label: Any) -> None:
        self.kind = kind
        super().__init__(field_name, visible=visible, label=label, max_length=200)

    def condition(self, value: str) -> Q:
        try:
            return Q(pk=parse(self.kind, value))
        except ValueError:
            return Q(name__icontains=value)
