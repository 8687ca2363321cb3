"""`make bench`: what has to be fast, each measure beside a reference from the same run.

It has a database of its own, made for the run and dropped at its end. It asserts nothing about time.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

os.environ["HINDSIGHT_PROFILE"] = "test"
os.environ["HINDSIGHT_ROLE"] = "owner"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django
from rich.console import Console
from rich.table import Table

from config import embedded, profile

GROUPS = ("api", "sweep", "reading", "queue", "import", "large", "record")


def main() -> None:
    asked = _arguments()
    progress = Console(stderr=True)
    try:
        with progress.status("Starting PostgreSQL and Valkey"), _servers():
            django.setup()
            result = _run(asked, progress)
    except embedded.EmbeddedError as error:
        sys.exit(str(error))
    if asked.json:
        sys.stdout.write(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    else:
        _show(result)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="The arguments of make bench: ARGS='sweep --json'.")
    parser.add_argument("groups", nargs="*", choices=[[], *GROUPS], help="what to measure; everything unless named")
    parser.add_argument(
        "--forecasts",
        type=int,
        default=100_000,
        help="rows to seed; a tenth of them is overdue, and “large” adds ten times as many open ones",
    )
    parser.add_argument("--graded", type=int, help="graded rows for the track record (as many as forecasts)")
    parser.add_argument("--rounds", type=int, default=7, help="a time is the median of so many")
    parser.add_argument("--json", action="store_true", help="print JSON in place of a table")
    return parser.parse_args()


@contextmanager
def _servers() -> Iterator[None]:
    servers = profile.current().ensure_servers()
    try:
        yield
    finally:
        if servers is not None:
            servers.stop()


@contextmanager
def _scratch_database() -> Iterator[None]:
    from tests.plugins.databases import Databases  # its models need Django to be set up

    databases = Databases()
    databases.build_template()
    name = databases.lend()
    try:
        yield
    finally:
        databases.take_back(name, then=databases.home)


def _run(asked: argparse.Namespace, progress: Console) -> dict[str, Any]:
    from django.utils import timezone  # Django is set up only now

    from tests.bench import (  # as above
        importing,
        large,
        listing,
        measuring,
        queueing,
        reading,
        recording,
        seeding,
        sweeping,
    )

    measures = {
        "api": listing,
        "sweep": sweeping,
        "reading": reading,
        "queue": queueing,
        "import": importing,
        "large": large,
        "record": recording,
    }
    found = []
    with progress.status("Making a database") as status, _scratch_database():
        status.update(f"Seeding {asked.forecasts:,} forecasts")
        seeding.seed(forecasts=asked.forecasts, at=timezone.now())
        for group in asked.groups or GROUPS:
            status.update(f"Measuring: {group}")
            more = {"graded_too": asked.graded or asked.forecasts} if group == "record" else {}
            found += [measure.as_dict() for measure in measures[group].measure(rounds=asked.rounds, **more)]
        machine = measuring.machine()
    return {"machine": machine, "forecasts": asked.forecasts, "rounds": asked.rounds, "measures": found}


def _show(result: dict[str, Any]) -> None:
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    machine = result["machine"]
    console.print(
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB; {machine['system']};"
        f" Python {machine['python']}, PostgreSQL {machine['postgresql']}"
    )
    console.print(f"{result['forecasts']:,} forecasts; each time is the median of {result['rounds']} rounds.\n")
    table = Table("measure", "", "value", "reference", "value", "ratio", box=None, pad_edge=False, header_style="dim")
    for column in (2, 4, 5):
        table.columns[column].justify = "right"
    for measure in result["measures"]:
        table.add_row(*_cells(measure))
    console.print(table)


def _cells(measure: dict[str, Any]) -> list[str]:
    value, reference = (f"{number:,.2f}" for number in (measure["value"], measure["reference_value"]))
    value = f"{value} {measure['unit']}".strip()
    if measure["ratio"] is None:
        return [measure["group"], measure["name"], value, "", "", ""]
    beside = [measure["reference"], f"{reference} {measure['unit']}".strip(), f"{measure['ratio']:.2f}"]
    return [measure["group"], measure["name"], value, *beside]


if __name__ == "__main__":
    main()
