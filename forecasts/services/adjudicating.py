"""Where two graders differ, an editor who had no hand in it decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import How
from forecasts.errors import DecisionRefused, NotDisputed, Stale
from forecasts.models import Dispute, Forecast, Resolution
from forecasts.services.evidence import attach
from forecasts.services.involvement import independence, involved
from forecasts.services.recusing import is_recused
from forecasts.services.resolving import hold, lock
from forecasts.services.verdicts import Decided, check_addresses, check_finding


@transaction.atomic
def adjudicate(
    forecast: Forecast, *, finding: Decided, by: User, at: datetime, version: int | None = None
) -> Resolution:
    """Decide what became of a forecast whose graders differ; both grades stay, and the resolution names them.
    What the editor goes by besides the graders' evidence is kept with it.

    Raises NotDisputed or Stale where the record has moved on, DecisionRefused where this person may not decide, and
    GradeRefused with the field to blame.
    """
    forecast = lock(forecast)
    disputes = Dispute.objects.open().filter(forecast=forecast)
    if not disputes.exists():
        raise NotDisputed(_("There is no dispute about this forecast any more. Your entry was not saved."))
    if version is not None and version != forecast.version:
        raise Stale(_("Somebody has changed this forecast meanwhile. Look at it again before you decide."))
    if (refusal := obstacle(forecast, by=by)) is not None:
        raise refusal
    check_finding(forecast, finding, by=by, on=forecast.today(at=at))
    check_addresses(finding.urls)
    grades = list(forecast.grades.standing().filter(round=forecast.grading_round))
    near = independence(forecast, by=by)
    resolution = hold(forecast, finding, how=How.ADJUDICATED, independence=near, grades=grades, by=by, at=at)
    attach(resolution, articles=finding.articles, urls=finding.urls, files=finding.files, at=at)
    disputes.update(closed_at=at)
    return resolution


def obstacle(forecast: Forecast, *, by: User) -> DecisionRefused | None:
    """Why this person cannot decide the dispute about that forecast; None where they can."""
    if not by.may_publish:
        return DecisionRefused(_("An editor decides where graders differ."), code="editors_decision")
    if forecast.grades.standing().filter(round=forecast.grading_round, grader=by).exists():
        return DecisionRefused(_("You are one of its graders; another editor decides."), code="own_grade")
    if is_recused(forecast, by=by):
        message = _("You have graded it in this round and took that back; another editor decides.")
        return DecisionRefused(message, code="own_grade")
    if by.pk in involved(forecast):
        return DecisionRefused(_("You had a hand in this forecast; another editor decides."), code="involved")
    return None
