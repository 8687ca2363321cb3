"""Finds that an analyst makes: the parts of a compound one, and what no rule had found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.models import ForecastSuggestion
from forecasts.reading import proposing
from forecasts.reading.document import READER_VERSION
from forecasts.reading.finding import FoundForecast, read_selected
from forecasts.reading.splitting import split_judgements
from forecasts.yardsticks.scales import get
from sources.choices import Decision
from sources.errors import AlreadyDecided
from sources.models import Article
from sources.reading.document_parts import Parts, Span
from sources.reading.json_form import json_fields
from sources.reading.parting import read_parts
from sources.services.deciding import add_find, decide, undecided


@transaction.atomic
def split_forecast(suggestion: ForecastSuggestion, *, by: User, at: datetime) -> list[ForecastSuggestion]:
    """The parts of a compound find, which wait for their decisions in its place; they share its span.

    Raises AlreadyDecided, also for a find that is a part itself.
    """
    suggestion = undecided(suggestion)
    if suggestion.part:
        raise AlreadyDecided(_("It is a part already. Undo the splitting, and log what is missing by hand."))
    article = suggestion.article
    parts = read_parts(article.text)
    span = Span(suggestion.start, suggestion.end)
    scale = get(suggestion.found["yardstick"])
    read = split_judgements(parts, span, published_on=article.published_on, yardstick=scale)
    decide(suggestion, Decision.SPLIT, by=by, at=at)
    return [
        ForecastSuggestion.objects.create(
            article=article,
            start=suggestion.start,
            end=suggestion.end,
            part=number,
            split_from=suggestion,
            quote=suggestion.quote,
            section=suggestion.section,
            rule=suggestion.rule,
            reader_version=suggestion.reader_version,
            found=_fields(part, parts) | {"clause": part.quote, "duplicate_of": None},
        )
        for number, part in enumerate(read, start=1)
    ]


@transaction.atomic
def add_by_hand(article: Article, selected: Span, *, yardstick: str) -> ForecastSuggestion:
    """A find at a place that somebody selected, for the confirming of it like any other. Raises AlreadyFound."""
    parts = read_parts(article.text)
    found = read_selected(parts, selected, published_on=article.published_on, yardstick=get(yardstick))
    return add_find(
        ForecastSuggestion,
        article=article,
        start=found.start,
        end=found.end,
        quote=found.quote,
        section=found.section,
        rule=found.rule,
        reader_version=READER_VERSION,
        found=_fields(found, parts),
    )


def _fields(found: FoundForecast, parts: Parts) -> dict[str, Any]:
    return json_fields(found) | {"proposal": proposing.proposal(found, parts)}
