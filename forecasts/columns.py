"""What the CSV of each list holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from forecasts.choices import Line
from forecasts.models import Forecast, Judgement
from groundwork.lists import Column

ARTICLE_COLUMNS = (
    Column(_("reference"), lambda article: article.reference),
    Column(_("title"), lambda article: article.title),
    Column(_("source"), lambda article: article.source),
    Column(_("bylines"), lambda article: ", ".join(str(author) for author in article.bylines.all())),
    Column(_("published on"), lambda article: article.published_on),
    Column(_("address"), lambda article: article.url),
    Column(_("language"), lambda article: article.language),
    Column(_("how it came in"), lambda article: article.origin),
    Column(_("brought in at"), lambda article: article.recorded_at),
    Column(_("finds to confirm"), lambda article: article.pending_forecasts + article.pending_claims),
    Column(_("SHA-256 of the text"), lambda article: article.text_sha256),
)


def standing_judgement(forecast: Forecast) -> Judgement | None:
    """The judgement that a row shows: the desk's standing line, else the author's, else anybody's."""
    standing = [each for each in forecast.shown_judgements if each.ended_at is None]
    order = {Line.DESK: 0, Line.PERSONAL: 1}
    ranked = sorted(standing, key=lambda each: (order[Line(each.line)], each.forecaster_id != forecast.author_id))
    return ranked[0] if ranked else None


def outcome_of(forecast: Forecast) -> str | None:
    """The outcome that stands; None while there is none."""
    return forecast.standing_resolutions[0].outcome if forecast.standing_resolutions else None


def _known_on(forecast: Forecast) -> date | None:
    return forecast.standing_resolutions[0].known_on if forecast.standing_resolutions else None


def _judged(value: Callable[[Judgement], Any]) -> Callable[[Forecast], Any]:
    def of(forecast: Forecast) -> Any:
        judgement = standing_judgement(forecast)
        return None if judgement is None else value(judgement)

    return of


FORECAST_COLUMNS = (
    Column(_("reference"), lambda forecast: forecast.reference),
    Column(_("event"), lambda forecast: forecast.event),
    Column(_("statement"), lambda forecast: forecast.statement),
    Column(_("author"), lambda forecast: forecast.author),
    Column(_("article"), lambda forecast: forecast.article and forecast.article.reference),
    Column(_("made on"), lambda forecast: forecast.made_on),
    Column(_("opens on"), lambda forecast: forecast.opens_on),
    Column(_("closes on"), lambda forecast: forecast.closes_on),
    Column(_("assessment date"), lambda forecast: forecast.assessment_on),
    Column(_("time zone"), lambda forecast: forecast.time_zone),
    Column(_("horizon"), lambda forecast: forecast.horizon),
    Column(_("shape"), lambda forecast: forecast.shape),
    Column(_("triage"), lambda forecast: forecast.triage),
    Column(_("whose judgement"), _judged(lambda judgement: judgement.forecaster)),
    Column(_("yardstick"), _judged(lambda judgement: judgement.yardstick)),
    Column(_("term"), _judged(lambda judgement: judgement.term)),
    Column(_("negated"), _judged(lambda judgement: judgement.negated)),
    Column(_("low"), _judged(lambda judgement: judgement.low)),
    Column(_("high"), _judged(lambda judgement: judgement.high)),
    Column(_("probability"), _judged(lambda judgement: judgement.probability)),
    Column(_("outcome"), outcome_of),
    Column(_("known on"), _known_on),
    Column(_("topics"), lambda forecast: ", ".join(str(topic) for topic in forecast.topics.all())),
    Column(_("countries"), lambda forecast: ", ".join(forecast.countries)),
)
