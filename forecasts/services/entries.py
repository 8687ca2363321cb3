"""What somebody hands in: a forecast's wording, its criteria, a chance; checked, and completed where that is a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from forecasts.choices import Combination, Confidence, Horizon, Shape, Triage, Visibility
from forecasts.errors import ForecastRefused, JudgementRefused
from forecasts.models import Forecast, Judgement
from forecasts.reading.calendars import add_months
from forecasts.reading.terms import without_not
from forecasts.yardsticks.band import Term, UnknownTerm, UnknownYardstick
from forecasts.yardsticks.scales import get
from groundwork.errors import Refusal
from groundwork.marks import band_text

YEARS_TO_ASSESSMENT: Final = 3
MONTHS_SHORT: Final = 3
MONTHS_MEDIUM: Final = 12
ROUNDING: Final = 1e-9


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """How the outcome will be told."""

    observable: str = ""
    threshold: str = ""
    place: str = ""
    combination: str = ""
    source_of_record: str = ""
    fallback: str = ""
    degrees: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A forecast as handed in. `made_on` None is a preview: its window comes with its first edition."""

    statement: str
    event: str = ""
    made_on: date | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    assessment_on: date | None = None
    horizon: str = ""
    horizon_text: str = ""
    shape: str = Shape.HAPPENS_BY
    triage: str = Triage.GRADABLE
    triage_reason: str = ""
    condition: str = ""
    scenario_group: str = ""
    visibility: str = Visibility.PUBLIC
    criteria: Criteria = Criteria()
    topics: Sequence[str] = ()
    countries: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Chance:
    """How likely somebody held an event to be. Everything is optional: none of it is an unquantified judgement.

    `low`, `high` and `probability` lie in 0 to 1 and are of the event: a negated term's band stands here mirrored.
    """

    yardstick: str = ""
    term: str = ""
    term_text: str = ""
    negated: bool = False
    low: float | None = None
    high: float | None = None
    probability: float | None = None
    confidence: str = ""
    rationale: str = ""

    @property
    def says_how_likely(self) -> bool:
        return bool(self.term) or any(each is not None for each in (self.low, self.high, self.probability))


def completed(wording: Wording) -> Wording:
    """The wording with what follows from the rest: opening day, assessment date, horizon. Raises ForecastRefused."""
    _check_words(wording)
    return completed_window(wording)


def completed_window(wording: Wording) -> Wording:
    """As `completed`, of the days alone: the words are not looked at."""
    if wording.made_on is None:
        if wording.opens_on or wording.closes_on:
            raise ForecastRefused(_("A window needs the day on which the forecast was made."), field="made_on")
        return wording
    opens_on = wording.opens_on or wording.made_on
    if wording.closes_on is not None and wording.closes_on < opens_on:
        raise ForecastRefused(_("The window closes before it opens."), field="closes_on")
    wording = replace(wording, opens_on=opens_on, assessment_on=_assessment_date(wording, opens_on))
    return replace(wording, horizon=wording.horizon or horizon_class(wording.made_on or opens_on, wording.closes_on))


def horizon_class(made_on: date, closes_on: date | None) -> str:
    """Short closes within 3 months of the day it was made, medium within 12, long after that or never."""
    if closes_on is None:
        return Horizon.LONG
    if closes_on <= (add_months(made_on, MONTHS_SHORT) or date.max):
        return Horizon.SHORT
    return Horizon.MEDIUM if closes_on <= (add_months(made_on, MONTHS_MEDIUM) or date.max) else Horizon.LONG


def preset_window(horizon: str, made_on: date) -> tuple[date, date | None]:
    """The window of that horizon class: the first 3 months, the 9 after them, or what comes then, without an end."""
    in_3, in_12 = (add_months(made_on, months) or date.max for months in (MONTHS_SHORT, MONTHS_MEDIUM))
    match Horizon(horizon):
        case Horizon.SHORT:
            return made_on, in_3
        case Horizon.MEDIUM:
            return in_3, in_12
        case Horizon.LONG:
            return in_12, None


def completed_chance(chance: Chance) -> Chance:
    """The chance with the band that its term promises. Raises JudgementRefused."""
    _check_numbers(chance)
    check_lengths(Judgement, asdict(chance), JudgementRefused)
    if chance.confidence and chance.confidence not in Confidence.values:
        raise JudgementRefused(_("Confidence is high, moderate or low."), field="confidence")
    if not chance.term:
        return chance
    term = term_of(chance.yardstick, chance.term)
    written = without_not(chance.term_text) if chance.negated else chance.term_text
    chance = replace(chance, term_text=written or term.words[0])
    if chance.low is not None or chance.high is not None:
        return chance
    band = term.band.mirrored() if chance.negated else term.band
    return replace(chance, low=band.low, high=band.high)


def refuse_contradiction(chance: Chance) -> None:
    """Raise JudgementRefused where a range lies outside the band of the word beside it: one of the two is not meant."""
    if not chance.term:
        return
    band = term_of(chance.yardstick, chance.term).band
    band = band.mirrored() if chance.negated else band
    too_low = chance.low is not None and band.low is not None and chance.low < band.low - ROUNDING
    too_high = chance.high is not None and band.high is not None and chance.high > band.high + ROUNDING
    if too_low or too_high:
        shown = band_text(band.low, band.high, low_open=band.low_open, high_open=band.high_open)
        message = _("The word promises %s. Leave the range out, or give the range without a word.")
        raise JudgementRefused(message % shown, field="low" if too_low else "high", code="outside_the_band")


def term_of(yardstick: str, term: str) -> Term:
    """That term of that yardstick. Raises JudgementRefused, naming the words that exist."""
    try:
        scale = get(yardstick)
    except UnknownYardstick as error:
        raise JudgementRefused(_("“%s” is no yardstick here.") % yardstick, field="yardstick") from error
    try:
        return scale.term(term)
    except UnknownTerm as error:
        words = ", ".join(each.slug for each in scale.terms)
        message = _("“%(term)s” is no term of %(name)s. Its terms are: %(words)s.")
        raise JudgementRefused(message % {"term": term, "name": scale.name, "words": words}, field="term") from error


def check_lengths(model: type[Model], values: Mapping[str, Any], error: type[Refusal]) -> None:
    """Raise `error` at the first text that is longer than the model's field of that name."""
    for name, value in values.items():
        try:
            longest = getattr(model._meta.get_field(name), "max_length", None)  # noqa: SLF001 - Django's documented name
        except FieldDoesNotExist:
            continue
        if longest is not None and isinstance(value, str) and len(value) > longest:
            raise error(_("At most %d characters fit here.") % longest, field=name)


def _assessment_date(wording: Wording, opens_on: date) -> date | None:
    """The day on which an open-ended forecast is graded: three years after it opens, unless said otherwise."""
    if wording.closes_on is not None or wording.triage == Triage.ASSESSMENT:
        return None
    chosen = wording.assessment_on or add_months(opens_on, 12 * YEARS_TO_ASSESSMENT) or opens_on
    if chosen < opens_on:
        raise ForecastRefused(_("The assessment date lies before the window opens."), field="assessment_on")
    return chosen


def _check_words(wording: Wording) -> None:
    if not wording.statement.strip():
        raise ForecastRefused(_("Write the forecast as a sentence."), field="statement")
    for name, choices in (("shape", Shape), ("triage", Triage), ("visibility", Visibility)):
        if getattr(wording, name) not in choices.values:
            known = ", ".join(choices.values)
            raise ForecastRefused(_("“%s” is none of: %s.") % (getattr(wording, name), known), field=name)
    if wording.horizon not in ("", *Horizon.values):
        known = ", ".join(Horizon.values)
        raise ForecastRefused(_("“%s” is none of: %s.") % (wording.horizon, known), field="horizon")
    check_lengths(Forecast, {each.name: getattr(wording, each.name) for each in fields(wording)}, ForecastRefused)
    check_criteria(wording.criteria)


def check_criteria(criteria: Criteria) -> None:
    """Raise ForecastRefused for criteria that cannot be stored."""
    if criteria.combination not in ("", *Combination.values):
        raise ForecastRefused(_("All parts are needed, or any."), field="combination")
    check_lengths(Forecast, asdict(criteria), ForecastRefused)


def _check_numbers(chance: Chance) -> None:
    for name in ("low", "high", "probability"):
        value = getattr(chance, name)
        if value is not None and not 0 <= value <= 1:
            message = _("A probability lies between 0 and 1 (0 % and 100 %).")
            raise JudgementRefused(message, field=name)
    if chance.low is not None and chance.high is not None and chance.low > chance.high:
        raise JudgementRefused(_("The lower end is above the upper one."), field="low")
