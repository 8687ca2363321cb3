"""What a forecast's page shows of its life: what may still change, what was clarified, what waits to be confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import CorrectionState
from forecasts.forms.chances import term_label
from forecasts.models import Clarification, Correction, DateCorrection, Forecast
from forecasts.reading.named_days import names_another_day
from forecasts.services.changing import wording_closed
from forecasts.services.correcting import DAYS, JUDGEMENT, as_value
from forecasts.services.leaving import owner_of
from forecasts.services.scores import became_public_too_late
from forecasts.views.history import Change, Version, changes, field_name, shown
from forecasts.yardsticks.scales import get
from groundwork.marks import band_text, day_text, percent_text


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Corrections that one person proposed together, and what a second one said to them."""

    first: Correction
    fields: list[tuple[str, str, str]]
    new: Mapping[str, str]

    @property
    def is_open(self) -> bool:
        return self.first.state == CorrectionState.PROPOSED

    @property
    def is_of_the_date(self) -> bool:
        """Whether it is a part of a new date of publication, which is decided as a whole."""
        return self.first.batch_id is not None

    @property
    def other_day(self) -> date | None:
        """A day that the event would name, where the window would end on another."""
        if "closes_on" not in self.new:
            return None
        event = self.new.get("event", self.first.forecast.event)
        return names_another_day(event, as_value("closes_on", self.new["closes_on"]))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the history: exactly one of the three is set."""

    at: datetime
    change: Change | None = None
    clarification: Clarification | None = None
    proposal: Proposal | None = None


def life_of(forecast: Forecast, versions: Sequence[Version], *, user: User, at: datetime) -> dict[str, Any]:
    """What `life_*.html` show, of a forecast from `forecast_for`; the same few queries whatever happened."""
    clarifications = list(forecast.clarifications.all())
    proposals = proposals_of(forecast.corrections.select_related("proposed_by", "decided_by"))
    resolution = forecast.standing_resolutions[0] if forecast.standing_resolutions else None
    return {
        "closed": wording_closed(forecast, at=at),
        "waiting": [each for each in proposals if each.is_open and not each.is_of_the_date],
        "date_waiting": _date_waiting(forecast),
        "assessment_dates": _assessment_dates(versions),
        "belongs_to_the_desk": owner_of(forecast) is None and forecast.author.user_id is not None,
        "too_late": resolution is not None and became_public_too_late(forecast, resolution),
        "may_move": user.may_publish and forecast.assessment_on is not None and resolution is None,
        "entries": _entries(changes(versions), clarifications, proposals),
    }


def proposals_of(rows: Iterable[Correction]) -> list[Proposal]:
    """Corrections as they were proposed, newest first."""
    ordered = sorted(rows, key=lambda row: (*_together(row), row.pk))
    together = groupby(ordered, key=_together)
    found = [list(group) for _key, group in together]
    return [
        Proposal(
            first=group[0],
            fields=[(_name(row), in_words(row, row.old), in_words(row, row.new)) for row in group],
            new={row.field: row.new for row in group},
        )
        for group in reversed(found)
    ]


def _together(row: Correction) -> tuple[datetime, int, int, str]:
    return row.proposed_at, row.proposed_by_id, row.batch_id or 0, row.state


def in_words(row: Correction, text: str) -> str:
    """What a correction keeps of a field's value, as people read it."""
    if row.field.startswith(JUDGEMENT):
        return _chance(json.loads(text))
    if not text:
        return ""
    value = as_value(row.field, text)
    return day_text(value) if row.field in DAYS else str(shown(row.field, value))


def _name(row: Correction) -> str:
    return _("judgement") if row.field.startswith(JUDGEMENT) else field_name(row.field)


def _chance(said: dict[str, Any]) -> str:
    parts = []
    if said["term"]:
        word = term_label(get(said["yardstick"]).term(said["term"]))
        parts.append(_("not %s") % word if said["negated"] else word)
    elif said["low"] is not None or said["high"] is not None:
        parts.append(band_text(said["low"], said["high"]))
    if said["probability"] is not None:
        parts.append(f"{percent_text(said['probability'])} %")
    return ", ".join(parts) or _("no probability")


def _date_waiting(forecast: Forecast) -> DateCorrection | None:
    if forecast.article_id is None:
        return None
    return DateCorrection.objects.filter(article=forecast.article_id, state=CorrectionState.PROPOSED).first()


def _assessment_dates(versions: Sequence[Version]) -> tuple[date, date] | None:
    """The first and the last assessment date, where it was moved."""
    days = [each.values["assessment_on"] for each in versions if each.values["assessment_on"]]
    return (days[0], days[-1]) if days and days[0] != days[-1] else None


def _entries(
    made: Sequence[Change], clarifications: Sequence[Clarification], proposals: Sequence[Proposal]
) -> list[Entry]:
    entries = [Entry(at=each.at, change=each) for each in made]
    entries += [Entry(at=each.at, clarification=each) for each in clarifications]
    entries += [Entry(at=each.first.proposed_at, proposal=each) for each in proposals]
    return sorted(entries, key=lambda each: each.at, reverse=True)
