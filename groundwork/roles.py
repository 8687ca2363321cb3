"""The three login roles of Postgres, and the SQL that sets them up.

Timeouts belong to the roles, because `ALTER ROLE … SET` survives a connection pooler and start-up options do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Role:
    """A kind of client, the name it has in the embedded servers, and the limits it works under."""

    kind: str
    name: str
    limits: tuple[tuple[str, str], ...]
    may_create_databases: bool = False


WEB: Final = Role(
    "web",
    "hindsight_web",
    (("statement_timeout", "5s"), ("lock_timeout", "4s"), ("idle_in_transaction_session_timeout", "10s")),
)
WORKER: Final = Role(
    "worker",
    "hindsight_worker",
    (("statement_timeout", "60s"), ("lock_timeout", "4s"), ("idle_in_transaction_session_timeout", "10s")),
)
# Owns the tables; migrations, imports and the bench run as it, and may take their time.
OWNER: Final = Role("owner", "hindsight_owner", (("lock_timeout", "4s"),), may_create_databases=True)
ROLES: Final = (WEB, WORKER, OWNER)


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL string, whatever `standard_conforming_strings` says."""
    return " E'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def creation(role: Role, *, name: str, password: str = "") -> Iterator[str]:
    """Statements, one a line, that create the role where it is missing and bring its limits up to date."""
    exists = f"SELECT FROM pg_roles WHERE rolname = {literal(name)}"
    yield f"DO $$ BEGIN IF NOT EXISTS ({exists}) THEN CREATE ROLE {quoted(name)}; END IF; END $$"
    options = "LOGIN CREATEDB" if role.may_create_databases else "LOGIN"
    yield f"ALTER ROLE {quoted(name)} {options}" + (f" PASSWORD{literal(password)}" if password else "")
    for setting, value in role.limits:
        yield f"ALTER ROLE {quoted(name)} SET {setting} = '{value}'"


def grants(*, owner: str, clients: tuple[str, ...]) -> Iterator[str]:
    """Statements that let the clients read and write what the owner has made and will make in this database."""
    to = ", ".join(quoted(client) for client in clients)
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {to}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {to}"
    by = f"ALTER DEFAULT PRIVILEGES FOR ROLE {quoted(owner)} IN SCHEMA public"
    yield f"{by} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {to}"
    yield f"{by} GRANT USAGE, SELECT ON SEQUENCES TO {to}"
