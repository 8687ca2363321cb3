"""Times, medians, and what they are put beside."""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil
from django.db import connection

Work = Callable[[], object]


@dataclass(frozen=True)
class Measure:
    """A value beside its reference from the same run, both in `unit`."""

    group: str
    name: str
    unit: str
    value: float
    reference: str
    reference_value: float

    @property
    def ratio(self) -> float | None:
        """How many times the reference it is; None where there is nothing to divide by."""
        return self.value / self.reference_value if self.reference_value else None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio}


def nothing() -> None:
    """What has to be done before a round where nothing has."""


def medians(*works: Work, rounds: int, before: Work = nothing) -> list[float]:
    """Milliseconds that each takes, the median of so many rounds.

    They take turns, so that whatever else the machine does falls on all alike. `before` comes before each and is not
    counted; nor is a first round, in which caches fill.
    """
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds + 1):
        for work, taken in zip(works, times, strict=True):
            before()
            began = time.perf_counter()
            work()
            taken.append((time.perf_counter() - began) * 1000)
    return [statistics.median(taken[1:]) for taken in times]


def machine() -> dict[str, Any]:
    """What all of this depends on: processor, cores, memory, and the versions of Python and PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        [postgres] = cursor.fetchone()
    return {
        "processor": _processor(),
        "cores": psutil.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgresql": postgres.partition(" ")[0],
    }


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text(encoding="utf-8").splitlines() if described.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()
