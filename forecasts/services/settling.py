"""What the desk settles about a forecast: its triage, who sees it, and when an open-ended one is looked at."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import Triage, Visibility
from forecasts.errors import ChangeRefused, ChangeTooLate
from forecasts.models import Forecast
from forecasts.reading.calendars import add_months
from forecasts.services import scorekeeping
from forecasts.services.changing import follow, is_graded, is_resolved, lock, reason
from forecasts.services.entries import YEARS_TO_ASSESSMENT
from sources.services import people


@transaction.atomic
def set_triage(
    forecast: Forecast, *, triage: str, by: User, why: str, at: datetime, version: int | None = None
) -> Forecast:
    """Let a forecast be gradable, in need of criteria, or an assessment; its Due follows.

    What was published as a forecast does not become an assessment, and once its last day has passed only an editor
    moves it from one side to the other. Raises ChangeRefused or Stale.
    """
    forecast = lock(forecast, version=version)
    if triage not in Triage.values:
        known = ", ".join(Triage.values)
        raise ChangeRefused(_("“%s” is none of: %s.") % (triage, known), field="triage")
    if triage == forecast.triage:
        return forecast
    why = reason(why)
    _check_triage(forecast, triage, by=by, at=at)
    values = {"triage": triage, "triage_reason": why, "assessment_on": _assessment_date(forecast, triage)}
    return _saved(forecast, values, by=by, why=why, at=at)


@transaction.atomic
def set_visibility(
    forecast: Forecast, *, visibility: str, by: User, why: str, at: datetime, version: int | None = None
) -> Forecast:
    """Keep a forecast for the desk, or let it be published; what an edition carries already is public at once.

    It cannot be hidden once its last day has passed or somebody has said what became of it, and what was published is
    an editor's to hide. One that becomes public after its outcome is known stays out of the public score. Raises
    ChangeRefused or Stale.
    """
    forecast = lock(forecast, version=version)
    if visibility not in Visibility.values:
        known = ", ".join(Visibility.values)
        raise ChangeRefused(_("“%s” is none of: %s.") % (visibility, known), field="visibility")
    if visibility == forecast.visibility:
        return forecast
    why = reason(why)
    if visibility == Visibility.PUBLIC:
        carried = forecast.judgements.of_the_desk().filter(article__released_at__isnull=False).exists()
        released_at = at if carried else None
        people.release([forecast.author] if carried else [], at=at)
    else:
        _check_hiding(forecast, by=by, at=at)
        released_at = None
    values = {"visibility": visibility, "released_at": released_at}
    return _saved(forecast, values, by=by, why=why, at=at)


@transaction.atomic
def move_assessment(
    forecast: Forecast, *, to: date, by: User, why: str, at: datetime, version: int | None = None
) -> Forecast:
    """Let an open-ended forecast be looked at on another day: an editor's, with a reason. Its Due follows.

    Raises ChangeRefused or Stale.
    """
    forecast = lock(forecast, version=version)
    if not by.may_publish:
        raise ChangeRefused(_("Only an editor moves the assessment date."), code="editors_change")
    if forecast.assessment_on is None or forecast.closes_on is not None:
        raise ChangeRefused(_("Only an open-ended forecast has an assessment date."), field="assessment_on")
    if to == forecast.assessment_on:
        return forecast
    why = reason(why)
    _refuse_where_said(forecast)
    if to < max(forecast.today(at=at), forecast.opens_on or to):
        message = _("Choose a day to come, after the window has opened.")
        raise ChangeRefused(message, field="assessment_on")
    return _saved(forecast, {"assessment_on": to}, by=by, why=why, at=at)


def hiding_refused(forecast: Forecast, *, by: User, at: datetime) -> ChangeRefused | None:
    """Why that user cannot keep the forecast for the desk; None where they can."""
    try:
        _check_hiding(forecast, by=by, at=at)
    except ChangeRefused as refusal:
        return refusal
    return None


def _saved(forecast: Forecast, values: dict[str, Any], *, by: User, why: str, at: datetime) -> Forecast:
    with pghistory.context(user=by.pk, why=why):
        Forecast.objects.filter(pk=forecast.pk).update(version=F("version") + 1, **values)
    forecast.refresh_from_db()
    scorekeeping.rescore([forecast.pk], why=why, at=at)
    follow(forecast, why="changed", at=at)
    return forecast


def _check_triage(forecast: Forecast, triage: str, *, by: User, at: datetime) -> None:
    _refuse_where_said(forecast)
    if Triage.ASSESSMENT not in (triage, forecast.triage):
        return
    if triage == Triage.ASSESSMENT and forecast.released_at is not None:
        message = _("It was published as a forecast, so it stays due. An editor can call it ungradable or void.")
        raise ChangeTooLate(message, field="triage", code="stays_due")
    if forecast.has_ended(on=forecast.today(at=at)) and not by.may_publish:
        message = _("Its last day has passed; only an editor decides now whether it is graded at all.")
        raise ChangeRefused(message, field="triage", code="editors_change")


def _refuse_where_said(forecast: Forecast) -> None:
    if is_resolved(forecast):
        raise ChangeTooLate(_("It is resolved. An editor can reopen it."), code="resolved")
    if is_graded(forecast):
        raise ChangeTooLate(_("Somebody has graded it; it stays as it was graded."), code="graded")


def _assessment_date(forecast: Forecast, triage: str) -> date | None:
    """An assessment has none; what has no end gets one as soon as it is to be graded."""
    if triage == Triage.ASSESSMENT or forecast.closes_on is not None or forecast.opens_on is None:
        return None
    return forecast.assessment_on or add_months(forecast.opens_on, 12 * YEARS_TO_ASSESSMENT) or forecast.opens_on


def _check_hiding(forecast: Forecast, *, by: User, at: datetime) -> None:
    if is_resolved(forecast) or is_graded(forecast) or forecast.resolutions.told().exists():
        message = _("What became of it is known, so it cannot be hidden any more.")
        raise ChangeTooLate(message, field="visibility", code="outcome_known")
    if forecast.has_ended(on=forecast.today(at=at)):
        message = _("Its last day has passed, so it cannot be hidden any more.")
        raise ChangeTooLate(message, field="visibility", code="outcome_known")
    if forecast.released_at is not None and not by.may_publish:
        message = _("It is published; only an editor takes it back to the desk.")
        raise ChangeRefused(message, field="visibility", code="editors_change")
