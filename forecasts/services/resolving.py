"""What the desk holds to have become of an event: from one grade, two that agree, or one that stayed alone.

However it comes to be held that an event occurred, what that excludes is settled with it, here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import OPEN_TO_GRADES, How, Outcome, Triage
from forecasts.errors import AlreadyGraded, AlreadyResolved, GradeRefused, InDispute
from forecasts.models import AwaitedGrade, Dispute, Forecast, Grade, Resolution, ResolutionGrade
from forecasts.services import following, scorekeeping
from forecasts.services.due import arm_again, clear_due
from forecasts.services.evidence import attach, file_of
from forecasts.services.exclusion import held_to_occur, others_of
from forecasts.services.involvement import independence, independence_of_both, involved
from forecasts.services.verdicts import Finding, Verdict, check_finding, check_forecast, check_verdict
from groundwork.errors import Refusal

# How long a grade waits for the second before it is held for the time being.
ALONE_FOR: Final = timedelta(days=14)
SLOTS: Final = (1, 2)


def lock(forecast: Forecast) -> Forecast:
    """The forecast as it is, its row locked: whatever happens to its grades happens one after the other.

    With it the forecasts that it excludes, all in one order, so that two people wait for each other and never both do.
    """
    named = Q(pk=forecast.pk)
    if forecast.scenario_group:
        named |= Q(scenario_group=forecast.scenario_group)
    rows = Forecast.objects.select_for_update(no_key=True, of=("self",)).select_related("author", "article__source")
    locked = {each.pk: each for each in rows.filter(named).order_by("pk")}[forecast.pk]
    # Put into a group since it was read.
    return locked if locked.scenario_group == forecast.scenario_group else lock(locked)


def standing(forecast: Forecast) -> Resolution | None:
    """What is held of it now; None while nothing is."""
    return Resolution.objects.standing().filter(forecast=forecast).first()


def is_open(resolution: Resolution | None) -> bool:
    """Whether a grade may still be given: nothing is held yet, or only for the time being."""
    return resolution is None or resolution.how in OPEN_TO_GRADES


def hold(
    forecast: Forecast,
    finding: Finding,
    *,
    how: str,
    independence: str,
    grades: Sequence[Grade],
    by: User,
    at: datetime,
) -> Resolution:
    """Record what the desk holds, in place of what it held, and what the judgements score by it.

    The forecast leaves the queue, its followers are told.
    """
    supersede(forecast, by=by, why=_("replaced: %s") % How(how).label, at=at, by_outcome=finding.outcome)
    resolution = Resolution.objects.create(
        forecast=forecast,
        round=forecast.grading_round,
        outcome=finding.outcome,
        known_on=finding.known_on,
        how=how,
        independence=independence,
        rationale=finding.rationale.strip(),
        happened=finding.happened.strip(),
        not_happened=finding.not_happened.strip(),
        resolved_by=by,
        resolved_at=at,
    )
    ResolutionGrade.objects.bulk_create([ResolutionGrade(resolution=resolution, grade=grade) for grade in grades])
    scorekeeping.score_resolved([forecast.pk], at=at)
    clear_due(forecast, why="resolved", at=at)
    following.tell_outcome(forecast, how=how, by=by, at=at)
    if resolution.outcome == Outcome.OCCURRED:
        _settle_others(resolution, grades, at=at)
    return resolution


def supersede(forecast: Forecast, *, by: User, why: str, at: datetime, by_outcome: str = "") -> bool:
    """Close what is held of that forecast, its scores and what rested on its having occurred; whether anything was.

    `by_outcome` is what is held in its place, if anything.
    """
    held = standing(forecast)
    if held is None:
        return False
    closed = {"superseded_at": at, "superseded_by": by, "superseded_why": why}
    Resolution.objects.standing().filter(pk=held.pk).update(**closed)
    scorekeeping.archive([forecast.pk], why=why, at=at)
    if held.outcome == Outcome.OCCURRED != by_outcome:
        _let_others_go(held, by=by, why=why, at=at)
    return True


def begin_next_round(forecast: Forecast, *, by: User, why: str, at: datetime) -> None:
    """Close all that is open about the grades of a forecast and let it be graded anew, in the caller's transaction.

    For whatever makes the old grades meaningless, such as a correction of what they graded. Their graders are told.
    """
    following.tell_graders(forecast, by=by, at=at)
    supersede(forecast, by=by, why=why, at=at)
    Dispute.objects.open().filter(forecast=forecast).update(closed_at=at)
    close_awaited(forecast, at=at)
    Forecast.objects.filter(pk=forecast.pk).update(grading_round=F("grading_round") + 1)
    arm_again(forecast, at=at)


def is_settled(forecast: Forecast) -> bool:
    """Whether the current round was resolved or is disputed, so that its grades are no secret any more."""
    held = standing(forecast)
    resolved = held is not None and held.how != How.IMPORTED and held.round == forecast.grading_round
    return resolved or Dispute.objects.open().filter(forecast=forecast).exists()


# --- One person's verdict -------------------------------------------------------------------------------------------


def take(forecast: Forecast, *, verdict: Verdict, by: User, at: datetime) -> tuple[Grade, Resolution | None]:
    """Record a verdict on a locked forecast, and what it makes with another's. Raises as `grading.grade`."""
    others = list(forecast.grades.standing().filter(round=forecast.grading_round).select_related("grader"))
    _refuse_where_over(forecast, others, by=by)
    check_forecast(forecast, by=by)
    check_verdict(forecast, verdict, by=by, on=forecast.today(at=at))
    given = _store(forecast, verdict, others, by=by, at=at)
    if others:
        return given, settle(forecast, first=others[0], second=given, at=at)
    if settings.GRADERS == 1:
        return given, hold_single(forecast, given, at=at)
    await_second(forecast, given)
    return given, None


def _refuse_where_over(forecast: Forecast, others: Sequence[Grade], *, by: User) -> None:
    if not is_open(standing(forecast)):
        raise AlreadyResolved(_("Somebody has graded this forecast already. Your entry was not saved."))
    if Dispute.objects.open().filter(forecast=forecast).exists():
        raise InDispute(_("Two people have graded this forecast already. Your entry was not saved."))
    if by.pk in {other.grader_id for other in others}:
        raise AlreadyGraded(_("You have graded this forecast already. Your entry was not saved."))


def _store(forecast: Forecast, verdict: Verdict, others: Sequence[Grade], *, by: User, at: datetime) -> Grade:
    taken = {other.slot for other in others}
    given = Grade.objects.create(
        forecast=forecast,
        round=forecast.grading_round,
        slot=next(slot for slot in SLOTS if slot not in taken),
        grader=by,
        outcome=verdict.outcome,
        known_on=verdict.known_on,
        rationale=verdict.rationale.strip(),
        happened=verdict.happened.strip(),
        not_happened=verdict.not_happened.strip(),
        no_evidence_reason=verdict.no_evidence_reason.strip(),
        graded_at=at,
    )
    attach(given, articles=verdict.articles, urls=verdict.urls, files=verdict.files, at=at)
    return given


def hold_single(forecast: Forecast, given: Grade, *, at: datetime) -> Resolution:
    """A desk of one grader a forecast: what that person says is held."""
    near = independence(forecast, by=given.grader)
    return hold(forecast, finding_of(given), how=How.SINGLE, independence=near, grades=[given], by=given.grader, at=at)


def await_second(forecast: Forecast, given: Grade) -> None:
    """Let the forecast wait for its second grade; it stays due."""
    AwaitedGrade.objects.create(forecast=forecast, round=given.round, since=given.graded_at)


def settle(forecast: Forecast, *, first: Grade, second: Grade, at: datetime) -> Resolution | None:
    """Both grades are in: the resolution where they agree on the outcome, a dispute and None where they differ.

    Where they agree and know it from different days, the earlier day counts, with the reason given by whoever named it.
    """
    close_awaited(forecast, at=at)
    if first.outcome != second.outcome:
        Dispute.objects.create(forecast=forecast, round=second.round, opened_at=at)
        if supersede(forecast, by=second.grader, why=_("a second grade differs"), at=at):
            arm_again(forecast, at=at)
        return None
    earlier = min(first, second, key=lambda each: (each.known_on, each.slot))
    return hold(
        forecast,
        finding_of(earlier),
        how=How.AGREED,
        independence=independence_of_both(forecast, graders=(first.grader, second.grader)),
        grades=[first, second],
        by=second.grader,
        at=at,
    )


def close_awaited(forecast: Forecast, *, at: datetime) -> None:
    """Nobody waits for a second grade any more."""
    AwaitedGrade.objects.open().filter(forecast=forecast).update(closed_at=at)


def finding_of(given: Grade) -> Finding:
    """What that grade says."""
    return Finding(
        outcome=given.outcome,
        known_on=given.known_on,
        rationale=given.rationale,
        happened=given.happened,
        not_happened=given.not_happened,
    )


# --- Grades that stayed alone ---------------------------------------------------------------------------------------


def alone_too_long(*, at: datetime, limit: int) -> list[int]:
    """The ids of those that have waited a fortnight for a second grade, the longest waiting first."""
    rows = AwaitedGrade.objects.open().filter(provisional_at__isnull=True, since__lte=at - ALONE_FOR)
    return list(rows.order_by("since", "pk").values_list("pk", flat=True)[:limit])


@transaction.atomic
def hold_for_now(awaited_id: int, *, at: datetime) -> Resolution | None:
    """Hold what one grader alone said for a fortnight, provisionally.

    None where that is not so any more, or where one that excludes it has occurred.
    """
    named = AwaitedGrade.objects.select_related("forecast").get(pk=awaited_id)
    forecast = lock(named.forecast)
    still = AwaitedGrade.objects.open().filter(pk=awaited_id, provisional_at__isnull=True, since__lte=at - ALONE_FOR)
    if not still.update(provisional_at=at):
        return None
    given = forecast.grades.standing().select_related("grader").get(round=named.round)
    if given.outcome == Outcome.OCCURRED and held_to_occur(others_of(forecast)).exists():
        return None
    near = independence(forecast, by=given.grader)
    return hold(
        forecast, finding_of(given), how=How.PROVISIONAL, independence=near, grades=[given], by=given.grader, at=at
    )


# --- What one excludes ----------------------------------------------------------------------------------------------


def left_open(resolution: Resolution, *, by: User, at: datetime) -> list[tuple[Forecast, str]]:
    """What an occurred one excludes and `by`, one of its graders, could not grade along with it, each with why."""
    held = resolution.grades.filter(grader=by, outcome=Outcome.OCCURRED).first()
    if held is None:
        return []
    left = []
    for other in others_of(resolution.forecast).exclude(triage=Triage.ASSESSMENT):
        if not _is_over(other, by=by):
            refusal = _hindrance_along(other, _that_the_other_occurred(held), by=by, at=at)
            left += [(other, str(refusal.message))] if refusal else []
    return left


def _settle_others(resolution: Resolution, grades: Sequence[Grade], *, at: datetime) -> None:
    """Let what has occurred settle what it excludes: by its graders' verdicts, or by the editor who decided."""
    excluded = others_of(resolution.forecast).exclude(triage=Triage.ASSESSMENT)
    others = list(excluded.select_related("author", "article__source"))
    if resolution.how == How.ADJUDICATED:
        for other in others:
            _decide_along(other, resolution, at=at)
    else:
        for held in grades:
            for other in others if held.outcome == Outcome.OCCURRED else ():
                _grade_along(other, held, at=at)
    if resolution.how == How.PROVISIONAL:
        return
    # What one grader alone had said of another one does not stand beside it.
    for beside in (
        Resolution.objects.standing()
        .filter(forecast__in=others, outcome=Outcome.OCCURRED, how=How.PROVISIONAL)
        .select_related("forecast")
    ):
        why = _("%s occurred, which excludes it") % resolution.forecast.reference
        supersede(beside.forecast, by=resolution.resolved_by, why=why, at=at)
        arm_again(beside.forecast, at=at)


def _grade_along(other: Forecast, held: Grade, *, at: datetime) -> None:
    """That grader's grade on what is excluded by what they graded; none where they cannot give it."""
    if _is_over(other, by=held.grader):
        return
    verdict = _that_the_other_occurred(held)
    if _hindrance_along(other, verdict, by=held.grader, at=at) is None:
        take(other, verdict=verdict, by=held.grader, at=at)


def _hindrance_along(other: Forecast, verdict: Verdict, *, by: User, at: datetime) -> Refusal | None:
    try:
        check_forecast(other, by=by)
        check_verdict(other, verdict, by=by, on=other.today(at=at))
    except Refusal as refusal:
        return refusal
    return None


def _decide_along(other: Forecast, decided: Resolution, *, at: datetime) -> None:
    """The editor's decision on what is excluded; none where it is resolved, or where they had a hand in it."""
    by = decided.resolved_by
    grades = list(other.grades.standing().filter(round=other.grading_round).order_by("slot"))
    near = {each.grader_id for each in grades} | involved(other)
    if not is_open(standing(other)) or by.pk in near:
        return
    why = _because(decided.forecast, decided.rationale)
    finding = Finding(outcome=Outcome.DID_NOT_OCCUR, known_on=decided.known_on, rationale=why)
    try:
        check_forecast(other, by=by)
        check_finding(other, finding, by=by, on=other.today(at=at))
    except GradeRefused:
        return
    distance = independence(other, by=by)
    hold(other, finding, how=How.ADJUDICATED, independence=distance, grades=grades, by=by, at=at)
    Dispute.objects.open().filter(forecast=other).update(closed_at=at)
    close_awaited(other, at=at)


def _let_others_go(held: Resolution, *, by: User, why: str, at: datetime) -> None:
    """Put anew what was settled along with an outcome that is not held any more; what was settled otherwise stays."""
    moments = set(held.forecast.resolutions.filter(round=held.round).values_list("resolved_at", flat=True))
    for other in others_of(held.forecast):
        theirs = standing(other)
        along = Grade.objects.standing().filter(forecast=other, round=other.grading_round, graded_at__in=moments)
        if theirs is not None and theirs.outcome == Outcome.DID_NOT_OCCUR and theirs.resolved_at in moments:
            begin_next_round(other, by=by, why=why, at=at)
        elif (theirs is None or is_open(theirs)) and along.exists():
            settled = is_settled(other)
            along.update(retracted_at=at, retracted_by=by, retracted_why=why)
            if settled:
                begin_next_round(other, by=by, why=why, at=at)
            else:
                close_awaited(other, at=at)


def _that_the_other_occurred(held: Grade) -> Verdict:
    """What a grade that one outcome occurred says of those that it excludes."""
    evidence = list(held.evidence.select_related("article", "copy").order_by("pk"))
    return Verdict(
        outcome=Outcome.DID_NOT_OCCUR,
        known_on=held.known_on,
        rationale=_because(held.forecast, held.rationale),
        articles=[each.article for each in evidence if each.article is not None],
        urls=[each.url for each in evidence if each.url],
        files=[file_of(each) for each in evidence if each.filename],
        no_evidence_reason=held.no_evidence_reason,
    )


def _because(occurred: Forecast, why: str) -> str:
    rationale = _("%(reference)s occurred, which excludes this one: %(why)s")
    return rationale % {"reference": occurred.reference, "why": why}


def _is_over(forecast: Forecast, *, by: User) -> bool:
    """Whether there is nothing left for that grader to say of it: it is resolved or disputed, or they have said it."""
    if not is_open(standing(forecast)) or forecast.disputes.open().exists():
        return True
    return forecast.grades.standing().filter(round=forecast.grading_round, grader=by).exists()
