from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command

from config.embedded import ensure
from groundwork import roles


@pytest.fixture
def urls(var: Path) -> Iterator[dict[str, str]]:
    """Addresses on a server of the test's own, which name roles and a database that do not exist yet."""
    with ensure(var, durable=False) as servers:
        host = urlsplit(servers.urls.admin).netloc.rpartition("@")[2]
        named = {role.kind: f"postgresql://the%20{role.kind}:it%27s@{host}/desk" for role in roles.ROLES}
        yield named | {"admin": servers.urls.admin}


def set_up(settings, urls: dict[str, str]) -> str:
    settings.DATABASE_URLS = urls
    output = StringIO()
    call_command("set_up_roles", stdout=output)
    return output.getvalue()


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()[0]


def test_the_command_makes_roles_and_a_database_that_the_owner_owns(settings, urls):
    assert set_up(settings, urls).startswith("Roles the web, the worker, the owner ")
    assert ask(urls["web"], "SHOW statement_timeout") == "5s"
    assert ask(urls["worker"], "SHOW statement_timeout") == "1min"
    assert ask(urls["owner"], "SHOW statement_timeout") == "0"
    with psycopg.connect(urls["owner"]) as owner:
        owner.execute("CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY)")
    assert ask(urls["worker"], "INSERT INTO made DEFAULT VALUES RETURNING true") is True


def test_a_second_time_it_changes_nothing(settings, urls):
    first = set_up(settings, urls)
    assert set_up(settings, urls) == first


def test_with_one_address_for_all_there_is_nothing_to_do(settings, urls):
    said = set_up(settings, dict.fromkeys((*(role.kind for role in roles.ROLES), "admin"), urls["web"]))
    assert said.endswith("serves for several; there is nothing to set up.\n")


def test_names_and_passwords_are_quoted():
    assert roles.quoted('a"b') == '"a""b"'
    assert roles.literal("it's \\") == " E'it''s \\\\'"
