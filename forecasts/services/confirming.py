"""From what the reader found to a forecast: accepted, edited, folded into another, or dismissed by an analyst."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from forecasts.models import Appearance, Forecast, ForecastSuggestion
from forecasts.services.entries import Chance, Wording
from forecasts.services.recording import Place, log_forecast
from sources.choices import Decision
from sources.models import Article, Source
from sources.services.deciding import decide, undecided

# What a find says of the sentence itself; the rest of an entry is the analyst's.
CHANCE_KEYS = ("yardstick", "term", "term_text", "negated", "low", "high", "probability")


def proposed_wording(suggestion: ForecastSuggestion) -> Wording:
    """The forecast as the reader would log it: initial data of the form that confirms it."""
    found: Mapping[str, Any] = suggestion.found
    made_on = suggestion.article.published_on
    return Wording(
        statement=suggestion.quote,
        event=found["proposal"]["event"],
        made_on=made_on,
        opens_on=_day(found["opens_on"]) if made_on else None,
        closes_on=_day(found["closes_on"]) if made_on else None,
        horizon=found["horizon"] or "",
        horizon_text=found["horizon_text"] or "",
        shape=found["proposal"]["shape"],
        triage=found["proposal"]["triage"],
        condition=found["conditional"] or "",
        scenario_group=_scenario_group(suggestion),
        topics=tuple(topic.name for topic in suggestion.article.topics.all()),
        countries=tuple(suggestion.article.countries),
    )


def proposed_chance(suggestion: ForecastSuggestion) -> Chance:
    """The chance that the sentence gives."""
    found = suggestion.found
    values = {key: found[key] for key in CHANCE_KEYS}
    values |= {key: values[key] or "" for key in ("yardstick", "term", "term_text")}
    return Chance(**(values | {"yardstick": values["yardstick"] if values["term"] else ""}))


def author_of(article: Article) -> Source:
    """Whose forecasts an article makes: its byline's first name, else its source."""
    return article.bylines.order_by("byline__position").first() or article.source


@transaction.atomic
def accept_forecast(
    suggestion: ForecastSuggestion, *, wording: Wording, chance: Chance, by: User, at: datetime
) -> Forecast:
    """Make a forecast of a find, and fold its repeats in the same article into it.

    Raises AlreadyDecided, ForecastRefused or JudgementRefused.
    """
    suggestion = undecided(suggestion)
    as_found = wording == proposed_wording(suggestion) and replace(chance, rationale="") == proposed_chance(suggestion)
    forecast = log_forecast(
        wording=replace(wording, statement=suggestion.quote),
        chance=chance,
        by=by,
        at=at,
        author=author_of(suggestion.article),
        place=Place(article=suggestion.article, start=suggestion.start, end=suggestion.end),
    )
    decide(suggestion, Decision.ACCEPTED if as_found else Decision.EDITED, forecast=forecast, by=by, at=at)
    for repeat in suggestion.duplicates.select_for_update().filter(decision=Decision.PENDING):
        _fold(repeat, forecast, by=by, at=at)
    return forecast


@transaction.atomic
def fold_forecast(suggestion: ForecastSuggestion, *, into: Forecast, by: User, at: datetime) -> None:
    """Note that this find is the same forecast standing in another place. Raises AlreadyDecided."""
    _fold(undecided(suggestion), into, by=by, at=at)


def _fold(suggestion: ForecastSuggestion, forecast: Forecast, *, by: User, at: datetime) -> None:
    Appearance.objects.get_or_create(
        forecast=forecast,
        article_id=suggestion.article_id,
        start=suggestion.start,
        defaults={"end": suggestion.end, "section": suggestion.section},
    )
    decide(suggestion, Decision.FOLDED, forecast=forecast, by=by, at=at)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _scenario_group(suggestion: ForecastSuggestion) -> str:
    number = suggestion.found["scenario_group"]
    return "" if number is None else f"A-{suggestion.article_id}/{number}"
