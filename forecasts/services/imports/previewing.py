"""What the first rows of a file will be, for whoever decides about it."""

from __future__ import annotations

from forecasts.choices import ImportRowState
from forecasts.importing.rows import ImportedJudgement
from forecasts.models import ImportBatch, ImportRow
from forecasts.services.imports.checking import row_of


def preview(batch: ImportBatch, *, count: int) -> list[ImportedJudgement]:
    """The first rows that are right, by line, each with the event of the forecast that it will be on."""
    waiting = batch.rows.filter(state=ImportRowState.WAITING)
    stored = list(waiting.order_by("line")[:count])
    events = _events(batch, {row.key for row in stored})
    rows = []
    for each in stored:
        row = row_of(each.values or {})
        row.event = events.get(each.key, row.event)
        rows.append(row)
    return rows


def _events(batch: ImportBatch, keys: set[str]) -> dict[str, str]:
    """The event of each forecast, by key: an earlier file's, else that of the row from which it will be made."""
    first = batch.rows.filter(state=ImportRowState.WAITING, key__in=keys).order_by("key", "made_on", "line")
    said = first.distinct("key").values_list("key", "values__event")
    made = ImportRow.objects.filter(source=batch.source_id, key__in=keys, state=ImportRowState.IMPORTED)
    return dict(said) | dict(made.filter(forecast__retracted_at=None).values_list("key", "forecast__event"))
