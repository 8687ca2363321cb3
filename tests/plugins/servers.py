"""Places for embedded servers of a test's own, beside those that all tests use."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.embedded import Site


@pytest.fixture(scope="module")
def make_var() -> Iterator[Callable[..., Path]]:
    """Makes folders for a `var/`; afterwards removes them, and what lies elsewhere on their behalf."""
    made: list[Path] = []

    def make(suffix: str = "", *, mode: int = 0o755) -> Path:
        parent = Path(tempfile.mkdtemp(prefix="hindsight-test-", dir="/tmp"))
        made.append(parent)
        parent.chmod(mode)
        var = parent / suffix / "var"
        made.append(Site.of(var).home)
        return var

    yield make
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def var(make_var: Callable[..., Path]) -> Path:
    return make_var()
