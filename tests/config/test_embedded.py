from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
import redis
from django.conf import settings

from config import embedded
from config.embedded import Binaries, EmbeddedError, Site, User, ensure, urls

HOLD = """
import sys
from pathlib import Path
from config import embedded
servers = embedded.ensure(Path(sys.argv[1]))
print("started" if servers.owned else "attached", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def hold() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Another process that asks for the servers of a `var/` and holds on to them until it is told to end."""
    held: list[subprocess.Popen[str]] = []

    def start(var: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLD, str(var)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        held.append(subprocess.Popen(command, cwd=settings.BASE_DIR, text=True, **pipes))
        return held[-1]

    yield start
    for process in held:
        process.stdin.close()
        process.wait(timeout=20)
        process.stdout.close()


def said(process: subprocess.Popen[str]) -> str:
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    process.stdin.close()
    process.wait(timeout=20)


def processes_of(var: Path) -> set[int]:
    """The processes whose command line names the data of this `var/`."""
    marks = {str(Site.of(var).postgres_data), str(Site.of(var).valkey_data)}
    found = set()
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if marks.intersection(process.cmdline()):
                found.add(process.pid)
    return found


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()[0]


def test_both_servers_answer_and_stop_with_whoever_started_them(var):
    with ensure(var, durable=False) as servers:
        assert servers.owned
        assert ask(servers.urls.web, "SELECT 1") == 1
        assert redis.Redis.from_url(servers.urls.redis).ping()
        assert len(processes_of(var)) == 2
    assert processes_of(var) == set()
    assert list(Site.of(var).sockets.iterdir()) == []


def test_the_servers_are_postgresql_18_without_a_port(var):
    with ensure(var, durable=False) as servers:
        assert str(ask(servers.urls.owner, "SHOW server_version")).split(".")[0] == "18"
        assert ask(servers.urls.owner, "SHOW listen_addresses") == ""
        assert redis.Redis.from_url(servers.urls.redis).config_get("port") == {"port": "0"}


@pytest.mark.parametrize(
    ("role", "statement", "lock", "idle"),
    [("web", "5s", "4s", "10s"), ("worker", "1min", "4s", "10s"), ("owner", "0", "4s", "0")],
)
def test_each_role_has_its_time_limits(var, role, statement, lock, idle):
    names = "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"
    with ensure(var, durable=False) as servers:
        url = getattr(servers.urls, role)
        assert tuple(ask(url, f"SHOW {name}") for name in names) == (statement, lock, idle)


def test_web_and_worker_may_use_what_the_owner_makes_and_no_more(var):
    with ensure(var, durable=False) as servers:
        with psycopg.connect(servers.urls.owner) as owner:
            owner.execute("CREATE EXTENSION btree_gist")
            owner.execute("CREATE EXTENSION pg_trgm")
            owner.execute("CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY)")
        for url in (servers.urls.web, servers.urls.worker):
            assert ask(url, "INSERT INTO made DEFAULT VALUES RETURNING true") is True
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask(url, "DROP TABLE made")


def test_whoever_comes_second_attaches_and_stops_nothing(var, hold):
    first, second = hold(var), None
    assert said(first) == "started"
    second = hold(var)
    assert said(second) == "attached"
    end(second)
    assert ask(urls(var).web, "SELECT 1") == 1
    end(first)
    assert processes_of(var) == set()


def test_of_two_that_come_at_once_one_starts_and_both_are_served(var, hold):
    assert {said(process) for process in (hold(var), hold(var))} == {"started", "attached"}
    assert len(processes_of(var)) == 2


def test_two_checkouts_have_servers_of_their_own(make_var, hold):
    one, other = make_var(), make_var()
    assert [said(hold(one)), said(hold(other))] == ["started", "started"]
    assert ask(urls(one).admin, "SHOW data_directory") == str(Site.of(one).postgres_data)
    assert ask(urls(other).admin, "SHOW data_directory") == str(Site.of(other).postgres_data)


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_the_owner_stops_the_servers(var, hold, way):
    owner = hold(var)
    said(owner)
    owner.send_signal(way)
    owner.wait(timeout=20)
    assert processes_of(var) == set()


def test_after_a_kill_the_next_start_clears_what_was_left_and_keeps_the_data(var, hold):
    killed = hold(var)
    said(killed)
    with psycopg.connect(urls(var).owner) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    killed.kill()
    killed.wait()
    left = processes_of(var)
    assert len(left) == 2
    with ensure(var) as servers:
        assert servers.owned
        assert processes_of(var).isdisjoint(left)
        assert ask(servers.urls.owner, "SELECT answer FROM kept") == 42


def test_servers_that_were_killed_themselves_are_started_again(var):
    with ensure(var, durable=False):
        for pid in processes_of(var):
            os.kill(pid, signal.SIGKILL)
    with ensure(var, durable=False) as servers:
        assert ask(servers.urls.owner, "SELECT 1") == 1


def test_a_process_that_only_has_the_number_of_ours_is_left_alone(var):
    with ensure(var, durable=False):
        pass
    with subprocess.Popen(["sleep", "60"]) as other:
        (Site.of(var).postgres_data / "postmaster.pid").write_text(f"{other.pid}\n")
        (Site.of(var).valkey_data / "valkey.pid").write_text(f"{other.pid}\n")
        with ensure(var, durable=False) as servers:
            assert ask(servers.urls.owner, "SELECT 1") == 1
        assert other.poll() is None
        other.kill()


@pytest.mark.parametrize("folder", ["with a space", 'it\'s "quoted", 100% ä', "x" * 90])
def test_any_path_will_do(make_var, folder):
    var = make_var(folder)
    with ensure(var, durable=False) as servers:
        assert ask(servers.urls.web, "SELECT 1") == 1
        assert redis.Redis.from_url(servers.urls.redis).ping()


def test_sockets_of_a_long_path_lie_in_a_private_temporary_folder_until_the_end(make_var):
    var = make_var("x" * 90)
    folder = Site.of(var).sockets.parent
    assert folder.parent == Path("/tmp")
    with ensure(var, durable=False):
        assert folder.stat().st_uid == os.geteuid()
        assert folder.stat().st_mode & 0o066 == 0
    assert not folder.exists()


def test_a_temporary_folder_that_others_may_write_to_is_refused(make_var):
    var = make_var("x" * 90)
    planted = Site.of(var).sockets.parent
    planted.mkdir()
    planted.chmod(0o777)
    try:
        with pytest.raises(EmbeddedError, match="should be a private folder"):
            ensure(var, durable=False)
    finally:
        planted.rmdir()


def test_the_servers_never_run_as_root(var):
    with ensure(var, durable=False):
        owners = {psutil.Process(pid).uids().effective for pid in processes_of(var)}
    assert owners == ({User.for_servers().uid} if os.geteuid() == 0 else {os.geteuid()})
    assert 0 not in owners


def test_a_private_checkout_works_too(make_var):
    var = make_var(mode=0o700)
    with ensure(var, durable=False) as servers:
        assert ask(servers.urls.web, "SELECT 1") == 1
    pointer = var / "elsewhere"
    said_where = pointer.read_text().strip() if pointer.exists() else str(var)
    assert said_where == str(Site.of(var).home)


def test_a_user_reaches_what_every_folder_on_the_way_lets_through(var):
    folder = var.parent / "open" / "folder"
    folder.mkdir(parents=True)
    for made in (folder, folder.parent):
        made.chmod(0o755)
    stranger = User("stranger", uid=54321, gid=54321)
    assert stranger.can_reach(folder)
    folder.parent.chmod(0o700)
    assert not stranger.can_reach(folder)
    assert User("owner", uid=os.getuid(), gid=54321).can_reach(folder)
    folder.parent.chmod(0o755)
    folder.chmod(0o711)
    assert not stranger.can_reach(folder)


def test_the_data_of_an_unreachable_var_lie_where_a_restart_leaves_them(tmp_path):
    tmp_path.chmod(0o700)
    home = Site._home(tmp_path, User("stranger", uid=54321, gid=54321))
    assert home.parent == Path("/var/tmp")


def test_binaries_out_of_reach_are_copied_and_run(tmp_path, monkeypatch):
    me = User("me", os.getuid(), os.getgid())
    site = Site(var=tmp_path, home=tmp_path, sockets=tmp_path / "sockets", user=me)
    monkeypatch.setattr(User, "can_reach", lambda *_: False)
    copied = embedded._binaries(site)
    assert all(path.is_relative_to(tmp_path) for path in copied)
    for path in copied:
        assert subprocess.run([path, "--version"], check=False).returncode == 0


def test_a_machine_without_wheels_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "_packages", lambda: tmp_path)
    site = Site(var=tmp_path, home=tmp_path, sockets=tmp_path, user=None)
    with pytest.raises(EmbeddedError, match="carry no postgres, initdb, valkey-server"):
        embedded._binaries(site)


def test_a_server_that_does_not_start_says_why(var, monkeypatch):
    with ensure(var, durable=False):
        pass
    (Site.of(var).postgres_data / "postgresql.conf").write_text("nonsense = on\n")
    with pytest.raises(EmbeddedError, match='unrecognized configuration parameter "nonsense"'):
        ensure(var, durable=False)
    assert processes_of(var) == set()


def test_addresses_are_known_without_starting_or_making_anything(var):
    assert urls(var).web.startswith("postgresql://hindsight_web@%2F")
    assert urls(var).redis.startswith("unix:///")
    assert not var.exists()


def test_binaries_are_found_for_this_machine():
    assert all(path.is_file() for path in Binaries.below(embedded._packages()))
