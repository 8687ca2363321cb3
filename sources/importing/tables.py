"""The rows of a file: .csv with any of three delimiters, .jsonl, or the first sheet of an .xlsx."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _

from sources.errors import TableRefused
from sources.importing.cells import cleaned, why_unusable

LARGEST: Final = 100_000_000  # bytes
CSV, JSONL, XLSX = "csv", "jsonl", "xlsx"
KINDS: Final = (CSV, JSONL, XLSX)
DELIMITERS: Final = ",;\t"
_SUFFIXES: Final = {
    ".csv": CSV, ".tsv": CSV, ".tab": CSV, ".txt": CSV, ".jsonl": JSONL, ".ndjson": JSONL, ".json": JSONL,
    ".xlsx": XLSX, ".xlsm": XLSX,
}  # fmt: skip
_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOST_UNKNOWN: Final = 50
_HEAD: Final = 100_000


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands in the file: its first line (from 1), its cells that are not empty by column, its faults.

    A fault is the column, "" for the whole row, and the reason.
    """

    line: int
    cells: dict[str, str]
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Table:
    """The rows of a file, to be gone through once. What was left out is known when they are through."""

    kind: str
    rows: Iterator[RawRow]
    unknown: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_table(stream: BinaryIO, *, filename: str, known: Collection[str], needed: Collection[str]) -> Table:
    """The table in a file that can be sought in, its kind told by its content before its name.

    Text is UTF-8 or what its byte order mark says. Raises TableRefused, at once or from the rows, where no row could
    be read rightly.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    if size > LARGEST:
        raise TableRefused(_("The file is over 100 MB. Bring it in as several files."), code="too_large")
    if not head.strip():
        raise TableRefused(_("The file is empty."), code="empty")
    kind = kind_of(head, filename)
    if kind == XLSX:
        from sources.importing.workbooks import read_workbook  # noqa: PLC0415 - only who brings one needs the library

        return read_workbook(stream, known=known, needed=needed)
    text = io.TextIOWrapper(stream, encoding=_encoding(head), newline=None)
    if kind == JSONL:
        from sources.importing.objects import read_objects  # noqa: PLC0415 - as above

        return read_objects(_lines(text), known=known)
    return _read_csv(_lines(text), known=known, needed=needed)


def kind_of(head: bytes, filename: str) -> str:
    """Which of the kinds a file is by its first bytes and its name. Raises TableRefused for what is none."""
    if head.startswith(_ZIP):
        return XLSX
    if head.startswith(_OLD_OFFICE):
        message = _("This is an old or protected Office file. Save it as .xlsx without a password, or as .csv.")
        raise TableRefused(message, code="unsupported_type")
    by_name = _SUFFIXES.get(PurePath(filename).suffix.lower())
    if by_name == XLSX:
        raise TableRefused(_("This is no .xlsx file, whatever its name says."), code="unsupported_type")
    if by_name is None and head.lstrip(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return JSONL
    return by_name or CSV


def column_name(heading: str) -> str:
    """A heading as columns are named here: “Made on” is made_on."""
    return "_".join(
        heading.strip(" \t\N{NO-BREAK SPACE}\N{ZERO WIDTH NO-BREAK SPACE}").lower().replace("-", " ").split()
    )


def check_columns(names: Sequence[str], *, known: Collection[str], needed: Collection[str]) -> None:
    """Raise TableRefused where a column that is needed is missing or one that is known stands twice."""
    missing = [name for name in needed if name not in names]
    if missing:
        message = _("There is no column %(missing)s. The first line has to name the columns; known are: %(known)s.")
        raise TableRefused(message % {"missing": ", ".join(missing), "known": ", ".join(known)}, code="no_columns")
    twice = [name for name, count in Counter(names).items() if count > 1 and name in known]
    if twice:
        raise TableRefused(_("The column %s stands there more than once.") % ", ".join(twice), code="columns_twice")


def unknown_columns(names: Iterable[str], known: Collection[str]) -> dict[str, None]:
    """The columns that are left out, in their order; at most fifty."""
    left_out = dict.fromkeys(name for name in names if name and name not in known)
    return dict.fromkeys(itertools.islice(left_out, _MOST_UNKNOWN))


def row_of(line: int, names: Sequence[str], texts: Sequence[str], *, known: Collection[str]) -> RawRow | None:
    """The row that these cells make; None where all of them are empty."""
    stripped = [cleaned(text) for text in texts]
    if not any(stripped):
        return None
    cells, faults = {}, []
    if len(texts) != len(names) and any(stripped[len(names) :] or [len(texts) < len(names)]):
        found = {"found": len(texts), "wanted": len(names)}
        faults.append(("", _("It has %(found)d cells where the first line has %(wanted)d.") % found))
    for name, raw, text in zip(names, texts, stripped, strict=False):
        if name not in known or not text:
            continue
        if reason := why_unusable(raw, cleaned_text=text):
            faults.append((name, reason))
        cells[name] = text
    return RawRow(line, cells, tuple(faults))


# --- Text -----------------------------------------------------------------------------------------------------------


def _encoding(head: bytes) -> str:
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "utf-8")


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a text file; raises TableRefused at the first that is not in its encoding."""
    number = 0
    try:
        for number, line in enumerate(text, start=1):  # noqa: B007 - told where it ends early
            yield line
    except UnicodeError as error:
        message = _("Near line %(line)d there are bytes that are not %(encoding)s. Save the file as UTF-8 text.")
        named = {"line": number + 1, "encoding": text.encoding.upper().removesuffix("-SIG")}
        raise TableRefused(message % named, code="not_text") from error
    finally:
        with suppress(ValueError):  # it is closed already where nobody went through to the end
            text.detach()  # the file belongs to whoever opened it


def _read_csv(lines: Iterator[str], *, known: Collection[str], needed: Collection[str]) -> Table:
    blank = 0
    for first in lines:
        if first.strip():
            break
        blank += 1
    else:
        raise TableRefused(_("The file is empty."), code="empty")
    reader = csv.reader(itertools.chain([first], lines), delimiter=_delimiter(first, known))
    names = [column_name(each) for each in next(reader)]
    check_columns(names, known=known, needed=needed)
    rows = _csv_rows(reader, names, known=known, blank=blank)
    return Table(CSV, rows, unknown_columns(names, known))


def _delimiter(first: str, known: Collection[str]) -> str:
    """The delimiter by which the first line names most columns that are known; the comma where none names any."""

    def named(delimiter: str) -> int:
        return len({column_name(each) for each in next(csv.reader([first], delimiter=delimiter))}.intersection(known))

    return max(DELIMITERS, key=named)


def _csv_rows(reader: Any, names: Sequence[str], *, known: Collection[str], blank: int) -> Iterator[RawRow]:
    while True:
        line = blank + reader.line_num + 1
        try:
            texts = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield RawRow(line, {}, (("", _("It cannot be taken apart: %s.") % error),))
            continue
        if (row := row_of(line, names, texts, known=known)) is not None:
            yield row
