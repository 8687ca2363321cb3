"""Grading: one person's verdict, and the resolution that follows from it. Nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import EDITORS_OUTCOMES, How, Independence, Outcome, Shape, Triage
from forecasts.errors import AlreadyResolved, GradeRefused, Stale
from forecasts.models import Evidence, Forecast, Grade, Resolution, ResolutionGrade
from forecasts.services.due import arm_again, clear_due
from forecasts.services.entries import check_lengths
from groundwork.marks import day_text
from sources.models import Article, Source

# What each shape allows before the window has ended.
EARLY = {
    Shape.HAPPENS_BY: frozenset({Outcome.OCCURRED}),
    Shape.HOLDS_THROUGHOUT: frozenset({Outcome.DID_NOT_OCCUR}),
    Shape.TRUE_ON: frozenset[Outcome](),
}
# Which ones nobody can know before it has.
_KNOWN_AT_THE_END = frozenset({Outcome.OCCURRED, Outcome.DID_NOT_OCCUR, Outcome.PARTLY})


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A grade as handed in. Evidence is articles kept here and addresses; without any, a reason says why."""

    outcome: str
    known_on: date
    rationale: str
    articles: Sequence[Article] = ()
    urls: Sequence[str] = ()
    no_evidence_reason: str = ""


@transaction.atomic
def grade(
    forecast: Forecast, *, verdict: Verdict, by: User, at: datetime, version: int | None = None
) -> tuple[Grade, Resolution]:
    """Record one person's verdict and the resolution that it makes; takes the forecast out of the queue.

    Raises AlreadyResolved or Stale where the record has moved on, and GradeRefused with the field to blame.
    """
    forecast = (
        Forecast.objects.select_for_update(no_key=True, of=("self",))
        .select_related("author", "article__source")
        .get(pk=forecast.pk)
    )
    if Resolution.objects.standing().filter(forecast=forecast).exists():
        raise AlreadyResolved(_("Somebody has graded this forecast already. Your entry was not saved."))
    if version is not None and version != forecast.version:
        raise Stale(_("Somebody has changed this forecast meanwhile. Look at it again before you grade it."))
    _check_forecast(forecast, by=by)
    _check_verdict(forecast, verdict, by=by, on=forecast.today(at=at))
    given = _store(forecast, verdict, by=by, at=at)
    resolution = Resolution.objects.create(
        forecast=forecast,
        round=given.round,
        outcome=given.outcome,
        known_on=given.known_on,
        how=How.SINGLE,
        independence=independence(forecast, by=by),
        rationale=given.rationale,
        resolved_by=by,
        resolved_at=at,
    )
    ResolutionGrade.objects.create(resolution=resolution, grade=given)
    clear_due(forecast, why="resolved", at=at)
    return given, resolution


@transaction.atomic
def undo_grade(given: Grade, *, by: User, at: datetime, why: str = "") -> None:
    """Retract a grade and the resolution that rests on it; both stay readable, and the forecast is due again.

    Only the grader or an editor may. Raises GradeRefused; undoing twice changes nothing more.
    """
    forecast = Forecast.objects.select_for_update(no_key=True).get(pk=given.forecast_id)
    if given.grader_id != by.pk and not by.may_publish:
        raise GradeRefused(_("Only who gave this grade, or an editor, can take it back."))
    why = why.strip() or _("undone")
    retracted = Grade.objects.filter(pk=given.pk, retracted_at__isnull=True)
    if retracted.update(retracted_at=at, retracted_by=by, retracted_why=why):
        resting = Resolution.objects.standing().filter(grades=given)
        Resolution.objects.filter(pk__in=resting.values("pk")).update(
            superseded_at=at, superseded_by=by, superseded_why=why
        )
        arm_again(forecast, at=at)


def independence(forecast: Forecast, *, by: User) -> str:
    """How far that grader stands from the forecast: involved in it, a colleague of whoever made it, or independent."""
    if is_author(forecast, by=by) or forecast.judgements.of_the_desk().filter(recorded_by=by).exists():
        return Independence.INVOLVED
    own = forecast.article is None or forecast.article.source.is_desk or forecast.author.user_id is not None
    return Independence.COLLEAGUE if own else Independence.INDEPENDENT


def is_author(forecast: Forecast, *, by: User) -> bool:
    """Whether that account is the forecast's author or shares the byline of its article."""
    own = Source.objects.filter(user=by).first()
    if own is None:
        return False
    if forecast.author_id == own.pk:
        return True
    return forecast.article is not None and forecast.article.bylines.filter(pk=own.pk).exists()


def hindrance(forecast: Forecast, *, by: User) -> GradeRefused | None:
    """What keeps this user from saying what became of this forecast; None where nothing does.

    Missing criteria are one, though without them it may still be called ungradable.
    """
    try:
        _check_forecast(forecast, by=by)
        _check_criteria(forecast)
    except GradeRefused as refusal:
        return refusal
    return None


def _check_forecast(forecast: Forecast, *, by: User) -> None:
    if forecast.triage == Triage.ASSESSMENT:
        raise GradeRefused(_("This is an assessment: it is published and counted, never graded."), code="assessment")
    if forecast.made_on is None:
        raise GradeRefused(_("It was never published, so its window has not opened."), code="preview")
    if is_author(forecast, by=by):
        raise GradeRefused(_("You wrote this forecast; somebody else grades it."), code="own_forecast")
    if not forecast.event.strip():
        raise GradeRefused(_("Write down the event first: what would be seen to happen."), field="event")
    if forecast.criteria_by_id == by.pk:
        raise GradeRefused(_("You wrote its criteria; somebody else grades it."), code="own_criteria")


def _check_criteria(forecast: Forecast) -> None:
    if forecast.triage == Triage.NEEDS_CRITERIA and not forecast.has_criteria:
        raise GradeRefused(_("Write down the criteria first: how the outcome is told."), field="observable")


def usual_day(forecast: Forecast, *, on: date) -> date:
    """The day on which an outcome is usually known: the one after the last of the window, or `on` before that."""
    return min(forecast.due_on, on) if forecast.due_on else on


def refused_outcomes(forecast: Forecast, *, by: User, on: date) -> dict[str, str]:
    """The outcomes that this user cannot give on the usual day, each with the reason in a sentence."""
    reasons = {}
    for outcome in Outcome:
        try:
            _check_outcome(forecast, outcome, by=by)
            _check_day(forecast, outcome, known_on=usual_day(forecast, on=on), on=on, by=by)
        except GradeRefused as refusal:
            reasons[outcome.value] = str(refusal.message)
    return reasons


def _check_verdict(forecast: Forecast, verdict: Verdict, *, by: User, on: date) -> None:
    if verdict.outcome not in Outcome.values:
        message = _("“%(outcome)s” is no outcome. The outcomes are: %(known)s.")
        named = {"outcome": verdict.outcome, "known": ", ".join(Outcome.values)}
        raise GradeRefused(message % named, field="outcome")
    outcome = Outcome(verdict.outcome)
    _check_outcome(forecast, outcome, by=by)
    _check_day(forecast, outcome, known_on=verdict.known_on, on=on, by=by)
    _check_words(verdict)


def _check_outcome(forecast: Forecast, outcome: Outcome, *, by: User) -> None:
    # Too vague for criteria is what ungradable means.
    if outcome != Outcome.UNGRADABLE:
        _check_criteria(forecast)
    if outcome in EDITORS_OUTCOMES and not by.may_publish:
        raise GradeRefused(_("Only an editor can say that."), field="outcome", code="editors_outcome")
    if outcome == Outcome.PARTLY and not forecast.degrees.strip():
        raise GradeRefused(_("The criteria define no degrees, so it happened or it did not."), field="outcome")
    if outcome == Outcome.CONDITION_NOT_MET and not forecast.condition.strip():
        raise GradeRefused(_("This forecast has no condition."), field="outcome")


def _check_day(forecast: Forecast, outcome: Outcome, *, known_on: date, on: date, by: User) -> None:
    if known_on > on:
        raise GradeRefused(_("That day lies in the future."), field="known_on")
    if forecast.opens_on is not None and known_on < forecast.opens_on:
        message = _("The window opens on %s. What happened before it does not count.")
        raise GradeRefused(message % day_text(forecast.opens_on), field="known_on")
    ends_on = forecast.ends_on
    if ends_on is None or known_on > ends_on or outcome in EARLY[Shape(forecast.shape)]:
        return
    if outcome in _KNOWN_AT_THE_END:
        message = _("By its shape (“%(shape)s”) this can be known only after %(day)s.")
        shape = forecast.get_shape_display()
        raise GradeRefused(
            message % {"shape": shape, "day": day_text(ends_on)}, field="known_on", code="earlier_than_shape"
        )
    if not by.may_publish:
        raise GradeRefused(_("Before the window has ended, only an editor can say that."), field="outcome")


def _check_words(verdict: Verdict) -> None:
    if not verdict.rationale.strip():
        raise GradeRefused(_("Say in one sentence what happened."), field="rationale")
    if not (verdict.articles or verdict.urls or verdict.no_evidence_reason.strip()):
        raise GradeRefused(_("Name an article or an address as evidence, or say why there is none."), field="evidence")
    check_lengths(Grade, {"no_evidence_reason": verdict.no_evidence_reason.strip()}, GradeRefused)
    for url in verdict.urls:
        _check_address(url)


def _check_address(url: str) -> None:
    longest = 1_000
    if len(url) > longest:
        raise GradeRefused(_("An address has at most %d characters.") % longest, field="evidence")
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError as error:
        raise GradeRefused(_("“%s” is no web address.") % url, field="evidence") from error


def _store(forecast: Forecast, verdict: Verdict, *, by: User, at: datetime) -> Grade:
    given = Grade.objects.create(
        forecast=forecast,
        round=forecast.grading_round,
        slot=1,
        grader=by,
        outcome=verdict.outcome,
        known_on=verdict.known_on,
        rationale=verdict.rationale.strip(),
        no_evidence_reason=verdict.no_evidence_reason.strip(),
        graded_at=at,
    )
    Evidence.objects.bulk_create(
        [Evidence(grade=given, article=article) for article in verdict.articles]
        + [Evidence(grade=given, url=url) for url in dict.fromkeys(verdict.urls)]
    )
    return given
