"""Hurrying a row that the database already asks for."""

from __future__ import annotations

from typing import Any

from django.db import transaction


def hurry(task: Any, pk: int | str) -> None:
    """Send that Celery task the row's id once the transaction is in.

    Raises nothing: without a broker the error goes to the log, and the row waits for the next sweep.
    """

    def send() -> None:
        task.apply_async([pk], retry=False)

    transaction.on_commit(send, robust=True)
