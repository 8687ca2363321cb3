"""Template filters for what a list shows of a forecast that came with `for_lists`."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forecasts import columns
from forecasts.choices import Independence, Relation, Triage
from forecasts.models import Forecast, Judgement, Resolution
from forecasts.services.involvement import involved
from forecasts.services.scores import JudgementScore, score

register = template.Library()

_BACKWARDS: Final = {
    Relation.CONTINUES: _("is continued by"),
    Relation.REPEATS: _("is repeated by"),
    Relation.SUPERSEDES: _("is superseded by"),
    Relation.RELATED: _("is related to"),
}


@register.filter
def standing_judgement(forecast: Forecast) -> Judgement | None:
    """The desk's standing line, else the author's judgement, else anybody's."""
    return columns.standing_judgement(forecast)


@register.filter
def outcome(forecast: Forecast) -> str | None:
    """The outcome that stands, for `outcome_mark`; None while it is open."""
    return columns.outcome_of(forecast)


@register.filter
def waits_for_a_verdict(forecast: Forecast, today: date) -> bool:
    """Whether its last day has passed while nobody has said what became of it; an assessment never waits."""
    if forecast.standing_resolutions or forecast.triage == Triage.ASSESSMENT:
        return False
    return forecast.has_ended(on=today)


@register.filter
def scored(judgement: Judgement, resolution: Resolution) -> JudgementScore:
    """What the judgement scores against what became of it; or why it counts for nothing."""
    if because := _counts_for_nothing(judgement, resolution):
        return JudgementScore(judgement=judgement, unscored_because=because)
    return score(judgement, outcome=resolution.outcome)


def _counts_for_nothing(judgement: Judgement, resolution: Resolution) -> str | Promise:
    forecast = resolution.forecast
    made_on = forecast.today(at=judgement.made_at)
    if judgement.was_misread:
        return _("it never stood")
    if made_on > resolution.known_on:
        return _("made after the outcome was known")
    if forecast.has_ended(on=made_on):
        return _("made after the window had closed")
    ended_on = forecast.today(at=judgement.ended_at) if judgement.ended_at is not None else None
    return _("it stood at the end of no day") if ended_on == made_on else ""


@register.filter
def those_involved(resolution: Resolution) -> set[int]:
    """The accounts that had a hand in what was resolved; asked for once a forecast, and only where somebody had."""
    if resolution.independence != Independence.INVOLVED:
        return set()
    known: dict[str, Any] = vars(resolution.forecast)
    if "those_involved" not in known:
        known["those_involved"] = involved(resolution.forecast)
    found: set[int] = known["those_involved"]
    return found


@register.filter
def seen_from_the_earlier(relation: str) -> str:
    """What an earlier forecast is to a later one that is this to it: "is continued by"."""
    return str(_BACKWARDS[Relation(relation)])


@register.filter
def in_words(value: Any) -> str:
    """A value as a history shows it: "none" for what is empty."""
    return "" if value is None else str(value)
