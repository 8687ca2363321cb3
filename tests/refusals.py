"""What the database refuses: for tests of constraints and of tables that only grow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model


def constraint_of(call: Callable[[], Any]) -> str:
    """The name of the constraint that refuses the call."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        call()
    return caught.value.__cause__.diag.constraint_name


def refusal_of(call: Callable[[], Any]) -> str:
    """What a trigger says to the call."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        call()
    return str(caught.value).splitlines()[0]


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def refusals_to_shrink(model: type[Model]) -> tuple[str, str]:
    """What the table says to DELETE and to TRUNCATE."""
    table = model._meta.db_table
    # What waits for the commit would stand in the way of TRUNCATE before the trigger does.
    empty = ("SET CONSTRAINTS ALL IMMEDIATE", f"TRUNCATE {table} CASCADE")
    return refusal_of(lambda: execute(f"DELETE FROM {table}")), refusal_of(lambda: execute(*empty))


def says_no_to_shrinking(model: type[Model]) -> tuple[str, str]:
    """What an append-only table is expected to say to both."""
    table = model._meta.db_table
    return f"pgtrigger: Cannot delete rows from {table} table", f"the table {table} only grows"
