"""The production profile, in a process of its own: whole it passes every check, half it does not start."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings

WHOLE = {
    "HINDSIGHT_PROFILE": "production",
    "DATABASE_URL": "postgresql://desk:secret@db.invalid/hindsight",
    "REDIS_URL": "redis://redis.invalid/0",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "desk.example",
}


def check(environment: dict[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "check", *options]
    environment = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_a_whole_environment_passes_every_check_for_deployment():
    done = check(WHOLE, "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_production_asks_for_two_graders_and_lets_no_author_be_one():
    code = "from django.conf import settings as s; print(s.GRADERS, s.INVOLVED_MAY_GRADE, s.EVIDENCE_FROM_LOOPBACK)"
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", **WHOLE}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["2", "False", "False"]


def test_browsers_take_every_cookie_of_production():
    """A browser drops a cookie named __Host- that is not Secure, or that names a domain or another path than /."""
    code = (
        "from django.conf import settings as s; print(["
        "(getattr(s, f'{name}_COOKIE_NAME')[:7], *(getattr(s, f'{name}_COOKIE_{of}') for of in ('SECURE', 'HTTPONLY',"
        " 'DOMAIN', 'PATH', 'SAMESITE'))) for name in ('SESSION', 'CSRF', 'LANGUAGE')])"
    )
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", **WHOLE}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str([("__Host-", True, True, None, "/", "Lax")] * 3)


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        (["DATABASE_URL"], "DATABASE_URL"),
        (["REDIS_URL"], "REDIS_URL"),
        (["SECRET_KEY"], "SECRET_KEY"),
        (["DATABASE_URL", "REDIS_URL", "SECRET_KEY"], "DATABASE_URL, REDIS_URL, SECRET_KEY"),
    ],
)
def test_half_an_environment_is_refused_in_one_line_that_names_what_is_missing(missing, named):
    done = check({key: value for key, value in WHOLE.items() if key not in missing})
    line = f"The production profile needs {named} in the environment. "
    line += "To try Hindsight on this machine, run `make demo` or set HINDSIGHT_PROFILE=demo.\n"
    assert (done.returncode, done.stderr) == (1, line)


def test_production_is_what_runs_where_nothing_is_said():
    done = check({})
    assert done.stderr.startswith("The production profile needs DATABASE_URL, REDIS_URL, SECRET_KEY")


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"HINDSIGHT_PROFILE": "prod"}, "HINDSIGHT_PROFILE is 'prod'; it is one of production, demo, test."),
        ({"HINDSIGHT_ROLE": "boss"}, "HINDSIGHT_ROLE is 'boss'; it is one of web, worker, owner."),
        ({"GRADERS": "3"}, "GRADERS is 3; it is 2, or 1 for a small desk."),
        ({"SWEEP_ON": "2026-01-01"}, "SWEEP_ON sets the clock of the sweep and belongs to tests; unset it."),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_one_line(changed, line):
    done = check(WHOLE | changed)
    assert (done.returncode, done.stderr) == (1, line + "\n")
