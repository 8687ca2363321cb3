"""Undoing an import whole: what it made is closed, and nothing is deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import datetime
from typing import Final

import pghistory
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import ImportRowState, ImportState, Line
from forecasts.errors import ImportConflict, UndoRefused
from forecasts.importing.rows import Problem
from forecasts.models import (
    Due,
    EvidenceFetch,
    Forecast,
    ForecastSuggestion,
    Grade,
    ImportBatch,
    ImportRow,
    Judgement,
    Lineage,
    Resolution,
)
from forecasts.services import clusters, scorekeeping
from forecasts.services.imports.checking import note_problems
from groundwork.references import reference

SLICE: Final = 1_000
OBSTACLES_NAMED: Final = 100
Obstacle = tuple[int, int, str]  # line, forecast, reason


@transaction.atomic
def ask_undo(batch: ImportBatch, *, by: User, why: str, at: datetime) -> None:
    """Let an import be undone. Raises UndoRefused where something rests on one of its rows, and ImportConflict."""
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch.state not in (ImportState.DONE, ImportState.IMPORTING):
        raise ImportConflict(_("There is nothing to undo in this import."))
    if found := obstacles(batch):
        message = _("Something rests on what this file brought in, so that it cannot be undone any more.")
        raise UndoRefused(message, obstacles=found)
    ImportBatch.objects.filter(pk=batch.pk).update(
        state=ImportState.UNDOING,
        cursor="",
        undone_by=by,
        undone_at=at,
        undone_why=why.strip() or _("undone"),
        done_at=None,
        attempts=0,
        leased_until=None,
        set_aside_at=None,
    )


def obstacles(batch: ImportBatch, *, among: Iterable[int] | None = None) -> list[Obstacle]:
    """Why rows of an import have to stay, the first hundred of them in the file's order."""
    rows = _rested_on(_made(batch) if among is None else _made(batch).filter(pk__in=among))
    found = rows.order_by("line")[:OBSTACLES_NAMED]
    return [(row.line, row.forecast_id or 0, _reason(row)) for row in found]


def undo_slice(batch: ImportBatch, *, at: datetime) -> bool:
    """Close what the next rows made, within the caller's transaction; False where none is left.

    What has come to rest on a row since the undoing was asked for keeps it, and is noted among the problems.
    """
    after = int(batch.cursor or 0)
    rows = list(_made(batch).filter(pk__gt=after).order_by("pk")[:SLICE])
    if not rows:
        return False
    keys = {row.forecast_id for row in rows if row.forecast_id}
    list(Forecast.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
    kept = list(_rested_on(_made(batch).filter(pk__in=[row.pk for row in rows])))
    note_problems(batch, [Problem(row.line, "", "", _("It stays: %s") % _reason(row)) for row in kept])
    staying = {row.pk for row in kept}
    _close([row for row in rows if row.pk not in staying], batch, at=at)
    ImportBatch.objects.filter(pk=batch.pk).update(cursor=str(rows[-1].pk))
    return True


def finish_undoing(batch: ImportBatch, *, at: datetime) -> None:
    """Nothing is left to undo; rows that were never taken over are not wanted any more."""
    batch.rows.filter(state=ImportRowState.WAITING).delete()
    batch.pieces.all().delete()
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.UNDONE, done_at=at)


def _made(batch: ImportBatch) -> QuerySet[ImportRow]:
    """The rows that have made anything: a forecast, a judgement, or a resolution alone."""
    return batch.rows.filter(Q(state=ImportRowState.IMPORTED) | Q(state=ImportRowState.KNOWN, resolution__isnull=False))


def _close(rows: Sequence[ImportRow], batch: ImportBatch, *, at: datetime) -> None:
    by, why = batch.undone_by, _("its import was undone")
    assert by is not None
    made = [row.forecast_id for row in rows if row.made_forecast and row.forecast_id]
    judgements = [row.judgement_id for row in rows if row.judgement_id]
    resolutions = [row.resolution_id for row in rows if row.resolution_id]
    with pghistory.context(user=by.pk, why=f"import {batch.pk} undone"):
        _end_judgements([pk for pk in judgements if pk], batch, made=made, why=why)
        Resolution.objects.standing().filter(pk__in=resolutions).update(
            superseded_at=at, superseded_by=by, superseded_why=why
        )
        EvidenceFetch.objects.filter(evidence__resolution__in=resolutions, done_at=None).update(
            done_at=at, leased_until=None, refused_why=_("Its import was undone.")
        )
        tied = Lineage.objects.filter(later__in=made, ended_at=None)
        parted = list(Forecast.objects.filter(Q(pk__in=tied.values("later")) | Q(pk__in=tied.values("earlier"))))
        tied.update(ended_at=at, ended_by=by, ended_why=why)
        Forecast.objects.filter(pk__in=made).update(retracted_at=at, retracted_by=by, retracted_why=why)
    if parted:
        clusters.untie(parted, at=at)
    scorekeeping.rescore([row.forecast_id for row in rows if row.forecast_id], why=why, at=at)
    Due.objects.waiting().filter(forecast__in=made).update(cleared_at=at, cleared_why="retracted")
    ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(state=ImportRowState.UNDONE)


def _end_judgements(judgements: Sequence[int], batch: ImportBatch, *, made: Sequence[int], why: str) -> None:
    """End those that stand in the moment in which they were made, so that they never stood.

    What one of them had ended, on a forecast that stays, is recorded again from that moment: an end is set once.
    """
    by = batch.undone_by
    assert by is not None
    undone = list(Judgement.objects.standing().filter(pk__in=judgements).select_related("forecast"))
    again = _ended_by_them([each for each in undone if each.forecast_id not in made], batch)
    keys = [each.pk for each in undone]
    Judgement.objects.filter(pk__in=keys).update(ended_at=F("made_at"), ended_by=by, ended_why=why)
    Judgement.objects.bulk_create(_copied(earlier, made_at=made_at, by=by) for earlier, made_at in again)


def _ended_by_them(undone: Sequence[Judgement], batch: ImportBatch) -> list[tuple[Judgement, datetime]]:
    """The judgements of other origin that those of this import had ended, each with when it has to stand again."""
    forecasts = {each.forecast_id for each in undone}
    of_the_batch = ImportRow.objects.filter(batch=batch, forecast__in=forecasts, judgement__isnull=False)
    ours = set(of_the_batch.values_list("judgement", flat=True))
    lines: dict[tuple[int, int], list[Judgement]] = defaultdict(list)
    for each in Judgement.objects.held().filter(forecast__in=forecasts, line=Line.PERSONAL).order_by("made_at", "pk"):
        lines[each.forecast_id, each.forecaster_id].append(each)
    found = []
    for each in undone:
        line = lines[each.forecast_id, each.forecaster_id]
        moments = {other.made_at for other in line if other.pk in ours}
        before = [other for other in line if other.pk not in ours and other.made_at < each.made_at]
        if before and before[-1].ended_at in moments:
            found.append((before[-1], each.made_at))
    return found


def _copied(earlier: Judgement, *, made_at: datetime, by: User) -> Judgement:
    """The same judgement, standing from that moment, not stored yet."""
    again = copy(earlier)
    again.pk = None
    again.made_at, again.recorded_by = made_at, by
    again.ended_at = again.ended_by = again.ended_why = None
    return again


# --- What rests on a row --------------------------------------------------------------------------------------------


def _rested_on(rows: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    """Those of the rows that cannot be undone, with what stands in the way of each."""
    forecast = OuterRef("forecast")
    own = ImportRow.objects.filter(batch=OuterRef(OuterRef("batch")), forecast=OuterRef("forecast"))
    resolutions = Resolution.objects.told().filter(forecast=forecast)
    judgements = Judgement.objects.filter(forecast=forecast)
    leading = Lineage.objects.filter(earlier=forecast, ended_at=None)
    annotated = rows.annotate(
        is_graded=Exists(Grade.objects.filter(forecast=forecast, retracted_at=None)),
        is_resolved=Exists(resolutions.exclude(pk__in=own.filter(resolution__isnull=False).values("resolution"))),
        is_judged=Exists(judgements.exclude(pk__in=own.filter(judgement__isnull=False).values("judgement"))),
        is_linked=Exists(leading),
        is_found=Exists(ForecastSuggestion.objects.filter(forecast=forecast)),
    )
    in_the_way = Q(is_graded=True) | Q(is_resolved=True)
    whole = Q(forecast__released_at__isnull=False) | Q(is_judged=True) | Q(is_linked=True) | Q(is_found=True)
    return annotated.filter(in_the_way | (Q(made_forecast=True) & whole)).select_related("forecast")


def _reason(row: ImportRow) -> str:
    words = {"reference": reference("forecast", row.forecast_id or 0)}
    if row.made_forecast and row.forecast is not None and row.forecast.released_at is not None:
        return _("%(reference)s was published, so it stays on the record and stays due.") % words
    if row.is_graded or row.is_resolved:  # type: ignore[attr-defined]  # annotated
        return _("%(reference)s has been graded. An editor can declare it void.") % words
    if row.is_judged:  # type: ignore[attr-defined]  # as above
        return _("%(reference)s has been judged again since. An editor can declare it void.") % words
    return _("Other finds or forecasts lead to %(reference)s. Undo those first.") % words
