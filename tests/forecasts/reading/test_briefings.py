"""Whole briefings, one file each: what stands above them, and every forecast with every field."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from forecasts.reading.document import read
from forecasts.reading.proposing import propose_event, propose_shape
from forecasts.yardsticks.scales import DEFAULT

FILES = sorted((Path(__file__).parent / "briefings").glob("*.toml"))
FIELDS = {
    "section": "forecast",
    "term": None,
    "negated": False,
    "low": None,
    "high": None,
    "probability": None,
    "horizon": None,
    "opens_on": None,
    "closes_on": None,
    "conditional": None,
    "scenario_group": None,
    "duplicate_of": None,
    "flags": [],
}


@pytest.fixture(params=FILES, ids=lambda path: path.stem, scope="module")
def briefing(request):
    expected = tomllib.loads(request.param.read_text(encoding="utf-8"))
    return SimpleNamespace(expected=expected, reading=read(expected["text"]))


def planned(forecast):
    """The fields of a planned forecast; one that names only its term has that term's band."""
    term = DEFAULT.term(forecast["term"]) if "term" in forecast else None
    band = {"low": term.band.low, "high": term.band.high} if term else {}
    return FIELDS | band | {name: forecast[name] for name in FIELDS if name in forecast}


def found_fields(found):
    return {name: getattr(found, name) for name in FIELDS} | {"flags": sorted(found.flags)}


def one_line(quote):
    return " ".join(quote.split())


def test_the_masthead_is_read(briefing):
    parts, expected = briefing.reading.parts, briefing.expected
    assert (parts.title, parts.byline, parts.published_on) == (
        expected["title"],
        expected.get("byline"),
        expected.get("published_on"),
    )


def test_the_forecasts_are_these_and_no_others(briefing):
    assert [one_line(found.quote) for found in briefing.reading.forecasts] == [
        forecast["quote"] for forecast in briefing.expected["forecasts"]
    ]


def test_every_field_is_read(briefing):
    assert [found_fields(found) for found in briefing.reading.forecasts] == [
        planned(forecast) | {"flags": sorted(forecast.get("flags", []))} for forecast in briefing.expected["forecasts"]
    ]


def test_the_events_are_proposed(briefing):
    pairs = zip(briefing.reading.forecasts, briefing.expected["forecasts"], strict=True)
    proposed = [
        (propose_event(found, briefing.reading.parts), forecast["event"])
        for found, forecast in pairs
        if "event" in forecast
    ]
    assert [event for event, _ in proposed] == [event for _, event in proposed]


def test_the_shapes_are_proposed(briefing):
    planned_shapes = [
        (forecast["event"], forecast["shape"]) for forecast in briefing.expected["forecasts"] if "shape" in forecast
    ]
    assert [(event, propose_shape(event)) for event, _ in planned_shapes] == planned_shapes
