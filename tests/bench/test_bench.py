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
        ("reading", "sample briefings, 700 words each"),
        ("reading", "the corpus, 700 words each"),
        ("queue page", "1 overdue"),
        ("queue page", "2 overdue"),
        ("queue page", "20 overdue"),
        ("import", "200 rows, csv"),
        ("import", "200 rows, csv, peak memory"),
        ("import", "200 rows, jsonl"),
        ("import", "200 rows, jsonl, peak memory"),
        ("import", "200 rows, xlsx"),
        ("import", "200 rows, xlsx, peak memory"),
        ("sweep, large", "0 due of 2,000 open, in the database"),
        ("sweep, large", "20 due of 2,000 open"),
        ("queue page, large", "1 overdue"),
        ("queue page, large", "1 overdue, queries"),
        ("queue page, large", "20 overdue"),
        ("queue page, large", "20 overdue, queries"),
        ("queue page, large", "200 overdue"),
        ("queue page, large", "200 overdue, queries"),
        ("track record", "scoring 784 for the first time"),
        ("track record", "one resolution"),
        ("track record", "everything, cold"),
        ("track record", "everything, warm"),
        ("track record", "a topic and a year, cold"),
        ("track record", "a topic and a year, warm"),
        ("track record", "rescore --check of 784"),
        ("track record", "its peak memory"),
    ]
    assert {measure["ratio"] for measure in result["measures"] if measure["name"].endswith("overdue, queries")} == {1.0}
    assert [measure["name"] for measure in result["measures"] if measure["ratio"] is None] == [
        "scoring 784 for the first time"
    ]


def test_it_prints_a_table_of_what_was_asked_for():
    said = bench("sweep")[0].splitlines()
    assert said[1] == "200 forecasts; each time is the median of 1 rounds."
    assert said[3].split() == ["measure", "value", "reference", "value", "ratio"]
    assert [line.split()[:3] for line in said[4:]] == [["sweep", "20", "due"], ["sweep", "0", "due"]]
