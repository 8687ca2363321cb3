"""The tour in README.md: its text is read as it says, its buttons are there, its commands work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from forecasts.reading.document import read
from forecasts.scoring.points import brier, point_value

TEMPLATES = Path(settings.BASE_DIR, "templates")


@pytest.fixture
def tour(read_page) -> str:
    return read_page("README.md").text.partition("## A tour")[2].partition("\n## ")[0]


@pytest.fixture
def reading(tour):
    return read(re.search(r"^```text\n(.*?)^```$", tour, re.MULTILINE | re.DOTALL)[1])


def test_its_text_holds_what_the_tour_finds_in_it(reading):
    assert reading.parts.byline == "Mara Field"
    assert [(each.term, each.closes_on.isoformat()) for each in reading.forecasts] == [
        ("unlikely", "2025-06-02"),
        ("highly_likely", "2026-03-02"),
    ]
    assert [(each.value_low, each.value_high) for each in reading.claims] == [(None, 600), (1400, None)]
    assert [each.flags for each in (*reading.forecasts, *reading.claims)] == [()] * 4


def test_the_score_is_the_one_that_the_tour_works_out(reading):
    unlikely = reading.forecasts[0]
    assert brier(point_value(unlikely.low, unlikely.high, unlikely.probability), occurred=False) == pytest.approx(0.09)


def test_what_it_says_to_press_stands_on_some_page(tour):
    labels = set(re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", tour.replace("\n", " ")))
    assert len(labels) == 9
    code = [path.read_text(encoding="utf-8") for path in Path(settings.BASE_DIR, "forecasts").rglob("*.py")]
    shown = "\n".join([path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")] + code).lower()
    assert {label for label in labels if f'"{label.lower()}"' not in shown} == set()
