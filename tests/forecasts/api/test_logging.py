"""Logging forecasts and recording judgements through the API."""

from __future__ import annotations

from datetime import date

import pytest

from forecasts.models import Forecast, Judgement
from sources.models import Source

pytestmark = pytest.mark.django_db
LIST = "/api/v1/forecasts/"
FORECAST = {
    "statement": "The Calla bridge is likely to reopen by 1 August 2026.",
    "event": "The Calla bridge reopens by 1 August 2026.",
    "made_on": "2026-05-20",
    "closes_on": "2026-08-01",
    "topics": ["Bridges"],
    "countries": ["GB"],
    "judgement": {"term": "likely", "confidence": "low"},
}


def test_a_logged_forecast_is_answered_whole_with_its_address(count_from_one, analyst, golden):
    response = analyst.post(LIST, FORECAST)
    golden(response, "logged_forecast")
    assert response["Location"] == f"{LIST}F-1/"
    assert analyst.get(response["Location"]).json() == response.json()


def test_what_was_logged_is_internal_until_an_edition_carries_it(analyst, outsider):
    address = analyst.post(LIST, FORECAST)["Location"]
    assert outsider.get(address).json()["status"] == 404


def test_a_probability_of_zero_stays_a_zero(analyst):
    response = analyst.post(LIST, FORECAST | {"judgement": {"probability": 0}})
    assert [each["probability"] for each in response.json()["judgements"]] == [0.0]
    assert Judgement.objects.get().probability == 0.0


def test_without_an_end_it_gets_an_assessment_date(analyst):
    given = {name: value for name, value in FORECAST.items() if name != "closes_on"}
    logged = analyst.post(LIST, given).json()
    assert (logged["closes_on"], logged["assessment_on"], logged["horizon"]) == (None, "2029-05-20", "long")


def test_the_statement_is_found_in_the_article_that_it_is_from(analyst, record):
    quoted = "The union spoke of more than 2,000."
    given = FORECAST | {"statement": quoted, "article": record.article.reference, "author": "Dana Example"}
    logged = Forecast.objects.get(pk=int(analyst.post(LIST, given).json()["reference"][2:]))
    assert record.article.text[logged.quote_start : logged.quote_end] == quoted
    assert logged.author == record.open.author


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"statement": " "}, "blank_statement"),
        ({"made_on": "2026-02-30"}, "no_such_day"),
        ({"made_on": "20260520"}, "other_form_of_day"),
        ({"made_on": "2026-05-25"}, "made_in_the_future"),
        ({"made_on": "2026-05-18"}, "made_on_a_past_day"),
        ({"closes_on": "2026-05-01"}, "closes_before_it_opens"),
        ({"judgement": {"probability": 1.2}}, "probability_over_one"),
        ({"judgement": {"probability": "0.5"}}, "probability_as_text"),
        ({"judgement": {"probability": True}}, "probability_as_truth"),
        ({"judgement": {"low": 0.6, "high": 0.4}}, "low_above_high"),
        ({"judgement": {"term": "likely", "low": 0.1, "high": 0.2}}, "range_outside_the_band"),
        ({"judgement": {"term": "perhaps"}}, "unknown_term"),
        ({"judgement": {"yardstick": "gut-2020", "term": "likely"}}, "unknown_yardstick"),
        ({"countries": ["gb"], "shape": "round", "colour": "red"}, "unknown_field_first"),
        ({"countries": ["gb"], "shape": "round"}, "several_fields"),
        ({"article": "A-999"}, "no_such_article"),
        ({"author": "S-999"}, "no_such_author"),
    ],
)
def test_what_is_wrong_is_pointed_at_and_nothing_is_stored(analyst, golden, change, name):
    golden(analyst.post(LIST, FORECAST | change), name)
    assert Forecast.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "content_type", "name"),
    [
        ("{", "application/json", "broken_json"),
        ("[" * 100_000, "application/json", "json_nested_too_deep"),
        ('{"probability": NaN}', "application/json", "nan"),
        ('{"statement": "\\ud800"}', "application/json", "half_a_surrogate_pair"),
        ('{"\\ud800": 1}', "application/json", "half_a_surrogate_pair_as_a_name"),
        ('{"shape": "\\ud800", "article": "\\udc00"}', "application/json", "half_surrogate_pairs_that_are_quoted"),
        ("[]", "application/json", "a_list_for_an_object"),
        ("statement=x", "application/x-www-form-urlencoded", "a_form_for_json"),
    ],
)
def test_a_body_that_is_no_json_object_is_said_to_be_none(analyst, golden, body, content_type, name):
    golden(analyst.generic("POST", LIST, body, content_type=content_type), name)


def test_a_body_over_the_limit_is_refused_before_it_is_read(analyst, golden, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    golden(analyst.post(LIST, FORECAST | {"event": "x" * 1000}), "body_too_large")


def test_a_judgement_ends_the_one_before_and_is_ones_own(analyst, record, owner, golden):
    address = f"{LIST}{record.open.reference}/judgements/"
    golden(analyst.post(address, {"probability": 0.05, "rationale": "No bidder"}), "judgement_from_the_same_moment")
    golden(_later(analyst, address, {"probability": 0.05, "rationale": "No bidder"}), "judgement")
    own = Judgement.objects.filter(forecaster__user=owner).order_by("made_at")
    assert [(each.probability, each.ended_at is None) for each in own] == [(0.0, False), (0.05, True)]


def _later(client, address, body):
    import time_machine

    from tests.plugins.api import NOW

    with time_machine.travel(NOW.replace(hour=13), tick=False):
        return client.post(address, body)


def test_a_negated_term_stands_with_its_band_mirrored(analyst, record):
    Forecast.objects.filter(pk=record.internal.pk).update(closes_on=date(2026, 12, 31))
    address = f"{LIST}{record.internal.reference}/judgements/"
    given = {"term": "likely", "term_text": "not likely", "negated": True}
    judged = analyst.post(address, given).json()
    assert (judged["term"], judged["negated"], judged["low"], judged["high"]) == ("likely", True, 0.25, 0.45)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({}, "judgement_of_nothing"),
        ({"confidence": "low", "rationale": "A hunch"}, "judgement_without_a_likelihood"),
        ({"term": "likely", "low": 0.1, "high": 0.2}, "judgement_outside_its_band"),
    ],
)
def test_a_judgement_that_says_nothing_or_two_things_ends_none(analyst, record, golden, given, name):
    standing = Judgement.objects.standing().count()
    golden(analyst.post(f"{LIST}{record.open.reference}/judgements/", given), name)
    assert Judgement.objects.standing().count() == standing


def test_nothing_can_be_foretold_once_the_outcome_is_known(analyst, record, golden):
    golden(analyst.post(f"{LIST}{record.resolved.reference}/judgements/", {"probability": 0.5}), "outcome_known")


def test_a_judgement_of_a_forecast_that_is_not_there_is_404(analyst, record):
    assert analyst.post(f"{LIST}F-999/judgements/", {"probability": 0.5}).json()["status"] == 404


def test_a_forecast_that_is_refused_leaves_no_new_author_behind(analyst):
    change = {"author": "Nobody Known", "judgement": {"term": "perchance"}}
    refused = analyst.post(LIST, FORECAST | change).json()
    assert ([each["pointer"] for each in refused["errors"]], Source.objects.count()) == (["/judgement/term"], 0)
