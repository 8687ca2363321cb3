"""Intervals of samples that are too large to be resampled while somebody waits: asked for as rows, made by a task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from forecasts.models import Forecast, StoredInterval
from forecasts.scoring.bootstrap import Sums, cluster_bootstrap, mean
from forecasts.scoring.intervals import Interval
from forecasts.scoring.record import SEED, TrackRecord
from forecasts.services import remembering
from forecasts.services.narrowing import Narrowing
from forecasts.services.record_rows import Lane, Scope, Whose
from forecasts.services.track_record import Asked, clusters_of
from sources.querysets import Viewer, sees_the_desk

# By topic, those of a million forecasts take a minute.
LEASE: Final = timedelta(minutes=5)
KEPT: Final = timedelta(days=7)


@transaction.atomic
def ask(records: Iterable[TrackRecord], asked: Asked, *, at: datetime) -> str:
    """Note that the intervals of these are wanted, which were `asked` for; their key, or "" where they have them, need
    none, or cannot be remembered."""
    if not asked.key or asked.narrowing is None or all(record.is_resampled for record in records):
        return ""
    spec = {
        "by": asked.by,
        "desk": sees_the_desk(asked.viewer),
        "whose": asked.scope.whose.value,
        "forecaster": asked.scope.forecaster,
        "include": sorted(asked.scope.include),
        "narrowing": asked.narrowing.as_rows(),
    }
    row = StoredInterval(key=asked.key, scope=spec, on=asked.on, changes=remembering.changes(), asked_at=at)
    StoredInterval.objects.bulk_create([row], ignore_conflicts=True)
    return asked.key


def unmade(*, at: datetime, limit: int) -> list[str]:
    """The keys of those that nobody works on, the longest waiting first; old ones go."""
    StoredInterval.objects.filter(asked_at__lt=at - KEPT).delete()
    return list(StoredInterval.objects.waiting(at=at).order_by("asked_at").values_list("key", flat=True)[:limit])


def make(key: str, *, at: datetime) -> bool:
    """Resample the parts of one sample, whose row says what it is of; False where somebody else does or did."""
    if not StoredInterval.objects.claim(key, at=at, lease=LEASE):
        return False
    row = StoredInterval.objects.get(key=key)
    try:
        parts = [_part(*each) for each in clusters_of(_asked(row))]
    except Exception as error:
        StoredInterval.objects.fail(key, attempt=row.attempts, at=at, error=f"{type(error).__name__}: {error}")
        raise
    StoredInterval.objects.filter(key=key).update(parts=parts)
    done: bool = StoredInterval.objects.finish(key, attempt=row.attempts, at=at)
    remembering.forget(key)
    return done


def resampled(sums: Iterable[Sums]) -> Interval | None:
    """The mean score's interval, 95 %, by cluster."""
    return cluster_bootstrap(sums, mean, seed=SEED).interval


def _part(key: Any, counts: Mapping[tuple[str, str], int], sums: Sequence[Sums]) -> dict[str, Any]:
    found = resampled(sums)
    ends = {"low": found.low, "high": found.high} if found is not None else {"low": None, "high": None}
    terms = [[*words, n] for words, n in sorted(counts.items())]
    return {"key": key, "n_clusters": len(sums), "clusters": terms, **ends}


def _asked(row: StoredInterval) -> Asked:
    spec: dict[str, Any] = row.scope
    scope = Scope(
        whose=Whose(spec["whose"]), forecaster=spec["forecaster"], include=frozenset(map(Lane, spec["include"]))
    )
    viewer: Viewer = User(role=Role.READER) if spec["desk"] else AnonymousUser()
    return Asked(
        forecasts=Forecast.objects.none(),
        scope=scope,
        viewer=viewer,
        on=row.on,
        by=spec["by"],
        narrowing=Narrowing.of_rows(spec["narrowing"]),
    )
