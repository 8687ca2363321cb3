from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection
from django.test import Client

from groundwork import health
from groundwork.health import Health
from groundwork.models import Heartbeat

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOWHERE = "redis://127.0.0.1:1/0"


def found(**values) -> Health:
    return Health(**{"at": NOW, "database": True, "broker": True, "swept_at": NOW} | values)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "ok"),
        ({"swept_at": NOW - timedelta(hours=1)}, "ok"),
        ({"swept_at": NOW - timedelta(hours=1, seconds=1)}, "degraded"),
        ({"swept_at": None}, "degraded"),
        ({"database": False}, "unavailable"),
        ({"broker": False, "swept_at": None}, "unavailable"),
    ],
)
def test_a_silent_sweep_only_degrades_what_is_ready(values, status):
    assert found(**values).status == status


def test_the_report_gives_the_age_of_the_last_sweep_in_seconds():
    assert found(swept_at=NOW - timedelta(minutes=90)).report() == {
        "status": "degraded",
        "database": "ok",
        "broker": "ok",
        "sweep": {"last": "2026-03-01T10:30:00+00:00", "age": 5400, "silent": True},
    }


@pytest.mark.django_db
def test_both_servers_answer_and_the_sweep_was_heard():
    Heartbeat.objects.create(name=health.SWEEP, beat_at=NOW - timedelta(minutes=5))
    assert health.check(at=NOW) == found(swept_at=NOW - timedelta(minutes=5))


@pytest.mark.django_db
def test_a_broker_that_is_gone_is_found_out(settings):
    settings.REDIS_URL = NOWHERE
    assert health.check(at=NOW) == found(broker=False, swept_at=None)


@pytest.mark.django_db
def test_a_database_that_is_gone_is_found_out(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", Mock(side_effect=OperationalError("the server is gone")))
        health_then = health.check(at=NOW)
    assert health_then == found(database=False, swept_at=None)


@pytest.mark.django_db
def test_a_database_that_hangs_is_given_up_on(monkeypatch):
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.05)

    def hang():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")

    monkeypatch.setattr(health, "last_sweep", hang)
    assert health.check(at=NOW) == found(database=False, swept_at=None)


@pytest.mark.django_db
def test_readyz_is_json_for_strangers_and_kept_by_nobody():
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.django_db
def test_readyz_is_unavailable_without_a_broker(settings):
    settings.REDIS_URL = NOWHERE
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["broker"]) == (503, "unavailable")


def test_livez_asks_nobody():
    """No database mark here: a query would fail this test."""
    answer = Client().get("/livez")
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (
        200,
        b"ok\n",
        "text/plain; charset=utf-8",
    )


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
@pytest.mark.django_db
def test_probes_are_not_sent_to_https(settings, path):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(path).status_code == 200
    assert Client().get("/account/login/").headers["Location"] == "https://testserver/account/login/"
