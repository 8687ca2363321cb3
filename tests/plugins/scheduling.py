"""Which tests run in one process after each other, where several processes share them."""

from __future__ import annotations

from typing import Any, Final

import pytest
from xdist.scheduler import LoadScopeScheduling

# Files whose tests share what takes long to make: each whole in one process, and these first. While one process loads
# the demo's data, the bench of the other makes the database that all tests after them clone.
WHOLE: Final = ("tests/config/test_demo.py", "tests/bench/test_bench.py")


class WholeFilesThenTests(LoadScopeScheduling):
    """As `--dist load`, but for the files in WHOLE."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return path if path in WHOLE else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WholeFilesThenTests:
    return WholeFilesThenTests(config, log)
