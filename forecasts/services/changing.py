"""Changing what a forecast says, as long as nobody else relies on it; and letting its Due follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, Final

import pghistory
from django.db import transaction
from django.db.models import F
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.notifying import LONGEST_TEXT
from forecasts.choices import Line, Triage
from forecasts.errors import ChangeRefused, ForecastRefused, Stale, WordingClosed
from forecasts.models import CRITERIA_FIELDS, Due, Forecast, Resolution
from forecasts.services import following
from forecasts.services.due import arm_again, clear_due
from forecasts.services.entries import Criteria, Wording, check_lengths, completed
from groundwork.marks import day_text

LONGEST_REASON: Final = 300


@dataclass(frozen=True, kw_only=True)
class Revision:
    """What a forecast says of its event, as it shall be."""

    event: str
    opens_on: date | None
    closes_on: date | None
    shape: str
    condition: str
    criteria: Criteria


def revision_of(forecast: Forecast) -> Revision:
    """The forecast as it stands."""
    criteria = Criteria(**{each.name: getattr(forecast, each.name) for each in fields(Criteria)})
    own = {each.name: getattr(forecast, each.name) for each in fields(Revision) if each.name != "criteria"}
    return Revision(criteria=criteria, **own)


def lock(forecast: Forecast, *, version: int | None = None) -> Forecast:
    """The forecast as it stands now, locked until the transaction ends. Raises Stale where it is past `version`."""
    rows = Forecast.objects.kept().select_for_update(no_key=True, of=("self",)).select_related("author")
    locked = rows.get(pk=forecast.pk)
    if version is not None and locked.version != version:
        raise Stale(_("Somebody has changed this forecast meanwhile. Look at it again before you save."))
    return locked


def reason(why: str) -> str:
    """The reason as it is kept. Raises ChangeRefused where there is none, or one that is too long."""
    why = " ".join(why.split())
    if not why:
        raise ChangeRefused(_("Say why; it is kept with the forecast’s history."), field="why")
    if len(why) > LONGEST_REASON:
        raise ChangeRefused(_("At most %d characters fit here.") % LONGEST_REASON, field="why")
    return why


def is_resolved(forecast: Forecast) -> bool:
    """Whether something is held to have become of it."""
    return Resolution.objects.standing().filter(forecast=forecast).exists()


def is_graded(forecast: Forecast) -> bool:
    """Whether somebody has graded it in this round; what they said is nobody's business here."""
    return forecast.grades.filter(round=forecast.grading_round, retracted_at__isnull=True).exists()


def wording_closed(forecast: Forecast, *, at: datetime) -> WordingClosed | None:
    """Why event, window and criteria stay as they are; None while they may still change.

    They may until the forecast is published, until somebody else than its author judges it, and until its last day
    has passed, whichever comes first.
    """
    if forecast.released_at is not None:
        return WordingClosed(_("It was published with this wording; another one would be a new forecast."))
    if forecast.has_ended(on=forecast.today(at=at)):
        assert forecast.ends_on is not None
        message = _("Its last day was %s; another wording would be a new forecast.")
        return WordingClosed(message % day_text(forecast.ends_on))
    if is_resolved(forecast):
        return WordingClosed(_("It is resolved; what it was resolved by stays."))
    if is_graded(forecast):
        return WordingClosed(_("Somebody has graded it by what it says; that stays."))
    if forecast.judgements.exclude(line=Line.PERSONAL, forecaster=forecast.author_id).exists():
        return WordingClosed(_("Others have judged it as it is; another wording would be a new forecast."))
    return None


@transaction.atomic
def change_wording(
    forecast: Forecast, *, to: Revision, by: User, why: str, at: datetime, version: int | None = None
) -> Forecast:
    """Let a forecast say something else. What is the same as before leaves no trace.

    Raises WordingClosed once others rely on it, Stale where somebody was faster, ForecastRefused with the field to
    blame, and ChangeRefused without a reason.
    """
    forecast = lock(forecast, version=version)
    if to == revision_of(forecast):
        return forecast
    if closed := wording_closed(forecast, at=at):
        raise closed
    why = reason(why)
    values = revised(forecast, to)
    if values["closes_on"] != forecast.closes_on and values["closes_on"] is not None:
        _check_not_over(values["closes_on"], on=forecast.today(at=at))
    if to.criteria != revision_of(forecast).criteria:
        values |= _new_criteria(to.criteria, by=by, at=at)
    with pghistory.context(user=by.pk, why=why):
        Forecast.objects.filter(pk=forecast.pk).update(version=F("version") + 1, **values)
    what = _what_changed(forecast, values)
    forecast.refresh_from_db()
    follow(forecast, why="changed", at=at)
    told = _("%(who)s has changed %(forecast)s: %(what)s") % {"who": by, "forecast": forecast.reference, "what": what}
    told = Truncator(told).chars(LONGEST_TEXT)
    following.tell_concerned(forecast, kind=following.WORDING, text=told, by=by, at=at)
    return forecast


def _what_changed(forecast: Forecast, values: Mapping[str, Any]) -> str:
    """Each field with what it said and says: “closes on: 2 May 2025 → 3 May 2025”."""
    names = [*(each.name for each in fields(Revision) if each.name != "criteria"), *CRITERIA_FIELDS]
    both = [(name, getattr(forecast, name), values[name]) for name in names if name in values]
    return "; ".join(f"{_name_of(name)}: {_in_words(old)} → {_in_words(new)}" for name, old, new in both if old != new)


def _name_of(name: str) -> str:
    return str(Forecast._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001 - public in all but name


def _in_words(value: Any) -> str:
    return day_text(value) if isinstance(value, date) else str(value or "–")


def revised(forecast: Forecast, to: Revision) -> dict[str, Any]:
    """The columns of a forecast that says that, with what follows from it: assessment date and horizon.

    Raises ForecastRefused, with the field to blame.
    """
    if forecast.event and not to.event.strip():
        raise ForecastRefused(_("Say what would be seen to happen."), field="event")
    same_window = (to.opens_on, to.closes_on) == (forecast.opens_on, forecast.closes_on)
    assessment_on = forecast.assessment_on
    if assessment_on is not None and to.opens_on is not None:
        assessment_on = max(assessment_on, to.opens_on)
    wording = completed(
        Wording(
            statement=forecast.statement,
            made_on=forecast.made_on,
            assessment_on=assessment_on,
            horizon=forecast.horizon if same_window else "",
            triage=forecast.triage,
            **(asdict(to) | {"criteria": to.criteria, "event": to.event.strip()}),
        )
    )
    check_lengths(Forecast, {"condition": to.condition}, ForecastRefused)
    names = ("event", "opens_on", "closes_on", "shape", "condition", "assessment_on", "horizon")
    return {name: getattr(wording, name) for name in names}


def follow(forecast: Forecast, *, why: str, at: datetime) -> None:
    """Let the forecast's Due follow a new window or triage: cleared where it no longer holds, armed where it does.

    Whoever it was assigned to keeps it. Within the caller's transaction.
    """
    due = Due.objects.waiting().filter(forecast=forecast).first()
    if due is not None and (due.due_on != forecast.due_on or forecast.triage == Triage.ASSESSMENT):
        clear_due(forecast, why=why, at=at)
    if forecast.triage == Triage.ASSESSMENT or is_resolved(forecast):
        return
    arm_again(forecast, at=at)
    if due is not None and due.assignee_id is not None:
        again = Due.objects.waiting().filter(forecast=forecast, assignee=None)
        again.update(assignee=due.assignee_id, assigned_by=due.assigned_by_id, assigned_at=due.assigned_at)


def _check_not_over(closes_on: date, *, on: date) -> None:
    if closes_on < on:
        message = _("A window that is over already foretells nothing. If the text says so, propose a correction.")
        raise ForecastRefused(message, field="closes_on")


def _new_criteria(criteria: Criteria, *, by: User, at: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {each.name: getattr(criteria, each.name) for each in fields(criteria)}
    signed = (by, at) if criteria else (None, None)
    return values | {"criteria_by": signed[0], "criteria_at": signed[1], "criteria_retroactive": False}
