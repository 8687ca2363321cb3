"""How a forecast's wording and criteria came to be what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from django.apps import apps

from accounts.models import User
from forecasts.models import CRITERIA_FIELDS, Forecast

# In the order in which a reader wants them.
TRACKED: Final = (
    *("statement", "event", "opens_on", "closes_on", "assessment_on", "shape", "condition"),
    *CRITERIA_FIELDS,
    *("triage", "triage_reason", "visibility"),
)


@dataclass(frozen=True, kw_only=True)
class Version:
    """What the forecast said from one moment on: the fields of TRACKED by name; by whom and why it came to that."""

    number: int
    at: datetime
    by: User | None
    why: str
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change: when, by whom, why, and each field's name with what it was and what it became."""

    at: datetime
    by: User | None
    why: str
    fields: list[tuple[str, Any, Any]]


def versions(forecast: Forecast) -> Sequence[Version]:
    """What the forecast has said since it was logged, oldest first; two queries."""
    events = apps.get_model("forecasts", "ForecastEvent").objects.filter(pgh_obj_id=forecast.pk)
    rows = list(events.select_related("pgh_context").order_by("pgh_created_at", "pgh_id"))
    people = User.objects.in_bulk({_context(row).get("user") for row in rows} - {None})
    found: list[Version] = []
    for row in rows:
        values = {name: getattr(row, name) for name in TRACKED}
        if found and values == found[-1].values:
            continue
        context = _context(row)
        by = people.get(context.get("user") or 0)
        why = context.get("why", "")
        found.append(Version(number=len(found) + 1, at=row.pgh_created_at, by=by, why=why, values=values))
    return found


def changes(of: Sequence[Version]) -> list[Change]:
    """What each version but the first changed, newest first."""
    return [_change(before, after) for before, after in reversed(list(pairwise(of)))]


def field_name(name: str) -> str:
    """How a reader knows that field."""
    return str(Forecast._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001 - public in all but name


def shown(name: str, value: Any) -> Any:
    """A field's value in words, where it is one of several choices."""
    choices = dict(getattr(Forecast._meta.get_field(name), "flatchoices", ()))  # noqa: SLF001 - public in all but name
    return choices.get(value, value)


def _change(before: Version, after: Version) -> Change:
    fields = [
        (field_name(name), shown(name, before.values[name]), shown(name, after.values[name]))
        for name in TRACKED
        if before.values[name] != after.values[name]
    ]
    return Change(at=after.at, by=after.by, why=after.why, fields=fields)


def _context(row: Any) -> dict[str, Any]:
    return row.pgh_context.metadata if row.pgh_context is not None else {}
