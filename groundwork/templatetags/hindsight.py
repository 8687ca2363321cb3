"""Template tags for what every page shows: bands, outcomes, windows, days and numbers."""

from datetime import date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django import forms, template
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from groundwork import horizon, marks

register = template.Library()


@register.simple_tag
def band(low: marks.Number | None, high: marks.Number | None, low_open: bool = False, high_open: bool = False) -> str:
    """A band in per cent, as `marks.band_text` words it."""
    return marks.band_text(low, high, low_open=low_open, high_open=high_open)


@register.simple_tag
def probability(value: marks.Number | None) -> str:
    """A probability in per cent, "no number" for None."""
    return marks.probability_text(value)


@register.inclusion_tag("components/outcome_mark.html")
def outcome_mark(outcome: str | None, *, word: bool = True, overdue: bool = False) -> dict[str, Any]:
    """An outcome as mark and word; with `word=False` only those who cannot see the mark get the word."""
    return {"mark": marks.outcome_mark(outcome, overdue=overdue), "word": word}


@register.inclusion_tag("components/horizon_strip.html")
def horizon_strip(opens: date, closes: date | None, today: date, outcome: str | None = None) -> dict[str, Any]:
    """A window, today and the outcome as a drawing for a table row, with the same in words as its name."""
    return {
        "strip": horizon.strip(opens, closes, today),
        "sentence": horizon.sentence(opens, closes, today, outcome),
        "mark": marks.outcome_mark(outcome),
        "last": horizon.LAST,
    }


@register.simple_tag
def day(value: date | None, tz: str | tzinfo | None = None) -> SafeString | str:
    """A day in a <time> element: 2 May 2025. A moment falls on its day in `tz` or the current zone; `tz` is named."""
    if value is None:
        return ""
    local = _local(value, tz).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>{}', local.isoformat(), marks.day_text(local), _zone(tz))


@register.simple_tag
def instant(value: datetime | None, tz: str | tzinfo | None = None) -> SafeString | str:
    """A moment in a <time> element, to the minute and with the name of its zone: 2 May 2025, 14:05 UTC."""
    if value is None:
        return ""
    local = _local(value, tz)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), date_format(local, "j F Y, H:i T"))


@register.simple_tag
def number(value: marks.Number | None) -> str:
    """A number with its thousands apart: 14,000. A dash for None."""
    return "–" if value is None else number_format(value, force_grouping=True)


@register.filter
def breakable(address: str) -> SafeString:
    """An e-mail address that breaks before its @, where it has to break."""
    person, at, host = address.rpartition("@")
    return format_html("{}<wbr>{}{}", person, at, host)


@register.simple_tag(takes_context=True)
def nav_link(
    context: template.Context, route: str, label: str, css_class: str = "", key: str = "", exact: bool = False
) -> SafeString | str:
    """A link to a named route, marked as current on it and, unless `exact`, below it; nothing where there is none.

    A page that lies elsewhere and belongs there names that route as its `section`.
    """
    try:
        url = reverse(route)
    except NoReverseMatch:
        return ""
    request = context.get("request")
    below = url != "/" and not exact
    at = request is not None and (request.path == url or (below and request.path.startswith(url)))
    here = at or context.get("section") == route
    return format_html(
        '<a href="{}"{}{}{}>{}</a>',
        url,
        format_html(' class="{}"', css_class) if css_class else "",
        format_html(' data-key="{}"', key) if key else "",
        SafeString(' aria-current="page"') if here else "",
        label,
    )


@register.simple_tag
def narrowed_to(form: forms.BaseForm) -> list[str]:
    """What the form of a filter asks for, each as "label: value" in words; nothing of a form that cannot be read."""
    given = getattr(form, "cleaned_data", {}) if form.is_valid() else {}
    fields = ((form[name], value) for name, value in given.items() if value not in (None, "", []))
    return [f"{field.label}: {_asked(field, value)}" for field, value in fields]


def _asked(field: forms.BoundField, value: Any) -> str:
    if isinstance(value, date):
        return marks.day_text(value)
    if isinstance(value, list):
        return ", ".join(_asked(field, each) for each in value)
    if isinstance(field.field, forms.ChoiceField) and not isinstance(field.field, forms.ModelChoiceField):
        choices: Any = field.field.choices
        return next((str(label) for each, label in choices if each == value), str(value))
    return str(value) if isinstance(value, models.Model) else str(field.data)


def _local(moment: datetime, tz: str | tzinfo | None) -> datetime:
    return timezone.localtime(moment, ZoneInfo(tz) if isinstance(tz, str) else tz)


def _zone(tz: str | tzinfo | None) -> SafeString | str:
    return format_html(' <span class="zone">{}</span>', str(tz)) if tz else ""
