"""Where a resolved forecast stands: what was said of it scored, and how often its word comes true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from forecasts.charts.terms import VERDICTS, band_of, term_name
from forecasts.models import Forecast, Score
from forecasts.scoring.hits import Hits, TermCount, hit_table
from forecasts.services.record_rows import Counted, Scope, counted_rows
from forecasts.yardsticks.band import Band
from sources.querysets import Viewer


@dataclass(frozen=True, kw_only=True)
class Kind:
    """The forecasts that the record counts under the same word, among them this one where it counts."""

    hits: Hits
    rows_url: str

    @property
    def word(self) -> str:
        return term_name(self.hits.yardstick, self.hits.term)

    @property
    def band(self) -> str:
        return band_of(self.hits)

    @property
    def verdict(self) -> Any:
        return VERDICTS[self.hits.verdict]


def standing_of(forecast: Forecast, *, user: Viewer, on: date) -> Mapping[str, Any]:
    """What its page shows of its scores; two statements, and nothing where nobody may score it yet."""
    rows: Any = counted_rows(Scope(), viewer=user, on=on)
    headline = rows.filter(forecast=forecast).first()
    if headline is None:
        return {"headline": None, "kind": None}
    return {
        "headline": headline,
        "counted_as": Counted(headline.counted),
        "kind": _kind(headline, rows) if headline.term else None,
        "averages": list(_averages(forecast, user)),
    }


def _averages(forecast: Forecast, user: Viewer) -> Any:
    """Of each line that changed, its score averaged over the days on which it stood; the desk's first."""
    rows = Score.objects.standing().visible_to(user).filter(forecast=forecast, final=True, first=False)
    rows = rows.filter(average__isnull=False)
    return rows.select_related("forecaster").order_by("line", "forecaster__name", "pk")


def _kind(headline: Any, rows: Any) -> Kind:
    same = rows.filter(counted=Counted.SCORED, yardstick=headline.yardstick, term=headline.term)
    came_true = Q(negated=False, occurred=True) | Q(negated=True, occurred=False)
    sums = same.aggregate(n=Count("pk"), yes=Count("pk", filter=came_true), clusters=Count("cluster", distinct=True))
    words = headline.yardstick, headline.term
    low, high = _own_band(headline)
    (hits,) = hit_table([TermCount(*words, low, high, sums["n"], sums["yes"])], {words: sums["clusters"]})
    query = {"record": Counted.SCORED.value, "yardstick": headline.yardstick, "word": headline.term}
    return Kind(hits=hits, rows_url=reverse("forecasts:forecast_list", query=query))


def _own_band(headline: Any) -> tuple[float | None, float | None]:
    """The word's own band, whether or not it was negated."""
    band = Band(headline.low, headline.high)
    own = band.mirrored() if headline.negated else band
    return own.low, own.high
