"""The process that reads the first sheet of a workbook: a path in, a line of JSON for each row out, and then it ends.

`python -m sources.importing.sheet PATH`. A workbook is held in memory as a whole while it is read; this process is, and
no other. It knows nothing of the database or the settings, and holds itself to limits of time and memory.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from sources.confining import confine
from sources.importing.cells import cell_text

SECONDS: Final = 120
MEMORY: Final = 1_500_000_000  # bytes of address space
LARGEST_OUTPUT: Final = 1_000_000_000


def main() -> None:
    """The first line is an object with the names of the visible `sheets` and the line that the rows `start` at, or with
    `why` it cannot be read; each further line is a row's cells as texts."""
    confine(seconds=SECONDS, memory=MEMORY, output=LARGEST_OUTPUT)
    try:
        for line in _lines(sys.argv[1]):
            sys.stdout.write(json.dumps(line) + "\n")
    except (CalamineError, ValueError) as error:
        sys.stdout.write(json.dumps({"why": str(error)}) + "\n")


def _lines(path: str) -> Iterator[Any]:
    with CalamineWorkbook.from_path(path) as workbook:
        names = [
            each.name
            for each in workbook.sheets_metadata
            if each.visible == SheetVisibleEnum.Visible and each.typ == SheetTypeEnum.WorkSheet
        ]
        if not names:
            yield {"sheets": [], "start": 1}
            return
        sheet = workbook.get_sheet_by_name(names[0])
    yield {"sheets": names, "start": 1 + (sheet.start[0] if sheet.start else 0)}
    for row in sheet.iter_rows():
        yield [_text(each) for each in row]


def _text(value: object) -> str:
    return str(value) if isinstance(value, timedelta) else cell_text(value)


if __name__ == "__main__":
    main()
