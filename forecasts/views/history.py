"""How a forecast's wording and criteria came to be what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from django.apps import apps

from accounts.models import User
from forecasts.models import CRITERIA_FIELDS, Forecast

_WINDOW: Final = ("opens_on", "closes_on", "assessment_on")
_WORDING: Final = ("statement", "event", "shape", "triage", "triage_reason", "condition", "visibility")
TRACKED: Final = frozenset({*_WORDING, *_WINDOW, *CRITERIA_FIELDS})


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change: when, by whom, why, and each field's name with what it was and what it became."""

    at: datetime
    by: User | None
    why: str
    fields: list[tuple[str, Any, Any]]


def history(forecast: Forecast) -> list[Change]:
    """The changes since the forecast was logged, newest first; two queries."""
    events = apps.get_model("forecasts", "ForecastEvent").objects.filter(pgh_obj_id=forecast.pk)
    rows = list(events.select_related("pgh_context").order_by("pgh_created_at", "pgh_id"))
    people = User.objects.in_bulk({_context(row).get("user") for row in rows[1:]} - {None})
    changes = [_change(before, after, people) for before, after in pairwise(rows)]
    return [change for change in reversed(changes) if change.fields]


def _change(before: Any, after: Any, people: dict[int, User]) -> Change:
    context = _context(after)
    fields = [
        (str(field.verbose_name), getattr(before, field.name), getattr(after, field.name))
        for field in Forecast._meta.fields  # noqa: SLF001 - public in all but name
        if field.name in TRACKED and getattr(before, field.name) != getattr(after, field.name)
    ]
    by = people.get(context.get("user") or 0)
    return Change(at=after.pgh_created_at, by=by, why=context.get("why", ""), fields=fields)


def _context(row: Any) -> dict[str, Any]:
    return row.pgh_context.metadata if row.pgh_context is not None else {}
