"""Structured logs: one event a line, with the request's id; JSON in production, readable elsewhere."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any, Final

import structlog
from django.dispatch import receiver
from django.http import HttpResponseBase
from django_structlog import signals

REQUEST_ID_HEADER: Final = "X-Request-ID"
# What follows these opens an account, or a calendar, to whoever reads it.
SECRET_IN_PATH: Final = re.compile(
    r"(/account/(?:invitation|password/reset/key|confirm-email)/|/desk/calendar/)[^/?\s]+"
)


@receiver(signals.bind_extra_request_finished_metadata)
@receiver(signals.update_failure_response)
def name_request(response: HttpResponseBase, **_: Any) -> None:
    """Tell the client the id under which its request stands in the log."""
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if request_id is not None:
        response.headers[REQUEST_ID_HEADER] = request_id


def mask_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out the secrets of private addresses, where one is logged."""
    for key in ("event", "request"):
        if isinstance(event.get(key), str):
            event[key] = SECRET_IN_PATH.sub(r"\1…", event[key])
    return event


_shared: list[Any] = [
    structlog.contextvars.merge_contextvars,
    mask_secrets,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configuration(*, json: bool, level: str) -> dict[str, Any]:
    """A dictConfig for `LOGGING`; sets structlog up to write through it."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    # Its own formatter prints every local of every frame; a traceback out of a template then takes minutes.
    console = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    renderer = structlog.processors.JSONRenderer() if json else console
    render = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if json:
        render.append(structlog.processors.format_exc_info)  # type: ignore[arg-type]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [*render, renderer],
                "foreign_pre_chain": _shared,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
    }
