"""A desk ten times as large: the sweep over everything that is open, and the queue's page with ever more overdue.

It adds its rows to those of the others, and so comes last.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forecasts.models import Due, Forecast
from forecasts.services import due
from tests.bench import seeding
from tests.bench.measuring import Measure, medians
from tests.bench.sweeping import BARE, KEEP, forget, run, settle

TIMES: Final = 10
BOUND_MS: Final = 10.0  # of a sweep that finds nothing, in the database
STEPS: Final = (10_000, 100, 10)  # one in so many of the open forecasts is due by the first, second and third day


def measure(*, rounds: int) -> Iterator[Measure]:
    """With none due, how long the sweep's statement takes in the database; with some, beside the bare INSERT of them;
    and the home page with as many overdue, its time and its number of queries beside the first.
    """
    at = timezone.now()
    count = TIMES * Forecast.objects.filter(article__isnull=False).count()  # as seeded, without what was imported
    run("UPDATE forecasts_forecast SET triage = 'assessment' WHERE due_on <= CURRENT_DATE + 1")
    days = seeding.seed_open(count, steps=STEPS, at=at)
    took = sorted(_in_the_database(at) for _ in range(rounds))[rounds // 2]
    yield Measure("sweep, large", f"0 due of {count:,} open, in the database", "ms", took, "the bound", BOUND_MS)
    yield _beside_the_bare(count, at=at, on=days[1], rounds=rounds)
    yield from _pages(days, at=at, rounds=rounds)


def _in_the_database(at: datetime) -> float:
    """Milliseconds of planning and running the statement, as PostgreSQL tells them."""
    with connection.cursor() as cursor:
        values = {"at": at, "on": None, "latest": at}
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {due.FLAG}", values)
        [said] = cursor.fetchone()
    [plan] = json.loads(said) if isinstance(said, str) else said
    assert plan["Plan"]["Plans"][0]["Actual Rows"] == 0
    return float(plan["Planning Time"] + plan["Execution Time"])


def _beside_the_bare(count: int, *, at: datetime, on: date, rounds: int) -> Measure:
    flagged = due.flag_due(at=at, on=on)
    run(KEEP)
    sweep, bare = medians(lambda: due.flag_due(at=at, on=on), lambda: run(BARE), rounds=rounds, before=forget)
    run("DROP TABLE ready")
    forget()
    return Measure("sweep, large", f"{flagged:,} due of {count:,} open", "ms", sweep, "bare INSERT … SELECT", bare)


def _pages(days: list[date], *, at: datetime, rounds: int) -> Iterator[Measure]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email="user1@bench.example"))
    page = partial(client.get, reverse("forecasts:queue"))
    few, queries = 0.0, 0
    for day in days:
        due.note_sweep(at=timezone.now(), flagged=due.flag_due(at=at, on=day))
        settle()
        [took] = medians(page, rounds=rounds)
        with CaptureQueriesContext(connection) as seen:
            page()
        few, queries = few or took, queries or len(seen)
        name = f"{Due.objects.waiting().count():,} overdue"
        yield Measure("queue page, large", name, "ms", took, "with the first", few)
        yield Measure("queue page, large", f"{name}, queries", "", len(seen), "with the first", queries)
    forget()
