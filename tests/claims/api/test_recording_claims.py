"""Recording claims through the API."""

from __future__ import annotations

import pytest

from claims.models import Claim, Series
from sources.models import Source

pytestmark = pytest.mark.django_db
LIST = "/api/v1/claims/"
QUOTE = "The union spoke of more than 2,000"


@pytest.fixture
def given(record):
    return {
        "article": record.article.reference,
        "quote": QUOTE,
        "series": record.claim.series.reference,
        "speaker": "The union",
        "value_low": 2000,
        "qualifier": "more than",
        "as_of": "2026-01-09",
    }


def test_a_claim_is_answered_whole_with_its_address(analyst, given, record, golden):
    response = analyst.post(LIST, given)
    golden(response, "recorded_claim")
    assert analyst.get(response["Location"]).json() == response.json()
    claim = Claim.objects.get(qualifier="more than")
    assert record.article.text[claim.start : claim.end] == QUOTE


def test_a_series_that_counts_the_same_is_found_again(analyst, given, record):
    counted = {"measure": "other", "subject": "Lorries", "place": "Alma", "unit": "lorries"}
    response = analyst.post(LIST, {**given, "series": None, "counted": counted})
    assert response.json()["series"]["reference"] == record.claim.series.reference
    assert Series.objects.count() == 1


def test_a_claim_without_figures_is_a_statement(analyst, given):
    statement = {name: given[name] for name in ("article", "quote", "speaker")}
    recorded = analyst.post(LIST, statement).json()
    assert [recorded[name] for name in ("series", "value_low", "value_high", "value_point")] == [None] * 4


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"value_low": 10, "value_high": 5}, "low_above_high"),
        ({"value_low": -1}, "negative"),
        ({"value_low": "2000"}, "figure_as_text"),
        ({"value_point": 5, "value_high": 4, "value_low": None}, "point_outside"),
        ({"quote": "Nobody said this"}, "quote_is_not_there"),
        ({"article": "A-999"}, "no_such_article"),
        ({"series": "M-999"}, "no_such_series"),
        ({"series": None}, "figure_without_a_series"),
        ({"responds_to": "C-999"}, "no_such_claim"),
        ({"series": None, "counted": {"measure": "vibes", "subject": " "}}, "counted_is_wrong"),
        ({"speaker": "S-999"}, "no_such_speaker"),
    ],
)
def test_what_is_wrong_is_pointed_at_and_nothing_is_stored(analyst, given, golden, change, name):
    before = [model.objects.count() for model in (Claim, Series, Source)]
    golden(analyst.post(LIST, {**given, "speaker": "Somebody new", **change}), name)
    assert [model.objects.count() for model in (Claim, Series, Source)] == before
