"""Which older forecasts a find is near to: the same event again, or the same question with a new window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Final

from django.db import connection

from forecasts.models import Forecast
from forecasts.reading.duplicates import content_words, shared
from sources.models import Article

MOST_OFFERED: Final = 2
ENOUGH_ALIKE: Final = 0.55
# What is asked of Postgres before the words are compared one by one: the latest forecasts that share three of the
# longest words, which are the rarest.
_CANDIDATES: Final = 40
_LONGEST: Final = 6
_IN_COMMON: Final = 3
_NEAREST: Final = """
    SELECT find.number, near.id
      FROM unnest(%(numbers)s::int[], %(queries)s::text[]) AS find (number, query)
     CROSS JOIN LATERAL (
           SELECT forecast.id
             FROM forecasts_forecast AS forecast
            WHERE to_tsvector('english'::regconfig, COALESCE(forecast.event, ''))
                  @@ to_tsquery('english'::regconfig, find.query)
              AND forecast.retracted_at IS NULL
              AND forecast.article_id IS DISTINCT FROM %(article)s
            ORDER BY forecast.id DESC
            LIMIT %(most)s) AS near
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a find would foretell. `number` is what the answer calls it by."""

    number: int
    event: str
    opens_on: date | None
    closes_on: date | None


@dataclass(frozen=True, kw_only=True)
class Near:
    """An older forecast that a find may continue; `likeness` lies between 0 and 1."""

    forecast: Forecast
    likeness: float
    windows_overlap: bool


def nearest(article: Article, asked: Sequence[Asked]) -> Mapping[int, list[Near]]:
    """For each find's number the forecasts of other articles that are nearest to it, the nearest first, at most two.

    Words of the event count most; a common topic or country, and windows that overlap, add to it. Two queries, however
    many are asked.
    """
    named = [each for each in asked if each.event.strip()]
    pairs = _candidates(article, named)
    if not pairs:
        return {}
    keys = {key for _number, key in pairs}
    rows = Forecast.objects.filter(pk__in=keys).select_related("author").prefetch_related("topics", "judgements")
    forecasts = {row.pk: row for row in rows}
    about = _About.of(article)
    by_number = {each.number: each for each in named}
    found: defaultdict[int, list[Near]] = defaultdict(list)
    for number, key in pairs:
        near = _compare(by_number[number], forecasts[key], about)
        if near.likeness >= ENOUGH_ALIKE:
            found[number].append(near)
    return {number: _best(each) for number, each in found.items()}


def _candidates(article: Article, asked: Sequence[Asked]) -> list[tuple[int, int]]:
    queries = {each.number: query for each in asked if (query := _query(each.event))}
    if not queries:
        return []
    values: dict[str, Any] = {
        "numbers": list(queries),
        "queries": list(queries.values()),
        "article": article.pk,
        "most": _CANDIDATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, values)
        return [(number, key) for number, key in cursor.fetchall()]


def _query(event: str) -> str:
    """A tsquery for events that share three of this one's longest words, or both where it has only two; "" for none."""
    words = sorted(content_words(event), key=lambda word: (-len(word), word))[:_LONGEST]
    together = combinations(words, min(_IN_COMMON, len(words)))
    return " | ".join("(" + " & ".join(_quoted(word) for word in each) + ")" for each in together if each)


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "").replace("'", "''") + "'"


def _best(found: Iterable[Near]) -> list[Near]:
    return sorted(found, key=lambda near: (-near.likeness, -near.forecast.pk))[:MOST_OFFERED]


@dataclass(frozen=True)
class _About:
    topics: frozenset[int]
    countries: frozenset[str]

    @classmethod
    def of(cls, record: Article | Forecast) -> _About:
        return cls(frozenset(topic.pk for topic in record.topics.all()), frozenset(record.countries))

    def meets(self, other: _About) -> bool:
        return bool(self.topics & other.topics or self.countries & other.countries)


def _compare(asked: Asked, forecast: Forecast, about: _About) -> Near:
    overlap = _overlap(asked.opens_on, asked.closes_on, forecast.opens_on, forecast.closes_on)
    words = shared(content_words(asked.event), content_words(forecast.event))
    likeness = 0.75 * words + 0.15 * about.meets(_About.of(forecast)) + 0.1 * overlap
    return Near(forecast=forecast, likeness=likeness, windows_overlap=overlap)


def _overlap(opens: date | None, closes: date | None, other_opens: date | None, other_closes: date | None) -> bool:
    """Whether two windows share more than the day on which one ends and the other begins; open ends reach for ever."""
    if opens is None or other_opens is None:
        return False
    return max(opens, other_opens) < min(closes or date.max, other_closes or date.max)
