"""A verdict as somebody hands it in, and what it has to be before it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import EDITORS_OUTCOMES, Outcome, Shape, Triage
from forecasts.errors import GradeRefused
from forecasts.models import Forecast, Grade
from forecasts.querysets import DueQuerySet
from forecasts.services.entries import check_lengths
from forecasts.services.evidence import EvidenceFile
from forecasts.services.exclusion import excluded_by, is_ruled_out
from forecasts.services.involvement import is_author, wrote_criteria
from forecasts.services.recusing import is_recused, left_to_others, why_not
from groundwork.marks import day_text
from sources.models import Article

# What each shape allows before the window has ended.
EARLY = {
    Shape.HAPPENS_BY: frozenset({Outcome.OCCURRED}),
    Shape.HOLDS_THROUGHOUT: frozenset({Outcome.DID_NOT_OCCUR}),
    Shape.TRUE_ON: frozenset[Outcome](),
}
# Which ones nobody can know before it has.
_KNOWN_AT_THE_END = frozenset({Outcome.OCCURRED, Outcome.DID_NOT_OCCUR, Outcome.PARTLY})


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What became of an event, since when that is known, and how one can tell."""

    outcome: str
    known_on: date
    rationale: str
    happened: str = ""
    not_happened: str = ""


@dataclass(frozen=True, kw_only=True)
class Decided(Finding):
    """An editor's decision as handed in; the evidence is what it rests on besides that of both graders."""

    articles: Sequence[Article] = ()
    urls: Sequence[str] = ()
    files: Sequence[EvidenceFile] = ()


@dataclass(frozen=True, kw_only=True)
class Verdict(Decided):
    """A grade as handed in. Evidence is articles kept here, addresses and files; without any, a reason says why."""

    no_evidence_reason: str = ""


def hindrance(forecast: Forecast, *, by: User) -> GradeRefused | None:
    """What keeps this user from saying what became of this forecast; None where nothing does.

    Missing criteria are one, though without them it may still be called ungradable.
    """
    try:
        check_forecast(forecast, by=by)
        _check_criteria(forecast)
    except GradeRefused as refusal:
        return refusal
    return None


def check_forecast(forecast: Forecast, *, by: User) -> None:
    """Raise GradeRefused for what this user cannot grade, whatever became of it."""
    if forecast.triage == Triage.ASSESSMENT:
        raise GradeRefused(_("This is an assessment: it is published and counted, never graded."), code="assessment")
    if forecast.made_on is None:
        raise GradeRefused(_("It was never published, so its window has not opened."), code="preview")
    if not settings.INVOLVED_MAY_GRADE and is_author(forecast, by=by):
        raise GradeRefused(_("You wrote this forecast; somebody else grades it."), code="own_forecast")
    if not forecast.event.strip():
        raise GradeRefused(_("Write down the event first: what would be seen to happen."), field="event")
    if forecast.criteria_by_id == by.pk or (
        forecast.has_criteria and Forecast.objects.filter(wrote_criteria(by=by), pk=forecast.pk).exists()
    ):
        raise GradeRefused(_("You wrote its criteria; somebody else grades it."), code="own_criteria")
    if is_recused(forecast, by=by):
        raise GradeRefused(why_not(), code="read_the_other")


def gradable(dues: DueQuerySet, *, by: User) -> DueQuerySet:
    """Those of the rows that this user may grade.

    They wrote neither the criteria nor, unless allowed, the forecast, and have not left its round to others.
    """
    rows = dues.exclude(forecast__criteria_by=by).filter(
        Q(forecast__observable="") | ~wrote_criteria(by=by, of="forecast"), ~left_to_others(by=by, of="forecast")
    )
    if settings.INVOLVED_MAY_GRADE:
        return rows
    shared = Article.objects.filter(pk=OuterRef("forecast__article"), bylines__user=by)
    return rows.exclude(forecast__author__user=by).filter(~Exists(shared))


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


def check_verdict(forecast: Forecast, verdict: Verdict, *, by: User, on: date) -> None:
    """Raise GradeRefused, with the field to blame, for a verdict that cannot be."""
    check_finding(forecast, verdict, by=by, on=on)
    if not (verdict.articles or verdict.urls or verdict.files or verdict.no_evidence_reason.strip()):
        message = _("Name an article, an address or a file as evidence, or say why there is none.")
        raise GradeRefused(message, field="evidence")
    check_lengths(Grade, {"no_evidence_reason": verdict.no_evidence_reason.strip()}, GradeRefused)
    check_addresses(verdict.urls)


def check_addresses(urls: Iterable[str]) -> None:
    """Raise GradeRefused for what is no web address."""
    for url in urls:
        _check_address(url)


def check_finding(forecast: Forecast, finding: Finding, *, by: User, on: date) -> None:
    """Raise GradeRefused, with the field to blame, for what cannot have become of that forecast by that day."""
    if finding.outcome not in Outcome.values:
        message = _("“%(outcome)s” is no outcome. The outcomes are: %(known)s.")
        named = {"outcome": finding.outcome, "known": ", ".join(Outcome.values)}
        raise GradeRefused(message % named, field="outcome")
    outcome = Outcome(finding.outcome)
    _check_outcome(forecast, outcome, by=by)
    _check_day(forecast, outcome, known_on=finding.known_on, on=on, by=by)
    _check_words(finding)


def _check_criteria(forecast: Forecast) -> None:
    if forecast.triage == Triage.NEEDS_CRITERIA and not forecast.has_criteria:
        raise GradeRefused(_("Write down the criteria first: how the outcome is told."), field="observable")


def _check_outcome(forecast: Forecast, outcome: Outcome, *, by: User) -> None:
    # Too vague for criteria is what ungradable means.
    if outcome != Outcome.UNGRADABLE:
        _check_criteria(forecast)
    if outcome in EDITORS_OUTCOMES and not by.may_publish:
        raise GradeRefused(_("Only an editor can say that."), field="outcome", code="editors_outcome")
    if outcome == Outcome.OCCURRED and (another := excluded_by(forecast, by=by)) is not None:
        message = _("%s of the same group has occurred, and the two exclude each other.")
        raise GradeRefused(message % another.reference, field="outcome", code="excluded")
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
    if outcome == Outcome.DID_NOT_OCCUR and is_ruled_out(forecast, by=by):
        return
    hopeless = forecast.shape == Shape.HAPPENS_BY and outcome == Outcome.DID_NOT_OCCUR
    if outcome in _KNOWN_AT_THE_END and not (hopeless and by.may_publish):
        message = _("By its shape (“%(shape)s”) this can be known only after %(day)s.")
        message %= {"shape": forecast.get_shape_display(), "day": day_text(ends_on)}
        if hopeless:
            message = f"{message} {_('That it can no longer happen is for an editor to say.')}"
        raise GradeRefused(message, field="known_on", code="earlier_than_shape")
    if not by.may_publish:
        raise GradeRefused(_("Before the window has ended, only an editor can say that."), field="outcome")


def _check_words(finding: Finding) -> None:
    if finding.outcome == Outcome.PARTLY:
        for name in ("happened", "not_happened"):
            if not getattr(finding, name).strip():
                raise GradeRefused(_("Say what of it happened, and what did not."), field=name)
    if not finding.rationale.strip():
        raise GradeRefused(_("Say in one sentence what happened."), field="rationale")


def _check_address(url: str) -> None:
    longest = 1_000
    if len(url) > longest:
        raise GradeRefused(_("An address has at most %d characters.") % longest, field="evidence")
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError as error:
        raise GradeRefused(_("“%s” is no web address.") % url, field="evidence") from error
