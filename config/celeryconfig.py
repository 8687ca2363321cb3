"""Celery's settings and the whole beat table. Messages only hurry what a row in the database already asks for."""

from __future__ import annotations

from django.conf import settings

VISIBILITY_TIMEOUT = 300

broker_url = settings.CELERY_BROKER_URL
timezone = "UTC"
task_acks_late = True
task_reject_on_worker_lost = True
task_ignore_result = True
task_soft_time_limit = 60
task_time_limit = 90
visibility_timeout = VISIBILITY_TIMEOUT
broker_transport_options = {
    "visibility_timeout": VISIBILITY_TIMEOUT,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
result_backend_transport_options = {"visibility_timeout": VISIBILITY_TIMEOUT}
worker_prefetch_multiplier = 1
worker_soft_shutdown_timeout = 30 if settings.PROFILE.is_production else 2
worker_cancel_long_running_tasks_on_connection_loss = True
worker_hijack_root_logger = False
broker_connection_retry_on_startup = True

beat_schedule = {
    "flag the forecasts that are due": {
        "task": "forecasts.tasks.sweep_due",
        "schedule": settings.SWEEP_EVERY,
        "kwargs": {"on": settings.SWEEP_ON or None},
    },
    "look at everything once a day": {
        "task": "forecasts.tasks.sweep_everything",
        "schedule": 86_400,
        "kwargs": {"on": settings.SWEEP_ON or None},
    },
    "give what is due to somebody": {"task": "forecasts.tasks.assign_due", "schedule": settings.SWEEP_EVERY},
    "remind of what waits": {
        "task": "forecasts.tasks.remind",
        "schedule": settings.SWEEP_EVERY,
        "kwargs": {"on": settings.SWEEP_ON or None},
    },
    "send the mail that waits": {"task": "accounts.tasks.sweep_outbox", "schedule": 60},
    "fetch the evidence that waits": {"task": "forecasts.tasks.sweep_evidence", "schedule": 60},
    "hold what one grader alone has said": {
        "task": "forecasts.tasks.sweep_lone_grades",
        "schedule": settings.SWEEP_EVERY,
    },
    "let go of old pictures": {"task": "forecasts.tasks.forget_pictures", "schedule": 86_400},
    "recompute every score": {"task": "forecasts.tasks.check_scores", "schedule": 86_400},
    "resample what is too large to be resampled at once": {"task": "forecasts.tasks.sweep_intervals", "schedule": 60},
    "read what is waiting": {"task": "forecasts.tasks.sweep_readings", "schedule": 60},
    "import what is waiting": {"task": "forecasts.tasks.sweep_imports", "schedule": 60},
}
