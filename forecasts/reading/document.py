"""The one place where a text is read: its parts, its forecasts, its claims."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from claims.reading.finding import FoundClaim, find_claims
from forecasts.reading.finding import FoundForecast, find_forecasts
from forecasts.yardsticks.scales import DEFAULT, get
from sources.reading.document_parts import Parts, Span
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
            "published_on": _plain(self.published_on),
            "language": self.parts.language,
            "summary": list(self.parts.summary),
            "body": list(self.parts.body),
            "credits": list(self.parts.credits),
            "forecasts": [_item(forecast) for forecast in self.forecasts],
            "claims": [_item(claim) for claim in self.claims],
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
    spans = [Span(forecast.start, forecast.end) for forecast in forecasts]
    claims = find_claims(parts.text, parts.sentences, forecasts=spans)
    return Reading(parts, day, scale.slug, forecasts, tuple(claims))


def _item(found: FoundForecast | FoundClaim) -> dict[str, Any]:
    return {name: _plain(value) for name, value in asdict(found).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
