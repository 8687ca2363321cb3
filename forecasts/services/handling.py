"""Seeing to what is due by hand: giving it to somebody, putting it off, waking it again. Each act stays on the Due."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import notifying
from forecasts.choices import DueStep
from forecasts.errors import DueRefused, NotDue
from forecasts.models import Due, DueChange, Forecast
from forecasts.models.grading import LONGEST_SNOOZE
from forecasts.services.involvement import authors, criteria_writers
from forecasts.services.verdicts import hindrance
from groundwork.marks import day_text

ASSIGNED: Final = "assigned"
LONGEST_REASON: Final = 300
_PEOPLE: Final = ("assignee", "assigned_by", "snoozed_by")
# What of a forecast keeps somebody from ever grading it; anything else that hinders now can be mended.
_FOR_GOOD: Final = frozenset({"own_forecast", "own_criteria"})


def due_of(forecast: Forecast) -> Due | None:
    """What is open about that forecast and waits for its first grade; None where nothing is."""
    return Due.objects.ungraded().filter(forecast=forecast).select_related(*_PEOPLE).first()


def locked(forecast: Forecast, *, by: User) -> Due:
    """What is open about that forecast and waits for its first grade, its row locked. Raises NotDue and DueRefused."""
    if not by.may_grade:
        raise DueRefused(_("Only whoever may grade sees to what is due."), code="not_yours")
    due = Due.objects.ungraded().select_for_update(of=("self",), no_key=True).filter(forecast=forecast).first()
    if due is None:
        raise NotDue(_("%s does not wait for its first grade, or not any more.") % forecast.reference)
    return due


@transaction.atomic
def assign(forecast: Forecast, *, to: User | None, by: User, at: datetime) -> Due:
    """Give what is due to somebody, or to nobody, by hand; the rule then leaves it there. Who gets it is told.

    Raises NotDue, and DueRefused for somebody who cannot grade it.
    """
    due = locked(forecast, by=by)
    if to is not None:
        _check_assignee(forecast, to)
    if due.assignee_id == (to.pk if to else None) and due.assigned_at is not None:
        return due
    due.assignee, due.assigned_by, due.assigned_at = to, by, at
    due.reminded_at = at if to is not None else None  # who gets it is told below, the editors are by the next reminder
    due.save(update_fields=["assignee", "assigned_by", "assigned_at", "reminded_at"])
    DueChange.objects.create(due=due, step=DueStep.ASSIGNED, assignee=to, by=by, at=at)
    notifying.settle([key_of(forecast)], at=at)
    if to is not None and to.pk != by.pk:
        told = _("%(who)s has given %(forecast)s to you to grade.") % {"who": by, "forecast": forecast.reference}
        url = forecast.get_absolute_url()
        notifying.notify([to], kind=ASSIGNED, text=told, url=url, key=key_of(forecast), at=at)
    return due


@transaction.atomic
def snooze(forecast: Forecast, *, until: date, reason: str, by: User, at: datetime) -> Due:
    """Hide what is due until that day of the desk, with a reason; it stays due. Raises NotDue and DueRefused."""
    due, today, reason = locked(forecast, by=by), timezone.localdate(at), " ".join(reason.split())
    if until <= today:
        raise DueRefused(_("Name a day to come."), field="until")
    if until > today + LONGEST_SNOOZE:
        last = day_text(today + LONGEST_SNOOZE)
        raise DueRefused(_("At most 90 days: until %s.") % last, field="until")
    if not reason:
        raise DueRefused(_("Say why it waits."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise DueRefused(_("At most %d characters fit here.") % LONGEST_REASON, field="reason")
    due.snoozed_until, due.snooze_reason, due.snoozed_on, due.snoozed_by = until, reason, today, by
    due.reminded_at = None  # so that it is told on its day
    due.save(update_fields=["snoozed_until", "snooze_reason", "snoozed_on", "snoozed_by", "reminded_at"])
    DueChange.objects.create(due=due, step=DueStep.SNOOZED, until=until, reason=reason, by=by, at=at)
    return due


@transaction.atomic
def wake(forecast: Forecast, *, by: User, at: datetime) -> Due:
    """Show what was snoozed again at once; what is not snoozed stays as it is. Raises NotDue."""
    due = locked(forecast, by=by)
    if due.snoozed_until is None:
        return due
    due.snoozed_until, due.snooze_reason, due.snoozed_on, due.snoozed_by = None, "", None, None
    due.save(update_fields=["snoozed_until", "snooze_reason", "snoozed_on", "snoozed_by"])
    DueChange.objects.create(due=due, step=DueStep.WOKEN, by=by, at=at)
    return due


def kept_from(forecast: Forecast) -> set[int]:
    """The accounts that will never grade that forecast, whoever they are: it cannot be given to them."""
    kept = criteria_writers(forecast) if forecast.has_criteria else set()
    return kept if settings.INVOLVED_MAY_GRADE else kept | authors(forecast)


def key_of(forecast: Forecast) -> str:
    """What the notice of an assignment by hand is about."""
    return f"{ASSIGNED}:{forecast.reference}"


def _check_assignee(forecast: Forecast, to: User) -> None:
    if not to.may_grade:
        raise DueRefused(_("Choose somebody who may grade."), field="assignee")
    hindered = hindrance(forecast, by=to)
    if hindered is not None and hindered.code == "read_the_other":
        message = _("%s could read the other grade of this round; somebody else grades it.") % to
        raise DueRefused(message, field="assignee")
    if hindered is not None and hindered.code in _FOR_GOOD:
        message = _("%s wrote this forecast or its criteria; somebody else grades it.") % to
        raise DueRefused(message, field="assignee")
