"""Corrections: a field is brought to what the quote and the date of publication say, by two people.

Words and windows are changed in place, with their history. A judgement never changes: one that was misread ends in the
moment in which it was made, so that it never stood, and the right one is recorded from that same moment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Final

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import CorrectionState, Outcome, Shape
from forecasts.errors import CorrectionDecided, CorrectionRefused
from forecasts.models import Correction, Forecast, Judgement, Resolution
from forecasts.reading.named_days import with_day
from forecasts.services import following, scorekeeping
from forecasts.services.changing import Revision, follow, is_graded, lock, reason, revised, revision_of
from forecasts.services.entries import Chance, completed_chance
from forecasts.services.judging import chance_of
from forecasts.services.resolving import begin_next_round

# What the quote and the date of publication decide. Criteria are the desk's own, and countries a matter of filing.
FIELDS: Final = ("event", "opens_on", "closes_on", "shape", "condition")
DAYS: Final = frozenset({"made_on", "opens_on", "closes_on", "assessment_on"})
JUDGEMENT: Final = "judgement"  # and its number: judgement-12
# What a sentence says of likelihood; confidence and rationale are not read out of it.
READ: Final = ("yardstick", "term", "term_text", "negated", "low", "high", "probability")
# What happened inside the old window happened inside a wider one too.
_SETTLED_WITHIN: Final = frozenset(
    {(Shape.HAPPENS_BY, Outcome.OCCURRED), (Shape.HOLDS_THROUGHOUT, Outcome.DID_NOT_OCCUR)}
)


@dataclass(frozen=True, kw_only=True)
class Misread:
    """A standing judgement, and what the quote says of likelihood."""

    judgement: Judgement
    chance: Chance


@transaction.atomic
def propose(
    forecast: Forecast,
    *,
    changes: Mapping[str, Any],
    by: User,
    why: str,
    at: datetime,
    misread: Misread | None = None,
    version: int | None = None,
) -> list[Correction]:
    """Propose what `changes` holds by the names of FIELDS, and a judgement as it should have been read.

    Where the event names the closing day, it is proposed with the new one, unless `changes` say otherwise. Nothing
    changes before a second person has confirmed it. Raises CorrectionRefused, ForecastRefused or
    JudgementRefused with the field to blame, and Stale.
    """
    forecast = lock(forecast, version=version)
    if unknown := sorted(set(changes) - set(FIELDS)):
        raise CorrectionRefused(_("“%s” is nothing that a quote decides.") % unknown[0], field=unknown[0])
    why = reason(why)
    changes = _with_event(forecast, changes)
    rows = [
        Correction(field=name, old=as_text(getattr(forecast, name)), new=as_text(value))
        for name, value in changes.items()
        if value != getattr(forecast, name)
    ]
    revised(forecast, replace(revision_of(forecast), **changes))
    if misread is not None:
        rows += _misread(forecast, misread)
    if not rows:
        raise CorrectionRefused(_("That is what stands there already."))
    for row in rows:
        row.forecast, row.reason, row.proposed_by, row.proposed_at = forecast, why, by, at
    try:
        with transaction.atomic():
            proposed = Correction.objects.bulk_create(rows)
    except IntegrityError as error:
        raise CorrectionRefused(_("A correction of this waits to be confirmed already.")) from error
    told = {"about": forecast.reference, "url": following.address(forecast)}
    following.tell_of_correction([forecast], by=by, at=at, **told)
    return proposed


@transaction.atomic
def confirm(correction: Correction, *, by: User, at: datetime) -> Forecast:
    """Carry out a proposal, with all that was proposed together: by a second person.

    What was resolved or graded by what is corrected is put anew, with the old readable. Raises CorrectionRefused for
    the person who proposed it, and CorrectionDecided where it is no longer open or no longer fits.
    """
    forecast = lock(correction.forecast)
    rows = _open_proposal(correction, by=by)
    _check_still_so(forecast, rows)
    changes = {row.field: as_value(row.field, row.new) for row in rows if row.field in FIELDS}
    why = _("corrected: %s") % rows[0].reason
    if changes:
        _bring_to(forecast, changes, by=by, why=why, at=at)
    for row in rows:
        if row.field.startswith(JUDGEMENT):
            _reread(judgement_of(row), Chance(**json.loads(row.new)), by=by, why=why)
    scorekeeping.rescore([forecast.pk], why=why, at=at)
    _decided(rows, CorrectionState.ACCEPTED, by=by, at=at)
    return forecast


@transaction.atomic
def decline(correction: Correction, *, by: User, at: datetime) -> None:
    """Leave everything as it is: by a second person. Raises as `confirm` does."""
    lock(correction.forecast)
    _decided(_open_proposal(correction, by=by), CorrectionState.DECLINED, by=by, at=at)


def proposal_of(correction: Correction) -> QuerySet[Correction]:
    """The corrections that were proposed together with that one, itself included."""
    together = Correction.objects.filter(forecast=correction.forecast_id, batch=correction.batch_id)
    return together.filter(proposed_by=correction.proposed_by_id, proposed_at=correction.proposed_at).order_by("pk")


def as_text(value: Any) -> str:
    """A field's value as a correction keeps it."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def as_value(field: str, text: str) -> Any:
    """The value of a field that a correction keeps as that text."""
    if field in DAYS:
        return date.fromisoformat(text) if text else None
    return text


def judgement_of(row: Correction) -> Judgement:
    """The judgement that a correction of one is about."""
    return Judgement.objects.get(pk=int(row.field.removeprefix(f"{JUDGEMENT}-")))


def readable(forecast: Forecast) -> QuerySet[Judgement]:
    """The judgements that can have been misread: they stand, and were read out of a text."""
    return forecast.judgements.standing().filter(article__isnull=False).select_related("forecaster", "article")


def touches(resolution: Resolution, *, before: Revision, after: Revision) -> bool:
    """Whether an outcome may be another one by the corrected words and window.

    Where the window only grew, what was settled inside it stays settled, also where the event names its last day.
    """
    event = with_day(before.event, old=before.closes_on, new=after.closes_on)
    if event == after.event:
        before = replace(before, event=event)
    if replace(before, opens_on=None, closes_on=None) != replace(after, opens_on=None, closes_on=None):
        return True
    if (Shape(after.shape), resolution.outcome) not in _SETTLED_WITHIN:
        return (before.opens_on, before.closes_on) != (after.opens_on, after.closes_on)
    opens_earlier = (after.opens_on or date.min) <= (before.opens_on or date.min)
    closes_later = (after.closes_on or date.max) >= (before.closes_on or date.max)
    return not (opens_earlier and closes_later)


def reread(judgement: Judgement, *, chance: Chance, made_at: datetime, by: User, why: str) -> None:
    """End a standing judgement in the moment in which it was made, and record it as it should have been.

    Whoever had recorded it stays named: they approved the text, and whoever confirms a correction did not.
    """
    same = ("forecast", "forecaster", "line", "article", "imported", "released_at", "recorded_by")
    values = {each.name: getattr(chance, each.name) for each in fields(chance)}
    Judgement.objects.filter(pk=judgement.pk).update(ended_at=judgement.made_at, ended_by=by, ended_why=why)
    Judgement.objects.create(made_at=made_at, **{name: getattr(judgement, name) for name in same}, **values)


def _with_event(forecast: Forecast, changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """The changes with what follows for an event that names the closing day."""
    if "closes_on" not in changes or changes.get("event", forecast.event) != forecast.event:
        return changes
    event = with_day(forecast.event, old=forecast.closes_on, new=changes["closes_on"])
    return {**changes, "event": event} if event != forecast.event else changes


def _misread(forecast: Forecast, misread: Misread) -> list[Correction]:
    judgement = misread.judgement
    if not readable(forecast).filter(pk=judgement.pk).exists():
        message = _("Only what was read out of a text, and still stands, can have been misread.")
        raise CorrectionRefused(message, field=JUDGEMENT)
    kept = chance_of(judgement)
    said = completed_chance(replace(misread.chance, confidence=kept.confidence, rationale=kept.rationale))
    if said == kept:
        return []
    return [Correction(field=f"{JUDGEMENT}-{judgement.pk}", old=_as_json(kept), new=_as_json(said))]


def _as_json(chance: Chance) -> str:
    return json.dumps({name: value for name, value in asdict(chance).items() if name in READ}, sort_keys=True)


def _open_proposal(correction: Correction, *, by: User) -> list[Correction]:
    rows = list(proposal_of(correction).filter(state=CorrectionState.PROPOSED).select_for_update())
    if correction.batch_id is not None:
        raise CorrectionRefused(_("It is part of a new date of publication, which is confirmed as a whole."))
    if not rows:
        raise CorrectionDecided(_("Somebody has decided on this correction already."))
    if correction.proposed_by_id == by.pk:
        raise CorrectionRefused(_("You proposed it; somebody else looks at it."), code="own_correction")
    return rows


def _check_still_so(forecast: Forecast, rows: Sequence[Correction]) -> None:
    for row in rows:
        if row.field in FIELDS:
            same = as_text(getattr(forecast, row.field)) == row.old
        else:
            standing = readable(forecast).filter(pk=judgement_of(row).pk).first()
            same = standing is not None and _as_json(chance_of(standing)) == row.old
        if not same:
            message = _("What it corrects has changed since. Decline it, and propose what is still wrong.")
            raise CorrectionDecided(message)


def _bring_to(forecast: Forecast, changes: Mapping[str, Any], *, by: User, why: str, at: datetime) -> None:
    before = revision_of(forecast)
    after = replace(before, **changes)
    values = revised(forecast, after)
    with pghistory.context(user=by.pk, why=why):
        Forecast.objects.filter(pk=forecast.pk).update(version=F("version") + 1, **values)
    forecast.refresh_from_db()
    put_anew(forecast, before=before, by=by, why=why, at=at)


def put_anew(forecast: Forecast, *, before: Revision, by: User, why: str, at: datetime) -> None:
    """Reopen what the corrected forecast's outcome rests on where it may be another one, and let its Due follow."""
    held = Resolution.objects.standing().filter(forecast=forecast).first()
    touched = is_graded(forecast) if held is None else touches(held, before=before, after=revision_of(forecast))
    if touched:
        begin_next_round(forecast, by=by, why=why, at=at)
    follow(forecast, why="corrected", at=at)


def _reread(judgement: Judgement, said: Chance, *, by: User, why: str) -> None:
    kept = chance_of(judgement)
    chance = replace(said, confidence=kept.confidence, rationale=kept.rationale)
    reread(judgement, chance=chance, made_at=judgement.made_at, by=by, why=why)


def _decided(rows: Sequence[Correction], state: CorrectionState, *, by: User, at: datetime) -> None:
    keys = [row.pk for row in rows]
    Correction.objects.filter(pk__in=keys).update(state=state, decided_by=by, decided_at=at)
