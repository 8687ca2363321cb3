from __future__ import annotations

import json
import os
import subprocess
import sys

import psycopg
from django.conf import settings
from django.db import connection

from tests.plugins.databases import Databases


def bench(*arguments: str) -> tuple[str, int]:
    """What the bench prints, run as `make bench` runs it over a few rows, and its process id."""
    # The names of its databases come from the process, not from this test's worker.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "tests.bench", "--forecasts", "200", "--rounds", "1", *arguments]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=plain, **options) as process:
        said, complaints = process.communicate()
    assert process.returncode == 0, complaints
    return said, process.pid


def databases_of(pid: int) -> list[str]:
    options = {key: connection.get_connection_params()[key] for key in ("host", "user", "dbname")}
    with psycopg.connect(**options) as server:
        return Databases.matching(server, f"hindsight_test_{pid}_%")


def test_every_measure_stands_beside_its_reference_and_the_machine_is_named(db):
    said, pid = bench("--json")
    assert databases_of(pid) == []
    result = json.loads(said)
    assert list(result["machine"]) == ["processor", "cores", "memory_gb", "system", "python", "postgresql"]
    assert [(measure["group"], measure["name"]) for measure in result["measures"]] == [
        ("API, list of forecasts", "first page, 50 rows"),
        ("API, list of forecasts", "page 3, 50 rows"),
        ("sweep", "20 due"),
        ("sweep", "0 due"),
        ("reading", "5 kB, each"),
        ("reading", "10 kB, each"),
        ("reading", "20 kB, each"),
        ("reading", "40 kB, each"),
        ("reading", "80 kB, each"),
        ("reading", "briefings of 5 kB"),
        ("queue page", "1 overdue"),
        ("queue page", "2 overdue"),
        ("queue page", "20 overdue"),
    ]
    assert [measure["name"] for measure in result["measures"] if measure["ratio"] is None] == ["briefings of 5 kB"]


def test_it_prints_a_table_of_what_was_asked_for():
    said = bench("sweep")[0].splitlines()
    assert said[1] == "200 forecasts; each time is the median of 1 rounds."
    assert said[3].split() == ["measure", "value", "reference", "value", "ratio"]
    assert [line.split()[:3] for line in said[4:]] == [["sweep", "20", "due"], ["sweep", "0", "due"]]
