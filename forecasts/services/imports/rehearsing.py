"""Checking a file without bringing it in: everything is taken back before anybody could see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import BinaryIO, Final

from django.db import transaction

from accounts.models import User
from forecasts.models import ImportBatch, ImportProblem
from forecasts.services.imports.checking import check_piece, finish_checking
from forecasts.services.imports.taking_in import take_in
from groundwork.keyset import Keyset

_SLICE: Final = 1_000
Seen = Callable[[ImportBatch], None]
Report = Callable[[ImportBatch, Iterator[ImportProblem]], None]


def rehearse(
    stream: BinaryIO, *, filename: str, source: str, at: datetime, seen: Seen | None = None, report: Report
) -> None:
    """Check every row of a file as an import would, and let `report` have the result; nothing stays of it.

    Raises TableRefused as `take_in` does.
    """
    with transaction.atomic():
        # Somebody has to ask for an import. Whoever this is goes with everything else.
        nobody = User.objects.create(email="nobody@localhost.invalid", name="Nobody", is_active=False)
        batch, _is_new = take_in(stream, filename=filename, source=source, by=nobody, at=at)
        while check_piece(batch, at=at):
            batch.refresh_from_db()
            if seen is not None:
                seen(batch)
        finish_checking(batch, at=at)
        batch.refresh_from_db()
        report(batch, problems_of(batch))
        transaction.set_rollback(True)


def problems_of(batch: ImportBatch) -> Iterator[ImportProblem]:
    """What is wrong with a file, by line."""
    for rows in Keyset.of("line").slices(batch.problems.all(), size=_SLICE):
        yield from rows
