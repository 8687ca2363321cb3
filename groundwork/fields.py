"""Form fields that several apps use."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """The browser's date field; a plain one for what is no date, so that it stays as it was typed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not _is_day(shown):
            context["widget"]["type"] = "text"
        return context


class DayField(forms.DateField):
    """A day, written as YYYY-MM-DD."""

    widget = DayInput

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            message = _("“%(value)s” is no day of the calendar. Write it as YYYY-MM-DD.")
            raise ValidationError(message, code="no_day", params={"value": value}) from error


class WordsField(forms.CharField):
    """Several words or names with commas between them, as a tuple; empty ones are passed over."""

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else ", ".join(map(str, value))

    def clean(self, value: Any) -> tuple[str, ...]:
        words = super().clean(value).split(",")
        return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
