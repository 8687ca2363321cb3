"""Which tests run in one process after each other, where several processes share them."""

from __future__ import annotations

from typing import Any, Final

import pytest
from xdist.scheduler import LoadScopeScheduling

# Files whose tests share what takes long to make: each whole in one process, and these first.
WHOLE: Final = ("tests/config/test_demo.py", "tests/config/test_deployment.py")


class WholeFilesThenTests(LoadScopeScheduling):
    """As `--dist load`, but for the files in WHOLE."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return path if path in WHOLE else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WholeFilesThenTests:
    return WholeFilesThenTests(config, log)
