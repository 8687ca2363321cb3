"""The one place where a text is read: its parts, its forecasts, its claims."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.reading.finding import FoundClaim, find_claims
from forecasts.reading.finding import FoundForecast, find_forecasts
from forecasts.yardsticks.scales import DEFAULT, get
from sources.reading.document_parts import Parts, Span
from sources.reading.json_form import json_fields, plain
from sources.reading.parting import read_parts

READER_VERSION = "1"
LANGUAGES = ("en", "und")  # a text too short to tell is read as English


@dataclass(frozen=True, slots=True)
class Reading:
    """What the readers made of a text."""

    parts: Parts
    published_on: date | None
    yardstick: str
    forecasts: tuple[FoundForecast, ...]
    claims: tuple[FoundClaim, ...]

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of `manage.py read`: dates as ISO strings, probabilities 0 to 1."""
        return {
            "reader_version": READER_VERSION,
            "text": self.parts.text,
            "title": self.parts.title,
            "byline": self.parts.byline,
            "published_on": plain(self.published_on),
            "language": self.parts.language,
            "summary": list(self.parts.summary),
            "body": list(self.parts.body),
            "credits": list(self.parts.credits),
            "forecasts": [json_fields(forecast) for forecast in self.forecasts],
            "claims": [json_fields(claim) for claim in self.claims],
        }


def read(
    text: str, *, published_on: date | None = None, dated_on: date | None = None, yardstick: str = DEFAULT.slug
) -> Reading:
    """Read a text; `published_on` counts only where the text carries no date of its own, `dated_on` before that date.

    Of a text in another language than English only the parts are read. The same text always gives the same reading.
    Raises UnknownYardstick.
    """
    scale = get(yardstick)
    parts = read_parts(text)
    day = dated_on or parts.published_on or published_on
    if parts.language not in LANGUAGES:
        return Reading(parts, day, scale.slug, (), ())
    forecasts = find_forecasts(parts, published_on=day, yardstick=scale)
    return Reading(parts, day, scale.slug, forecasts, tuple(_claims_beside(forecasts, parts)))


def _claims_beside(forecasts: Sequence[FoundForecast], parts: Parts) -> Iterator[FoundClaim]:
    """The claims of the sentences that are no forecasts, in one walk: both stand in text order."""
    ahead = deque(forecasts)
    for sentence in parts.sentences:
        spans = []
        while ahead and ahead[0].start < sentence.end:
            spans.append(Span(ahead[0].start, ahead[0].end))
            ahead.popleft()
        if spans != [Span(sentence.start, sentence.end)]:
            yield from find_claims(parts.text, (sentence,), forecasts=spans)
