"""The Celery app. What it is set to, and the whole beat table, is in `config/celeryconfig.py`."""

from __future__ import annotations

import os

from celery import Celery
from celery.signals import beat_init, setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("hindsight")
# By name, so that it is read at first use: this module is imported while the settings still are.
app.config_from_object("config.celeryconfig")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


@beat_init.connect
def _catch_up(**_: object) -> None:
    """Run every sweep once at the start: a beat that was down has skipped some, and a new one would wait a turn."""
    for entry in app.conf.beat_schedule.values():
        app.send_task(entry["task"], kwargs=entry.get("kwargs"))


@setup_logging.connect
def _keep_our_logging(**_: object) -> None:
    """Celery would replace the root handlers; Django has set them up already."""
