"""The track record's page beside the one GROUP BY that it rests on, a resolution among few and many, and recomputing all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Count, Q, Sum
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forecasts.models import Forecast, Score
from forecasts.services import grading, reopening
from forecasts.services.due import flag_due, note_sweep
from forecasts.services.narrowing import Narrowing
from forecasts.services.record_rows import Counted, Scope
from forecasts.services.track_record import WORK_MEM, Asked
from groundwork import roles
from tests.bench import graded
from tests.bench.measuring import Measure, medians
from tests.plugins.processes import service_environment

GROUP = "track record"
FEW = 1_000
WORDS = ("counted", "outcome", "yardstick", "term", "negated", "low", "high", "p")


def measure(*, rounds: int, graded_too: int) -> Iterator[Measure]:
    """The desk's record, and that of a topic and a year, with so many graded beside what was seeded."""
    at, count = timezone.now(), graded_too
    graded.seed(count=min(FEW, count), at=at)
    graded.score_all(at=at)
    few = _resolving(rounds)
    graded.seed(count=count, at=at)
    began = time.perf_counter()
    graded.score_all(at=at)
    taken = time.perf_counter() - began
    scored = Score.objects.standing().filter(headline=True).count()
    yield Measure(GROUP, f"scoring {scored:,} for the first time", "s", taken, "none", 0.0)
    yield Measure(GROUP, "one resolution", "ms", _resolving(rounds), f"among {FEW:,}", few)
    note_sweep(at=at, flagged=flag_due(at=at))  # as on every desk that runs
    yield from _record("everything", {}, Narrowing(), rounds=rounds)
    since, until = _day(700), _day(335)
    asked = {"topic": "topic-3", "made_after": since, "made_before": until}
    narrowing = Narrowing((("topics__contains", [3]), ("made_on__gte", since), ("made_on__lte", until)))
    yield from _record("a topic and a year", asked, narrowing, rounds=rounds)
    yield from _recomputing(scored)


def _day(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def _record(name: str, asked: dict[str, str], narrowing: Narrowing, *, rounds: int) -> Iterator[Measure]:
    """The page of somebody who is signed in; of a year it is held against the year before, which is grouped with it."""
    viewer = User.objects.get(email="user1@bench.example")
    client = Client(SERVER_NAME="localhost")
    client.force_login(viewer)
    whole = Asked(
        forecasts=Forecast.objects.none(), scope=Scope(), viewer=viewer, on=timezone.localdate(), narrowing=narrowing
    )
    before = ["before"] if whole.since else []
    rows = whole.reaching_back.rows().annotate(before=Q(made_on__lt=whole.since or date.min))
    plain = rows.order_by().values(*before, *WORDS).annotate(n=Count("*"), total=Sum("brier"))

    def page() -> None:
        assert client.get(reverse("forecasts:track_record"), asked).status_code == HTTPStatus.OK

    def group_by() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL work_mem = '{WORK_MEM}'")
            assert any(row["counted"] == Counted.SCORED for row in plain.all())

    cold, reference = medians(page, group_by, rounds=rounds, before=cache.clear)
    page()
    [warm] = medians(page, rounds=rounds)
    yield Measure(GROUP, f"{name}, cold", "ms", cold, "its GROUP BY", reference)
    yield Measure(GROUP, f"{name}, warm", "ms", warm, "allowed", 100.0)


def _resolving(rounds: int) -> float:
    by, editor = User.objects.get(email="user4@bench.example"), User.objects.get(email="user1@bench.example")
    occurred = Forecast.objects.filter(resolutions__superseded_at=None, resolutions__outcome="occurred")
    forecast = occurred.filter(triage="gradable").first()
    assert forecast is not None
    editor.role = "editor"
    at = timezone.now()
    verdict = grading.Verdict(
        outcome="occurred",
        known_on=forecast.closes_on + timedelta(days=1),
        rationale="It is.",
        urls=["https://www.example.org/"],
    )

    def resolve() -> None:
        grading.grade(forecast, verdict=verdict, by=by, at=at)

    def put_anew() -> None:
        with transaction.atomic():
            reopening.reopen(forecast, by=editor, why="for the bench", at=at)

    [taken] = medians(resolve, rounds=rounds, before=put_anew)
    return taken


def _recomputing(scored: int) -> Iterator[Measure]:
    """Seconds and peak memory of the command that recomputes everything, in a process of its own."""
    command = [sys.executable, "manage.py", "rescore", "--check"]
    environment = service_environment(roles.OWNER)
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = process.stdout.read().decode()
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    assert process.returncode == 0, said
    yield Measure(GROUP, f"rescore --check of {scored:,}", "s", seconds, "allowed", 60.0)
    yield Measure(GROUP, "its peak memory", "MB", used.ru_maxrss / 1024, "allowed", 500.0)
