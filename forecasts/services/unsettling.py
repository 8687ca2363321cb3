"""Undoing the grade that settled a round: the other one stands, and all is as it was before the two met.

Nothing is deleted. What was held or disputed is closed, and nobody is told of it while the round goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from forecasts.choices import OPEN_TO_GRADES, How, Outcome
from forecasts.models import AwaitedGrade, Dispute, Due, Forecast, Grade, ImportRow, Resolution
from forecasts.services import following, scorekeeping
from forecasts.services.evidence import attach, file_of
from forecasts.services.exclusion import others_of
from forecasts.services.involvement import independence
from forecasts.services.recusing import recuse
from forecasts.services.resolving import close_awaited, finding_of, hold, standing
from forecasts.services.verdicts import Finding

BOTH = 2


def pair_of(forecast: Forecast) -> Sequence[Grade]:
    """Both grades that stand in the round that is on and have settled it; none where fewer do."""
    grades = list(forecast.grades.standing().filter(round=forecast.grading_round).order_by("slot"))
    return grades if len(grades) == BOTH else ()


def unsettle(forecast: Forecast, given: Grade, *, pair: Sequence[Grade], by: User, why: str, at: datetime) -> None:
    """Take one grade of that pair back and put a locked forecast, and those that it excludes, back to before it.

    Whoever does it could read the other grade, and leaves the round to others.
    """
    moment = max(each.graded_at for each in pair)
    _retract([given.pk], by=by, why=why, at=at)
    _put_back(forecast, moment, by=by, why=why, at=at)
    if any(each.outcome == Outcome.OCCURRED for each in pair):
        for other in others_of(forecast):
            along = _along(other, moment, pair=pair)
            if along or _held_or_replaced(other, moment):
                _retract(along, by=by, why=why, at=at)
                _put_back(other, moment, by=by, why=why, at=at)
                _hold_again(other, moment, at=at)
    _hold_again(forecast, moment, at=at)


def _retract(grades: Sequence[int], *, by: User, why: str, at: datetime) -> None:
    Grade.objects.filter(pk__in=grades).update(retracted_at=at, retracted_by=by, retracted_why=why)


def _along(other: Forecast, moment: datetime, *, pair: Sequence[Grade]) -> list[int]:
    """What these two said of another one in the moment in which they settled the one that excludes it."""
    graders = [each.grader_id for each in pair]
    rows = other.grades.standing().filter(round=other.grading_round, graded_at=moment, grader__in=graders)
    return list(rows.values_list("pk", flat=True))


def _held_or_replaced(other: Forecast, moment: datetime) -> bool:
    return other.resolutions.filter(superseded_at=moment, round=other.grading_round).exists()


def _put_back(forecast: Forecast, moment: datetime, *, by: User, why: str, at: datetime) -> None:
    """Close what came of that moment, and open again what it closed."""
    recuse(forecast, by=by, at=at)
    held = standing(forecast)
    if held is not None and held.resolved_at == moment and held.how not in OPEN_TO_GRADES:
        closed = {"superseded_at": at, "superseded_by": by, "superseded_why": why}
        Resolution.objects.standing().filter(pk=held.pk).update(**closed)
        scorekeeping.archive([forecast.pk], why=why, at=at)
    Dispute.objects.open().filter(forecast=forecast).update(closed_at=at)
    following.untell_outcome(forecast, at=moment)
    _await_again(forecast, at=at)
    _due_again(forecast, moment)


def _await_again(forecast: Forecast, *, at: datetime) -> None:
    """Let it wait for a second grade as before where one stands, and for none where none does."""
    rows = AwaitedGrade.objects.filter(forecast=forecast, round=forecast.grading_round)
    if not forecast.grades.standing().filter(round=forecast.grading_round).exists():
        close_awaited(forecast, at=at)
    elif not rows.open().exists() and (last := rows.order_by("pk").last()) is not None:
        AwaitedGrade.objects.filter(pk=last.pk).update(closed_at=None)


def _due_again(forecast: Forecast, moment: datetime) -> None:
    """Open the very row that the resolution cleared: whose it was, and until when it was put off, still holds."""
    cleared = Due.objects.filter(forecast=forecast, cleared_at=moment, cleared_why="resolved").order_by("pk").last()
    if cleared is not None and not Due.objects.waiting().filter(forecast=forecast).exists():
        Due.objects.filter(pk=cleared.pk).update(cleared_at=None, cleared_why="")


def _hold_again(forecast: Forecast, moment: datetime, *, at: datetime) -> None:
    """Hold anew what was held for the time being until that moment, provisionally or as it was imported."""
    rows = forecast.resolutions.filter(round=forecast.grading_round, superseded_at=moment, how__in=OPEN_TO_GRADES)
    before = rows.order_by("pk").last()
    if before is None or standing(forecast) is not None:
        return
    if before.how == How.IMPORTED:
        _import_again(before, at=at)
    elif (given := Grade.objects.standing().filter(resolutions=before).select_related("grader").first()) is not None:
        near = independence(forecast, by=given.grader)
        by = given.grader
        hold(forecast, finding_of(given), how=How.PROVISIONAL, independence=near, grades=[given], by=by, at=at)


def _import_again(before: Resolution, *, at: datetime) -> None:
    finding = Finding(
        outcome=before.outcome,
        known_on=before.known_on,
        rationale=before.rationale,
        happened=before.happened,
        not_happened=before.not_happened,
    )
    by, near = before.resolved_by, before.independence
    again = hold(before.forecast, finding, how=How.IMPORTED, independence=near, grades=[], by=by, at=at)
    evidence = list(before.evidence.select_related("article", "copy").order_by("pk"))
    attach(
        again,
        articles=[each.article for each in evidence if each.article is not None],
        urls=[each.url for each in evidence if each.url],
        files=[file_of(each) for each in evidence if each.filename],
        at=at,
    )
    ImportRow.objects.filter(resolution=before).update(resolution=again)
