"""A second connection, for what has to hold when two people or workers come at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

PATIENCE = 2_000  # looks, 5 ms apart


class Alongside:
    """One call in a thread and a connection of its own."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._outcome: Any = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def wait_until_blocked(self) -> None:
        """Return once it waits for a lock that this connection holds: what it does next, it does after us."""
        sql = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        for _ in range(PATIENCE):
            with connection.cursor() as cursor:
                cursor.execute(sql)
                if cursor.fetchone()[0]:
                    return
            self._thread.join(0.005)
        pytest.fail("Nobody waited for this connection.")

    def outcome(self) -> Any:
        """What it returned, or the exception that it raised."""
        self._thread.join(10)
        return self._outcome

    def _run(self) -> None:
        try:
            self._outcome = self._call()
        except Exception as error:  # noqa: BLE001 - the outcome, whatever it is
            self._outcome = error
        finally:
            connection.close()


@pytest.fixture
def alongside() -> type[Alongside]:
    return Alongside
