"""Taking a grade back and reopening what was held: rows are closed, and the question is put anew."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import How
from forecasts.errors import DecisionRefused, GradeRefused, NotResolved, Stale
from forecasts.models import Forecast, Grade
from forecasts.services import following
from forecasts.services.resolving import begin_next_round, close_awaited, is_settled, lock, standing


@transaction.atomic
def undo_grade(given: Grade, *, by: User, at: datetime, why: str = "") -> None:
    """Take a grade back; it stays readable, and the forecast is due again where it was resolved.

    While nobody else could read it, its place in the round is free again. Once the round was resolved or disputed
    everybody knows what was said, so that the next round begins. Only the grader or an editor may. Raises GradeRefused;
    undoing twice changes nothing more.
    """
    forecast = lock(given.forecast)
    if given.grader_id != by.pk and not by.may_publish:
        raise GradeRefused(_("Only who gave this grade, or an editor, can take it back."))
    given = Grade.objects.get(pk=given.pk)
    if given.retracted_at is not None:
        return
    held = standing(forecast)
    if given.round != forecast.grading_round:
        raise GradeRefused(_("Its round is over; it stays on the record as it was."), code="round_over")
    if held is not None and held.how == How.ADJUDICATED:
        raise GradeRefused(_("An editor has decided on it since, and can reopen the forecast."), code="decided")
    known = is_settled(forecast)
    why = why.strip() or _("undone")
    Grade.objects.filter(pk=given.pk).update(retracted_at=at, retracted_by=by, retracted_why=why)
    if known:
        begin_next_round(forecast, by=by, why=why, at=at)
    else:
        close_awaited(forecast, at=at)


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
