"""Template filters for what a list shows of a forecast that came with `for_lists`."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext_lazy as _

from forecasts import columns
from forecasts.choices import Triage
from forecasts.models import Forecast, Judgement, Resolution
from forecasts.services.scores import JudgementScore, score

register = template.Library()


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
    """What the judgement scores against what became of it; one made after that was known scores nothing."""
    made_on = judgement.made_at.astimezone(ZoneInfo(resolution.forecast.time_zone)).date()
    if made_on > resolution.known_on:
        return JudgementScore(judgement=judgement, unscored_because=_("made after the outcome was known"))
    return score(judgement, outcome=resolution.outcome)


@register.filter
def in_words(value: Any) -> str:
    """A value as a history shows it: "none" for what is empty."""
    return "" if value is None else str(value)
