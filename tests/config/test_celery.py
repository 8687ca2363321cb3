from __future__ import annotations

import pytest

from config import celeryconfig
from config.celery import app


@pytest.mark.parametrize("entry", celeryconfig.beat_schedule.values(), ids=lambda entry: entry["task"])
def test_everything_that_beat_asks_for_is_a_task(entry):
    app.loader.import_default_modules()
    assert entry["task"] in app.tasks
