"""Bringing a file in: its rows are stored as they are, for a worker to look at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, Final, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from forecasts.choices import ImportState
from forecasts.importing.columns import KNOWN, NEEDED
from forecasts.models import ImportBatch, ImportPiece
from sources.errors import TableRefused
from sources.importing.tables import RawRow, Table, read_table
from sources.models import Source
from sources.services import people

T = TypeVar("T")
PIECE: Final = 1_000
_UNFINISHED: Final = (ImportState.READING, ImportState.READY, ImportState.IMPORTING)


@transaction.atomic
def take_in(
    stream: BinaryIO, *, filename: str, source: str, by: User, at: datetime, starts_itself: bool = False
) -> tuple[ImportBatch, bool]:
    """The import of that file, and whether it is new: a file of the same source that is unfinished goes on instead.

    `source` names whose forecasts they are; "" is the desk.
    Raises TableRefused for a file of which no row could be read rightly, and stores nothing then.
    """
    digest = _digest(stream)
    whose = source_named(source, by=by)
    unfinished = ImportBatch.objects.filter(source=whose, sha256=digest, state__in=_UNFINISHED)
    if (batch := unfinished.first()) is not None:
        return batch, False
    size = stream.seek(0, 2)
    table = open_table(stream, filename=filename)
    batch = ImportBatch.objects.create(
        source=whose,
        filename=filename[:200],
        kind=table.kind,
        size=size,
        sha256=digest,
        starts_itself=starts_itself,
        asked_by=by,
        asked_at=at,
    )
    for number, rows in enumerate(in_lots(table.rows, PIECE)):
        ImportPiece.objects.create(batch=batch, number=number, rows=_packed(rows))
        batch.total += len(rows)
    if not batch.total:
        raise TableRefused(_("There is no row below the names of the columns."), code="empty")
    batch.notes = notes_of(table)
    batch.save(update_fields=["total", "notes"])
    return batch, True


def source_named(name: str, *, by: User) -> Source:
    """The source whose forecasts a file holds: the desk, unless another is named. Raises SourceRefused."""
    return people.named(name, by=by) if name.strip() else people.desk()


def open_table(stream: BinaryIO, *, filename: str) -> Table:
    """The table of forecasts in a file. Raises TableRefused."""
    return read_table(stream, filename=filename, known=KNOWN, needed=NEEDED)


def notes_of(table: Table) -> list[str]:
    """What was left out of a table that has been gone through, in sentences."""
    if not table.unknown:
        return table.notes
    names = ", ".join(table.unknown)
    message = ngettext(
        "This column is not known here and was left out: %s.",
        "These columns are not known here and were left out: %s.",
        len(table.unknown),
    )
    return [message % names, *table.notes]


def rows_of(piece: ImportPiece) -> Iterator[RawRow]:
    """The rows in a piece as they came in."""
    for line, cells, faults in json.loads(piece.rows):
        yield RawRow(line, cells, tuple((column, reason) for column, reason in faults))


def in_lots(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of so many, the last one shorter."""
    left = iter(rows)
    while lot := list(islice(left, size)):
        yield lot


def _packed(rows: list[RawRow]) -> str:
    # In ASCII: half characters and NULs, which are reported later, cannot be stored otherwise.
    values: list[Any] = [[row.line, row.cells, row.faults] for row in rows]
    return json.dumps(values, separators=(",", ":"))


def _digest(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while block := stream.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()
