"""Idempotency keys."""

from __future__ import annotations

import pytest

from forecasts.models import Forecast
from groundwork.models import IdempotencyKey

pytestmark = pytest.mark.django_db
LIST = "/api/v1/forecasts/"
FORECAST = {"statement": "It rains tomorrow.", "made_on": "2026-05-20", "closes_on": "2026-05-21"}


def test_a_repeated_request_is_answered_again_and_done_once(analyst):
    first, again = (analyst.post(LIST, FORECAST, HTTP_IDEMPOTENCY_KEY="k1") for _time in range(2))
    assert (again.status_code, again.json(), again["Location"]) == (201, first.json(), first["Location"])
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert Forecast.objects.count() == 1


def test_without_a_key_each_request_is_done(analyst):
    for _time in range(2):
        analyst.post(LIST, FORECAST)
    assert Forecast.objects.count() == 2


def test_the_key_of_another_request_is_refused(analyst, golden):
    analyst.post(LIST, FORECAST, HTTP_IDEMPOTENCY_KEY="k1")
    golden(analyst.post(LIST, FORECAST | {"event": "Rain"}, HTTP_IDEMPOTENCY_KEY="k1"), "key_reused")
    assert Forecast.objects.count() == 1


def test_two_people_may_have_the_same_key(analyst, editor):
    for client in (analyst, editor):
        client.post(LIST, FORECAST, HTTP_IDEMPOTENCY_KEY="k1")
    assert Forecast.objects.count() == 2


def test_what_failed_is_not_remembered(analyst):
    wrong = FORECAST | {"closes_on": "2026-05-19"}
    assert [analyst.post(LIST, body, HTTP_IDEMPOTENCY_KEY="k1").status_code for body in (wrong, FORECAST)] == [400, 201]
    assert IdempotencyKey.objects.count() == 1


def test_a_key_that_is_too_long_is_refused(analyst, golden):
    golden(analyst.post(LIST, FORECAST, HTTP_IDEMPOTENCY_KEY="k" * 101), "key_too_long")
