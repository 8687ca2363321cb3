from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import profile

COMPLETE = {
    "HINDSIGHT_PROFILE": "production",
    "DATABASE_URL": "postgresql://web:secret@db/hindsight",
    "REDIS_URL": "redis://cache/0",
    "SECRET_KEY": "k" * 60,
}


@pytest.fixture
def environ(monkeypatch):
    """Sets the environment to what is given, and to nothing else that Hindsight reads."""
    for name in list(os.environ):
        if name.startswith(("HINDSIGHT_", "DATABASE_URL", "REDIS_URL", "SECRET_KEY")):
            monkeypatch.delenv(name)

    def set_to(**named: str) -> None:
        for name, value in named.items():
            monkeypatch.setenv(name, value)

    return set_to


@pytest.mark.parametrize("missing", ["DATABASE_URL", "REDIS_URL", "SECRET_KEY"])
def test_production_refuses_to_start_half_configured(environ, missing):
    environ(**{name: value for name, value in COMPLETE.items() if name != missing})
    with pytest.raises(ImproperlyConfigured, match=f"The production profile needs {missing} in the environment"):
        profile.current()


def test_production_is_the_profile_where_none_is_named(environ):
    environ(**{name: value for name, value in COMPLETE.items() if name != "HINDSIGHT_PROFILE"})
    assert profile.current().is_production


def test_an_unknown_profile_is_refused(environ):
    environ(HINDSIGHT_PROFILE="staging")
    with pytest.raises(ImproperlyConfigured, match="'staging'; it is one of production, demo, test"):
        profile.current()


def test_in_production_nothing_is_embedded(environ):
    environ(**COMPLETE)
    assert not profile.current().is_embedded
    assert profile.current().ensure_servers() is None


def test_one_address_serves_all_roles(environ):
    environ(**COMPLETE)
    assert set(profile.current().database_urls().values()) == {COMPLETE["DATABASE_URL"]}


@pytest.mark.parametrize("role", ["web", "worker", "owner"])
def test_each_role_may_have_an_address_of_its_own(environ, role):
    environ(
        **COMPLETE,
        HINDSIGHT_ROLE=role,
        DATABASE_URL_WORKER="postgresql://worker",
        DATABASE_URL_OWNER="postgresql://owner",
    )
    expected = {"web": COMPLETE["DATABASE_URL"], "worker": "postgresql://worker", "owner": "postgresql://owner"}
    assert profile.current().database_url() == expected[role]


def test_an_unknown_role_is_refused(environ):
    environ(**COMPLETE, HINDSIGHT_ROLE="root")
    with pytest.raises(ImproperlyConfigured, match="'root'; it is one of web, worker, owner"):
        profile.current().database_url()


def test_the_demo_and_the_tests_have_servers_of_their_own(environ):
    environ(HINDSIGHT_PROFILE="demo")
    demo = profile.current()
    environ(HINDSIGHT_PROFILE="test")
    test = profile.current()
    assert demo.is_embedded
    assert test.is_embedded
    assert demo.var == settings.BASE_DIR / "var"
    assert test.var == settings.BASE_DIR / "var" / "test"
    assert demo.database_url() != test.database_url()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("redis://cache:6379/3", "redis://cache:6379/3"),
        ("unix:///var/run/v.sock", "redis+socket:///var/run/v.sock?virtual_host=0"),
        ("unix:///var/run/v.sock?db=3", "redis+socket:///var/run/v.sock?virtual_host=3"),
    ],
)
def test_the_broker_has_its_own_form_of_the_redis_address(given, expected):
    assert profile.broker_url(given) == expected


@pytest.mark.parametrize("command", [["check"], ["help"], ["migrate", "--help"]])
def test_commands_without_a_database_start_no_server(var, command):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "REDIS_URL"))
    }
    environment |= {"HINDSIGHT_PROFILE": "demo", "HINDSIGHT_VAR": str(var)}
    asked = [sys.executable, "manage.py", *command]
    done = subprocess.run(asked, cwd=settings.BASE_DIR, env=environment, capture_output=True, check=False)
    assert (done.returncode, var.exists()) == (0, False)


def test_a_command_with_a_database_starts_the_servers_and_stops_them(var):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "REDIS_URL"))
    }
    environment |= {"HINDSIGHT_PROFILE": "demo", "HINDSIGHT_VAR": str(var)}
    asked = [sys.executable, "manage.py", "migrate", "--check"]
    done = subprocess.run(asked, cwd=settings.BASE_DIR, env=environment, capture_output=True, check=False)
    assert done.returncode == 1  # nothing has been migrated there
    assert not list((var / "valkey").iterdir())


def test_production_half_configured_says_so_in_one_line():
    environment = {"PATH": os.environ["PATH"], "HINDSIGHT_PROFILE": "production", "SECRET_KEY": "k" * 60}
    asked = [sys.executable, "manage.py", "migrate"]
    done = subprocess.run(asked, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr.startswith("The production profile needs DATABASE_URL, REDIS_URL in the environment.")
    assert done.stderr.count("\n") == 1
