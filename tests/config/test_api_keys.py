"""Who may do what through the API, and what the others are told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import ApiKey
from accounts.roles import Role
from accounts.services.keys import revoke_key
from forecasts.models import Forecast

pytestmark = pytest.mark.django_db
LIST = "/api/v1/forecasts/"
FORECAST = {"statement": "It rains tomorrow.", "made_on": "2026-05-20", "closes_on": "2026-05-21"}


@pytest.fixture
def client_with():
    from tests.plugins.api import client_with

    return client_with


def test_a_wrong_key_is_401_even_where_reading_is_free(client_with, at_noon, golden):
    golden(client_with("hs_wrong").get(LIST), "key_unknown")


def test_an_expired_key_is_401(client_with, owner, key_of, at_noon, golden):
    secret = key_of(owner, at=at_noon - timedelta(days=31))
    golden(client_with(secret).get(LIST), "key_expired")


def test_a_revoked_key_is_401(client_with, owner, key_of, at_noon, golden):
    secret = key_of(owner)
    revoke_key(key=ApiKey.objects.get(), at=at_noon)
    golden(client_with(secret).post(LIST, FORECAST), "key_revoked")


def test_the_key_of_a_closed_account_is_401(client_with, owner, key_of, at_noon, golden):
    secret = key_of(owner)
    owner.is_active = False
    owner.save()
    golden(client_with(secret).get(LIST), "account_closed")


def test_no_key_is_401_for_a_post_and_says_which_scheme(outsider, golden):
    response = outsider.post(LIST, FORECAST)
    golden(response, "no_key")
    assert response["WWW-Authenticate"] == 'Bearer realm="Hindsight"'


def test_a_read_key_is_403_for_a_post_and_stores_nothing(client_with, owner, key_of, at_noon, golden):
    golden(client_with(key_of(owner, scope="read")).post(LIST, FORECAST), "read_key")
    assert Forecast.objects.count() == 0


def test_a_readers_write_key_is_403_for_a_post(client_with, owner, key_of, at_noon, golden):
    owner.role = Role.READER
    owner.save()
    golden(client_with(key_of(owner)).post(LIST, FORECAST), "reader")


def test_a_session_writes_with_its_token_and_not_without(owner, at_noon, golden):
    from rest_framework.test import APIClient

    client = APIClient(enforce_csrf_checks=True)
    client.force_login(owner)
    golden(client.post(LIST, FORECAST), "no_csrf_token")
    client.force_authenticate(None)
    lenient = APIClient()
    lenient.force_login(owner)
    assert lenient.post(LIST, FORECAST).status_code == 201


def test_methods_that_are_not_there_are_405(analyst, record, golden):
    golden(analyst.delete(f"{LIST}F-1/"), "method")
