"""Create the login roles of Postgres and their database, or bring them up to date."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand
from psycopg import sql

from groundwork import roles


class Command(BaseCommand):
    help = (
        "Creates the roles named by DATABASE_URL, DATABASE_URL_WORKER and DATABASE_URL_OWNER with their passwords and "
        "timeouts, and the database, which the owner owns. Connects as DATABASE_URL_ADMIN. Changes nothing twice."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        logins = {role: _login(settings.DATABASE_URLS[role.kind]) for role in roles.ROLES}
        names = {role: name for role, (name, _) in logins.items()}
        if len(set(names.values())) < len(roles.ROLES):
            self.stdout.write(f"One role, {names[roles.OWNER]}, serves for several; there is nothing to set up.")
            return
        admin = settings.DATABASE_URLS["admin"]
        database = urlsplit(settings.DATABASE_URLS["owner"]).path.lstrip("/")
        with psycopg.connect(admin, autocommit=True) as server:
            for role, (name, password) in logins.items():
                _execute(server, roles.creation(role, name=name, password=password))
            _give_database(server, database, owner=names[roles.OWNER])
        with psycopg.connect(admin, dbname=database, autocommit=True) as server:
            clients = (names[roles.WEB], names[roles.WORKER])
            _execute(server, roles.grants(owner=names[roles.OWNER], clients=clients))
        self.stdout.write(f"Roles {', '.join(names.values())} are set up for the database {database}.")


def _login(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return unquote(parts.username or ""), unquote(parts.password or "")


def _execute(server: psycopg.Connection[Any], statements: Any) -> None:
    for statement in statements:
        server.execute(statement)


def _give_database(server: psycopg.Connection[Any], name: str, *, owner: str) -> None:
    exists = server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None
    verb = "ALTER DATABASE {} OWNER TO {}" if exists else "CREATE DATABASE {} OWNER {}"
    server.execute(sql.SQL(verb).format(sql.Identifier(name), sql.Identifier(owner)))
