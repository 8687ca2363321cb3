"""A migrated template database, a clone of it for each process, and one more for each test that commits.

Nothing is ever flushed: append-only tables refuse it, and it would erase what migrations wrote.
"""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

BUILDING_LOCK = 7_105_417  # an advisory lock: one process builds the template, the others wait for it


class Databases:
    """Makes, lends and drops the databases of this test process."""

    def __init__(self) -> None:
        self._home = connection.get_connection_params()
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:8]
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
        self._names = (f"hindsight_test_{run}_{worker}_{number}" for number in itertools.count())
        self._template = f"hindsight_template_{_fingerprint()}"

    def build_template(self) -> None:
        """Migrate a database, unless one with exactly these migrations is there already."""
        with self._server() as server:
            server.execute("SELECT pg_advisory_lock(%s)", [BUILDING_LOCK])
            if self.matching(server, self._template):
                return
            if settings.PROFILE.is_embedded:
                for stale in self.matching(server, "hindsight_template_%"):
                    _drop(server, stale)
            unfinished = f"{self._template}_unfinished"
            _drop(server, unfinished)
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
            self._connect_to(unfinished)
            call_command("migrate", verbosity=0, interactive=False)
            connection.close()
            names = sql.Identifier(unfinished), sql.Identifier(self._template)
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))

    def lend(self) -> str:
        """A fresh clone of the template, which Django's connection uses from now on."""
        name = next(self._names)
        with self._server() as server:
            names = sql.Identifier(name), sql.Identifier(self._template)
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        self._connect_to(name)
        return name

    def leave(self, name: str, *, then: str) -> None:
        """End the connections to a database, and let Django's use another."""
        self._connect_to(then)
        with self._server() as server:
            _end_connections(server, name)

    def take_back(self, name: str, *, then: str) -> None:
        self._connect_to(then)
        with self._server() as server:
            _drop(server, name)

    @property
    def home(self) -> str:
        return str(self._home["dbname"])

    def _connect_to(self, name: str) -> None:
        connection.close()
        # The live server's threads make their connections from these settings.
        connection.settings_dict["NAME"] = name

    @contextmanager
    def _server(self) -> Iterator[psycopg.Connection]:
        # Past Django, whose connection is the test's, and which looks for event loops.
        options = {key: self._home[key] for key in ("dbname", "user", "password", "host", "port") if key in self._home}
        with psycopg.connect(**options, autocommit=True) as server:
            server.execute("SET lock_timeout = 0")  # the template may take another process longer than a role may wait
            yield server

    @staticmethod
    def matching(server: psycopg.Connection, pattern: str) -> list[str]:
        return [name for (name,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])]


def _number_apart() -> None:
    """Let each table number its rows from a thousand of its own.

    In the database that tests share, how many rows came before depends on which tests did: a page is not to fail one of
    them because a record happens to be called as something else on it is.
    """
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT setval(quote_ident(schemaname) || '.' || quote_ident(sequencename), 1000 * place + 1, false)
              FROM (SELECT *, row_number() OVER (ORDER BY sequencename) AS place FROM pg_sequences
                     WHERE schemaname = current_schema() AND last_value IS NULL) AS untouched
        """)


@pytest.fixture
def number_from(db: None) -> Iterator[Callable[[Mapping[str, int]], None]]:
    """Let tables number their next rows from there; after the test they go on as if it had not been.

    Sequences do not roll back, and in the database that tests share the next test would find these numbers.
    """
    before: dict[str, tuple[int, bool]] = {}

    def number(firsts: Mapping[str, int]) -> None:
        with connection.cursor() as cursor:
            for table, first in firsts.items():
                cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
                (sequence,) = cursor.fetchone()
                if sequence not in before:
                    cursor.execute(f"SELECT last_value, is_called FROM {sequence}")
                    before[sequence] = cursor.fetchone()
                cursor.execute("SELECT setval(%s, %s, false)", [sequence, first])

    yield number
    with connection.cursor() as cursor:
        for sequence, (last, is_called) in before.items():
            cursor.execute("SELECT setval(%s, %s, %s)", [sequence, last, is_called])


def _drop(server: psycopg.Connection, name: str) -> None:
    """Drop a database and our own connections to it.

    Not by FORCE: that wants a right over autovacuum's workers and other roles too, for which a plain DROP waits.
    """
    _end_connections(server, name)
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _end_connections(server: psycopg.Connection, name: str) -> None:
    others = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = %s AND CASE WHEN usename IS NULL THEN false ELSE pg_has_role(usename, 'MEMBER') END
    """
    server.execute(others, [name])


def drop_leftovers(url: str) -> None:
    """Drop the databases of a run that was killed, on a server that nobody else has used since."""
    with psycopg.connect(url, autocommit=True) as server:
        for name in Databases.matching(server, "hindsight_test_%"):
            _drop(server, name)


def _fingerprint() -> str:
    """What a migrated database depends on: the migrations, and the models that content types and permissions name."""
    digest = hashlib.sha256(Path(settings.BASE_DIR, "requirements.txt").read_bytes())
    for app in apps.get_app_configs():
        folder = Path(app.path)
        for path in sorted([*folder.glob("migrations/*.py"), *folder.glob("models*.py"), *folder.glob("models/*.py")]):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """In place of pytest-django's: a clone of the template for this process."""
    databases = Databases()
    with django_db_blocker.unblock():
        databases.build_template()
        own = databases.lend()
        _number_apart()
        with _cloning_in_place_of_flushing(databases, own):
            yield
        databases.take_back(own, then=databases.home)


@contextmanager
def _cloning_in_place_of_flushing(databases: Databases, own: str) -> Iterator[None]:
    """Give each test that commits a database of its own, in the two places where Django would fill and flush one.

    They are dropped at the end; until then each takes 14 MB of disk.
    """
    lent: list[str] = []

    def set_up(cls: type[TransactionTestCase]) -> None:
        lent.append(databases.lend())

    def tear_down(self: TransactionTestCase) -> None:
        databases.leave(lent[-1], then=own)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(set_up))
        patch.setattr(TransactionTestCase, "_fixture_teardown", tear_down)
        yield
    # Not after each test: on ext4 without a journal, files are slow to make for minutes after others were deleted.
    for name in lent:
        databases.take_back(name, then=own)


@pytest.fixture(autouse=True)
def _empty_redis(request: pytest.FixtureRequest) -> None:
    """Redis holds the cache and the messages: neither survives into a test that uses the database."""
    uses_database = {"db", "transactional_db", "live_server"}.intersection(request.fixturenames)
    if not uses_database and not request.node.get_closest_marker("django_db"):
        return
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        # Of the queues Celery remembers that it has declared them.
        if left := [key for key in server.scan_iter(count=1000) if not key.startswith(b"_kombu.binding.")]:
            server.delete(*left)


@pytest.fixture
def transaction_database(transactional_db: None) -> Callable[[], str]:
    """The name of the database that this test has to itself."""
    return lambda: str(connection.settings_dict["NAME"])
