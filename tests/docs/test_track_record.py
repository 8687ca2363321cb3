"""What the page about the track record says is what the code does."""

from __future__ import annotations

import pytest

from accounts.models import RecordShown
from forecasts.charts.calibration import MOST
from forecasts.charts.terms import VERDICTS
from forecasts.scoring.limits import MIN_CLUSTERS, MIN_ITEMS, MIN_TO_DECOMPOSE
from forecasts.services.record_rows import Counted, Lane, Whose
from forecasts.services.track_record import AT_ONCE
from forecasts.views.record_groups import DIMENSIONS


@pytest.fixture
def page(read_page):
    return read_page("docs/track-record.md")


def first_column(page, heading: str) -> list[str]:
    return [row[0].strip("`") for row in page.table(heading)]


def test_the_table_of_what_is_counted_is_the_codes(page):
    assert sorted(first_column(page, "counted as")) == sorted(Counted.values)


def test_the_table_of_judgements_is_the_codes(page):
    assert first_column(page, "`judgement=`") == Whose.values


def test_the_table_of_verdicts_is_the_codes(page):
    assert first_column(page, "verdict") == [str(each) for each in VERDICTS.values()]


def test_the_table_of_audiences_is_the_codes(page):
    assert first_column(page, "shown to") == RecordShown.values


def test_the_parts_the_lanes_and_the_limits_are_the_codes(page):
    for name in (*(each.name for each in DIMENSIONS), *Lane.values):
        assert f"`{name}`" in page.text
    prose = " ".join(page.prose.split())
    for said in (
        f"under {MIN_ITEMS} forecasts, or under {MIN_CLUSTERS} clusters",
        f"Under {MIN_CLUSTERS} clusters there is none",
        f"more than {AT_ONCE:,} forecasts",
        f"more than {MOST} of them",
        f"Of under {MIN_TO_DECOMPOSE} forecasts neither",
    ):
        assert said in prose
