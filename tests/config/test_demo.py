from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from config import demo

OURS = ("HINDSIGHT_", "DATABASE_URL", "REDIS_URL", "LOG_LEVEL", "PYTEST_", "DJANGO_")


@pytest.fixture(scope="module")
def var(make_var: Callable[..., Path]) -> Path:
    """One for all: loading the sample data takes the longest."""
    return make_var()


@pytest.fixture
def environment(var: Path) -> dict[str, str]:
    """What a newcomer has, and a `var/` of this test's own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return plain | {"HINDSIGHT_VAR": str(var)}


@pytest.fixture
def start_demo(environment: dict[str, str]) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "config.demo"]
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **options))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=10)
        process.stdout.close()


def greeting(process: subprocess.Popen[str]) -> str:
    """All that the demo says until it tells how to stop it."""
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            return said
    pytest.fail(f"The demo ended:\n{said}")


def port_of(said: str) -> int:
    return int(re.search(r"http://127\.0\.0\.1:(\d+)/", said)[1])


def status(port: int, path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def processes_of(var: Path) -> list[str]:
    """Everything that runs on behalf of this `var/`, by environment or by command line."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("HINDSIGHT_VAR") == str(var) or any(
                str(var) in word for word in process.cmdline()
            ):
                found.append(" ".join(process.cmdline()))
    return found


def test_the_demo_serves_stops_at_once_and_takes_its_data_up_again(start_demo, var):
    first = start_demo()
    said = greeting(first)
    assert status(port_of(said), "/readyz") == 200
    assert stopped_within_five_seconds(first, signal.SIGINT, var)
    accounts = json.loads((var / "demo-accounts.json").read_text())
    assert [account["role"] for account in accounts] == ["analyst", "analyst", "editor", "administrator"]
    assert all(account["password"] in said for account in accounts)
    assert "var/log/worker.log" in said
    assert (var / "demo-accounts.json").stat().st_mode & 0o777 == 0o600

    began = time.monotonic()
    second = start_demo()
    again = greeting(second)
    assert time.monotonic() - began < 10
    assert [account["password"] in again for account in accounts] == [True] * 4
    assert "Loading the sample briefings" not in again
    # As when the terminal is closed.
    assert stopped_within_five_seconds(second, signal.SIGHUP, var)


def stopped_within_five_seconds(process: subprocess.Popen[str], way: signal.Signals, var: Path) -> bool:
    process.send_signal(way)
    process.wait(timeout=5)
    assert processes_of(var) == []
    return process.returncode == 0


def test_a_second_demo_of_one_folder_is_refused_and_harms_nothing(start_demo, var):
    first = start_demo()
    port = port_of(greeting(first))
    second = start_demo()
    assert "is the demo running here already?" in second.communicate(timeout=30)[0]
    assert second.returncode == 1
    assert status(port, "/livez") == 200


def test_after_a_kill_the_next_start_takes_up_the_data_and_ends_what_was_left(start_demo, var):
    killed = start_demo()
    greeting(killed)
    killed.kill()
    killed.wait()
    left = {process.pid for process in psutil.process_iter() if _is_service_of(process, var)}
    second = start_demo()
    greeting(second)
    assert left
    assert not left.intersection(psutil.pids())


def _is_service_of(process: psutil.Process, var: Path) -> bool:
    with suppress(psutil.Error):
        return process.status() != psutil.STATUS_ZOMBIE and process.environ().get("HINDSIGHT_VAR") == str(var)
    return False


@pytest.mark.parametrize(("argument", "status", "said"), [("--help", 0, "until Ctrl-C"), ("--port", 2, "--port")])
def test_an_argument_starts_nothing(environment, argument, status, said):
    command = [sys.executable, "-m", "config.demo", argument]
    options = {"cwd": settings.BASE_DIR, "env": environment, "capture_output": True, "text": True, "timeout": 30}
    ran = subprocess.run(command, check=False, **options)
    assert (ran.returncode, said in ran.stdout + ran.stderr) == (status, True)


def test_a_port_that_is_taken_is_passed_over():
    with closing(demo._listen()) as one, closing(demo._listen()) as other:
        taken, next_free = one.getsockname()[1], other.getsockname()[1]
        assert demo.FIRST_PORT <= taken < next_free


def test_the_demo_listens_on_this_machine_alone():
    with closing(demo._listen()) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_when_no_port_is_free_it_says_so(monkeypatch):
    def refuse(*_: object, **__: object) -> socket.socket:
        raise OSError

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(demo.DemoError, match="No port from 8000 to 8099 is free"):
        demo._listen()


def test_passwords_are_long_and_differ():
    made = {demo._password() for _ in range(100)}
    assert len(made) == 100
    assert {len(password) for password in made} == {17}


def test_a_process_that_ends_by_itself_is_named_with_what_it_said(tmp_path):
    services = demo.Services(tmp_path)
    services._launch("site", "web", ["nonexistent_module"], signal.SIGTERM, 8000)
    with pytest.raises(demo.DemoError, match=r"The site has ended by itself(.|\n)*No module named nonexistent_module"):
        services.watch()
