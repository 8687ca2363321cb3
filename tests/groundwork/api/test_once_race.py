"""The same request twice at the same moment is done once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services.keys import make_key
from forecasts.models import Forecast

LIST = "/api/v1/forecasts/"
FORECAST = {"statement": "It rains."}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("keys", "forecasts"), [(["k1", "k1"], 1), (["k1", "k2"], 2)])
def test_two_at_once_are_one_under_one_key_and_two_under_two(keys, forecasts):
    from datetime import timedelta

    from tests.plugins.api import client_with

    alice = User.objects.create_user("alice@example.org", name="Alice", role=Role.ANALYST)
    _key, secret = make_key(by=alice, name="a test", scope="write", at=timezone.now(), lasts=timedelta(days=1))
    together, today = Barrier(2), timezone.localdate().isoformat()

    given = FORECAST | {"made_on": today, "closes_on": today}

    def send(key):
        try:
            together.wait(timeout=10)
            return client_with(secret).post(LIST, given, HTTP_IDEMPOTENCY_KEY=key).json()["reference"]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, keys))
    assert (len(set(answers)), Forecast.objects.count()) == (forecasts, forecasts)
