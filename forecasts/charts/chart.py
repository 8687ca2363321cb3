"""A chart as every page shows it: a drawing in two widths, what it says in words, its table, and that table as CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import structlog
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from forecasts.errors import ChartNotDrawn
from forecasts.models import ChartImage
from forecasts.services import drawing
from groundwork.lists import Column

log = structlog.get_logger(__name__)

WIDE: Final = 720
NARROW: Final = 340
SERIES: Final = ("series-1", "series-2", "series-3", "series-4")
REST: Final = "series-rest"
# The light theme's, for pictures that stand alone; a test compares them with the style sheet.
PALETTE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "surface": "#fff",
        "ink": "#1a2129",
        "soft": "#515b66",
        "rule": "#d9d5ca",
        "occurred": "#005a8c",
        "did-not-occur": "#b34700",
        "partly": "#915a44",
        "void": "#333",
        "series-1": "#12436d",
        "series-2": "#28a197",
        "series-3": "#801650",
        "series-4": "#f46a25",
        "series-rest": "#8a929b",
    }
)


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart before it is drawn.

    `spec` gives the Vega-Lite specification, data included, for a width in pixels; colours are `colour("series-1")`.
    `words` says what there is to be seen, made from the same data. `columns` and `rows` are the table right under it,
    and `csv_url` is its CSV; without columns, the page's own table stands there.
    """

    title: str
    words: str
    spec: Callable[[int], drawing.Spec]
    csv_url: str
    columns: Sequence[Column] = ()
    rows: Sequence[Any] = ()
    widths: tuple[int, int] = (WIDE, NARROW)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A chart with its pictures, for `components/chart.html`; without pictures where they could not be drawn."""

    chart: Chart
    images: Sequence[ChartImage] = field(default_factory=list)

    @property
    def pictures(self) -> list[tuple[str, SafeString]]:
        """For wide pages and for narrow ones: the name of its place, and the drawing."""
        # Safe: `drawing` lets through shapes and escaped words alone.
        named = zip(("wide", "narrow"), self.images, strict=False)
        return [(name, mark_safe(image.svg)) for name, image in named]  # noqa: S308 - as said

    @property
    def png_url(self) -> str:
        """The address of the wide picture as PNG; "" where there is none."""
        return self._address("png")

    @property
    def spec_url(self) -> str:
        """The address of the wide picture's specification; "" where there is none."""
        return self._address("json")

    def _address(self, kind: str) -> str:
        return reverse("chart", args=[self.images[0].digest, kind]) if self.images else ""

    @property
    def table(self) -> list[list[object]]:
        return [[column.value(row) for column in self.chart.columns] for row in self.chart.rows]


def colour(name: str) -> str:
    """A colour of PALETTE, as the page's custom property."""
    assert name in PALETTE
    return f"var(--{name})"


def draw(chart: Chart, *, public: bool, at: datetime) -> Drawn:
    """The chart with its pictures; `public` where a page for everybody shows it.

    One statement where somebody has seen the same before. A failure is logged and leaves words and table.
    """
    specs = [with_look(chart.spec(width), width=width) for width in chart.widths]
    try:
        return Drawn(chart=chart, images=drawing.pictures(specs, public=public, at=at))
    except ChartNotDrawn:
        log.exception("chart_not_drawn", title=chart.title)
        return Drawn(chart=chart)


def with_look(spec: drawing.Spec, *, width: int) -> dict[str, Any]:
    """A specification in the look that all charts share, `width` pixels wide over all."""
    ink, soft, rule = colour("ink"), colour("soft"), colour("rule")
    axis = {
        "labelColor": soft,
        "labelFontSize": 12,
        "titleColor": soft,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "domainColor": rule,
        "tickColor": rule,
        "gridColor": rule,
        "gridOpacity": 0.6,
    }
    look = {
        "background": None,
        "view": {"stroke": None},
        "axis": axis,
        "text": {"color": ink, "fontSize": 12},
        "title": {"color": ink, "fontSize": 13},
    }
    return {"width": width, "autosize": {"type": "fit", "contains": "padding"}, "padding": 2, "config": look, **spec}
