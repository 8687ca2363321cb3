"""What a reading found, stored as suggestions beside those that are there; within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from forecasts.models import ForecastSuggestion
from forecasts.reading.document import Reading
from forecasts.reading.finding import FoundForecast
from forecasts.reading.proposing import proposal
from forecasts.reading.rules import BY_HAND
from sources.choices import Decision
from sources.models import Article
from sources.reading.spans import Covered

Place = tuple[int, int]


def keep_forecasts(article: Article, reading: Reading, items: Sequence[dict[str, Any]], *, version: str) -> None:
    """Add the forecasts that overlap with none that is there; `items` are the same as JSON.

    What was decided stays as it is. What still waits stays too, unless it was read by another yardstick: it is then
    read anew, and goes where the new one finds nothing.
    """
    kept = {(row.start, row.end): row for row in _wholes(article)}
    pairs = [(found, item | {"proposal": proposal(found, reading.parts)}) for found, item in _zip(reading, items)]
    _read_anew(kept, pairs, yardstick=reading.yardstick, version=version)
    covered = Covered(kept)
    rows = [
        ForecastSuggestion(
            article=article,
            start=found.start,
            end=found.end,
            quote=found.quote,
            rule=found.rule,
            reader_version=version,
            section=found.section,
            found=item,
        )
        for found, item in pairs
        if not covered.touches(found.start, found.end)
    ]
    kept |= {(row.start, row.end): row for row in ForecastSuggestion.objects.bulk_create(rows)}
    _mark_repeats(kept, reading.forecasts)


def _zip(reading: Reading, items: Sequence[dict[str, Any]]) -> list[tuple[FoundForecast, dict[str, Any]]]:
    return list(zip(reading.forecasts, items, strict=True))


def _wholes(article: Article) -> list[ForecastSuggestion]:
    return list(ForecastSuggestion.objects.select_for_update().filter(article=article, part=0))


def _read_anew(
    kept: dict[Place, ForecastSuggestion],
    pairs: Sequence[tuple[FoundForecast, dict[str, Any]]],
    *,
    yardstick: str,
    version: str,
) -> None:
    """Bring what waits and was read by another yardstick to this one, and take from `kept` what is found no more."""
    found = {(each.start, each.end): (each, item) for each, item in pairs}
    stale = [
        row
        for row in kept.values()
        if row.is_pending and row.rule != BY_HAND and row.found.get("yardstick") != yardstick
    ]
    again = [row for row in stale if (row.start, row.end) in found]
    for row in again:
        each, item = found[row.start, row.end]
        row.rule, row.reader_version, row.found, row.duplicate_of = each.rule, version, item, None
    ForecastSuggestion.objects.bulk_update(again, ["rule", "reader_version", "found", "duplicate_of"])
    gone = [row for row in stale if (row.start, row.end) not in found]
    keys = [row.pk for row in gone]
    ForecastSuggestion.objects.filter(duplicate_of__in=keys).update(duplicate_of=None)
    ForecastSuggestion.objects.filter(pk__in=keys, decision=Decision.PENDING).delete()
    for row in gone:
        del kept[row.start, row.end]


def _mark_repeats(kept: dict[Place, ForecastSuggestion], forecasts: Sequence[FoundForecast]) -> None:
    repeats = []
    for found in forecasts:
        row = kept.get((found.start, found.end))
        if found.duplicate_of is None or row is None or row.duplicate_of_id is not None or not row.is_pending:
            continue
        original = forecasts[found.duplicate_of]
        twin = kept.get((original.start, original.end))
        if twin is not None:
            row.duplicate_of = twin
            repeats.append(row)
    ForecastSuggestion.objects.bulk_update(repeats, ["duplicate_of"])
