"""A real Celery worker and beat, for tests that want to see one process hurry another along."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from config.celery import app
from groundwork import roles

READY_WITHIN = 40  # pings, of a second each


class CeleryProcesses:
    """Starts workers and beats on this test's database and Redis, and stops all of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []

    def worker(self, **environment: str) -> None:
        """A worker with two children, returned when it answers. Keywords add to its environment."""
        name = f"worker{len(self._processes)}@test"
        process = self._start("worker", "-n", name, "-c", "2", "--without-gossip", "--without-mingle", **environment)
        for _ in range(READY_WITHIN):
            if app.control.ping(destination=[name], timeout=1):
                return
            assert process.poll() is None, f"The worker ended:\n{self.logs()}"
        pytest.fail(f"The worker does not answer:\n{self.logs()}")

    def beat(self, *, every: int = 1, on: str = "") -> None:
        """A beat whose sweeps run every so many seconds and take `on` (YYYY-MM-DD) for today."""
        self._start("beat", "-s", str(self._folder / "beat"), "--pidfile=", SWEEP_EVERY=str(every), SWEEP_ON=on)

    def wait_for(self, happened: Callable[[], object], *, seconds: float = 30) -> None:
        """Return as soon as `happened()` is true; fail with the logs where it does not come about."""
        deadline = time.monotonic() + seconds
        while not happened():
            for process in self._processes:
                assert process.poll() is None, f"A process ended:\n{self.logs()}"
            assert time.monotonic() < deadline, f"It did not happen:\n{self.logs()}"
            time.sleep(0.1)

    def logs(self) -> str:
        """What all of them have said so far."""
        return "\n".join(path.read_text(errors="replace") for path in sorted(self._folder.glob("*.log")))

    def stop(self) -> None:
        """Kill all of them with their children: database and queues go with the test, so nothing is worth a wait."""
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._processes.clear()

    def _start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "-A", "config", *arguments]
        log = self._folder / f"{arguments[0]}{len(self._processes)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=service_environment(roles.WORKER) | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self._processes.append(process)
        return process


def service_environment(role: roles.Role) -> dict[str, str]:
    """The environment in which another process works on this test's database and Redis, in a role of its own."""
    database = connection.settings_dict
    login = quote(role.name if settings.PROFILE.is_embedded else database["USER"], safe="")
    if database["PASSWORD"]:
        login += f":{quote(database['PASSWORD'], safe='')}"
    address = quote(database["HOST"], safe="") + (f":{database['PORT']}" if database["PORT"] else "")
    named = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "PYTEST"))}
    return named | {
        "HINDSIGHT_PROFILE": "test",
        "HINDSIGHT_ROLE": role.kind,
        "DATABASE_URL": f"postgresql://{login}@{address}/{database['NAME']}",
        "REDIS_URL": settings.REDIS_URL,
    }


@pytest.fixture
def celery_processes(transactional_db: None, tmp_path: Path) -> Iterator[CeleryProcesses]:
    """Workers and beats on demand: `celery_processes.worker()`, `celery_processes.beat(on="2026-01-31")`."""
    processes = CeleryProcesses(tmp_path)
    yield processes
    processes.stop()


@pytest.fixture
def celery_worker_process(celery_processes: CeleryProcesses) -> CeleryProcesses:
    """A real worker, ready for work."""
    celery_processes.worker()
    return celery_processes
