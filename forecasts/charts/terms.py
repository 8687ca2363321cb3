"""The term chart: for each word the band that it promises, and how often it came true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forecasts.charts.chart import Chart, colour
from forecasts.scoring.hits import Hits, Verdict
from forecasts.scoring.limits import MIN_CLUSTERS, MIN_ITEMS
from forecasts.yardsticks.band import UnknownTerm, UnknownYardstick
from forecasts.yardsticks.scales import get
from groundwork.marks import band_text, percent_text, probability_text

WIDTHS: Final = (560, 340)
VERDICTS: Final = {
    Verdict.IN_BAND: gettext_lazy("in its band"),
    Verdict.MORE_OFTEN: gettext_lazy("happened more often than the word promises"),
    Verdict.LESS_OFTEN: gettext_lazy("happened less often than the word promises"),
    Verdict.CANNOT_TELL: gettext_lazy("compatible, cannot tell"),
    Verdict.TOO_FEW: gettext_lazy("too few to judge"),
}
_SHORT: Final = {
    Verdict.IN_BAND: gettext_lazy("in its band"),
    Verdict.MORE_OFTEN: gettext_lazy("more often"),
    Verdict.LESS_OFTEN: gettext_lazy("less often"),
    Verdict.CANNOT_TELL: gettext_lazy("cannot tell"),
    Verdict.TOO_FEW: gettext_lazy("too few"),
}
_ROW: Final = 44
# Of a row's height.
_HEADING: Final = 0.6
_HEADING_AT: Final = 0.3
_NAME_AT: Final = 0.28
_BAR_AT: Final = 0.7


def term_chart(rows: Sequence[Hits], *, csv_url: str) -> Chart | None:
    """The chart of these words; None of none."""
    if not rows:
        return None
    return Chart(
        title=_("What each word promised, and how often it came true"),
        words=_words(rows),
        spec=lambda width: _spec(rows, width=width),
        csv_url=csv_url,
        widths=WIDTHS,
    )


def term_name(yardstick: str, term: str) -> str:
    """The word that a term goes by: its yardstick's first, or its slug in words where nobody knows it here."""
    try:
        return get(yardstick).term(term).words[0]
    except (UnknownTerm, UnknownYardstick):
        return term.replace("_", " ")


def yardstick_name(slug: str) -> str:
    """The name that a yardstick goes by; its slug where nobody knows it here."""
    try:
        return get(slug).name
    except UnknownYardstick:
        return slug


def _are_of_several(rows: Sequence[Hits]) -> bool:
    return len({row.yardstick for row in rows}) > 1


def _by_yardstick(rows: Sequence[Hits]) -> Iterator[tuple[str, list[Hits]]]:
    """The rows of each yardstick, which stand together."""
    for yardstick, of_one in groupby(rows, key=attrgetter("yardstick")):
        yield yardstick, list(of_one)


def band_of(row: Hits) -> str:
    """The band in words: “55–75 %”, with its open ends where its yardstick says so and still has that band."""
    try:
        band = get(row.yardstick).term(row.term).band
    except (UnknownTerm, UnknownYardstick):
        band = None
    if band is None or (band.low, band.high) != (row.low, row.high):
        return band_text(row.low, row.high)
    return band_text(band.low, band.high, low_open=band.low_open, high_open=band.high_open)


# --- In words -------------------------------------------------------------------------------------------------------


def _words(rows: Sequence[Hits]) -> str:
    judged = [row for row in rows if row.verdict != Verdict.TOO_FEW]
    told = []
    for yardstick, of_one in _by_yardstick(judged):
        if _are_of_several(rows):
            told.append(f"{yardstick_name(yardstick)}:")
        told += map(_told, of_one)
    if few := len(rows) - len(judged):
        counted = ngettext(
            "%(count)d word was used too seldom to be judged: under %(items)d forecasts, or under %(clusters)d that do "
            "not hang together.",
            "%(count)d words were used too seldom to be judged: under %(items)d forecasts, or under %(clusters)d that "
            "do not hang together.",
            few,
        )
        told.append(counted % {"count": few, "items": MIN_ITEMS, "clusters": MIN_CLUSTERS})
    return " ".join(told)


def _told(row: Hits) -> str:
    assert row.rate is not None  # of too few alone
    assert row.wilson is not None
    return _(
        "“%(word)s” (%(band)s) came true %(occurred)d of %(n)d times, %(rate)s (%(low)s–%(high)s): %(verdict)s."
    ) % {
        "word": term_name(row.yardstick, row.term),
        "band": band_of(row),
        "occurred": row.occurred,
        "n": row.n,
        "rate": probability_text(round(row.rate, 2)),
        "low": percent_text(round(row.wilson.low, 2)),
        "high": probability_text(round(row.wilson.high, 2)),
        "verdict": VERDICTS[row.verdict],
    }


# --- The specification ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Strips:
    """The rows one below the other, in strips of 1, each yardstick's under its name where there are several."""

    at: list[tuple[float, Hits]]
    names: list[tuple[float, str]]
    end: float


def _strips(rows: Sequence[Hits]) -> _Strips:
    at, names, end = [], [], 0.0
    for yardstick, of_one in _by_yardstick(rows):
        if _are_of_several(rows):
            names.append((end, yardstick_name(yardstick)))
            end += _HEADING
        at += [(end + place, row) for place, row in enumerate(of_one)]
        end += len(of_one)
    return _Strips(at=at, names=names, end=end)


def _spec(rows: Sequence[Hits], *, width: int) -> dict[str, Any]:
    """One strip a word: its name and counts above, below them the band as a bar, the interval as a line, the rate."""
    left, right = 16, 22
    inner = width - left - right
    strips = _strips(rows)
    return {
        "height": round(_ROW * strips.end),
        "autosize": "none",
        "width": inner,
        "padding": {"left": left, "top": 4, "right": right, "bottom": 26},
        "encoding": {"x": _shares(), "y": _down(strips.end)},
        "layer": [
            *_headings(strips),
            *_names(strips, inner),
            _bands(strips),
            _intervals(strips),
            _rates(strips),
        ],
    }


def _shares() -> dict[str, Any]:
    axis = {"title": None, "values": [0, 0.25, 0.5, 0.75, 1], "labelExpr": "datum.value * 100 + '\u00a0%'"}
    return {"field": "x", "type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": axis}


def _down(end: float) -> dict[str, Any]:
    scale = {"domain": [end, 0], "nice": False, "zero": False}
    return {"field": "y", "type": "quantitative", "scale": scale, "axis": None}


def _headings(strips: _Strips) -> list[dict[str, Any]]:
    if not strips.names:
        return []
    values = [{"y": place + _HEADING_AT, "yardstick": name} for place, name in strips.names]
    mark = {"type": "text", "align": "left", "baseline": "middle", "color": colour("soft"), "fontStyle": "italic"}
    return [_text(values, mark, x=0, field="yardstick")]


def _names(strips: _Strips, width: int) -> list[dict[str, Any]]:
    values = [
        {"y": place + _NAME_AT, "word": term_name(row.yardstick, row.term), "said": _counted(row)}
        for place, row in strips.at
    ]
    word = {"type": "text", "align": "left", "baseline": "middle", "fontWeight": 600}
    said = {"type": "text", "align": "right", "baseline": "middle", "color": colour("soft")}
    return [_text(values, word, x=0, field="word"), _text(values, said, x=width, field="said")]


def _text(values: list[dict[str, Any]], mark: dict[str, Any], *, x: int, field: str) -> dict[str, Any]:
    encoding = {"x": {"value": x}, "text": {"field": field, "type": "nominal"}}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _counted(row: Hits) -> str:
    facts = {"occurred": row.occurred, "n": row.n, "verdict": _SHORT[row.verdict]}
    return _("%(occurred)d of %(n)d: %(verdict)s") % facts


def _bands(strips: _Strips) -> dict[str, Any]:
    values = [
        {"y": place + _BAR_AT, "x": row.low or 0.0, "to": 1.0 if row.high is None else row.high}
        for place, row in strips.at
    ]
    bar = {"type": "rule", "strokeWidth": 12, "color": colour("series-1"), "opacity": 0.3}
    return {"data": {"values": values}, "mark": bar, "encoding": {"x2": {"field": "to"}}}


def _intervals(strips: _Strips) -> dict[str, Any]:
    values = [
        {"y": place + _BAR_AT, "x": round(row.wilson.low, 4), "to": round(row.wilson.high, 4)}
        for place, row in strips.at
        if row.wilson is not None
    ]
    line = {"type": "rule", "color": colour("ink"), "strokeWidth": 2}
    return {"data": {"values": values}, "mark": line, "encoding": {"x2": {"field": "to"}}}


def _rates(strips: _Strips) -> dict[str, Any]:
    """Filled where there are enough to judge."""
    values = [
        {
            "y": place + _BAR_AT,
            "x": round(row.rate, 4),
            "fill": colour("surface" if row.verdict == Verdict.TOO_FEW else "ink"),
        }
        for place, row in strips.at
        if row.rate is not None
    ]
    dot = {"type": "point", "size": 70, "opacity": 1, "stroke": colour("ink"), "strokeWidth": 2}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    return {"data": {"values": values}, "mark": dot, "encoding": {"fill": fill}}
