"""The Brier score over time: of each year with its interval, against what two references would have scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forecasts.charts.chart import NARROW, Chart, colour
from forecasts.scoring.intervals import Interval
from forecasts.scoring.limits import MIN_ITEMS
from forecasts.scoring.proper import Reference
from forecasts.scoring.record import Group
from groundwork.marks import score_text

HEIGHT: Final = 240
# Of the one-sided score, whatever the outcome, of whoever always says 50 %.
HALF: Final = 0.25
_COUNT_NEEDS: Final = 46  # pixels


@dataclass(frozen=True, kw_only=True)
class Year:
    """One point: the year's mean score and interval, and the score of its base rate, which nobody knew beforehand.

    Of so many forecasts that resampling takes long there is no interval, and `is_resampled` says so.
    """

    name: str
    n: int
    brier: float
    interval: Interval | None
    is_resampled: bool
    base_rate: float | None


def years_of(groups: Sequence[Group]) -> list[Year]:
    """The years that have a score, in their order."""
    return [
        Year(
            name=group.name,
            n=group.record.n_scored,
            brier=group.record.brier,
            interval=group.record.interval,
            is_resampled=group.record.is_resampled,
            base_rate=_of_base_rate(group),
        )
        for group in sorted(groups, key=lambda group: group.key)
        if group.record.brier is not None
    ]


def _of_base_rate(group: Group) -> float | None:
    found = {each.reference: each.reference_brier for each in group.record.skills}
    return found.get(Reference.BASE_RATE)


def over_time_chart(groups: Sequence[Group], *, csv_url: str) -> Chart | None:
    """The chart of these years; None of fewer than two, which are no time."""
    years = years_of(groups)
    if len(years) < 2:
        return None
    return Chart(
        title=_("Brier score by year"),
        words=_words(years),
        spec=lambda width: _spec(years, width=width),
        csv_url=csv_url,
    )


# --- In words -------------------------------------------------------------------------------------------------------


def _words(years: Sequence[Year]) -> str:
    told = [_("0 is best; whoever always says 50 % scores 0.25."), *map(_told, years)]
    if few := sum(year.interval is None and year.is_resampled for year in years):
        counted = ngettext(
            "%(count)d year has no interval: too few forecasts, or they hang together.",
            "%(count)d years have no interval: too few forecasts, or they hang together.",
            few,
        )
        told.append(counted % {"count": few})
    return " ".join(told)


def _told(year: Year) -> str:
    facts = {"year": year.name, "brier": score_text(year.brier), "n": year.n}
    if year.interval is None:
        return _("%(year)s: %(brier)s of %(n)d.") % facts
    ends = {"low": score_text(year.interval.low), "high": score_text(year.interval.high)}
    return _("%(year)s: %(brier)s (%(low)s–%(high)s) of %(n)d.") % {**facts, **ends}


# --- The specification ----------------------------------------------------------------------------------------------


def _spec(years: Sequence[Year], *, width: int) -> dict[str, Any]:
    room = 84 if width <= NARROW else 130
    left = 44
    top = min(1, 1.1 * max([HALF, *(each.interval.high if each.interval else each.brier for each in years)]))
    layers = [*_labels(years, room=room, apart=0.08 * top)]
    if (width - left - room) / len(years) >= _COUNT_NEEDS:
        layers.append(_counts(years))
    return {
        "height": HEIGHT,
        "autosize": "none",
        "width": width - left - room,
        "padding": {"left": left, "top": 12, "right": room, "bottom": 26},
        "encoding": {"x": _years(years, most=4 if width <= NARROW else 12), "y": _scores(top)},
        "layer": [_half(), *_base_rates(years), _intervals(years), *_points(years), *layers],
    }


def _years(years: Sequence[Year], *, most: int) -> dict[str, Any]:
    every = -(-len(years) // most)
    ticks = list(range(0, len(years), every))
    labels = {place: years[place].name for place in ticks}
    expression = " : ".join(f"datum.value == {place} ? '{name}'" for place, name in labels.items())
    axis = {"title": None, "values": ticks, "labelExpr": f"{expression} : ''", "grid": False, "labelAngle": 0}
    scale = {"domain": [-0.5, len(years) - 0.5], "nice": False, "zero": False}
    return {"field": "x", "type": "quantitative", "scale": scale, "axis": axis}


def _scores(top: float) -> dict[str, Any]:
    axis = {"title": None, "tickCount": 5, "format": ".2f"}
    scale = {"domain": [0, round(top, 3)], "nice": False}
    return {"field": "y", "type": "quantitative", "scale": scale, "axis": axis}


def _half() -> dict[str, Any]:
    line = {"type": "rule", "color": colour("soft"), "strokeDash": [4, 4]}
    return {"data": {"values": [{"y": HALF}]}, "mark": line, "encoding": {"x": {"value": 0}, "x2": {"value": "width"}}}


def _base_rates(years: Sequence[Year]) -> list[dict[str, Any]]:
    """A level step for each year, in grey."""
    rows = [
        {"x": place - 0.5, "to": place + 0.5, "y": round(year.base_rate, 4)}
        for place, year in enumerate(years)
        if year.base_rate is not None
    ]
    if not rows:
        return []
    step = {"type": "rule", "color": colour("series-rest"), "strokeWidth": 2}
    return [{"data": {"values": rows}, "mark": step, "encoding": {"x2": {"field": "to"}}}]


def _intervals(years: Sequence[Year]) -> dict[str, Any]:
    rows = [
        {"x": place, "y": round(year.interval.low, 4), "high": round(year.interval.high, 4)}
        for place, year in enumerate(years)
        if year.interval is not None
    ]
    line = {"type": "rule", "color": colour("series-1"), "strokeWidth": 2}
    return {"data": {"values": rows}, "mark": line, "encoding": {"y2": {"field": "high"}}}


def _points(years: Sequence[Year]) -> list[dict[str, Any]]:
    """Filled where there are enough forecasts to be judged."""
    rows = [
        {"x": place, "y": round(year.brier, 4), "fill": colour("series-1" if year.n >= MIN_ITEMS else "surface")}
        for place, year in enumerate(years)
    ]
    dot = {"type": "point", "size": 80, "opacity": 1, "stroke": colour("series-1"), "strokeWidth": 2}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    return [{"data": {"values": rows}, "mark": dot, "encoding": {"fill": fill}}]


def _counts(years: Sequence[Year]) -> dict[str, Any]:
    rows = [
        {"x": place, "y": round(year.brier, 4), "n": _("n %(n)d") % {"n": year.n}} for place, year in enumerate(years)
    ]
    count = {"type": "text", "align": "left", "baseline": "middle", "dx": 8, "fontSize": 11, "color": colour("soft")}
    return {"data": {"values": rows}, "mark": count, "encoding": {"text": {"field": "n", "type": "nominal"}}}


def _labels(years: Sequence[Year], *, room: int, apart: float) -> list[dict[str, Any]]:
    """The references' names, beside where they end."""
    places = [(HALF, _("always 50 %"))]
    last = years[-1].base_rate  # never above that of 50 %
    if last is not None:
        places.append((min(last, HALF - apart), _("the base rate")))
    text = {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "limit": room - 8, "color": colour("soft")}
    encoding = {"x": {"value": "width"}, "text": {"field": "name", "type": "nominal"}}
    return [
        {"data": {"values": [{"y": round(place, 4), "name": name}]}, "mark": text, "encoding": encoding}
        for place, name in places
    ]
