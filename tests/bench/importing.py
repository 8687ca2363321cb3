"""Importing a file in a process of its own, beside a tenth of it: where time grows no faster and memory not at all."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from forecasts.importing.columns import KNOWN
from forecasts.models import Forecast, ImportBatch
from groundwork import roles
from tests.bench.measuring import Measure
from tests.plugins.processes import service_environment
from tests.sheets import workbook

MOST_ROWS = 65_000
SHARE = 10  # the reference is a tenth of the file
STATEMENTS = ("is likely to pass", "is unlikely to pass", "will pass")
TERMS = ("likely", "unlikely", "")


def measure(*, rounds: int) -> Iterator[Measure]:
    """Seconds and peak memory of the command, once for each kind of file, with as many rows as forecasts were seeded.

    Every fifth row judges a forecast again.
    """
    count = min(MOST_ROWS, Forecast.objects.count())
    few = count // SHARE
    with tempfile.TemporaryDirectory() as folder:
        for kind, write in (("csv", write_csv), ("jsonl", write_jsonl), ("xlsx", write_xlsx)):
            few_seconds, few_peak = _imported(write(Path(folder, f"few.{kind}"), few))
            seconds, peak = _imported(write(Path(folder, f"all.{kind}"), count))
            name = f"{count:,} rows, {kind}"
            yield Measure("import", name, "s", seconds, f"{few:,} rows, {SHARE} times", few_seconds * SHARE)
            yield Measure("import", f"{name}, peak memory", "MB", peak, f"with {few:,} rows", few_peak)


def rows(count: int, *, name: str) -> Iterator[dict[str, str]]:
    """So many rows with all that a row may hold; a forecast's second judgement stands far below its first."""
    first = date(2015, 1, 1)
    forecasts = count * 4 // 5
    for number in range(count):
        own = number % forecasts
        made_on = first + timedelta(days=own % 3_000 + (30 if number >= forecasts else 0))
        how = own % 3
        event = f"The council of district {own} passes the bill on water before the summer is over"
        row = {
            "external_id": f"{name}-{own}",
            "statement": event.replace("passes", STATEMENTS[how]),
            "event": event,
            "shape": "happens_by",
            "made_on": made_on.isoformat(),
            "opens_on": (first + timedelta(days=own % 3_000)).isoformat(),
            "closes_on": (first + timedelta(days=own % 3_000 + 365)).isoformat(),
            "author": f"Author {own % 50}",
            "yardstick": "phia-2025",
            "term": TERMS[how],
            "probability": f"{own % 89 + 5}%",
            "confidence": "moderate",
            "rationale": "Both parties have said that they will vote for it once the budget has been agreed.",
            "topics": f"water; district {own % 20}",
            "countries": "GB; France",
        }
        if own % 2:
            known_on = first + timedelta(days=own % 3_000 + 366)
            row |= {"outcome": "did_not_occur", "known_on": known_on.isoformat()}
            row["evidence_url"] = f"https://www.example.org/districts/{own}"
        yield row


def write_csv(path: Path, count: int) -> Path:
    """A file of so many rows with commas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, KNOWN)
        writer.writeheader()
        writer.writerows(rows(count, name=path.name))
    return path


def write_jsonl(path: Path, count: int) -> Path:
    """A file of so many objects, one a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows(count, name=path.name))
    return path


def write_xlsx(path: Path, count: int) -> Path:
    """A workbook of so many rows."""
    cells = [list(KNOWN), *([row.get(name, "") for name in KNOWN] for row in rows(count, name=path.name))]
    path.write_bytes(workbook(cells))
    return path


def _imported(path: Path) -> tuple[float, float]:
    """Seconds and peak memory (MB) of the command that imports a file."""
    command = [sys.executable, "manage.py", "import_forecasts", str(path)]
    environment = service_environment(roles.OWNER)
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = process.stdout.read().decode()
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    assert process.returncode == 0, said
    assert ImportBatch.objects.latest("pk").refused == 0
    return seconds, used.ru_maxrss / 1024
