"""`make demo`: the whole of Hindsight on this machine, with sample data, until Ctrl-C.

Starts the servers, brings the database up to date, then runs gunicorn, a worker and beat as processes of their own. All
of them end with this one, whether it is interrupted, terminated or its terminal is closed.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import io
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

os.environ.setdefault("HINDSIGHT_PROFILE", "demo")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["HINDSIGHT_ROLE"] = "owner"

import django
from django.core.exceptions import ImproperlyConfigured
from rich.console import Console
from rich.table import Table

from config import embedded, profile

HOST: Final = "127.0.0.1"
FIRST_PORT: Final = 8000
PORTS_TO_TRY: Final = 100
READY_WITHIN: Final = 60.0  # seconds
# Ctrl-C may take five seconds: those of these processes, then those of the servers, and some for what is around.
STOP_WITHIN: Final = 3.5
STOP_ALL_WITHIN: Final = 4.2
ACCOUNTS: Final = (
    ("analyst@hindsight.example", "Ana Lindqvist", "analyst"),
    ("second.analyst@hindsight.example", "Ben Osei", "analyst"),
    ("editor@hindsight.example", "Edda Marsh", "editor"),
    ("administrator@hindsight.example", "Ada Kovac", "administrator"),
)
SERVICES: Final = ("site", "worker", "beat")
# Letters and digits that are not taken for one another.
UNMISTAKABLE: Final = "abcdefghjkmnpqrstuvwxyz23456789"


class DemoError(Exception):
    """The demo cannot go on; the message says why."""


@dataclass(frozen=True)
class Account:
    email: str
    name: str
    role: str
    password: str


def main() -> None:
    argparse.ArgumentParser(
        prog="make demo",
        description="Serve the site with sample data, a worker and beat, until Ctrl-C. The data lie in var/.",
    ).parse_args()
    console = Console(highlight=False)
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _interrupt)
    services = Services(profile.current().var)
    failure = ""
    try:
        _run(console, services)
    except KeyboardInterrupt:
        # The terminal may be the very thing that is gone.
        with contextlib.suppress(OSError):
            console.print("\nStopping.")
    except (DemoError, embedded.EmbeddedError, ImproperlyConfigured) as error:
        failure = str(error)
    services.stop()
    sys.exit(failure or None)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _run(console: Console, services: Services) -> None:
    with console.status("Starting PostgreSQL and Valkey"):
        services.servers = profile.current().ensure_servers()
    if services.servers and not services.servers.owned:
        raise DemoError("The servers of this folder are in use: is the demo running here already?")
    services.clear_leftovers()
    django.setup()
    _prepare_database(console)
    accounts = _accounts()
    _load_samples(console)
    with console.status("Starting the site, a worker and beat"):
        port = services.start()
        services.wait_until_ready(port)
    _greet(console, port, accounts)
    services.watch()


# --- Data -----------------------------------------------------------------------------------------------------------


def _prepare_database(console: Console) -> None:
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up only now

    call_command("set_up_roles", stdout=io.StringIO())
    with console.status("Bringing the database up to date"):
        call_command("migrate", verbosity=0, interactive=False)


def _load_samples(console: Console) -> None:
    from django.apps import apps  # noqa: PLC0415 - as above
    from django.core.management import call_command  # noqa: PLC0415 - as above

    complete = profile.current().var / "samples-loaded"
    if complete.exists() and apps.get_model("sources", "Article").objects.exists():
        return
    console.print("Loading the sample briefings, once.")
    call_command("load_samples")
    # Written last: a loading that was broken off is taken up again.
    complete.touch()


def _accounts() -> list[Account]:
    """The demo's accounts. Their passwords are made on the first run and kept where only this user can read them."""
    kept = profile.current().var / "demo-accounts.json"
    if kept.exists():
        accounts = [Account(**entry) for entry in json.loads(kept.read_text(encoding="utf-8"))]
    else:
        accounts = [Account(*named, password=_password()) for named in ACCOUNTS]
        kept.touch(mode=0o600, exist_ok=False)
        kept.write_text(json.dumps([vars(account) for account in accounts], indent=2), encoding="utf-8")
    for account in accounts:
        _open(account)
    return accounts


def _open(account: Account) -> None:
    from accounts.models import User  # noqa: PLC0415 - Django is set up only now
    from accounts.services.people import open_account  # noqa: PLC0415 - as above

    if not User.objects.filter(email=account.email).exists():
        open_account(**vars(account), why="An account of the demo.")


def _password() -> str:
    letters = [secrets.choice(UNMISTAKABLE) for _ in range(15)]
    return "-".join("".join(letters[start : start + 5]) for start in range(0, 15, 5))


# --- Processes ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Service:
    """A process of the demo, and the signal that asks it to end."""

    name: str
    process: subprocess.Popen[bytes]
    ends_on: signal.Signals
    log: Path


class Services:
    """Everything that the demo has started."""

    def __init__(self, var: Path) -> None:
        self.servers: embedded.Servers | None = None
        self._var = var
        self._logs = var / "log"
        self._running: list[Service] = []

    def clear_leftovers(self) -> None:
        """End what a demo that was killed has left. They hold a port, and would take the new one's work."""
        for name in SERVICES:
            pid_file = self._pid_file(name)
            if (pid := embedded.running(pid_file, str(pid_file))) is not None:
                os.killpg(pid, signal.SIGKILL)
            pid_file.unlink(missing_ok=True)

    def _pid_file(self, name: str) -> Path:
        return self._var / f"{name}.pid"

    def start(self) -> int:
        """Start the site, the worker and beat; returns the port of the site."""
        listener = _listen()
        port = int(listener.getsockname()[1])
        # The socket itself is handed over: between asking for a free port and taking it, another may come.
        site = ["gunicorn", "config.wsgi", "--bind", f"fd://{listener.fileno()}", "--threads", "8"]
        site += ["--graceful-timeout", "2", "--no-control-socket"]
        celery = ["celery", "-A", "config"]
        worker = [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"]
        beat = [*celery, "beat", "--schedule", str(self._var / "beat")]
        with listener:
            self._launch("site", "web", [*site, "--pid"], signal.SIGTERM, port, listener.fileno())
        # Told to quit, a worker gives up what it is doing; the rows are there and are claimed again.
        self._launch("worker", "worker", [*worker, "--pidfile"], signal.SIGQUIT, port)
        self._launch("beat", "worker", [*beat, "--pidfile"], signal.SIGTERM, port)
        return port

    def _launch(self, name: str, role: str, command: list[str], end: signal.Signals, port: int, *files: int) -> None:
        self._logs.mkdir(parents=True, exist_ok=True)
        path = self._logs / f"{name}.log"
        environment = {**os.environ, "HINDSIGHT_ROLE": role, "PORT": str(port)}
        with path.open("wb") as log:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", *command, str(self._pid_file(name))],
                cwd=profile.BASE_DIR,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=files,
                # Ctrl-C in the terminal reaches them through this process, in order.
                start_new_session=True,
            )
        self._running.append(Service(name, process, end, path))

    def wait_until_ready(self, port: int) -> None:
        """Raises DemoError where a process ends or the site does not get ready."""
        deadline = time.monotonic() + READY_WITHIN
        while (answer := _readiness(port)) != http.client.OK:
            self._check()
            if time.monotonic() > deadline:
                raise DemoError(f"The site does not get ready (/readyz says {answer}); see {self._logs}.")
            time.sleep(0.1)

    def watch(self) -> NoReturn:
        """Raises DemoError when one of the processes ends."""
        while True:
            self._check()
            time.sleep(1)

    def _check(self) -> None:
        for service in self._running:
            if service.process.poll() is not None:
                tail = "\n".join(service.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
                raise DemoError(f"The {service.name} has ended by itself; {service.log} ends with:\n{tail}")

    def stop(self) -> None:
        """Stop everything, in the order of dependence. It takes five seconds at most: further signals are held off."""
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        began = time.monotonic()
        for service in self._running:
            service.process.send_signal(service.ends_on)
        for service in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                service.process.wait(timeout=max(0.0, began + STOP_WITHIN - time.monotonic()))
            # Whatever it left in its group too.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(service.process.pid, signal.SIGKILL)
            service.process.wait()
        if self.servers:
            self.servers.stop(patience=max(0.3, began + STOP_ALL_WITHIN - time.monotonic()))


def _listen() -> socket.socket:
    """A listening socket on the first port that is free."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TO_TRY):
        with contextlib.suppress(OSError):
            return socket.create_server((HOST, port), backlog=128)
    raise DemoError(f"No port from {FIRST_PORT} to {FIRST_PORT + PORTS_TO_TRY - 1} is free.")


def _readiness(port: int) -> int | None:
    """The status of /readyz; None while nobody answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/readyz")
        return connection.getresponse().status
    return None


def _greet(console: Console, port: int, accounts: list[Account]) -> None:
    table = Table("role", "e-mail", "password", box=None, pad_edge=False, header_style="dim")
    for account in accounts:
        table.add_row(account.role, account.email, account.password)
    console.print(f"\n[bold]Hindsight is at http://{HOST}:{port}/[/bold]\n")
    console.print(table)
    if not os.environ.get("EMAIL_URL"):
        console.print("\nNo mail leaves this machine: each is written to var/log/worker.log.")
    console.print("\nCtrl-C stops it. The data stay in var/, and the next start takes them up again.")


if __name__ == "__main__":
    main()
