"""From what the reader found to a forecast: accepted, edited, folded into another, or dismissed by an analyst."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import Relation
from forecasts.errors import JudgementRefused
from forecasts.models import Appearance, Forecast, ForecastSuggestion, Judgement
from forecasts.reading.horizons import sentence_window
from forecasts.services import judging
from forecasts.services.entries import Chance, Wording
from forecasts.services.linking import link
from forecasts.services.recording import Place, log_forecast
from sources.choices import Decision
from sources.services import people
from sources.services.deciding import decide, undecided

# What a find says of the sentence itself; the rest of an entry is the analyst's.
CHANCE_KEYS = ("yardstick", "term", "term_text", "negated", "low", "high", "probability")


def proposed_wording(suggestion: ForecastSuggestion) -> Wording:
    """The forecast as the reader would log it: initial data of the form that confirms it."""
    found: Mapping[str, Any] = suggestion.found
    made_on = suggestion.article.published_on
    opens_on, closes_on = proposed_window(suggestion)
    return Wording(
        statement=suggestion.quote,
        event=found["proposal"]["event"],
        made_on=made_on,
        opens_on=opens_on,
        closes_on=closes_on,
        horizon=found["horizon"] or "",
        horizon_text=found["horizon_text"] or "",
        shape=found["proposal"]["shape"],
        triage=found["proposal"]["triage"],
        condition=found["conditional"] or "",
        scenario_group=_scenario_group(suggestion),
        topics=tuple(topic.name for topic in suggestion.article.topics.all()),
        countries=tuple(suggestion.article.countries),
    )


def proposed_window(suggestion: ForecastSuggestion) -> tuple[date | None, date | None]:
    """When the forecast opens and closes; under a heading with a name alone ("Short term"), by its own sentence."""
    made_on, found = suggestion.article.published_on, suggestion.found
    if made_on is None:
        return None, None
    if found["opens_on"] is None and found["closes_on"] is None:
        window = sentence_window(suggestion.quote, made_on, term_at=None, condition=None)
        return (window.opens_on, window.closes_on) if window is not None else (None, None)
    return _day(found["opens_on"]), _day(found["closes_on"])


def proposed_chance(suggestion: ForecastSuggestion) -> Chance:
    """The chance that the sentence gives."""
    found = suggestion.found
    values = {key: found[key] for key in CHANCE_KEYS}
    values |= {key: values[key] or "" for key in ("yardstick", "term", "term_text")}
    return Chance(**(values | {"yardstick": values["yardstick"] if values["term"] else ""}))


@transaction.atomic
def accept_forecast(
    suggestion: ForecastSuggestion,
    *,
    wording: Wording,
    chance: Chance,
    by: User,
    at: datetime,
    continues: Forecast | None = None,
) -> Forecast:
    """Make a forecast of a find, fold its repeats in the same article into it, and note which one it `continues`.

    Raises AlreadyDecided, ForecastRefused or JudgementRefused.
    """
    suggestion = undecided(suggestion)
    _check_part(suggestion, chance)
    as_found = wording == proposed_wording(suggestion) and replace(chance, rationale="") == proposed_chance(suggestion)
    forecast = log_forecast(
        wording=replace(wording, statement=suggestion.quote),
        chance=chance,
        by=by,
        at=at,
        author=people.author_of(suggestion.article),
        place=Place(article=suggestion.article, start=suggestion.start, end=suggestion.end),
    )
    decide(suggestion, Decision.ACCEPTED if as_found else Decision.EDITED, forecast=forecast, by=by, at=at)
    if continues is not None:
        link(forecast, earlier=continues, relation=Relation.CONTINUES, by=by, at=at)
    _fold_repeats(suggestion, forecast, by=by, at=at)
    return forecast


@transaction.atomic
def accept_as_judgement(
    suggestion: ForecastSuggestion, *, on: Forecast, chance: Chance, by: User, at: datetime
) -> Judgement:
    """Take a find for a new judgement on an earlier forecast: the same event and the same window.

    It is the judgement of the article's author, made on the day of publication. Raises AlreadyDecided,
    JudgementRefused, or OutcomeKnown where the earlier forecast is resolved.
    """
    suggestion = undecided(suggestion)
    judgement = judging.judge_in_article(on, chance=chance, article=suggestion.article, by=by, at=at)
    _fold(suggestion, on, by=by, at=at)
    _fold_repeats(suggestion, on, by=by, at=at)
    return judgement


def _check_part(suggestion: ForecastSuggestion, chance: Chance) -> None:
    """A compound is split only into parts that each have a probability. Raises JudgementRefused."""
    if suggestion.part and not any(each not in (None, "") for each in (chance.term, chance.probability, chance.low)):
        message = _("A part needs a probability of its own. Where the text gives one to the whole, undo the splitting.")
        raise JudgementRefused(message, field="term")


def _fold_repeats(suggestion: ForecastSuggestion, forecast: Forecast, *, by: User, at: datetime) -> None:
    """Fold what repeats the find, or the whole that it is a part of: the repeat of a whole stands for every part."""
    whole = suggestion.split_from or suggestion
    for repeat in whole.duplicates.select_for_update().filter(decision__in=[Decision.PENDING, Decision.FOLDED]):
        _note_place(repeat, forecast)
        if repeat.is_pending:
            decide(repeat, Decision.FOLDED, forecast=forecast, by=by, at=at)


@transaction.atomic
def fold_forecast(suggestion: ForecastSuggestion, *, into: Forecast, by: User, at: datetime) -> None:
    """Note that this find is the same forecast standing in another place. Raises AlreadyDecided."""
    _fold(undecided(suggestion), into, by=by, at=at)


def _fold(suggestion: ForecastSuggestion, forecast: Forecast, *, by: User, at: datetime) -> None:
    _note_place(suggestion, forecast)
    decide(suggestion, Decision.FOLDED, forecast=forecast, by=by, at=at)


def _note_place(suggestion: ForecastSuggestion, forecast: Forecast) -> None:
    Appearance.objects.get_or_create(
        forecast=forecast,
        article_id=suggestion.article_id,
        start=suggestion.start,
        defaults={"end": suggestion.end, "section": suggestion.section},
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _scenario_group(suggestion: ForecastSuggestion) -> str:
    number = suggestion.found["scenario_group"]
    return "" if number is None else f"A-{suggestion.article_id}/{number}"
