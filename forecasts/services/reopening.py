"""Taking a grade back and reopening what was held: rows are closed, and the question is put anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import How
from forecasts.errors import DecisionRefused, GradeRefused, NotResolved, Stale
from forecasts.models import Forecast, Grade, Recusal
from forecasts.services import following
from forecasts.services.recusing import recuse
from forecasts.services.resolving import begin_next_round, close_awaited, is_settled, lock, standing
from forecasts.services.unsettling import pair_of, unsettle

# How long a page offers to undo a grade, and how much later its sender may still be heard.
SECONDS_TO_UNDO: Final = 10
_ON_ITS_WAY: Final = timedelta(seconds=3)


@transaction.atomic
def undo_grade(given: Grade, *, by: User, at: datetime, why: str = "") -> None:
    """Take a grade back; it stays readable, and the forecast is due again where it was resolved.

    For a few seconds its grader needs no reason. In these the grade that settled a round goes alone: the other one
    stands, in the same round, and whoever undid leaves it to others. Later a pair stays. A grade alone goes with a
    reason, by its grader or an editor: its place is free again, or the next round begins where it was held. Raises
    GradeRefused; undoing twice changes nothing more.
    """
    forecast = lock(given.forecast)
    _refuse_others(given, by=by, why=why)
    given = Grade.objects.get(pk=given.pk)
    if given.retracted_at is not None:
        return
    pair = _pair_to_undo(forecast, given, by=by, at=at)
    why = why.strip()
    if not why and not in_time(given, at=at):
        message = _("The time to undo is over. Say why the grade is taken back.")
        raise GradeRefused(message, field="why", code="reason_needed")
    why = why or _("undone")
    if pair:
        unsettle(forecast, given, pair=pair, by=by, why=why, at=at)
        return
    _take_back_alone(forecast, given, by=by, why=why, at=at)


def in_time(given: Grade, *, at: datetime) -> bool:
    """Whether its grader may still undo it, as the page offered."""
    return at <= given.graded_at + timedelta(seconds=SECONDS_TO_UNDO) + _ON_ITS_WAY


def _refuse_others(given: Grade, *, by: User, why: str) -> None:
    if given.grader_id == by.pk:
        return
    if not by.may_publish:
        raise GradeRefused(_("Only who gave this grade, or an editor, can take it back."))
    if not why.strip():
        raise GradeRefused(_("Say why the grade is taken back."), field="why", code="reason_needed")


def _pair_to_undo(forecast: Forecast, given: Grade, *, by: User, at: datetime) -> tuple[Grade, ...]:
    """Both grades where this one and another have settled the round; none where it is alone.

    Raises GradeRefused where it is not to be taken back any more.
    """
    held = standing(forecast)
    if given.round != forecast.grading_round:
        raise GradeRefused(_("Its round is over; it stays on the record as it was."), code="round_over")
    if held is not None and held.how == How.ADJUDICATED:
        raise GradeRefused(_("An editor has decided on it since, and can reopen the forecast."), code="decided")
    pair = tuple(pair_of(forecast))
    if pair and not (given.grader_id == by.pk and in_time(given, at=at)):
        if held is None:
            message = _("Two people have graded it and differ: an editor decides, and can reopen it after that.")
        else:
            message = _("Two people have graded it, so it stays. An editor can reopen the forecast.")
        raise GradeRefused(message, code="settled")
    return pair


def _take_back_alone(forecast: Forecast, given: Grade, *, by: User, why: str, at: datetime) -> None:
    known = is_settled(forecast)
    if known:
        # While it stands, so that its grader is told where an editor takes it back.
        begin_next_round(forecast, by=by, why=why, at=at)
    Grade.objects.filter(pk=given.pk).update(retracted_at=at, retracted_by=by, retracted_why=why)
    if known:
        return
    close_awaited(forecast, at=at)
    if Recusal.objects.filter(forecast=forecast, round=given.round, since__gte=given.graded_at).exists():
        # They could read the grade that was undone beside theirs.
        recuse(forecast, by=given.grader, at=at)


@transaction.atomic
def reopen(forecast: Forecast, *, by: User, why: str, at: datetime, version: int | None = None) -> Forecast:
    """Put a resolved forecast's question anew: an editor's, with a reason. What was held stays readable.

    Raises NotResolved or Stale where the record has moved on, and DecisionRefused.
    """
    forecast = lock(forecast)
    if not by.may_publish:
        raise DecisionRefused(_("Only an editor can reopen what was resolved."), code="editors_decision")
    if standing(forecast) is None:
        raise NotResolved(_("Nothing is held of this forecast that could be reopened."))
    if version is not None and version != forecast.version:
        raise Stale(_("Somebody has changed this forecast meanwhile. Look at it again before you reopen it."))
    if not why.strip():
        raise DecisionRefused(_("Say why it is reopened."), field="why")
    begin_next_round(forecast, by=by, why=why.strip(), at=at)
    told = _("%(forecast)s was reopened, and is graded anew.") % {"forecast": forecast.reference}
    following.tell_followers(forecast, kind=following.RESOLUTION, text=told, by=by, at=at)
    forecast.refresh_from_db(fields=["grading_round"])
    return forecast
