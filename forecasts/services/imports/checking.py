"""Looking at the rows of a file: each by itself, then at those that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q

from forecasts.choices import ImportRowState, ImportState
from forecasts.importing.rows import ImportedJudgement, Problem, read_row
from forecasts.models import ImportBatch, ImportProblem, ImportRow, Resolution
from forecasts.services.due import EASTERNMOST
from forecasts.services.imports.agreeing import refuse_rows_at_odds
from forecasts.services.imports.inserting import Columns, blank, insert
from forecasts.services.imports.taking_in import rows_of
from groundwork.planning import without_nested_loops

_NAMES: Final = tuple(each.name for each in fields(ImportedJudgement))
_DAYS: Final = ("made_on", "opens_on", "closes_on", "known_on")


def check_piece(batch: ImportBatch, *, at: datetime) -> bool:
    """Check the next piece of the file within the caller's transaction; False where none is left."""
    piece = batch.pieces.first()
    if piece is None:
        return False
    on = at.astimezone(EASTERNMOST).date()
    right, wrong, seen = [], [], 0
    source = batch.source.name.lower()
    for raw in rows_of(piece):
        seen += 1
        row = read_row(raw, on=on)
        if isinstance(row, ImportedJudgement):
            right.append(_waiting(row, source=source))
        else:
            wrong += row
    insert(ImportRow, right, base=blank(ImportRow, batch_id=batch.pk, source_id=batch.source_id))
    note_problems(batch, wrong)
    piece.delete()
    ImportBatch.objects.filter(pk=batch.pk).update(read=F("read") + seen, refused=F("refused") + seen - len(right))
    return True


def finish_checking(batch: ImportBatch, *, at: datetime) -> None:
    """Refuse rows that repeat or contradict others of the file; then it is ready, or goes on by itself."""
    refused = refuse_rows_at_odds(batch)
    values: dict[str, Any] = {"state": ImportState.READY, "done_at": at, "known": _known_already(batch)}
    if batch.starts_itself:
        values = {"state": ImportState.IMPORTING, "started_by": batch.asked_by_id, "started_at": at}
    ImportBatch.objects.filter(pk=batch.pk).update(refused=F("refused") + refused, **values)


def _known_already(batch: ImportBatch) -> int:
    """How many rows of the file say what an earlier file of its source has said, and bring no outcome that is new."""
    rows = batch.rows.filter(state=ImportRowState.WAITING)
    same = ImportRow.objects.filter(
        source=batch.source_id,
        state=ImportRowState.IMPORTED,
        key=OuterRef("key"),
        made_on=OuterRef("made_on"),
        author__iexact=OuterRef("author"),
    )
    resolved = Resolution.objects.standing().filter(forecast=OuterRef("forecast"))
    no_news = Q(values__outcome="") | Exists(same.filter(Exists(resolved)))
    with without_nested_loops():
        return rows.filter(Exists(same)).filter(no_news).count()


def note_problems(batch: ImportBatch, problems: Sequence[Problem]) -> None:
    """Store what is wrong with some rows of the file."""
    ImportProblem.objects.bulk_create(
        [
            ImportProblem(batch=batch, line=each.line, column=each.column, value=_shown(each.value), reason=each.reason)
            for each in problems
        ]
    )


def values_of(row: ImportedJudgement) -> dict[str, Any]:
    """What a row says, as JSON can hold it."""
    return {name: getattr(row, name) for name in _NAMES}


def row_of(values: dict[str, Any]) -> ImportedJudgement:
    """What `values_of` was made from."""
    days = {name: date.fromisoformat(values[name]) for name in _DAYS if values[name]}
    return ImportedJudgement(**(values | days))


def _waiting(row: ImportedJudgement, *, source: str) -> Columns:
    if row.author.lower() == source:
        row.author = ""
    return {"line": row.line, "key": row.key, "made_on": row.made_on, "author": row.author, "values": values_of(row)}


def _shown(text: str) -> str:
    """A cell as it can be stored, whatever is wrong with it."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "␀")[:200]
