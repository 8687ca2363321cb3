"""The rows of the first sheet of a workbook, which a process of its own takes apart."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from typing import IO, Any, BinaryIO, Final

from django.utils.translation import gettext as _

from sources.confining import ENVIRONMENT, ROOT
from sources.errors import TableRefused
from sources.importing.sheet import SECONDS
from sources.importing.tables import XLSX, RawRow, Table, check_columns, column_name, row_of, unknown_columns

# The process holds the sheet in memory, about twice this at most.
LARGEST_UNPACKED: Final = 250_000_000
# The clock may run on while the machine is busy with something else.
_PATIENCE: Final = SECONDS * 2


def read_workbook(stream: BinaryIO, *, known: Collection[str], needed: Collection[str]) -> Table:
    """The table on the first visible sheet. Raises TableRefused for a broken or huge workbook, or an empty sheet."""
    _check_size(stream)
    lines = _taken_apart(stream)
    found: dict[str, Any] = next(lines, {"why": _("it takes too much time or memory")})
    if "why" in found:
        message = _("This workbook cannot be opened: %s. Save it again as .xlsx, or as .csv.")
        raise TableRefused(message % found["why"].rstrip("."), code="unsupported_type")
    names = found["sheets"]
    if not names:
        raise TableRefused(_("There is no sheet in this workbook."), code="empty")
    table = _table(enumerate(lines, start=found["start"]), known=known, needed=needed)
    if len(names) > 1:
        table.notes.append(_("Only the first sheet, “%s”, is read.") % names[0])
    return table


def _check_size(stream: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
    except zipfile.BadZipFile as error:
        raise TableRefused(_("This workbook is broken. Save it again as .xlsx, or as .csv."), code="broken") from error
    stream.seek(0)
    if unpacked > LARGEST_UNPACKED:
        message = _("This workbook unpacks to over 250 MB. Save the sheet as .csv, which may be as long as you like.")
        raise TableRefused(message, code="too_large")


def _taken_apart(stream: BinaryIO) -> Iterator[Any]:
    """What the process says of the workbook, line by line; nothing where it took too long or died."""
    said: IO[str]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said, tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        command = [sys.executable, "-m", "sources.importing.sheet", copy.name]
        try:
            subprocess.run(  # noqa: S603 - a command of our own; the workbook is a copy under a name of our own
                command,
                stdout=said,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env=ENVIRONMENT,
                timeout=_PATIENCE,
                check=True,
            )
        except subprocess.SubprocessError:
            return
        copy.close()
        said.seek(0)
        for line in said:
            yield json.loads(line)


def _table(rows: Iterator[tuple[int, list[str]]], *, known: Collection[str], needed: Collection[str]) -> Table:
    for _number, first in rows:
        names = [column_name(each) for each in first]
        if any(names):
            break
    else:
        raise TableRefused(_("The first sheet is empty."), code="empty")
    check_columns(names, known=known, needed=needed)
    return Table(XLSX, _rows(rows, names, known=known), unknown_columns(names, known))


def _rows(rows: Iterator[tuple[int, list[str]]], names: list[str], *, known: Collection[str]) -> Iterator[RawRow]:
    for number, texts in rows:
        row = row_of(number, names, texts, known=known)
        if row is not None:
            yield row
