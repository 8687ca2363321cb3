"""What the CSV of each list holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from forecasts.choices import Line
from forecasts.models import Forecast, Judgement
from groundwork.lists import Column
from groundwork.references import reference

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

JUDGEMENT_COLUMNS = (
    Column(_("forecast"), lambda judgement: reference("forecast", judgement.forecast_id)),
    Column(_("whose judgement"), lambda judgement: judgement.forecaster),
    Column(_("line"), lambda judgement: judgement.line),
    Column(_("yardstick"), lambda judgement: judgement.yardstick),
    Column(_("term"), lambda judgement: judgement.term),
    Column(_("as written"), lambda judgement: judgement.term_text),
    Column(_("negated"), lambda judgement: judgement.negated),
    Column(_("low"), lambda judgement: judgement.low),
    Column(_("high"), lambda judgement: judgement.high),
    Column(_("probability"), lambda judgement: judgement.probability),
    Column(_("confidence"), lambda judgement: judgement.confidence),
    Column(_("rationale"), lambda judgement: judgement.rationale),
    Column(_("article"), lambda judgement: judgement.article and judgement.article.reference),
    Column(_("made at"), lambda judgement: judgement.made_at),
    Column(_("ended at"), lambda judgement: judgement.ended_at),
    Column(_("why it ended"), lambda judgement: judgement.ended_why),
    Column(_("released at"), lambda judgement: judgement.released_at),
    Column(_("imported"), lambda judgement: judgement.imported),
)

RULE_COLUMNS = (
    Column(_("finds"), lambda row: row.kind),
    Column(_("rule"), lambda row: row.rule),
    Column(_("what it means"), lambda row: row.means),
    Column(_("example"), lambda row: row.example),
    Column(_("found"), lambda row: row.found),
    Column(_("to confirm"), lambda row: row.pending),
    Column(_("accepted"), lambda row: row.accepted),
    Column(_("edited"), lambda row: row.edited),
    Column(_("folded"), lambda row: row.folded),
    Column(_("split"), lambda row: row.split),
    Column(_("dismissed"), lambda row: row.dismissed),
    Column(_("decided"), lambda row: row.decided),
    Column(_("share kept"), lambda row: row.kept_share),
    Column(_("share kept as found"), lambda row: row.as_found_share),
    Column(_("too few to judge"), lambda row: row.is_too_few),
)

IMPORT_COLUMNS = (
    Column(_("import"), lambda batch: batch.pk),
    Column(_("file"), lambda batch: batch.filename),
    Column(_("source"), lambda batch: batch.source),
    Column(_("state"), lambda batch: batch.state),
    Column(_("rows"), lambda batch: batch.total),
    Column(_("left out"), lambda batch: batch.refused),
    Column(_("there already"), lambda batch: batch.known),
    Column(_("forecasts"), lambda batch: batch.forecasts),
    Column(_("judgements"), lambda batch: batch.judgements),
    Column(_("outcomes"), lambda batch: batch.resolutions),
    Column(_("brought in by"), lambda batch: batch.asked_by),
    Column(_("brought in at"), lambda batch: batch.asked_at),
    Column(_("SHA-256"), lambda batch: batch.sha256),
)
PROBLEM_COLUMNS = (
    Column(_("line"), lambda problem: problem.line),
    Column(_("column"), lambda problem: problem.column),
    Column(_("value"), lambda problem: problem.value),
    Column(_("reason"), lambda problem: problem.reason),
)
