"""Settings of PostgreSQL's planner for statements over rows that nobody has analysed yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

_OFF: Final = "SET LOCAL enable_nestloop = off"
_AS_BEFORE: Final = "SET LOCAL enable_nestloop TO DEFAULT"


@contextmanager
def without_nested_loops() -> Iterator[None]:
    """Let what is inside a transaction be joined by hashing or sorting, where the planner has a choice.

    Of rows that were written just now it takes there to be few, and might compare each with every other. A statement
    that fails takes the setting with it, as it takes the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OFF)
        yield
        cursor.execute(_AS_BEFORE)
