"""The calibration plot: how often each probability came true, over the range in which it may if all is well."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forecasts.charts.chart import Chart, colour
from forecasts.scoring.calibration import CalibrationPoint, calibration_binned
from forecasts.scoring.cells import Cells
from forecasts.scoring.limits import MIN_ITEMS
from groundwork.marks import percent_text, probability_text

WIDTHS: Final = (560, 340)
# More probabilities than these are put together by tenths, so that dots do not hide each other.
MOST: Final = 16
_EDGES: Final = tuple(tenth / 10 for tenth in range(1, 10))
_TICKS: Final = [0, 0.25, 0.5, 0.75, 1]
_TALLEST: Final = 400


def calibration_chart(points: Sequence[CalibrationPoint], *, csv_url: str) -> Chart | None:
    """The plot of these points; None of fewer than 10 forecasts, which would show chance and little else."""
    if sum(point.n for point in points) < MIN_ITEMS:
        return None
    shown = by_tenths(tuple(points)) if len(points) > MOST else points
    return Chart(
        title=_("What was said, and how often it happened"),
        words=_words(shown, together=shown is not points),
        spec=lambda width: _spec(shown, width=width),
        csv_url=csv_url,
        widths=WIDTHS,
    )


@lru_cache(maxsize=64)
def by_tenths(points: tuple[CalibrationPoint, ...]) -> tuple[CalibrationPoint, ...]:
    """The points put together: from 0 to under 10 %, and so on to 100 %.

    Of a million forecasts their ranges take longer than all else on a page, so that the last ones are kept.
    """
    return calibration_binned(Cells.of_rows((each.p, each.n, each.occurred) for each in points), _EDGES)


# --- In words -------------------------------------------------------------------------------------------------------


def _words(points: Sequence[CalibrationPoint], *, together: bool) -> str:
    told = [_("Probabilities are put together by tenths.")] if together else []
    outside = [point for point in points if not point.expected.low <= point.rate <= point.expected.high]
    if not outside:
        told.append(_("Every dot lies in the range in which nine in ten would if each probability were right."))
        return " ".join(told)
    counted = ngettext(
        "%(count)d of %(all)d dots lies outside the range in which nine in ten would if each probability were right.",
        "%(count)d of %(all)d dots lie outside the range in which nine in ten would if each probability were right.",
        len(outside),
    )
    told.append(counted % {"count": len(outside), "all": len(points)})
    return " ".join([*told, *map(_told, outside)])


def _told(point: CalibrationPoint) -> str:
    return _("Of %(n)d at %(p)s, %(occurred)d happened (%(rate)s); expected: %(low)s–%(high)s.") % {
        "n": point.n,
        "p": probability_text(round(point.p, 3)),
        "occurred": point.occurred,
        "rate": probability_text(round(point.rate, 2)),
        "low": percent_text(round(point.expected.low, 2)),
        "high": probability_text(round(point.expected.high, 2)),
    }


# --- The specification ----------------------------------------------------------------------------------------------


def _spec(points: Sequence[CalibrationPoint], *, width: int) -> dict[str, Any]:
    left, right, foot = 52, 18, 42
    side = width - left - right
    return {
        "height": min(side, _TALLEST),
        "autosize": "none",
        "width": side,
        "padding": {"left": left, "top": 28, "right": right, "bottom": foot},
        "encoding": {"x": _share("p", _("said")), "y": _share("rate", None)},
        "layer": [_heading(_("happened")), _diagonal(), _expected(points), *_dots(points)],
    }


def _share(field: str, title: str | None) -> dict[str, Any]:
    axis = {"title": title, "values": _TICKS, "labelExpr": "datum.value * 100 + '\u00a0%'", "labelFlush": True}
    scale = {"domain": [0, 1], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _heading(words: str) -> dict[str, Any]:
    """What the upright axis counts, above it, where no word has to stand on its side."""
    text = {"type": "text", "align": "left", "baseline": "middle", "dx": -44, "dy": -18, "color": colour("soft")}
    encoding = {"x": {"value": 0}, "y": {"value": 0}, "text": {"field": "words", "type": "nominal"}}
    return {"data": {"values": [{"words": words}]}, "mark": text, "encoding": encoding}


def _diagonal() -> dict[str, Any]:
    line = {"type": "rule", "color": colour("soft"), "strokeDash": [4, 4]}
    ends = {"x2": {"field": "p2"}, "y2": {"field": "rate2"}}
    return {"data": {"values": [{"p": 0, "rate": 0, "p2": 1, "rate2": 1}]}, "mark": line, "encoding": ends}


def _expected(points: Sequence[CalibrationPoint]) -> dict[str, Any]:
    rows = [
        {"p": round(each.p, 4), "rate": round(each.expected.low, 4), "high": round(each.expected.high, 4)}
        for each in points
    ]
    bar = {"type": "rule", "color": colour("series-rest"), "strokeWidth": 10, "opacity": 0.45}
    return {"data": {"values": rows}, "mark": bar, "encoding": {"y2": {"field": "high"}}}


def _dots(points: Sequence[CalibrationPoint]) -> list[dict[str, Any]]:
    largest = max(each.n for each in points)
    rows = [
        {"p": round(each.p, 4), "rate": round(each.rate, 4), "n": str(each.n), "size": _area(each.n, largest)}
        for each in points
    ]
    dot = {"type": "point", "filled": True, "color": colour("series-1"), "opacity": 1}
    size = {"field": "size", "type": "quantitative", "scale": None}
    count = {"type": "text", "align": "left", "baseline": "middle", "dx": 14, "dy": -9, "fontSize": 11}
    return [
        {"data": {"values": rows}, "mark": dot, "encoding": {"size": size}},
        {"data": {"values": rows}, "mark": count, "encoding": {"text": {"field": "n", "type": "nominal"}}},
    ]


def _area(n: int, largest: int) -> int:
    """In square pixels; the dot's area grows with n from the least that can be seen."""
    return round(30 + 370 * n / largest)
