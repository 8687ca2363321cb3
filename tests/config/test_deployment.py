from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings

from config.embedded import ensure

COMPOSE = Path(settings.BASE_DIR, "docker-compose.yml")
EXAMPLE = Path(settings.BASE_DIR, ".env.example")
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(?::[-?]([^}]*))?\}")
OURS = ("HINDSIGHT_", "DATABASE_URL", "REDIS_URL", "LOG_LEVEL", "PYTEST_", "DJANGO_")


@pytest.fixture(scope="module")
def filled_in() -> dict[str, str]:
    """`.env.example` as somebody has filled it in."""
    lines = [line.split("=", 1) for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("#")]
    return {name: value or "Secret" * 10 for name, value in lines} | {"EMAIL_URL": ""}


@pytest.fixture(scope="module")
def services(filled_in: dict[str, str]) -> dict[str, Any]:
    """The compose file's services with the variables in place, as compose puts them there."""

    def value(found: re.Match[str]) -> str:
        return filled_in.get(found[1]) or found[2] or ""

    return yaml.safe_load(VARIABLE.sub(value, COMPOSE.read_text()).replace("$$", "$"))["services"]


class Stack:
    """Runs the compose file's own services on this machine, beside servers that take the places of the images'."""

    def __init__(self, services: dict[str, Any], urls: Any, folder: Path) -> None:
        self._services = services
        self._urls = urls
        self._folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def environment(self, name: str) -> dict[str, str]:
        plain = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
        host = urlsplit(self._urls.admin).netloc.rpartition("@")[2]
        named = {
            key: str(value).replace("@postgres/", f"@{host}/")
            for key, value in self._services[name]["environment"].items()
        }
        here = {
            "BIND": f"127.0.0.1:{self.port}",
            "HINDSIGHT_VAR": str(self._folder / "var"),
            "REDIS_URL": self._urls.redis,
        }
        path = f"{Path(sys.executable).parent}:{plain['PATH']}"
        return plain | named | here | {"HINDSIGHT_PROFILE": "production", "PATH": path}

    def run(self, name: str, command: list[str] | None = None) -> subprocess.CompletedProcess[str]:
        words = self._placed(command or self._services[name]["command"])
        environment = self.environment(name)
        options = {"capture_output": True, "text": True, "cwd": settings.BASE_DIR}
        return subprocess.run(words, env=environment, check=False, **options)

    def start(self, name: str) -> None:
        words = self._placed(self._services[name]["command"])
        with (self._folder / f"{name}.log").open("wb") as log:
            options = {"stdout": log, "stderr": log, "start_new_session": True, "cwd": settings.BASE_DIR}
            self._running[name] = subprocess.Popen(words, env=self.environment(name), **options)

    def wait_until_healthy(self, name: str) -> None:
        kind, *command = self._services[name]["healthcheck"]["test"]
        words = ["sh", "-c", *command] if kind == "CMD-SHELL" else command
        deadline = time.monotonic() + 60
        while (done := self.run(name, words)).returncode:
            assert self._running[name].poll() is None, self.log(name)
            assert time.monotonic() < deadline, f"{done.stdout}{done.stderr}\n{self.log(name)}"

    def log(self, name: str) -> str:
        return (self._folder / f"{name}.log").read_text()

    def stop(self, name: str) -> int:
        process = self._running.pop(name)
        process.send_signal(signal.Signals[self._services[name].get("stop_signal", "SIGTERM")])
        return process.wait(timeout=10)

    def kill(self) -> None:
        for process in self._running.values():
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _placed(self, words: list[str]) -> list[str]:
        return [word.replace("/tmp", str(self._folder)) for word in words]


@pytest.fixture
def stack(services: dict[str, Any], var: Path, tmp_path: Path) -> Iterator[Stack]:
    with ensure(var, durable=False) as servers:
        stack = Stack(services, servers.urls, tmp_path)
        yield stack
        stack.kill()


@pytest.fixture
def get(stack: Stack) -> Callable[..., http.client.HTTPResponse]:
    """Asks the site as the proxy does."""

    def get(path: str, *, scheme: str = "https") -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", stack.port, timeout=10)
        with closing(connection):
            headers = {"Host": "hindsight.example.org", "X-Forwarded-Proto": scheme}
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            response.body = response.read().decode()
            return response

    return get


def test_the_compose_file_follows_the_specification():
    command = ["check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == "ok -- validation done\n"


def test_the_example_names_exactly_the_variables_that_the_compose_file_takes(filled_in):
    assert {found[1] for found in VARIABLE.finditer(COMPOSE.read_text())} == set(filled_in)


def test_what_has_no_default_is_demanded(filled_in):
    secrets = {name for name, value in filled_in.items() if value.startswith("Secret")}
    demanded = {found[1] for found in VARIABLE.finditer(COMPOSE.read_text()) if ":?" in found[0]}
    assert demanded == secrets | {"SITE_ADDRESS"}


def test_the_worker_has_longer_to_stop_than_its_tasks_are_given(services):
    assert services["worker"]["stop_grace_period"] == "45s"


def test_every_command_of_the_compose_file_runs(stack, get):
    collected = stack.run("migrate", ["python", "manage.py", "collectstatic", "--noinput"])
    assert collected.returncode == 0, collected.stderr
    for name in ("roles", "migrate"):
        done = stack.run(name)
        assert done.returncode == 0, done.stderr
    for name in ("site", "worker", "beat"):
        stack.start(name)
    for name in ("site", "worker", "beat"):
        stack.wait_until_healthy(name)

    page = get("/account/login/")
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert page.headers["Set-Cookie"].startswith("__Host-csrf=")
    style = get(re.search(r'href="(/static/[^"]+\.css)"', page.body)[1])
    assert style.status == 200
    assert style.headers["Cache-Control"] == "max-age=315360000, public, immutable"

    plain = get("/account/login/", scheme="http")
    assert (plain.status, plain.headers["Location"]) == (301, "https://hindsight.example.org/account/login/")

    assert [stack.stop(name) for name in ("beat", "worker", "site")] == [0, 0, 0]
