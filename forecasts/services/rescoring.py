"""Recomputing every score, to see whether any is not what it has to be: a slice of forecasts at a time.

Two ways look at each slice. The statement that wrote the scores says which of them it would write otherwise now: what
was copied from a forecast that has changed since, what is missing and what is too much. And the numbers are worked out
anew from the judgements themselves by `forecasts.scoring`, which shares nothing with that statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from forecasts.models import ClusterTie, Forecast, Resolution, Score
from forecasts.services import clusters, scorekeeping
from forecasts.services.recomputing import wrong_numbers
from groundwork.models import Heartbeat

RESCORE: Final = "rescore"
SLICE: Final = 20_000
NAMED: Final = 100


@dataclass(slots=True)
class Findings:
    """What a look at the scores has found so far. `forecasts` names the first hundred that differ."""

    checked: int = 0
    differing: int = 0
    mended: int = 0
    ties: int = 0
    forecasts: list[int] = field(default_factory=list)
    cursor: int = 0
    done: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether nothing differed."""
        return self.differing == 0 and self.ties == 0

    def add(self, forecasts: list[int], *, checked: int) -> None:
        self.checked += checked
        self.differing += len(forecasts)
        self.forecasts += forecasts[: NAMED - len(self.forecasts)]


def rescore_all(*, mend: bool, at: datetime, size: int = SLICE) -> Iterator[Findings]:
    """Look at everything, one slice for each step; what differs is written anew if `mend`."""
    found = Findings()
    look_at_ties(found, mend=mend)
    while not found.done:
        look_at_slice(found, mend=mend, at=at, size=size)
        yield found


def look_at_ties(found: Findings, *, mend: bool) -> None:
    """Compare which nodes hang together with what the links say."""
    with transaction.atomic():
        scorekeeping.own_clusters() if mend else scorekeeping.share_clusters()
        held = dict(ClusterTie.objects.values_list("node", "cluster"))
        have = clusters.all_components()
        found.ties = len(held.items() ^ have.items())
        if mend and found.ties:
            ClusterTie.objects.all().delete()
            ClusterTie.objects.bulk_create([ClusterTie(node=node, cluster=have[node]) for node in sorted(have)])


def look_at_slice(found: Findings, *, mend: bool, at: datetime, size: int = SLICE) -> None:
    """Look at the next forecasts that have scores, or should have, and note how far that came."""
    first = found.cursor + 1
    last, checked = _bounds(first, size)
    if last is None:
        found.done = True
        return
    with transaction.atomic(), connection.cursor() as cursor:
        # A slice sorts tens of thousands of judgements, which need not go to disk for it, and keeps their order.
        cursor.execute("SET LOCAL work_mem = '64MB'; SET LOCAL max_parallel_workers_per_gather = 0")
        differing = sorted({*scorekeeping.differing(first, last), *wrong_numbers(first, last)})
    found.add(differing, checked=checked)
    found.cursor = last
    if mend and differing:
        found.mended += _mend(differing, at=at)


@transaction.atomic
def note(found: Findings, *, at: datetime) -> None:
    """Let an administrator see when everything was looked at, and what differed."""
    detail = {
        "checked": found.checked,
        "differing": found.differing,
        "ties": found.ties,
        "forecasts": found.forecasts,
    }
    Heartbeat.objects.update_or_create(name=RESCORE, defaults={"beat_at": at, "detail": detail})


def _bounds(first: int, size: int) -> tuple[int | None, int]:
    """The last forecast of the slice that begins there, and how many of its forecasts are resolved or scored."""
    resolved = Resolution.objects.standing().filter(forecast__gte=first).order_by("forecast_id")
    scored = Score.objects.standing().filter(forecast__gte=first, headline=True).order_by("forecast_id")
    ends = [list(rows.values_list("forecast_id", flat=True)[:size]) for rows in (resolved, scored)]
    lasts = [numbers[-1] for numbers in ends if len(numbers) == size]
    every = {number for numbers in ends for number in numbers}
    if not every:
        return None, 0
    last = min(lasts) if lasts else max(every)
    return last, sum(number <= last for number in every)


@transaction.atomic
def _mend(forecasts: list[int], *, at: datetime) -> int:
    locked = Forecast.objects.select_for_update(no_key=True).filter(pk__in=forecasts).order_by("pk")
    list(locked.values_list("pk", flat=True))
    why = _("recomputed")
    scorekeeping.share_clusters()
    kept = scorekeeping.rescore(forecasts, why=why, at=at)
    return kept.archived + kept.written
