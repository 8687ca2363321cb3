"""Form fields for what things are about."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.forms import CharField
from django.utils.translation import gettext_lazy as _

from groundwork.fields import WordsField
from sources.importing.countries import UnknownCountry, country_codes

LONGEST_TOPIC: Final = 60


class TopicsField(WordsField):
    """Topics by name, as a tuple; new ones are made when the record is stored."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {"label": _("Topics"), "required": False}
        defaults["help_text"] = _("With commas between them.")
        super().__init__(**(defaults | options))

    def clean(self, value: Any) -> tuple[str, ...]:
        topics = tuple(dict.fromkeys(topic.lstrip("#").strip() for topic in super().clean(value)))
        for topic in topics:
            if len(topic) > LONGEST_TOPIC:
                message = _("“%(topic)s” is longer than a topic may be (60 characters).")
                raise ValidationError(message, code="long_topic", params={"topic": topic})
        return tuple(filter(None, topics))


class CountriesField(WordsField):
    """Countries by name or code, as a tuple of ISO 3166 codes of two letters."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {"label": _("Countries"), "required": False}
        defaults["help_text"] = _("Names or two-letter codes: Sudan, UA.")
        super().__init__(**(defaults | options))

    def clean(self, value: Any) -> tuple[str, ...]:
        try:
            return tuple(country_codes(CharField.clean(self, value)))
        except UnknownCountry as unknown:
            message = _("“%(name)s” is no country in ISO 3166. Write its English name or its two letters.")
            raise ValidationError(message, code="no_country", params={"name": unknown.name}) from unknown
