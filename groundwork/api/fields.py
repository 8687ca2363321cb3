"""Fields of the API's representations that DRF does not have, or has too lax."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from groundwork.references import LETTERS, parse, reference

_WHOLE_DAY: Final = len("2025-05-02")
_YEARS: Final = range(1800, 3000)  # leaves room for a day before and after, in any zone


class ReferenceField(serializers.Field[int, str, str, Any]):
    """A public reference (`F-1042`) outside, the primary key inside."""

    default_error_messages = {"no_reference": _("{error}")}

    def __init__(self, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    def to_representation(self, value: int) -> str:
        return reference(self.kind, value)

    def to_internal_value(self, data: Any) -> int:
        try:
            return parse(self.kind, data if isinstance(data, str) else repr(data))
        except ValueError as error:
            self.fail("no_reference", error=error)


class ReferenceScheme(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # registers itself
    target_class = ReferenceField
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        letter = LETTERS[self.target.kind]
        return {"type": "string", "pattern": f"^{letter}-[1-9][0-9]{{0,17}}$", "example": f"{letter}-1042"}


class Day(serializers.DateField):
    """A day as `2025-05-02` and in no other form; its zone stands beside it."""

    default_error_messages = {"year": _("The year lies between 1800 and 2999.")}

    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str) or len(value) != _WHOLE_DAY:
            self.fail("invalid", format="YYYY-MM-DD")
        day = super().to_internal_value(value)
        if day.year not in _YEARS:
            self.fail("year")
        return day


class Instant(serializers.DateTimeField):
    """An instant in UTC: `2025-05-02T14:05:00Z`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, **kwargs)


@extend_schema_field({"type": "number", "format": "double", "minimum": 0, "maximum": 1})
class Probability(serializers.Field[float, float, float, Any]):
    """A chance from 0 to 1: a JSON number, never a string; 0.0 is a probability like any other."""

    default_error_messages = {
        "no_number": _("A probability is a JSON number."),
        "range": _("A probability lies between 0 and 1."),
    }

    def to_representation(self, value: float) -> float:
        return float(value)

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("no_number")
        if not 0 <= data <= 1:
            self.fail("range")
        return float(data)


@extend_schema_field({"type": "number", "minimum": 0, "maximum": 9_999_999_999_999})
class Figure(serializers.Field[Decimal, Decimal, float, Any]):
    """A count in the unit of its series: a JSON number, whole where it is whole."""

    default_error_messages = {
        "no_number": _("A figure is a JSON number."),
        "range": _("A count lies between 0 and 10 trillion."),
    }

    def to_representation(self, value: Decimal) -> float:
        return int(value) if value == value.to_integral_value() else float(value)

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool) or not isinstance(data, int | float) or not math.isfinite(data):
            self.fail("no_number")
        if not 0 <= data < 10**13:
            self.fail("range")
        return Decimal(str(data)).quantize(Decimal("0.01"))


class Word(serializers.ChoiceField):
    """One of some words; null where none was given."""

    def __init__(self, choices: Any, *, optional: bool = False, **kwargs: Any) -> None:
        super().__init__(choices=getattr(choices, "choices", choices), allow_null=optional, **kwargs)

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(value) or None


class Text(serializers.CharField):
    """A text; null where it is empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value: Any) -> Any:
        return str(value) or None


class TopicSlugs(serializers.ListField):
    """The slugs of topics that were prefetched."""

    child = serializers.SlugField()

    def to_representation(self, data: Any) -> list[str]:
        return [topic.slug for topic in data.all()]


class Input(serializers.Serializer[Any]):
    """What a client sends. A field that nobody asked for is an error: it is most often a misspelt one."""

    default_error_messages = {"unknown_field": _("There is no such field.")}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = [name for name in data if name not in self.fields]
            if unknown:
                message = self.error_messages["unknown_field"]
                error = serializers.ErrorDetail(str(message), "unknown_field")
                raise serializers.ValidationError({name: [error] for name in unknown})
        return super().to_internal_value(data)
