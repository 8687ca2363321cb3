"""What Celery runs: what falls due and who is told; long texts, evidence, imports; scores; old pictures."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any, Final

import structlog
from celery import shared_task
from django.utils import timezone

from accounts.tasks import send_mail
from forecasts.choices import ImportState
from forecasts.models import Grade, ImportBatch, Resolution
from forecasts.scoring.record import TrackRecord
from forecasts.services import (
    assigning,
    digests,
    drawing,
    due,
    evidence,
    intake,
    intervals,
    reminding,
    reminding_rounds,
    rescoring,
    resolving,
)
from forecasts.services.imports.deciding import unworked
from forecasts.services.imports.working import work
from forecasts.services.track_record import Asked
from groundwork.hurry import hurry
from sources.fetching import FetchFailed, FetchRefused, fetch

A_SWEEP_TAKES: Final = 100
SECONDS_OF_A_CHECK: Final = 20
log = structlog.get_logger(__name__)

SECONDS_OF_AN_IMPORT: Final = 20  # then the next task goes on with it, well before the limit of one


@shared_task
def sweep_due(on: str | None = None) -> int:
    """Flag what is due by now, or by the day `on` (YYYY-MM-DD), and note that the sweep ran."""
    now = timezone.now()
    flagged = due.flag_due(at=now, on=date.fromisoformat(on) if on else None)
    due.note_sweep(at=now, flagged=flagged)
    assigning.assign_due(at=now)
    return flagged


@shared_task
def sweep_everything(on: str | None = None) -> int:
    """Hold every note of what comes due against its forecast, and flag what the other sweep would have missed."""
    now = timezone.now()
    found = due.flag_all_due(at=now, on=date.fromisoformat(on) if on else None)
    due.note_full_sweep(found, at=now)
    if found.mended:
        log.error("sweep_missed", **asdict(found))
    return found.mended


@shared_task
def assign_due() -> int:
    """Give what is due and nobody's to whom the desk's rule names; returns how many found somebody."""
    return assigning.assign_due(at=timezone.now())


@shared_task
def remind(on: str | None = None) -> int:
    """Remind of what waits, on the day `on` (YYYY-MM-DD) or today, and send today's digests; how many of those."""
    now = timezone.now()
    reminding.remind(at=now, on=date.fromisoformat(on) if on else None)
    reminding_rounds.remind_of_rounds(at=now)
    mails = digests.make_digests(at=now)
    for mail in mails:
        hurry(send_mail, mail)
    return len(mails)


@shared_task
def read_article(article_id: int) -> bool:
    """Read one long article; its row says whether anybody has to."""
    return intake.read_waiting(article_id, at=timezone.now())


@shared_task
def sweep_readings() -> int:
    """Hand out what is left to read: messages that were lost, leases that ran out."""
    waiting = intake.unread(at=timezone.now(), limit=A_SWEEP_TAKES)
    for article_id in waiting:
        hurry(read_article, article_id)
    return len(waiting)


@shared_task
def fetch_evidence(evidence_id: int) -> bool:
    """Fetch and keep what one address points at; False where that is done, is not to be, or did not work this time."""
    taken = evidence.claim(evidence_id, at=timezone.now())
    if taken is None:
        return False
    try:
        fetched = fetch(taken.url)
    except FetchRefused as refusal:
        evidence.refuse(evidence_id, why=str(refusal), attempt=taken.attempt, at=timezone.now())
        return False
    except FetchFailed as failure:
        evidence.give_back(evidence_id, error=str(failure), attempt=taken.attempt, at=timezone.now())
        return False
    except Exception as error:
        # The address is the grader's secret: only the kind of what went wrong is noted.
        evidence.give_back(evidence_id, error=type(error).__name__, attempt=taken.attempt, at=timezone.now())
        raise
    now = timezone.now()
    return evidence.keep(evidence_id, copy=fetched.copy, final_url=fetched.final_url, attempt=taken.attempt, at=now)


@shared_task
def sweep_evidence() -> int:
    """Hand out the addresses that are left to fetch."""
    waiting = evidence.unfetched(at=timezone.now(), limit=A_SWEEP_TAKES)
    for evidence_id in waiting:
        hurry(fetch_evidence, evidence_id)
    return len(waiting)


@shared_task
def sweep_lone_grades() -> int:
    """Hold for now what one grader alone has said for a fortnight; returns how many."""
    now = timezone.now()
    alone = resolving.alone_too_long(at=now, limit=A_SWEEP_TAKES)
    return sum(resolving.hold_for_now(awaited_id, at=now) is not None for awaited_id in alone)


def hurry_evidence(given: Grade | Resolution) -> None:
    """Have the addresses fetched that a new grade names."""
    for evidence_id in given.evidence.exclude(url="").values_list("pk", flat=True):
        hurry(fetch_evidence, evidence_id)


@shared_task
def import_file(batch_id: int) -> bool:
    """Work on one import for a while; its row says whether anybody has to. What is left is handed on at once."""
    left = work(batch_id, seconds=SECONDS_OF_AN_IMPORT)
    if left:
        hurry(import_file, batch_id)
    else:
        hurry(flag_imported, batch_id)
    return left


@shared_task
def flag_imported(batch_id: int) -> int:
    """Flag what is due as soon as an import is done, which may bring in years that have passed; returns how many."""
    return sweep_due() if ImportBatch.objects.filter(pk=batch_id, state=ImportState.DONE).exists() else 0


@shared_task
def sweep_imports() -> int:
    """Hand out the imports that nobody works on: messages that were lost, leases that ran out."""
    waiting = unworked(at=timezone.now(), limit=A_SWEEP_TAKES)
    for batch_id in waiting:
        hurry(import_file, batch_id)
    return len(waiting)


@shared_task
def resample(key: str) -> bool:
    """Make the interval of one large sample."""
    return intervals.make(key, at=timezone.now())


@shared_task
def sweep_intervals() -> int:
    """Hand out the intervals that are left to make."""
    waiting = intervals.unmade(at=timezone.now(), limit=A_SWEEP_TAKES)
    for key in waiting:
        hurry(resample, key)
    return len(waiting)


def want_intervals(records: Collection[TrackRecord], asked: Asked) -> None:
    """Have the intervals made of what was `asked` for and is too large to be resampled at once.

    Of many who want them one asks: what was asked for and is not made yet, the next sweep hands out.
    """
    if all(record.is_resampled for record in records) or asked.wanted is not None:
        return
    if key := intervals.ask(records, asked, at=timezone.now()):
        hurry(resample, key)


@shared_task
def check_scores(found: dict[str, Any] | None = None) -> bool:
    """Recompute scores for a while and hand on what is left; at the end let an administrator see what differed."""
    findings = rescoring.Findings(**(found or {}))
    began = time.monotonic()
    if not found:
        rescoring.look_at_ties(findings, mend=False)
    while not findings.done and time.monotonic() - began < SECONDS_OF_A_CHECK:
        rescoring.look_at_slice(findings, mend=False, at=timezone.now())
    if not findings.done:
        check_scores.apply_async((asdict(findings),), retry=False)
        return False
    rescoring.note(findings, at=timezone.now())
    return findings.is_clean


@shared_task
def forget_pictures() -> int:
    """Let go of pictures of charts that were drawn long ago."""
    return drawing.forget_pictures(before=timezone.now() - drawing.KEPT)
