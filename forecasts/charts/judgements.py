"""Who held an event to be how likely, and when: one line of steps for each forecaster."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forecasts.charts.chart import NARROW, REST, SERIES, Chart, colour
from forecasts.choices import Line, Outcome
from forecasts.models import Forecast, Judgement, Resolution
from forecasts.scoring.points import point_value
from forecasts.services.judging import start_of_day
from groundwork.marks import band_text, day_text, outcome_word, probability_text

HEIGHT: Final = 240
_DASHES: Final = ([1, 0], [8, 3], [2, 3], [8, 3, 2, 3])
_LABEL_APART: Final = 0.07  # of the chart's height
_SHAPES: Final = {
    Outcome.OCCURRED: ("occurred", "M-0.9,0.1L-0.3,0.7L0.9,-0.7", 1.0),
    Outcome.DID_NOT_OCCUR: ("did-not-occur", "M-0.7,-0.7L0.7,0.7M-0.7,0.7L0.7,-0.7", 0.0),
    Outcome.PARTLY: ("partly", "M-0.8,0A0.8,0.8,0,0,1,0.8,0Z", 0.5),
}
_DASH: Final = ("void", "M-0.9,0L0.9,0", 0.5)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One judgement as it is drawn: from when until when, its number, and its range from 0 to 1."""

    judgement: Judgement
    start: datetime
    end: datetime
    point: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Voice:
    """One forecaster's line: their name, the colour's place (None for grey), and the steps."""

    name: str
    rank: int | None
    steps: Sequence[Step]

    @property
    def colour(self) -> str:
        return colour(REST if self.rank is None else SERIES[self.rank])

    @property
    def dash(self) -> Sequence[int]:
        return _DASHES[0 if self.rank is None else self.rank]

    @property
    def last_point(self) -> float:
        """Where its label belongs: at its last number, or in the middle of its last range."""
        last = self.steps[-1]
        ends = (last.low or 0.0, 1.0 if last.high is None else last.high)
        return sum(ends) / 2 if last.point is None else last.point


def judgement_chart(
    forecast: Forecast, judgements: Iterable[Judgement], resolution: Resolution | None, *, at: datetime
) -> Chart | None:
    """The chart of these judgements as of `at`; None where no two moments or no numbers are there to be drawn."""
    until = _last_moment(forecast, resolution, at=at)
    voices = _voices(forecast, judgements, until=until)
    if not voices:
        return None
    return Chart(
        title=_("Who said what when"),
        words=_words(forecast, voices, resolution),
        spec=lambda width: _spec(forecast, voices, resolution, width=width),
        csv_url=reverse("forecasts:judgements_csv", args=[forecast.pk]),
    )


# --- What is drawn --------------------------------------------------------------------------------------------------


def _last_moment(forecast: Forecast, resolution: Resolution | None, *, at: datetime) -> datetime:
    """How far standing judgements reach: to the day's end on which the outcome became known, else to today's end or the
    window's, whichever comes first. Of days, so that the same chart is drawn once a day at most."""
    days = [forecast.today(at=at)]
    if resolution is not None:
        days.append(resolution.known_on)
    if forecast.ends_on is not None:
        days.append(forecast.ends_on)
    return start_of_day(min(days) + timedelta(days=1), forecast.time_zone)


def _voices(forecast: Forecast, judgements: Iterable[Judgement], *, until: datetime) -> list[Voice]:
    lines: dict[tuple[str, int], list[Step]] = {}
    names: dict[tuple[str, int], str] = {}
    for each in sorted(judgements, key=lambda judgement: (judgement.made_at, judgement.pk)):
        step = _step(each, until=until)
        if step is not None:
            key = (each.line, each.forecaster_id)
            lines.setdefault(key, []).append(step)
            names[key] = _("the desk") if each.line == Line.DESK else str(each.forecaster)
    order = sorted(lines, key=lambda key: (key[0] != Line.DESK, key[1] != forecast.author_id, lines[key][0].start, key))
    ranks = dict(zip(order, range(len(SERIES)), strict=False))
    return [Voice(name=names[key], rank=ranks.get(key), steps=lines[key]) for key in order]


def _step(judgement: Judgement, *, until: datetime) -> Step | None:
    end = max(min(judgement.ended_at or until, until), judgement.made_at)
    if not judgement.is_quantified or (end == judgement.made_at and judgement.ended_at is not None):
        return None
    low, high = judgement.low, judgement.high
    ranged = low is not None or high is not None
    return Step(
        judgement=judgement,
        start=judgement.made_at,
        end=end,
        point=point_value(low, high, judgement.probability),
        low=(0.0 if low is None else low) if ranged else None,
        high=(1.0 if high is None else high) if ranged else None,
    )


# --- In words -------------------------------------------------------------------------------------------------------


def _words(forecast: Forecast, voices: Sequence[Voice], resolution: Resolution | None) -> str:
    zone = ZoneInfo(forecast.time_zone)
    told = [_told(voice, zone) for voice in voices if voice.rank is not None]
    if rest := sum(voice.rank is None for voice in voices):
        others = ngettext("%(count)d more forecaster is drawn in grey.", "%(count)d more are drawn in grey.", rest)
        told.append(others % {"count": rest})
    if resolution is not None:
        known = {"outcome": outcome_word(resolution.outcome), "day": day_text(resolution.known_on)}
        told.append(_("The outcome, known on %(day)s: %(outcome)s.") % known)
    return " ".join(told)


def _told(voice: Voice, zone: ZoneInfo) -> str:
    first, last = voice.steps[0], voice.steps[-1]
    facts = {
        "who": voice.name[:1].upper() + voice.name[1:],
        "first": _said(first.judgement),
        "since": day_text(first.start.astimezone(zone).date()),
        "last": _said(last.judgement),
        "day": day_text(last.start.astimezone(zone).date()),
        "count": len(voice.steps),
    }
    if (ended_at := last.judgement.ended_at) is not None:
        facts["until"] = day_text(ended_at.astimezone(zone).date())
        if len(voice.steps) == 1:
            return _("%(who)s: %(first)s from %(since)s to %(until)s.") % facts
        ended = _("%(who)s: %(first)s on %(since)s, %(last)s from %(day)s to %(until)s, in %(count)d judgements.")
        return ended % facts
    if len(voice.steps) == 1:
        return _("%(who)s: %(first)s since %(since)s.") % facts
    return _("%(who)s: %(first)s on %(since)s, %(last)s since %(day)s, in %(count)d judgements.") % facts


def _said(judgement: Judgement) -> str:
    """A judgement in a few words: “likely, 55–75 %”."""
    band = judgement.band
    number = judgement.probability
    if number is not None:
        said = probability_text(number)
    else:
        said = band_text(band.low, band.high, low_open=band.low_open, high_open=band.high_open)
    if not judgement.term:
        return said
    word = _("not %s") % judgement.words if judgement.negated else judgement.words
    return f"{word}, {said}"


# --- The specification ----------------------------------------------------------------------------------------------


def _spec(forecast: Forecast, voices: Sequence[Voice], resolution: Resolution | None, *, width: int) -> dict[str, Any]:
    clock = _Clock(ZoneInfo(forecast.time_zone))
    first = min(voice.steps[0].start for voice in voices)
    last = max(max(step.end for step in voice.steps) for voice in voices)
    domain = [clock(first), max(clock(last), clock(first) + 3_600_000)]
    room = 104 if width <= NARROW else 150
    layers = [*_bands(voices, clock), *_lines(voices, clock), *_labels(voices, room=room)]
    if resolution is not None:
        layers += _outcome(forecast, resolution, clock, domain)
    left = 48
    return {
        "height": HEIGHT,
        "autosize": "none",
        "width": width - left - room,
        "padding": {"left": left, "top": 24, "right": room, "bottom": 26},
        "encoding": {"x": _time_axis(domain, few=width <= NARROW), "y": _chance_axis()},
        "layer": layers,
    }


class _Clock:
    """An instant as the time that the forecast's zone shows, in milliseconds as if that were UTC."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def __call__(self, moment: datetime) -> int:
        local = moment.astimezone(self._zone).replace(tzinfo=None)
        return round((local - datetime(1970, 1, 1)).total_seconds() * 1000)  # noqa: DTZ001 - wall time to wall time


def _time_axis(domain: Sequence[int], *, few: bool) -> dict[str, Any]:
    marks = _days(domain, most=2 if few else 5)
    labels = {str(value): date_format(day, "j M Y") for value, day in marks}
    return {
        "field": "start",
        "type": "temporal",
        "scale": {"type": "utc", "domain": list(domain), "nice": False},
        "axis": {
            "title": None,
            "values": [value for value, _day in marks],
            "labelExpr": f"({json.dumps(labels)})[toString(toNumber(datum.value))]",
            "labelFlush": True,
            "labelOverlap": "greedy",
            "grid": False,
        },
    }


def _days(domain: Sequence[int], *, most: int) -> list[tuple[int, date]]:
    """At most so many midnights, evenly spread from the first day to the last, as milliseconds and days."""
    day = 86_400_000
    first, last = -(-domain[0] // day), domain[1] // day
    if last < first:
        return [(domain[0], date(1970, 1, 1) + timedelta(days=domain[0] // day))]
    count = min(most, last - first + 1)
    at = [first + round(each * (last - first) / max(count - 1, 1)) for each in range(count)]
    return [(each * day, date(1970, 1, 1) + timedelta(days=each)) for each in at]


def _chance_axis() -> dict[str, Any]:
    return {
        "field": "point",
        "type": "quantitative",
        "scale": {"domain": [0, 1], "nice": False, "zero": True},
        "axis": {"title": None, "values": [0, 0.25, 0.5, 0.75, 1], "labelExpr": "datum.value * 100 + '\u00a0%'"},
    }


def _bands(voices: Sequence[Voice], clock: _Clock) -> list[dict[str, Any]]:
    rows = [
        {"start": clock(step.start), "end": clock(step.end), "point": step.low, "high": step.high, "c": voice.colour}
        for voice in reversed(voices)
        for step in voice.steps
        if step.low is not None
    ]
    if not rows:
        return []
    encoding = {
        "x2": {"field": "end"},
        "y2": {"field": "high"},
        "color": {"field": "c", "type": "nominal", "scale": None},
    }
    return [{"data": {"values": rows}, "mark": {"type": "rect", "opacity": 0.16}, "encoding": encoding}]


def _lines(voices: Sequence[Voice], clock: _Clock) -> list[dict[str, Any]]:
    return [layer for voice in reversed(voices) for layer in _line(voice, clock)]


def _line(voice: Voice, clock: _Clock) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"start": clock(step.start), "end": clock(step.end), "point": step.point, "to": step.point}
        for step in voice.steps
        if step.point is not None
    ]
    rows += [
        {"start": clock(after.start), "end": clock(after.start), "point": before.point, "to": after.point}
        for before, after in pairwise(voice.steps)
        if before.end == after.start and before.point is not None and after.point is not None
    ]
    if not rows:
        return []
    mark = {
        "type": "rule",
        "color": voice.colour,
        "strokeWidth": 1.5 if voice.rank is None else 2.5,
        "strokeDash": list(voice.dash),
    }
    return [{"data": {"values": rows}, "mark": mark, "encoding": {"x2": {"field": "end"}, "y2": {"field": "to"}}}]


def _labels(voices: Sequence[Voice], *, room: int) -> list[dict[str, Any]]:
    """Each line's name beside its end, with a piece of the line; moved apart where they would touch."""
    named = [voice for voice in voices if voice.rank is not None]
    layers: list[dict[str, Any]] = []
    for voice, place in zip(named, _apart([voice.last_point for voice in named]), strict=True):
        layers.append(_label(voice.name, place, room=room))
        piece = {
            "type": "rule",
            "color": voice.colour,
            "strokeWidth": 2.5,
            "strokeDash": list(voice.dash),
            "xOffset": 5,
        }
        layers.append(_beside({"point": place}, {**piece, "x2Offset": 19}, {"x2": {"value": "width"}}))
    return layers


def _label(name: str, place: float, *, room: int) -> dict[str, Any]:
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 24, "limit": room - 32}
    return _beside({"point": place, "name": name}, mark, {"text": {"field": "name", "type": "nominal"}})


def _beside(row: dict[str, Any], mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"values": [row]}, "mark": mark, "encoding": {"x": {"value": "width"}, **encoding}}


def _apart(places: Sequence[float]) -> list[float]:
    """The places, from 0 to 1, moved as little as it takes for each to be _LABEL_APART from the next."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + _LABEL_APART)
    if moved and (over := moved[order[-1]] - 1) > 0:
        for index in order:
            moved[index] = max(moved[index] - over, 0.0)
        for before, after in pairwise(order):
            moved[after] = max(moved[after], moved[before] + _LABEL_APART)
    return [round(each, 4) for each in moved]


def _outcome(forecast: Forecast, resolution: Resolution, clock: _Clock, domain: Sequence[int]) -> list[dict[str, Any]]:
    """When it became known, and what it was: at the top for what occurred, at the foot for what did not."""
    name, shape, place = _SHAPES.get(Outcome(resolution.outcome), _DASH)
    known = clock(start_of_day(resolution.known_on, forecast.time_zone))
    at = min(max(known, domain[0]), domain[1])
    rows = [{"start": at, "point": place, "word": outcome_word(resolution.outcome)}]
    sign = {"type": "point", "shape": shape, "size": 130, "strokeWidth": 3, "stroke": colour(name), "opacity": 1}
    if resolution.outcome == Outcome.PARTLY:
        sign["fill"] = colour(name)
    late = at > (domain[0] + domain[1]) / 2
    word = {"type": "text", "align": "right" if late else "left", "dx": -10 if late else 10, "dy": -10, "y": 0}
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "rule", "color": colour("soft"), "strokeDash": [2, 2]},
            "encoding": {"y": {"value": 0}, "y2": {"value": HEIGHT}},
        },
        {"data": {"values": rows}, "mark": sign},
        {
            "data": {"values": rows},
            "mark": word,
            "encoding": {"y": {"value": 0}, "text": {"field": "word", "type": "nominal"}},
        },
    ]
