"""The rows of a file with a JSON object on each line."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from sources.importing.cells import cell_text, cleaned, why_unusable
from sources.importing.tables import JSONL, RawRow, Table, column_name

_LONGEST_LINE: Final = 1_000_000
_MOST_UNKNOWN: Final = 50


def read_objects(lines: Iterator[str], *, known: Collection[str]) -> Table:
    """The table whose rows are the lines' objects. Lists become text with semicolons, as a cell would have them."""
    unknown: dict[str, None] = {}
    return Table(JSONL, _rows(lines, known, unknown), unknown)


def _rows(lines: Iterator[str], known: Collection[str], unknown: dict[str, None]) -> Iterator[RawRow]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            pairs = _pairs(line)
        except ValueError as error:
            yield RawRow(number, {}, (("", str(error)),))
        else:
            yield _row(number, pairs, known, unknown)


def _pairs(line: str) -> list[tuple[str, Any]]:
    """The members of the line's object, repeated names included. Raises ValueError with a reason for people."""
    if len(line) > _LONGEST_LINE:
        raise ValueError(_("It is longer than a million characters."))
    try:
        # The outermost object comes last and is the one that is kept whole.
        found = json.loads(line, object_pairs_hook=list, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else error
        raise ValueError(_("It is no JSON: %s.") % what) from error
    if not (line.lstrip().startswith("{") and isinstance(found, list)):
        raise ValueError(_("It is no JSON object. Every line has to be one, in braces."))
    return found


def _row(number: int, pairs: list[tuple[str, Any]], known: Collection[str], unknown: dict[str, None]) -> RawRow:
    cells: dict[str, str] = {}
    faults = []
    for key, value in pairs:
        name = column_name(key)
        if name not in known:
            if len(unknown) < _MOST_UNKNOWN:
                unknown[name] = None
            continue
        try:
            raw = _text(value)
        except TypeError:
            faults.append((name, _("It is neither a text nor a number nor a list of them.")))
            continue
        text = cleaned(raw)
        if name in cells:
            faults.append((name, _("It stands there more than once.")))
        if reason := why_unusable(raw, cleaned_text=text):
            faults.append((name, reason))
        if text:
            cells[name] = text
    return RawRow(number, cells, tuple(faults))


def _text(value: object) -> str:
    """Floats keep their point: 1.0 is a whole, where 1 might be a percentage."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "; ".join(value)
    return cell_text(value)


def _no_constant(name: str) -> None:
    raise ValueError(_("%s is no number") % name)
